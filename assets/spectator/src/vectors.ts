// Vectors as they come over the wire, as arrays of numbers; not copied where they lie well.

import type { Vectors } from "./wire/session_pb";

export type Triple = [number, number, number];

// Three 16-bit numbers for each atom: place = origin + extent · number / 65535, Å.
export interface Places {
  numbers: Uint16Array;
  origin: Triple;
  extent: Triple;
}

const LARGEST = 65_535;

export function asU16(bytes: Uint8Array): Uint16Array {
  const whole = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice();
  return new Uint16Array(whole.buffer, whole.byteOffset, whole.byteLength >> 1);
}

export function asF32(bytes: Uint8Array): Float32Array {
  const whole = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Float32Array(whole.buffer, whole.byteOffset, whole.byteLength >> 2);
}

// Places of so many atoms, from whichever form there is; undefined where the counts do not fit.
export function readPlaces(
  compact: Vectors | undefined,
  doubles: readonly number[],
  count: number,
): Places | undefined {
  if (compact && compact.u16.length > 0) {
    if (compact.u16.length !== 6 * count) return undefined;
    const { origin, extent } = compact;
    if (origin.length !== 3 || extent.length !== 3) return undefined;
    return { numbers: asU16(compact.u16), origin: origin as Triple, extent: extent as Triple };
  }
  const values = compact && compact.f32.length > 0 ? asF32(compact.f32) : doubles;
  return values.length === 3 * count ? pack(values) : undefined;
}

// Vectors of so many atoms as floats; undefined where there are none.
export function readFloats(
  compact: Vectors | undefined,
  doubles: readonly number[],
  count: number,
): Float32Array | undefined {
  const values = compact && compact.f32.length > 0 ? asF32(compact.f32) : Float32Array.from(doubles);
  return values.length === 3 * count && count > 0 ? values : undefined;
}

// Places as 16-bit numbers within their bounding box.
export function pack(values: ArrayLike<number>): Places {
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
    numbers[i] = Math.round(share * LARGEST);
  }
  return { numbers, origin, extent };
}

// Where an atom is, Å.
export function placeOf(places: Places, atom: number): Triple {
  const { numbers, origin, extent } = places;
  return [0, 1, 2].map(
    (axis) => origin[axis]! + (extent[axis]! * numbers[3 * atom + axis]!) / LARGEST,
  ) as Triple;
}

// All places, Å.
export function unpack(places: Places): Float32Array {
  const { numbers, origin, extent } = places;
  const values = new Float32Array(numbers.length);
  for (let axis = 0; axis < 3; axis++) {
    const scale = extent[axis]! / LARGEST;
    for (let i = axis; i < numbers.length; i += 3) values[i] = origin[axis]! + scale * numbers[i]!;
  }
  return values;
}
