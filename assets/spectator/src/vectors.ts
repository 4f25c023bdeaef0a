// Vectors of the wire as typed arrays, without a copy if they are aligned.

import type { Vectors } from "./wire/session_pb";

export type Triple = [number, number, number];

// Packed positions, three 16-bit numbers for each atom: position = origin + extent · number / 65535, Å.
export interface Positions {
  numbers: Uint16Array;
  origin: Triple;
  extent: Triple;
}

const MAX_U16 = 65_535;

export function asU16(bytes: Uint8Array): Uint16Array {
  const whole = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice();
  return new Uint16Array(whole.buffer, whole.byteOffset, whole.byteLength >> 1);
}

export function asF32(bytes: Uint8Array): Float32Array {
  const whole = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Float32Array(whole.buffer, whole.byteOffset, whole.byteLength >> 2);
}

// Positions of `count` atoms from any format; undefined if the length differs.
export function readPositions(
  compact: Vectors | undefined,
  doubles: readonly number[],
  count: number,
): Positions | undefined {
  if (compact && compact.u16.length > 0) {
    if (compact.u16.length !== 6 * count) return undefined;
    const { origin, extent } = compact;
    if (origin.length !== 3 || extent.length !== 3) return undefined;
    return { numbers: asU16(compact.u16), origin: origin as Triple, extent: extent as Triple };
  }
  const values = compact && compact.f32.length > 0 ? asF32(compact.f32) : doubles;
  return values.length === 3 * count ? pack(values) : undefined;
}

// Vectors of `count` atoms as floats; undefined if there are none.
export function readFloats(
  compact: Vectors | undefined,
  doubles: readonly number[],
  count: number,
): Float32Array | undefined {
  const values = compact && compact.f32.length > 0 ? asF32(compact.f32) : Float32Array.from(doubles);
  return values.length === 3 * count && count > 0 ? values : undefined;
}

// Packs positions into 16-bit numbers within their bounding box.
export function pack(values: ArrayLike<number>): Positions {
  const low: Triple = [Infinity, Infinity, Infinity];
  const high: Triple = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const axis = i % 3;
    if (value < low[axis]!) low[axis] = value;
    if (value > high[axis]!) high[axis] = value;
  }
  const origin = low.map((value) => (Number.isFinite(value) ? value : 0)) as Triple;
  const extent = high.map((value, axis) => Math.max(0, value - low[axis]!) || 0) as Triple;
  const numbers = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const axis = i % 3;
    const share = extent[axis]! > 0 ? (values[i]! - origin[axis]!) / extent[axis]! : 0;
    numbers[i] = Math.round(share * MAX_U16);
  }
  return { numbers, origin, extent };
}

// Position of an atom, Å.
export function positionOf(positions: Positions, atom: number): Triple {
  const { numbers, origin, extent } = positions;
  return [0, 1, 2].map(
    (axis) => origin[axis]! + (extent[axis]! * numbers[3 * atom + axis]!) / MAX_U16,
  ) as Triple;
}

// All positions, Å.
export function unpack(positions: Positions): Float32Array {
  const { numbers, origin, extent } = positions;
  const values = new Float32Array(numbers.length);
  for (let axis = 0; axis < 3; axis++) {
    const scale = extent[axis]! / MAX_U16;
    for (let i = axis; i < numbers.length; i += 3) values[i] = origin[axis]! + scale * numbers[i]!;
  }
  return values;
}
