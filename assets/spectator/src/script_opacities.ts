// Opacities of atoms and bonds in a script, 0 to 255.

import type { ScriptState } from "./wire/session_pb";

const OPAQUE = 255;

// One opacity for each atom; undefined if all are opaque. Atoms without one are opaque, surplus ones are ignored.
export function opacitiesOf(bytes: Uint8Array | undefined, count: number): Uint8Array | undefined {
  const given = bytes?.subarray(0, count);
  if (!given?.some((opacity) => opacity !== OPAQUE)) return undefined;
  if (given.length === count) return given;
  const opacities = new Uint8Array(count).fill(OPAQUE);
  opacities.set(given);
  return opacities;
}

// Whether two states of a script fade the same bonds.
export function haveSameBondOpacities(one: ScriptState | undefined, other: ScriptState | undefined): boolean {
  const lists = (it: ScriptState | undefined) => [it?.bondOpacities, it?.bondFocuses, it?.focusedBonds];
  const others = lists(other);
  return lists(one).every((list, i) => {
    const [a, b] = [list ?? [], others[i] ?? []];
    return a.length === b.length && a.every((value, k) => value === b[k]);
  });
}

// Opacity of the bond between two atoms; undefined if all bonds are opaque. A bond is in the focuses in which both
// its atoms are, and in those of its own: see `ScriptState` in proto/session.proto.
export function bondOpacitiesOf(script: ScriptState | undefined): ((one: number, other: number) => number) | undefined {
  const values = script?.bondOpacities;
  if (!script || !values?.some((opacity) => opacity !== OPAQUE)) return undefined;
  const key = (one: number, other: number) => `${Math.min(one, other)} ${Math.max(one, other)}`;
  const own = new Map<string, number>();
  const { bondFocuses, focusedBonds } = script;
  for (let bond = 0; bond + 2 < focusedBonds.length; bond += 3) {
    own.set(key(focusedBonds[bond]!, focusedBonds[bond + 1]!), focusedBonds[bond + 2]!);
  }
  return (one, other) => {
    const both = (bondFocuses[one] ?? 0) & (bondFocuses[other] ?? 0);
    const focuses = both | (own.size > 0 ? (own.get(key(one, other)) ?? 0) : 0);
    return values[focuses & 3] ?? OPAQUE;
  };
}
