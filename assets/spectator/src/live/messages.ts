// Messages of the server of rigid bodies (docs/live.md), read from JSON.

export interface Vector {
  x: number;
  y: number;
  z: number;
}

export interface Rotation extends Vector {
  w: number;
}

export interface Body {
  body_id: number;
  asset_id: number;
  asset_name: string;
  mass: number;
  restitution: number;
  friction: number;
  is_environment: boolean;
}

export interface Asset {
  asset_id: number;
  name: string;
  // Triangles: x, y, z of each vertex.
  positions: number[];
  vertex_count: number;
  // Red, green and blue of each vertex, 0 to 1.
  colors?: number[];
}

export interface BodyState {
  body_id: number;
  position: Vector;
  velocity: Vector;
  orientation: Rotation;
  angular_velocity: Vector;
  is_environment: boolean;
}

export interface Contact {
  body_a: number;
  body_b: number;
  point: Vector;
  normal: Vector;
  depth: number;
  impulse: number;
}

export interface Frame {
  frame_id: number;
  // Seconds.
  simulation_time: number;
  states: BodyState[];
  collisions: Contact[];
}

export interface Metadata {
  type: "metadata";
  bodies: Body[];
  assets: Asset[];
}

export type ServerMessage =
  | Metadata
  | { type: "frame"; data: Frame }
  | { type: "complete"; total_frames: number; elapsed_s: number }
  | { type: "error"; message: string };

// Whether a value has what the page needs of a message of its type.
const CHECKS = new Map<unknown, (message: Record<string, unknown>) => boolean>([
  ["metadata", ({ bodies, assets }) => Array.isArray(bodies) && Array.isArray(assets)],
  ["frame", ({ data }) => isFrame(data)],
  ["complete", ({ total_frames, elapsed_s }) => typeof total_frames === "number" && typeof elapsed_s === "number"],
  ["error", ({ message }) => typeof message === "string"],
]);

function isFrame(data: unknown): boolean {
  if (typeof data !== "object" || data === null) return false;
  const { frame_id, simulation_time, states, collisions } = data as Record<string, unknown>;
  return typeof frame_id === "number" && typeof simulation_time === "number" && Array.isArray(states) && Array.isArray(collisions);
}

// The message of a text frame; undefined for texts that are no known message, which later servers may send.
export function parseMessage(text: string): ServerMessage | undefined {
  const message = readObject(text);
  return message && CHECKS.get(message["type"])?.(message) ? (message as unknown as ServerMessage) : undefined;
}

// The JSON object of a text; undefined if it is none.
export function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
