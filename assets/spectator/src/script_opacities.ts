// Opacities of atoms in a script, 0 to 255.

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
