// WebSocket client: numbers and acknowledges messages, and reconnects with backoff.

import { create, fromBinary, toBinary, type MessageInitShape } from "@bufbuild/protobuf";
import type { Address } from "./address";
import { Backoff } from "./backoff";
import { closeReason } from "./notices";
import { Sequence } from "./sequence";
import { ClientActionSchema, ServerResultSchema, type ServerResult } from "./wire/session_pb";

export type Payload = NonNullable<MessageInitShape<typeof ClientActionSchema>["payload"]>;

export type ConnectionState =
  | { name: "connecting" }
  | { name: "connected" }
  // Reconnects at this time, ms.
  | { name: "waiting"; until: number; reason: string }
  // Reconnects on request only.
  | { name: "ended"; reason: string };

export interface ConnectionListener {
  opened(): void;
  received(message: ServerResult): void;
  changed(state: ConnectionState): void;
}

// Close codes after which the page does not reconnect: refused, and too many connections.
const FINAL_CODES = [1008, 1013];
// Duration of a connection that resets the backoff, ms.
const STABLE_TIME = 5000;

export class Connection {
  state: ConnectionState = { name: "connecting" };
  // Duration of decoding the newest frame, ms.
  decoding = 0;
  private socket: WebSocket | undefined;
  private sequence = new Sequence();
  private readonly backoff = new Backoff();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private openedAt = 0;

  constructor(
    private readonly address: Address,
    private readonly listener: ConnectionListener,
  ) {}

  connect(): void {
    clearTimeout(this.timer);
    this.discardSocket();
    this.sequence = new Sequence();
    this.setState({ name: "connecting" });
    const socket = new WebSocket(this.address.socket);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.openedAt = performance.now();
      this.setState({ name: "connected" });
      this.listener.opened();
    };
    socket.onmessage = (event: MessageEvent<unknown>) => {
      if (event.data instanceof ArrayBuffer) this.receive(new Uint8Array(event.data));
    };
    socket.onclose = (event) => this.onClose(event.code, event.reason);
    this.socket = socket;
  }

  get hasToken(): boolean {
    return this.address.token !== "";
  }

  // Reconnects as a spectator.
  connectWithoutToken(): void {
    this.address.forgetToken();
    this.connect();
  }

  // Reconnects without the rest of the delay, as when the network is back.
  retryNow(): void {
    if (this.state.name === "waiting") this.connect();
  }

  // Sends a message; without a payload it is an acknowledgement. Returns its number; undefined if there is
  // no connection.
  send(payload?: Payload): bigint | undefined {
    const socket = this.socket;
    if (socket?.readyState !== WebSocket.OPEN) return undefined;
    const numbers = this.sequence.next(performance.now());
    const action = create(ClientActionSchema, {
      seq: numbers.seq,
      ack: numbers.ack,
      schemaVersion: 1,
      ...(payload ? { payload } : {}),
    });
    socket.send(toBinary(ClientActionSchema, action) as Uint8Array<ArrayBuffer>);
    return numbers.seq;
  }

  // Acknowledges all messages that have arrived.
  acknowledge(): void {
    if (this.sequence.hasUnacknowledged()) this.send();
  }

  roundTrip(): number | undefined {
    return this.sequence.roundTrip();
  }

  resetRoundTrips(): void {
    this.sequence.resetRoundTrips();
  }

  private receive(bytes: Uint8Array): void {
    let message: ServerResult;
    const start = performance.now();
    try {
      message = fromBinary(ServerResultSchema, bytes);
    } catch {
      // Ignores a message that is not of this protocol.
      return;
    }
    const now = performance.now();
    if (message.payload.case === "frame") this.decoding = now - start;
    this.sequence.receive(message.seq, message.clientSeq, now);
    this.listener.received(message);
  }

  private onClose(code: number, reason: string): void {
    const lasted = this.openedAt > 0 ? performance.now() - this.openedAt : 0;
    this.openedAt = 0;
    this.discardSocket();
    if (FINAL_CODES.includes(code)) {
      this.setState({ name: "ended", reason: closeReason(code, reason) });
      return;
    }
    if (lasted > STABLE_TIME) this.backoff.reset();
    const wait = this.backoff.next();
    const text = lasted > 0 ? closeReason(code, reason) : "The server does not answer.";
    this.timer = setTimeout(() => this.connect(), wait);
    this.setState({ name: "waiting", until: performance.now() + wait, reason: text });
  }

  private discardSocket(): void {
    const socket = this.socket;
    this.socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private setState(state: ConnectionState): void {
    this.state = state;
    this.listener.changed(state);
  }
}
