// WebSocket of one run: sends the first message when it is open, and passes on what arrives.

import type { WireBody } from "./body_draft";
import type { Vector } from "./messages";
import { configureMessage, type Setup } from "./setup";

export interface RunListener<Message> {
  // The message of a text; undefined for texts that are left out.
  parse(text: string): Message | undefined;
  received(message: Message): void;
  closed(code: number, reason: string): void;
}

export class LiveConnection<Message> {
  private readonly socket: WebSocket;

  // Connects and sends `first`.
  constructor(address: string, first: object, listener: RunListener<Message>) {
    const socket = (this.socket = new WebSocket(address));
    socket.onopen = () => this.send(first);
    socket.onmessage = (event: MessageEvent<unknown>) => {
      const message = typeof event.data === "string" ? listener.parse(event.data) : undefined;
      if (message) listener.received(message);
    };
    socket.onclose = (event) => listener.closed(event.code, event.reason);
  }

  // Connects and configures a run.
  static configure<Message>(address: string, setup: Setup, listener: RunListener<Message>): LiveConnection<Message> {
    return new LiveConnection(address, configureMessage(setup), listener);
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
