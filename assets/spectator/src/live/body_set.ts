// Bodies and assets of a run, merged from the messages about them, and the newest states of the bodies.

import type { Asset, Body, BodyState, Frame, Metadata } from "./messages";

export interface BodyGroup {
  asset: Asset;
  isEnvironment: boolean;
  bodies: Body[];
}

export class BodySet {
  readonly bodies = new Map<number, Body>();
  readonly assets = new Map<number, Asset>();
  states: readonly BodyState[] = [];

  // Adds bodies and assets; those that are known already are replaced.
  add({ bodies, assets }: Metadata): void {
    for (const asset of assets) this.assets.set(asset.asset_id, asset);
    for (const body of bodies) this.bodies.set(body.body_id, body);
  }

  apply({ states }: Frame): void {
    this.states = states;
  }

  state(body: number): BodyState | undefined {
    return this.states.find((state) => state.body_id === body);
  }

  // Bodies in the order of their arrival, by asset; those of the environment apart.
  groups(): BodyGroup[] {
    const found = new Map<string, BodyGroup>();
    for (const body of this.bodies.values()) {
      const asset = this.assets.get(body.asset_id);
      if (!asset) continue;
      const key = `${body.asset_id} ${body.is_environment}`;
      const group = found.get(key);
      if (group) group.bodies.push(body);
      else found.set(key, { asset, isEnvironment: body.is_environment, bodies: [body] });
    }
    return [...found.values()];
  }

  // Center and radius of what moves, of everything if nothing does, down to the middle of the ground, which has no end.
  extent(): { center: [number, number, number]; radius: number } | undefined {
    const named = this.states.filter(({ body_id }) => this.bodies.get(body_id)?.asset_name !== "ground");
    const moving = named.filter((state) => !state.is_environment);
    const low = [Infinity, Infinity, Infinity];
    const high = [-Infinity, -Infinity, -Infinity];
    for (const { body_id, position } of moving.length > 0 ? moving : named) {
      const size = this.radiusOf(body_id);
      [position.x, position.y, position.z].forEach((value, axis) => {
        low[axis] = Math.min(low[axis]!, value - size);
        high[axis] = Math.max(high[axis]!, value + size);
      });
    }
    if (!(low[0]! <= high[0]!)) return undefined;
    for (const { body_id, position } of this.states) {
      if (this.bodies.get(body_id)?.asset_name === "ground") low[2] = Math.min(low[2]!, position.z);
    }
    const center = low.map((value, axis) => (value + high[axis]!) / 2) as [number, number, number];
    return { center, radius: Math.hypot(...low.map((value, axis) => (high[axis]! - value) / 2)) };
  }

  private radiusOf(body: number): number {
    const asset = this.assets.get(this.bodies.get(body)?.asset_id ?? -1);
    return asset ? meshRadius(asset.positions) : 0;
  }
}

const radii = new WeakMap<object, number>();

// Largest distance of a vertex from the origin.
export function meshRadius(positions: ArrayLike<number> & object): number {
  const known = radii.get(positions);
  if (known !== undefined) return known;
  let square = 0;
  for (let i = 0; i + 2 < positions.length; i += 3) {
    square = Math.max(square, positions[i]! ** 2 + positions[i + 1]! ** 2 + positions[i + 2]! ** 2);
  }
  radii.set(positions, Math.sqrt(square));
  return Math.sqrt(square);
}
