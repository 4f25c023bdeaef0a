// A body as it is entered in the form, and as it is sent to the server.

export type Triple = [number, number, number];

export interface BodyDraft {
  asset: string;
  // m, or Å.
  position: Triple;
  // Pitch, roll and yaw, degrees; the server gets radians.
  orientation: Triple;
  // Bodies of the environment do not move.
  isEnvironment: boolean;
  // Of bodies that move: mass (kg, or u), restitution (0 to 1) and friction. Without a mass a molecule in Å has that
  // of its atoms.
  mass: number | undefined;
  restitution: number;
  friction: number;
  // m/s, or Å/ps; rad/s, or rad/ps.
  velocity?: Triple;
  angularVelocity?: Triple;
}

export interface WireBody {
  asset_name: string;
  position: Triple;
  orientation: Triple;
  object_type: "inertial" | "environment";
  mass?: number;
  restitution?: number;
  friction?: number;
  velocity?: Triple;
  angular_velocity?: Triple;
}

export const DEFAULTS: Omit<BodyDraft, "asset"> = {
  position: [0, 0, 5],
  orientation: [0, 0, 0],
  isEnvironment: false,
  mass: 10,
  restitution: 0.8,
  friction: 0.5,
};

// A body with the defaults for what is not given.
export function draft(asset: string, given: Partial<BodyDraft> = {}): BodyDraft {
  return { asset, ...DEFAULTS, ...given };
}

export function toWire(body: BodyDraft): WireBody {
  const radians = body.orientation.map((angle) => (angle * Math.PI) / 180) as Triple;
  const placed = { asset_name: body.asset, position: body.position, orientation: radians };
  if (body.isEnvironment) return { ...placed, object_type: "environment" };
  const { mass, restitution, friction, velocity, angularVelocity } = body;
  return {
    ...placed,
    object_type: "inertial",
    ...(mass === undefined ? {} : { mass }),
    restitution,
    friction,
    ...(velocity ? { velocity } : {}),
    ...(angularVelocity ? { angular_velocity: angularVelocity } : {}),
  };
}

// One line for the list: the asset, where it is, and what differs from other bodies.
export function describe(body: BodyDraft): string {
  const at = body.position.map((value) => Number(value.toFixed(2))).join(", ");
  const kind = body.isEnvironment ? "environment" : `mass ${body.mass ?? "of its atoms"}, restitution ${body.restitution}, friction ${body.friction}`;
  return `at ${at} · ${kind}`;
}
