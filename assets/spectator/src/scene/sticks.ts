// Sticks of bonds for the shader: parallel ones for a double, triple or aromatic bond.

import type { Bonds } from "../wire/session_pb";
import type { Impostors, QuadAttribute } from "./impostors";

// Bond orders, as in proto/session.proto.
const DOUBLE = 2;
const TRIPLE = 3;
const AROMATIC = 5;

// Number of sticks of a bond order.
export function lanesOf(order: number): number {
  return order === TRIPLE ? 3 : order === DOUBLE || order === AROMATIC ? 2 : 1;
}

// Fills in the sticks; returns their atoms, three for each.
export function fillSticks(
  impostors: Impostors,
  bonds: Bonds | undefined,
  count: number,
  withOrders: boolean,
): Float32Array | Uint32Array {
  const { rows, sticks } = sticksOf(bonds, count, withOrders);
  impostors.fill(sticks, rows);
  return rows["atoms"]!.values;
}

// Opacities of sticks by those of their bonds, 0 to 255; without any, all are opaque.
export function fadeSticks(
  impostors: Impostors,
  atoms: Float32Array | Uint32Array,
  opacityOf?: (one: number, other: number) => number,
): void {
  const values = new Float32Array(atoms.length / 3).fill(1);
  if (opacityOf) {
    for (let stick = 0; stick < values.length; stick++) {
      values[stick] = opacityOf(atoms[3 * stick]!, atoms[3 * stick + 1]!) / 255;
    }
  }
  impostors.fill(values.length, { bondOpacity: { values, size: 1 } });
}

// A bond through a face of the cell is drawn as two halves, one at each of its atoms.
export function sticksOf(
  bonds: Bonds | undefined,
  count: number,
  withOrders: boolean,
): { sticks: number; rows: Record<string, QuadAttribute> } {
  const pairs = bonds?.atoms ?? [];
  const orders = withOrders ? (bonds?.orders ?? new Uint8Array()) : new Uint8Array();
  const around = orders.length > 0 ? neighbors(bonds!, count) : undefined;
  const atoms: number[] = [];
  const shifts: number[] = [];
  const limits: number[] = [];
  const lanes: number[] = [];
  const planeShifts: number[] = [];
  for (let bond = 0; 2 * bond + 1 < pairs.length; bond++) {
    const one = pairs[2 * bond]!;
    const other = pairs[2 * bond + 1]!;
    if (one >= count || other >= count) continue;
    const shift = shiftOf(bonds!, bond);
    const half = shift.some((cells) => cells !== 0);
    const order = orders[bond] ?? 0;
    const all = lanesOf(order);
    const ends: [Site, Site] = [
      { atom: one, cells: [0, 0, 0] },
      { atom: other, cells: shift },
    ];
    const plane = all > 1 ? planeOf(around!, ends, order) : ends[0];
    for (let lane = 0; lane < all; lane++) {
      const dashed = order === AROMATIC && lane === 1 ? 1 : 0;
      const add = (from: Site, to: Site) => {
        atoms.push(from.atom, to.atom, plane.atom);
        shifts.push(...difference(to.cells, from.cells), half ? 1 : 0);
        planeShifts.push(...difference(plane.cells, from.cells));
        limits.push(bonds!.limits[2 * bond]! / 100, bonds!.limits[2 * bond + 1]! / 100);
        lanes.push(lane, all, dashed);
      };
      add(ends[0], ends[1]);
      if (half) add(ends[1], ends[0]);
    }
  }
  return {
    sticks: atoms.length / 3,
    rows: {
      atoms: { values: new Uint32Array(atoms), size: 3 },
      shift: { values: new Float32Array(shifts), size: 4 },
      limits: { values: new Float32Array(limits), size: 2 },
      lane: { values: new Float32Array(lanes), size: 3 },
      planeShift: { values: new Float32Array(planeShifts), size: 3 },
    },
  };
}

type Cells = [number, number, number];

// Image of an atom, with its offset in cell vectors.
interface Site {
  atom: number;
  cells: Cells;
}

interface Neighbor extends Site {
  order: number;
}

function shiftOf(bonds: Bonds, bond: number): Cells {
  const [x = 0, y = 0, z = 0] = bonds.shifts.slice(3 * bond, 3 * bond + 3);
  return [x, y, z];
}

function difference(one: Cells, other: Cells): Cells {
  return [one[0] - other[0], one[1] - other[1], one[2] - other[2]];
}

// Bonded neighbors of each atom.
function neighbors(bonds: Bonds, count: number): Neighbor[][] {
  const around: Neighbor[][] = Array.from({ length: count }, () => []);
  for (let bond = 0; 2 * bond + 1 < bonds.atoms.length; bond++) {
    const [one, other] = [bonds.atoms[2 * bond]!, bonds.atoms[2 * bond + 1]!];
    if (one >= count || other >= count) continue;
    const order = bonds.orders[bond] ?? 0;
    const cells = shiftOf(bonds, bond);
    around[one]!.push({ atom: other, cells, order });
    around[other]!.push({ atom: one, cells: difference([0, 0, 0], cells), order });
  }
  return around;
}

// A third atom that defines the plane of the sticks: for an aromatic bond one of the ring, so that the dashed
// stick is inside; an atom of the bond if it has no other neighbor.
function planeOf(around: readonly Neighbor[][], ends: [Site, Site], order: number): Site {
  const same = (one: Site, other: Site) =>
    one.atom === other.atom && difference(one.cells, other.cells).every((cells) => cells === 0);
  const others = ends
    .flatMap((end) =>
      around[end.atom]!.map((near): Neighbor => {
        const [x, y, z] = end.cells;
        return { ...near, cells: [near.cells[0] + x, near.cells[1] + y, near.cells[2] + z] };
      }),
    )
    .filter((near) => !ends.some((end) => same(end, near)));
  return others.find((near) => near.order === order) ?? others[0] ?? ends[0];
}
