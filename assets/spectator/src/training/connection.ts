// WebSocket client of a training: subscribes to all events with the past ones, and reconnects with backoff.

import { Backoff } from "../backoff";
import { closeReason } from "../notices";
import type { TrainingAddress } from "./address";
import type { CommandName } from "./command";
import { EVENT_TYPES, isEvent, parseMessage, type Answer, type TrainingEvent } from "./messages";
import { Resume } from "./resume";

export type ConnectionState =
  | { name: "connecting" }
  | { name: "connected" }
  // Reconnects at this time, ms.
  | { name: "waiting"; until: number; reason: string }
  // Reconnects on request only.
  | { name: "ended"; reason: string };

export interface ConnectionListener {
  changed(state: ConnectionState): void;
  // The events that follow are those of this training; null while there is none.
  opened(training: string | null): void;
  // The events that follow are those of another run: all before are void.
  restarted(): void;
  // Past events up to this number follow; some before them may be lost.
  replaying(until: number, missed: number): void;
  received(event: TrainingEvent): void;
  answered(answer: Answer): void;
  // Number and time of the newest event that is shown; 0 if there is none.
  newest(): [number, string];
}

// Duration of a connection that resets the backoff, ms.
const STABLE_TIME = 5000;
// Time without a message after which the page asks whether the server is there, and then gives up, ms.
const QUIET_TIME = 20_000;

export class TrainingConnection {
  state: ConnectionState = { name: "connecting" };
  private socket: WebSocket | undefined;
  private readonly backoff = new Backoff();
  private readonly resume = new Resume();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private quietTimer: ReturnType<typeof setTimeout> | undefined;
  private openedAt = 0;
  private refusal: Extract<Answer, { type: "error" }> | undefined;
  // Events before the answer to the subscription may be of a training that has ended.
  private subscribed = false;

  constructor(
    private readonly address: TrainingAddress,
    private readonly listener: ConnectionListener,
  ) {}

  connect(): void {
    clearTimeout(this.timer);
    this.discardSocket();
    this.subscribed = false;
    this.refusal = undefined;
    this.setState({ name: "connecting" });
    const socket = new WebSocket(this.address.socket);
    socket.onopen = () => {
      this.openedAt = performance.now();
      this.watch(false);
    };
    socket.onmessage = (event: MessageEvent<unknown>) => {
      this.watch(false);
      if (typeof event.data === "string") this.receive(event.data);
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

  // Sends a command; returns whether there is a connection for it.
  command(command: CommandName, args: Record<string, unknown> = {}): boolean {
    if (this.state.name !== "connected") return false;
    return this.send({ type: "command", command, args });
  }

  private send(message: unknown): boolean {
    const { socket } = this;
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(message));
    return true;
  }

  private receive(text: string): void {
    const message = parseMessage(text);
    if (!message) return;
    if (isEvent(message)) this.onEvent(message);
    else this.onAnswer(message);
  }

  private onEvent(event: TrainingEvent): void {
    if (!this.subscribed) return;
    if (this.resume.isOtherRunBy(event)) this.restart();
    else this.listener.received(event);
  }

  private onAnswer(answer: Answer): void {
    switch (answer.type) {
      case "connection_established":
        this.listener.opened(answer.training);
        this.setState({ name: "connected" });
        this.subscribe();
        break;
      case "training_changed":
        // A new connection has no events of the training before in its queue.
        this.connect();
        break;
      case "subscribed":
        if (this.resume.isOtherRun(answer.newest_event_id)) {
          this.restart();
          break;
        }
        this.subscribed = true;
        this.listener.replaying(answer.newest_event_id, answer.missed ?? 0);
        break;
      case "error":
        this.refusal = answer;
        this.listener.answered(answer);
        break;
      default:
        this.listener.answered(answer);
    }
  }

  private subscribe(): void {
    const after = this.resume.request(...this.listener.newest());
    this.send({ type: "subscribe", events: EVENT_TYPES, after });
  }

  // Requests all events of another run, on a new connection: this one may still send events that are void.
  private restart(): void {
    this.listener.restarted();
    this.connect();
  }

  private onClose(code: number, reason: string): void {
    const lasted = this.openedAt > 0 ? performance.now() - this.openedAt : 0;
    this.openedAt = 0;
    this.discardSocket();
    const wasAnswered = lasted > 0;
    const text = this.refusal ? sentence(this.refusal.message) : closeReason(code, reason);
    // With a wrong token another attempt cannot succeed; a training may be opened later.
    if (code === 1008 && this.refusal?.error_code === "FORBIDDEN") {
      this.setState({ name: "ended", reason: text });
      return;
    }
    if (lasted > STABLE_TIME) this.backoff.reset();
    const wait = this.backoff.next();
    this.timer = setTimeout(() => this.connect(), wait);
    const shown = wasAnswered ? text : "The server does not answer.";
    this.setState({ name: "waiting", until: performance.now() + wait, reason: shown });
  }

  // Asks whether the server is there when it has been quiet; if it was asked, gives the connection up.
  private watch(asked: boolean): void {
    clearTimeout(this.quietTimer);
    this.quietTimer = setTimeout(() => {
      if (asked) {
        this.onClose(1006, "");
        return;
      }
      this.send({ type: "ping", timestamp: Date.now() });
      this.watch(true);
    }, QUIET_TIME);
  }

  private discardSocket(): void {
    clearTimeout(this.quietTimer);
    const { socket } = this;
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

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
