// Messages of a packing (docs/live.md), read from JSON, and the message that begins it.

import { readObject } from "./messages";

export interface PackRequest {
  // Without a number: by the density.
  molecules: { name: string; number?: number }[];
  // g/cm³
  density?: number;
  // Edge of a box, Å.
  box?: number;
  // Name of a structure, and thickness of a shell around it, Å.
  around?: string;
  shell?: number;
  seed: number;
}

export type PackMessage =
  // Atomic numbers, and the three vectors of the cell, Å; null for a droplet.
  | { type: "packing"; numbers: number[]; cell: number[][] | null }
  // Positions: x, y, z of each atom, Å.
  | { type: "frame"; data: { frame_id: number; step: number; overlaps: number; positions: number[] } }
  // The structure as extended XYZ.
  | { type: "complete"; total_frames: number; elapsed_s: number; structure?: string }
  | { type: "error"; message: string };

export const packRequest = (request: PackRequest) => ({ type: "pack", ...request });

const CHECKS = new Map<unknown, (message: Record<string, unknown>) => boolean>([
  ["packing", ({ numbers, cell }) => Array.isArray(numbers) && (cell === null || Array.isArray(cell))],
  ["frame", ({ data }) => Array.isArray((data as { positions?: unknown } | null | undefined)?.positions)],
  ["complete", ({ total_frames }) => typeof total_frames === "number"],
  ["error", ({ message }) => typeof message === "string"],
]);

// The message of a text frame; undefined for texts that are no known message, which later servers may send.
export function parsePackMessage(text: string): PackMessage | undefined {
  const message = readObject(text);
  return message && CHECKS.get(message["type"])?.(message) ? (message as unknown as PackMessage) : undefined;
}
