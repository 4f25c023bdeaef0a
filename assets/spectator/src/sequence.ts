// Sequence numbers of both sides, acknowledgements, and round-trip times.

// Maximum number of pending messages and of round-trip times.
const MAX_SAMPLES = 64;

export class Sequence {
  private sent = 0;
  private received = 0;
  private acknowledged = 0;
  private pending: { seq: number; at: number }[] = [];
  private roundTrips: number[] = [];

  // Numbers of the next message, sent now (ms); each acknowledges all received messages.
  next(now: number): { seq: bigint; ack: bigint | undefined } {
    this.sent += 1;
    this.acknowledged = this.received;
    this.pending.push({ seq: this.sent, at: now });
    if (this.pending.length > MAX_SAMPLES) this.pending.shift();
    return { seq: BigInt(this.sent), ack: this.received > 0 ? BigInt(this.received) : undefined };
  }

  // Records a message of the server: its number, and the highest number that the server had received.
  receive(seq: bigint, clientSeq: bigint | undefined, now: number): void {
    this.received = Math.max(this.received, Number(seq));
    const known = Number(clientSeq ?? 0n);
    while (this.pending[0] && this.pending[0].seq <= known) {
      this.roundTrips.push(now - this.pending.shift()!.at);
    }
    this.roundTrips.splice(0, this.roundTrips.length - MAX_SAMPLES);
  }

  // Whether a received message is not acknowledged.
  hasUnacknowledged(): boolean {
    return this.received > this.acknowledged;
  }

  // Median time from a message to the first answer that acknowledges it, ms. It includes the time until the
  // server sends its next message.
  roundTrip(): number | undefined {
    const sorted = [...this.roundTrips].sort((one, other) => one - other);
    return sorted[sorted.length >> 1];
  }

  // Discards the times measured while the page was hidden, when messages are read late.
  resetRoundTrips(): void {
    this.pending = [];
    this.roundTrips = [];
  }
}
