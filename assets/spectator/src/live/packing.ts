// State of a packing by what arrives from the server.

import { closeReason } from "../notices";
import type { PackMessage } from "./pack_messages";

export class Packing {
  phase: "none" | "connecting" | "packing" | "complete" | "error" = "none";
  // Progress, result or error, as it is shown.
  text = "";
  numbers: readonly number[] = [];
  // Edges of the cell, Å; undefined for a droplet.
  edges: [number, number, number] | undefined;
  positions: readonly number[] = [];
  // Extended XYZ.
  structure: string | undefined;

  get isActive(): boolean {
    return this.phase === "connecting" || this.phase === "packing";
  }

  begin(): void {
    Object.assign(this, new Packing(), { phase: "connecting", text: "Connecting …" });
  }

  apply(message: PackMessage): void {
    if (!this.isActive) return;
    switch (message.type) {
      case "packing":
        this.phase = "packing";
        this.numbers = message.numbers;
        this.edges = message.cell?.map((row) => Math.hypot(...row)) as [number, number, number] | undefined;
        this.text = `${message.numbers.length} atoms`;
        break;
      case "frame":
        this.positions = message.data.positions;
        this.text = `Step ${message.data.step} · ${message.data.overlaps} overlaps`;
        break;
      case "complete":
        this.phase = "complete";
        this.structure = message.structure;
        this.text = message.structure ? `Packed in ${message.elapsed_s.toFixed(3)} s.` : "Stopped.";
        break;
      case "error":
        this.phase = "error";
        this.text = message.message;
    }
  }

  closed(code: number, reason: string): void {
    if (!this.isActive) return;
    this.phase = "error";
    this.text = `Disconnected (code ${code}): ${closeReason(code, reason)}`;
  }
}
