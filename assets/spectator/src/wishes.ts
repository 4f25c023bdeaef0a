// What this page asks the room for: how often, in which form, and under which name.

import type { Connection } from "./connection";
import { Format } from "./wire/session_pb";

// Frames per second: shown, and hidden behind other pages.
const SHOWN = 30;
const HIDDEN = 1;

export class Wishes {
  forces = false;
  bonds = true;
  hidden = false;
  name = "";
  private last = "";

  constructor(private readonly connection: Connection) {}

  // Says them, if the server does not know them yet.
  say(): void {
    const maxRate = this.hidden ? HIDDEN : SHOWN;
    const { forces, bonds, name } = this;
    const now = [forces, bonds, maxRate, name].join();
    if (now === this.last) return;
    const value = { format: Format.FIXED16, velocities: false, forces, bonds, maxRate, name, color: 0 };
    if (this.connection.send({ case: "attach", value }) !== undefined) this.last = now;
  }

  // To a server that knows nothing of them.
  forget(): void {
    this.last = "";
  }
}
