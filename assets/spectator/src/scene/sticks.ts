// Bonds as the shader takes them: sticks between pairs of atoms, several side by side for a double,
// triple or aromatic bond.

import type { Bonds } from "../wire/session_pb";
import type { Impostors, Rows } from "./impostors";

// As `orders` in proto/session.proto has them.
const DOUBLE = 2;
const TRIPLE = 3;
const AROMATIC = 5;

// How many sticks a bond of this order has.
export function lanesOf(order: number): number {
  return order === TRIPLE ? 3 : order === DOUBLE || order === AROMATIC ? 2 : 1;
}

// A bond through a face of the cell is drawn as two halves, one at each of its atoms.
export function fillSticks(
  impostors: Impostors,
  bonds: Bonds | undefined,
  count: number,
  withOrders: boolean,
): void {
  const { rows, sticks } = sticksOf(bonds, count, withOrders);
  impostors.fill(sticks, rows);
}

export function sticksOf(
  bonds: Bonds | undefined,
  count: number,
  withOrders: boolean,
): { sticks: number; rows: Record<string, Rows> } {
  const pairs = bonds?.atoms ?? [];
  const orders = withOrders ? (bonds?.orders ?? new Uint8Array()) : new Uint8Array();
  const around = orders.length > 0 ? neighbors(bonds!, count) : undefined;
  const atoms: number[] = [];
  const shifts: number[] = [];
  const limits: number[] = [];
  const lanes: number[] = [];
  for (let bond = 0; 2 * bond + 1 < pairs.length; bond++) {
    const one = pairs[2 * bond]!;
    const other = pairs[2 * bond + 1]!;
    if (one >= count || other >= count) continue;
    const [x = 0, y = 0, z = 0] = bonds!.shifts.slice(3 * bond, 3 * bond + 3);
    const half = x !== 0 || y !== 0 || z !== 0;
    const order = orders[bond] ?? 0;
    const all = lanesOf(order);
    const plane = all > 1 ? planeOf(around!, one, other, order) : one;
    for (let lane = 0; lane < all; lane++) {
      const dashed = order === AROMATIC && lane === 1 ? 1 : 0;
      const add = (from: number, to: number, sign: number) => {
        atoms.push(from, to, plane);
        shifts.push(sign * x, sign * y, sign * z, half ? 1 : 0);
        limits.push(bonds!.limits[2 * bond]! / 100, bonds!.limits[2 * bond + 1]! / 100);
        lanes.push(lane, all, dashed);
      };
      add(one, other, 1);
      if (half) add(other, one, -1);
    }
  }
  return {
    sticks: atoms.length / 3,
    rows: {
      atoms: { values: new Uint32Array(atoms), size: 3 },
      shift: { values: new Float32Array(shifts), size: 4 },
      limits: { values: new Float32Array(limits), size: 2 },
      lane: { values: new Float32Array(lanes), size: 3 },
    },
  };
}

interface Neighbor {
  atom: number;
  order: number;
}

// What each atom is bonded to, within the cell.
function neighbors(bonds: Bonds, count: number): Neighbor[][] {
  const around: Neighbor[][] = Array.from({ length: count }, () => []);
  for (let bond = 0; 2 * bond + 1 < bonds.atoms.length; bond++) {
    const [one, other] = [bonds.atoms[2 * bond]!, bonds.atoms[2 * bond + 1]!];
    const crosses = bonds.shifts.slice(3 * bond, 3 * bond + 3).some((cells) => cells !== 0);
    if (one >= count || other >= count || crosses) continue;
    const order = bonds.orders[bond] ?? 0;
    around[one]!.push({ atom: other, order });
    around[other]!.push({ atom: one, order });
  }
  return around;
}

// An atom that spans with the two of a bond the plane in which its sticks lie: of an aromatic bond one
// of the ring, so that the dashed stick is inside; one of the two where there is no other.
function planeOf(around: readonly Neighbor[][], one: number, other: number, order: number): number {
  const others = [...around[one]!, ...around[other]!].filter(({ atom }) => atom !== one && atom !== other);
  return (others.find((near) => near.order === order) ?? others[0])?.atom ?? one;
}
