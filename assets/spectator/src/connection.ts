// One WebSocket after another: connects, counts messages, and tries again when the line breaks.

import { create, fromBinary, toBinary, type MessageInitShape } from "@bufbuild/protobuf";
import type { Address } from "./address";
import { Backoff } from "./backoff";
import { whyClosed } from "./notices";
import { Sequence } from "./sequence";
import { ClientActionSchema, ServerResultSchema, type ServerResult } from "./wire/session_pb";

export type Payload = NonNullable<MessageInitShape<typeof ClientActionSchema>["payload"]>;

export type State =
  | { name: "connecting" }
  | { name: "connected" }
  // Tries again at this time, ms.
  | { name: "waiting"; until: number; why: string }
  // Does not try again by itself.
  | { name: "ended"; why: string };

export interface Listener {
  opened(): void;
  received(message: ServerResult): void;
  changed(state: State): void;
}

// Codes after which trying again would only be a nuisance: refused, and too busy.
const FINAL = [1008, 1013];
// A connection that lasted so long was a good one, ms.
const GOOD = 5000;

export class Connection {
  state: State = { name: "connecting" };
  // Time that the newest message took to become one, ms.
  decoding = 0;
  private socket: WebSocket | undefined;
  private sequence = new Sequence();
  private readonly backoff = new Backoff();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private openedAt = 0;

  constructor(
    private readonly address: Address,
    private readonly listener: Listener,
  ) {}

  connect(): void {
    clearTimeout(this.timer);
    this.abandon();
    this.sequence = new Sequence();
    this.become({ name: "connecting" });
    const socket = new WebSocket(this.address.socket);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.openedAt = performance.now();
      this.become({ name: "connected" });
      this.listener.opened();
    };
    socket.onmessage = (event: MessageEvent<unknown>) => {
      if (event.data instanceof ArrayBuffer) this.receive(new Uint8Array(event.data));
    };
    socket.onclose = (event) => this.lost(event.code, event.reason);
    this.socket = socket;
  }

  // Whether a token was shown at the door.
  get hasToken(): boolean {
    return this.address.token !== "";
  }

  // As somebody who only watches.
  connectWithoutToken(): void {
    this.address.forgetToken();
    this.connect();
  }

  // Now rather than when the wait is over: the network is back, or somebody looks again.
  hurry(): void {
    if (this.state.name === "waiting") this.connect();
  }

  // Says something; without a payload it is an acknowledgement. Its number, if there is somebody who listens.
  send(payload?: Payload): bigint | undefined {
    const socket = this.socket;
    if (socket?.readyState !== WebSocket.OPEN) return undefined;
    const numbers = this.sequence.leave(performance.now());
    const action = create(ClientActionSchema, {
      seq: numbers.seq,
      ack: numbers.ack,
      schemaVersion: 1,
      ...(payload ? { payload } : {}),
    });
    socket.send(toBinary(ClientActionSchema, action) as Uint8Array<ArrayBuffer>);
    return numbers.seq;
  }

  // Acknowledges what has come, if that has not been done yet.
  acknowledge(): void {
    if (this.sequence.owes()) this.send();
  }

  roundTrip(): number | undefined {
    return this.sequence.roundTrip();
  }

  forgetTrips(): void {
    this.sequence.forgetTrips();
  }

  private receive(bytes: Uint8Array): void {
    let message: ServerResult;
    const began = performance.now();
    try {
      message = fromBinary(ServerResultSchema, bytes);
    } catch {
      // Not of this protocol; the next may be.
      return;
    }
    const now = performance.now();
    if (message.payload.case === "frame") this.decoding = now - began;
    this.sequence.hear(message.seq, message.clientSeq, now);
    this.listener.received(message);
  }

  private lost(code: number, reason: string): void {
    const lasted = this.openedAt > 0 ? performance.now() - this.openedAt : 0;
    this.openedAt = 0;
    this.abandon();
    if (FINAL.includes(code)) {
      this.become({ name: "ended", why: whyClosed(code, reason) });
      return;
    }
    if (lasted > GOOD) this.backoff.reset();
    const wait = this.backoff.next();
    const why = lasted > 0 ? whyClosed(code, reason) : "The server does not answer.";
    this.timer = setTimeout(() => this.connect(), wait);
    this.become({ name: "waiting", until: performance.now() + wait, why });
  }

  private abandon(): void {
    const socket = this.socket;
    this.socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private become(state: State): void {
    this.state = state;
    this.listener.changed(state);
  }
}
