// Subscription of this page: contents and rate of frames, and the name shown to others.

import type { Connection } from "./connection";
import { Format } from "./wire/session_pb";

// Frames per second of a visible and of a hidden page.
const VISIBLE_RATE = 30;
const HIDDEN_RATE = 1;

export class Subscription {
  forces = false;
  bonds = true;
  hidden = false;
  name = "";
  private last = "";

  constructor(private readonly connection: Connection) {}

  // Sends the subscription if it has changed.
  send(): void {
    const maxRate = this.hidden ? HIDDEN_RATE : VISIBLE_RATE;
    const { forces, bonds, name } = this;
    const timeline = !this.hidden;
    const now = [forces, bonds, maxRate, name].join();
    if (now === this.last) return;
    const value = { format: Format.FIXED16, velocities: false, forces, bonds, maxRate, name, color: 0, timeline };
    if (this.connection.send({ case: "attach", value }) !== undefined) this.last = now;
  }

  // After a reconnect, the subscription must be sent again.
  reset(): void {
    this.last = "";
  }
}
