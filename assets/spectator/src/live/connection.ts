// WebSocket of one run: configures, starts, and passes on what arrives.

import type { WireBody } from "./body_draft";
import { parseMessage, type ServerMessage, type Vector } from "./messages";

export interface RunListener {
  received(message: ServerMessage): void;
  closed(code: number, reason: string): void;
}

export class LiveConnection {
  private readonly socket: WebSocket;

  // Connects and sends `first`.
  constructor(address: string, first: object, private readonly listener: RunListener) {
    const socket = (this.socket = new WebSocket(address));
    socket.onopen = () => this.send(first);
    socket.onmessage = (event: MessageEvent<unknown>) => {
      const message = typeof event.data === "string" ? parseMessage(event.data) : undefined;
      if (message) this.listener.received(message);
    };
    socket.onclose = (event) => this.listener.closed(event.code, event.reason);
  }

  send(message: object): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  stop(): void {
    this.send({ type: "stop" });
  }

  spawn(objects: WireBody[]): void {
    this.send({ type: "spawn", objects });
  }

  grab(body: number, { x, y, z }: Vector): void {
    this.send({ type: "grab", body_id: body, point: [x, y, z] });
  }

  move({ x, y, z }: Vector): void {
    this.send({ type: "move", to: [x, y, z] });
  }

  release(): void {
    this.send({ type: "release" });
  }

  // Closes it; nothing is passed on any more.
  discard(): void {
    const { socket } = this;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
