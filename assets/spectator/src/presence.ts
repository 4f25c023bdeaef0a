// Tells the others where this page looks from: when that changes, and at most ten times a second.

import type { Connection } from "./connection";
import type { Orbit } from "./orbit";

const PATIENCE = 100;

export class Presence {
  private last = "";
  private lastAt = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly orbit: Orbit,
    private readonly connection: Connection,
  ) {}

  // Says it now if it is time to, else when it is.
  say(now: number): void {
    const position = this.orbit.eye().toArray();
    const orientation = this.orbit.rotation.toArray();
    const where = [...position, ...orientation].map((value) => value.toFixed(3)).join();
    if (where === this.last || this.timer !== undefined) return;
    const wait = this.lastAt + PATIENCE - now;
    if (wait > 0) {
      this.timer = setTimeout(() => {
        this.timer = undefined;
        this.say(performance.now());
      }, wait);
      return;
    }
    const head = { position, orientation };
    if (this.connection.send({ case: "presence", value: { head, hands: [] } }) === undefined) return;
    this.last = where;
    this.lastAt = now;
  }

  // To somebody new: it must be said again.
  forget(): void {
    this.last = "";
  }
}
