// Which atom a line of sight meets first.

import type { Ray } from "three";
import type { Places } from "./vectors";

const LARGEST = 65_535;

// Radii by atomic number, Å. Fingers and mice are not exact: an atom that the ray passes within so
// much of (shares of the distance) is met too, if none is met in earnest.
export function pick(
  ray: Ray,
  places: Places,
  numbers: Uint8Array,
  radii: (number: number) => number,
  slack = 0,
): number | undefined {
  const table = Float64Array.from({ length: 256 }, (_, number) => radii(number));
  const { x: ox, y: oy, z: oz } = ray.origin;
  const { x: dx, y: dy, z: dz } = ray.direction;
  const { origin, extent } = places;
  const [sx, sy, sz] = extent.map((length) => length / LARGEST) as [number, number, number];
  let met: number | undefined;
  let nearest = Infinity;
  let almost: number | undefined;
  let miss = slack;
  for (let atom = 0; atom < numbers.length; atom++) {
    const x = origin[0] + sx * places.numbers[3 * atom]! - ox;
    const y = origin[1] + sy * places.numbers[3 * atom + 1]! - oy;
    const z = origin[2] + sz * places.numbers[3 * atom + 2]! - oz;
    const along = x * dx + y * dy + z * dz;
    if (along <= 0) continue;
    const radius = table[numbers[atom]!]!;
    const beside = x * x + y * y + z * z - along * along;
    const inside = radius * radius - beside;
    if (inside >= 0) {
      const front = along - Math.sqrt(inside);
      if (front < nearest && front > 0) {
        nearest = front;
        met = atom;
      }
    } else if (met === undefined) {
      const off = (Math.sqrt(beside) - radius) / along;
      if (off < miss) {
        miss = off;
        almost = atom;
      }
    }
  }
  return met ?? almost;
}
