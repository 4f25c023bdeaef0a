// Setup of a run: bodies, gravity, units, cell, seed, timestep and duration, as messages for the server.

import { toWire, type BodyDraft, type Triple } from "./body_draft";

export type Units = "m" | "Å";

export interface Setup {
  bodies: BodyDraft[];
  gravity: Triple;
  units: Units;
  // Edges of the periodic cell; undefined without one.
  cell: Triple | undefined;
  seed: number;
  // ms
  timestep: number;
  // s
  duration: number;
}

export const EARTH: Triple = [0, 0, -9.81];
export const TIMESTEPS = [10, 16, 33] as const;
export const MAX_DURATION = 300;

export const configureMessage = ({ bodies, gravity, units, cell, seed }: Setup) => ({
  type: "configure",
  objects: bodies.map(toWire),
  gravity,
  units,
  seed,
  ...(cell ? { cell } : {}),
});

export const startMessage = ({ timestep, duration }: Setup) => ({ type: "start", timestep_ms: timestep, duration_s: duration });
