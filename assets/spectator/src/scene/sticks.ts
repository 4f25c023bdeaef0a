// Bonds as the shader takes them: pairs of atoms, and by how many cell vectors the second is away.

import { covalentRadius } from "../looks";
import type { Bonds } from "../wire/session_pb";
import type { Impostors } from "./impostors";

// A bond through a face of the cell is drawn as two halves, one at each of its atoms.
export function fillSticks(impostors: Impostors, bonds: Bonds | undefined, numbers: Uint8Array): void {
  const pairs = bonds?.atoms ?? [];
  const atoms: number[] = [];
  const shifts: number[] = [];
  const rest: number[] = [];
  for (let bond = 0; 2 * bond + 1 < pairs.length; bond++) {
    const one = pairs[2 * bond]!;
    const other = pairs[2 * bond + 1]!;
    if (one >= numbers.length || other >= numbers.length) continue;
    const [x = 0, y = 0, z = 0] = bonds!.shifts.slice(3 * bond, 3 * bond + 3);
    const radii = covalentRadius(numbers[one]!) + covalentRadius(numbers[other]!);
    const strength = bonds!.strengths[bond] ?? 1;
    const half = x !== 0 || y !== 0 || z !== 0;
    atoms.push(one, other);
    shifts.push(x, y, z, half ? 1 : 0);
    rest.push(radii, strength);
    if (half) {
      atoms.push(other, one);
      shifts.push(-x, -y, -z, 1);
      rest.push(radii, strength);
    }
  }
  impostors.fill(atoms.length / 2, {
    atoms: { values: new Uint32Array(atoms), size: 2 },
    shift: { values: new Float32Array(shifts), size: 4 },
    bond: { values: new Float32Array(rest), size: 2 },
  });
}
