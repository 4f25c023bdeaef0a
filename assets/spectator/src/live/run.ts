// State of a run by what arrives from the server: phase, numbers, and how it ended.

import { closeReason } from "../notices";
import type { ServerMessage } from "./messages";

export type Phase = "disconnected" | "connecting" | "simulating" | "complete" | "error";

export class Run {
  phase: Phase = "disconnected";
  // How the run ended, or the error of the server, as it is shown.
  message = "";
  // Time of the newest frame, s.
  time = 0;
  // Number of the newest frame; undefined before the first.
  frame: number | undefined;
  // Frames that have arrived, and frames that were left out between them.
  received = 0;
  skipped = 0;
  bodies = 0;
  contacts = 0;

  get isActive(): boolean {
    return this.phase === "connecting" || this.phase === "simulating";
  }

  // A new run begins; numbers of the last one are forgotten.
  begin(): void {
    Object.assign(this, new Run(), { phase: "connecting" });
  }

  // The server has the bodies, and the run was started.
  started(): void {
    if (this.phase === "connecting") this.phase = "simulating";
  }

  apply(message: ServerMessage): void {
    if (!this.isActive) return;
    switch (message.type) {
      case "metadata":
        break;
      case "frame": {
        const { frame_id, simulation_time, states, collisions } = message.data;
        if (this.frame !== undefined) this.skipped += Math.max(0, frame_id - this.frame - 1);
        this.received += 1;
        this.frame = frame_id;
        this.time = simulation_time;
        this.bodies = states.length;
        this.contacts = collisions.length;
        break;
      }
      case "complete":
        this.phase = "complete";
        this.message = `${message.total_frames} frames in ${message.elapsed_s.toFixed(3)} s.`;
        break;
      case "error":
        this.message = message.message;
        // While it runs an error may be about one message only; if it ends the run, the connection is closed.
        if (this.phase === "connecting") this.phase = "error";
    }
  }

  // The run was ended by the page.
  cancel(): void {
    if (!this.isActive) return;
    this.phase = "disconnected";
    this.message = "Canceled.";
  }

  // The connection was closed with this code.
  closed(code: number, reason: string): void {
    if (!this.isActive) return;
    const when = this.phase === "simulating" ? "Disconnected during the run" : "No connection";
    const why = this.message || closeReason(code, reason);
    this.phase = "error";
    this.message = `${when} (code ${code}): ${why}`;
  }
}
