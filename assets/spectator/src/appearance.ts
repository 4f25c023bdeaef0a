// Colors and radii of atoms, as in the desktop program.

import { ELEMENTS } from "./elements";

// Maximum number of atoms drawn as balls and sticks.
const MAX_BALL_ATOMS = 5000;
// Radius of balls, as a fraction of the van der Waals radius.
const BALL_SCALE = 0.25;
// Radius of sticks, Å.
export const STICK_RADIUS = 0.12;

export type Representation = "ball-and-stick" | "space-filling";

// Balls and sticks, or space filling for metals and large structures.
export function defaultRepresentation(numbers: Uint8Array): Representation {
  let metals = 0;
  for (const number of numbers) if (ELEMENTS[number - 1]?.[4]) metals += 1;
  return numbers.length > MAX_BALL_ATOMS || 2 * metals > numbers.length ? "space-filling" : "ball-and-stick";
}

export function symbolOf(number: number): string {
  return ELEMENTS[number - 1]?.[0] ?? "?";
}

export function covalentRadius(number: number): number {
  return ELEMENTS[number - 1]?.[1] ?? 0.7;
}

export function radiusOf(number: number, representation: Representation): number {
  const row = ELEMENTS[number - 1];
  if (!row) return 0.4;
  if (representation === "ball-and-stick") return BALL_SCALE * row[2];
  // Metals have no agreed van der Waals radius; with this one, neighbors in a metal touch.
  return row[4] ? row[1] : row[2];
}

// Red, green and blue of 0xRRGGBB, from 0 to 1.
export function rgb(color: number): [number, number, number] {
  return [16, 8, 0].map((bits) => ((color >> bits) & 255) / 255) as [number, number, number];
}

// Color (rgb) and radius (Å) by atomic number, four values for each.
export function palette(representation: Representation): Float32Array {
  const values = new Float32Array(4 * 119);
  for (let number = 0; number < 119; number++) {
    const color = ELEMENTS[number - 1]?.[3] ?? 0xff69b4;
    values.set([...rgb(color), radiusOf(number, representation)], 4 * number);
  }
  return values;
}

// Formula in Hill order: carbon, hydrogen, then alphabetical.
export function formula(numbers: Uint8Array): string {
  const counts = new Map<string, number>();
  for (const number of numbers) {
    const symbol = symbolOf(number);
    counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  }
  const first = counts.has("C") ? ["C", "H"] : [];
  const rank = (symbol: string) => (first.includes(symbol) ? first.indexOf(symbol) : 9);
  const symbols = [...counts.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const subscript = (count: number) =>
    count === 1 ? "" : [...String(count)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
  return symbols.map((symbol) => symbol + subscript(counts.get(symbol)!)).join("");
}
