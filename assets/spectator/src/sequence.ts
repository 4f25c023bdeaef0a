// The numbers of messages: ours, the server's, what is yet to be acknowledged, and how long answers take.

// Departures and round trips that are remembered.
const REMEMBERED = 64;

export class Sequence {
  private sent = 0;
  private heard = 0;
  private acknowledged = 0;
  private departures: { seq: number; at: number }[] = [];
  private trips: number[] = [];

  // Numbers for a message that leaves now (ms); every message acknowledges all that was heard.
  leave(now: number): { seq: bigint; ack: bigint | undefined } {
    this.sent += 1;
    this.acknowledged = this.heard;
    this.departures.push({ seq: this.sent, at: now });
    if (this.departures.length > REMEMBERED) this.departures.shift();
    return { seq: BigInt(this.sent), ack: this.heard > 0 ? BigInt(this.heard) : undefined };
  }

  // A message has come: its number, and the highest of ours that its sender knew.
  hear(seq: bigint, clientSeq: bigint | undefined, now: number): void {
    this.heard = Math.max(this.heard, Number(seq));
    const known = Number(clientSeq ?? 0n);
    while (this.departures[0] && this.departures[0].seq <= known) {
      this.trips.push(now - this.departures.shift()!.at);
    }
    this.trips.splice(0, this.trips.length - REMEMBERED);
  }

  // Whether something that was heard is not acknowledged yet.
  owes(): boolean {
    return this.heard > this.acknowledged;
  }

  // The median time from a message of ours to the first of the server's that knows of it, ms. It
  // contains both ways, and the wait for something to be sent at all.
  roundTrip(): number | undefined {
    const sorted = [...this.trips].sort((one, other) => one - other);
    return sorted[sorted.length >> 1];
  }

  // While a page is hidden, answers are not read in time.
  forgetTrips(): void {
    this.departures = [];
    this.trips = [];
  }
}
