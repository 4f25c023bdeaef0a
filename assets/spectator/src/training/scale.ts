// Scales of charts: linear or logarithmic, with ticks at round numbers.

import { roundStep } from "../panel/axis";
import { numberText } from "./text";

export interface Tick {
  value: number;
  label: string;
}

export interface Scale {
  low: number;
  high: number;
  logarithmic: boolean;
  ticks: Tick[];
  // Fraction of the axis, 0 at its low end; NaN for values without a logarithm.
  fraction(value: number): number;
}

// Maximum number of labels.
const MAX_TICKS = 6;

// Linear scale that includes low and high; with a margin it extends beyond them.
export function linearScale(low: number, high: number, margin = 0.06): Scale {
  const least = Math.max(Math.abs(high) * 1e-6, 1e-12);
  const extra = Math.max((high - low) * margin, high - low < least ? Math.max(Math.abs(high) * 0.05, 1e-9) : 0);
  const [from, to] = [low - extra, high + extra];
  const step = roundStep((to - from) / (MAX_TICKS - 1));
  const ticks: Tick[] = [];
  // Plus 0: the first may be −0.
  for (let k = Math.ceil(from / step - 1e-9) + 0; k * step <= to + 1e-9 * step; k++) {
    ticks.push({ value: k * step, label: numberText(Number((k * step).toPrecision(12))) });
  }
  return { low: from, high: to, logarithmic: false, ticks, fraction: (value) => (value - from) / (to - from) };
}

// Logarithmic scale of positive values.
export function logScale(low: number, high: number): Scale {
  const margin = Math.max(0.04 * Math.log10(high / low), 0.03);
  const [from, to] = [low / 10 ** margin, high * 10 ** margin];
  const [first, last] = [Math.log10(from), Math.log10(to)];
  const fraction = (value: number) => (value > 0 ? (Math.log10(value) - first) / (last - first) : NaN);
  const ticks = logTicks(from, to) ?? linearScale(from, to, 0).ticks;
  return { low: from, high: to, logarithmic: true, ticks, fraction };
}

// The densest of 1, 2, 5; 1, 3; 1 of each decade; or every second, third … decade; undefined if fewer than two fit.
function logTicks(from: number, to: number): Tick[] | undefined {
  const [first, last] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))];
  for (const factors of [[1, 2, 5], [1, 3], [1]]) {
    const ticks: Tick[] = [];
    for (let power = first; power <= last; power++) {
      for (const factor of factors) {
        const value = Number(`${factor}e${power}`);
        if (value >= from && value <= to) ticks.push({ value, label: numberText(value) });
      }
    }
    if (ticks.length < 2) return undefined;
    if (ticks.length <= MAX_TICKS) return ticks;
  }
  const every = Math.ceil((last - first) / MAX_TICKS);
  const powers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const ticks = powers.filter((power) => power % every === 0).map((power) => Number(`1e${power}`));
  return ticks.filter((value) => value >= from && value <= to).map((value) => ({ value, label: numberText(value) }));
}

// Scale of values, logarithmic if it is wanted and all are positive; undefined without values.
export function scaleOf(values: Iterable<number>, logarithmic: boolean): Scale | undefined {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(low <= high)) return undefined;
  return logarithmic && low > 0 ? logScale(low, high) : linearScale(low, high);
}
