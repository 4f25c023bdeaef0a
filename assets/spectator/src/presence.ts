// Sends the viewpoint of this page to other people when it changes, at most ten times a second.

import type { Connection } from "./connection";
import type { Orbit } from "./orbit";

// Minimum interval between two messages, ms.
const INTERVAL = 100;

export class Presence {
  private last = "";
  private lastAt = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly orbit: Orbit,
    private readonly connection: Connection,
  ) {}

  // Sends the viewpoint now, or when the interval has passed.
  send(now: number): void {
    const position = this.orbit.eye().toArray();
    const orientation = this.orbit.rotation.toArray();
    const state = [...position, ...orientation].map((value) => value.toFixed(3)).join();
    if (state === this.last || this.timer !== undefined) return;
    const wait = this.lastAt + INTERVAL - now;
    if (wait > 0) {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.send(performance.now());
      }, wait);
      return;
    }
    const head = { position, orientation };
    if (this.connection.send({ case: "presence", value: { head, hands: [] } }) === undefined) return;
    this.last = state;
    this.lastAt = now;
  }

  // After a reconnect, the viewpoint must be sent again.
  reset(): void {
    this.last = "";
  }
}
