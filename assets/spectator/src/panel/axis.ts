// Axis ticks at round numbers. Long numbers are shown relative to a base.

export interface Axis {
  low: number;
  high: number;
  title: string;
  ticks: { value: number; label: string }[];
}

const MINUS = "−";
// Maximum number of digits of a label.
const MAX_DIGITS = 6;
// Minimum range of an axis, eV.
const MIN_RANGE = 0.02;

// Axis for energies from low to high, eV.
export function axis(low: number, high: number): Axis {
  if (!(low <= high)) return { low: 0, high: 1, title: "Energy (eV)", ticks: [] };
  // A minimum range keeps small fluctuations small.
  const margin = Math.max((high - low) * 0.08, (MIN_RANGE - (high - low)) / 2);
  const [from, to] = [low - margin, high + margin];
  const step = roundStep((to - from) / 4);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const whole = Math.ceil(Math.log10(Math.max(1, Math.abs(from), Math.abs(to))));
  const coarse = 10 ** Math.ceil(Math.log10(to - from));
  const base = decimals + whole > MAX_DIGITS ? Math.floor(from / coarse) * coarse : 0;
  const ticks = [];
  for (let k = Math.ceil(from / step); k * step <= to; k++) {
    const value = k * step;
    const text = (value - base).toFixed(decimals);
    ticks.push({ value, label: (Number(text) === 0 ? text.replace("-", "") : text).replace("-", MINUS) });
  }
  const baseText = base.toFixed(Math.max(0, -Math.floor(Math.log10(coarse) + 1e-9)));
  const sign = base < 0 ? "+" : MINUS;
  const title = base === 0 ? "Energy (eV)" : `Energy ${sign} ${baseText.replace("-", "")} (eV)`;
  return { low: from, high: to, title, ticks };
}

// The smallest of …, 1, 2, 5, 10, 20, … that is not below a number.
export function roundStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  const share = atLeast / power;
  return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
}
