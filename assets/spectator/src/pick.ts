// Ray casting to atoms.

import type { Ray } from "three";
import type { Positions } from "./vectors";

const MAX_U16 = 65_535;

// Returns the first atom that a ray hits, with `radii` by atomic number, Å. If it hits none, returns the atom
// that it misses by the least, up to `slack` (a fraction of the distance). Atoms of opacity 0 are not drawn, and
// not hit.
export function pick(
  ray: Ray,
  positions: Positions,
  numbers: Uint8Array,
  radii: (number: number) => number,
  slack = 0,
  opacities?: Uint8Array,
): number | undefined {
  const table = Float64Array.from({ length: 256 }, (_, number) => radii(number));
  const { x: ox, y: oy, z: oz } = ray.origin;
  const { x: dx, y: dy, z: dz } = ray.direction;
  const { origin, extent } = positions;
  const [sx, sy, sz] = extent.map((length) => length / MAX_U16) as [number, number, number];
  let hit: number | undefined;
  let nearest = Infinity;
  let nearMiss: number | undefined;
  let miss = slack;
  for (let atom = 0; atom < numbers.length; atom++) {
    if (opacities?.[atom] === 0) continue;
    const x = origin[0] + sx * positions.numbers[3 * atom]! - ox;
    const y = origin[1] + sy * positions.numbers[3 * atom + 1]! - oy;
    const z = origin[2] + sz * positions.numbers[3 * atom + 2]! - oz;
    const along = x * dx + y * dy + z * dz;
    if (along <= 0) continue;
    const radius = table[numbers[atom]!]!;
    const beside = x * x + y * y + z * z - along * along;
    const inside = radius * radius - beside;
    if (inside >= 0) {
      const front = along - Math.sqrt(inside);
      if (front < nearest && front > 0) {
        nearest = front;
        hit = atom;
      }
    } else if (hit === undefined) {
      const off = (Math.sqrt(beside) - radius) / along;
      if (off < miss) {
        miss = off;
        nearMiss = atom;
      }
    }
  }
  return hit ?? nearMiss;
}
