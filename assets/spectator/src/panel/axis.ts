// Round numbers along an axis; where they would be long, they are told from a round number on.

export interface Axis {
  low: number;
  high: number;
  title: string;
  ticks: { value: number; label: string }[];
}

const MINUS = "−";
// Digits that a label has room for.
const DIGITS = 6;
// The least that an axis spans, eV.
const LEAST = 0.02;

// An axis for energies (eV) from low to high.
export function axis(low: number, high: number): Axis {
  if (!(low <= high)) return { low: 0, high: 1, title: "Energy (eV)", ticks: [] };
  // What hardly changes is not made to look as if it did.
  const room = Math.max((high - low) * 0.08, (LEAST - (high - low)) / 2);
  const [from, to] = [low - room, high + room];
  const step = roundStep((to - from) / 4);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const whole = Math.ceil(Math.log10(Math.max(1, Math.abs(from), Math.abs(to))));
  const coarse = 10 ** Math.ceil(Math.log10(to - from));
  const base = decimals + whole > DIGITS ? Math.floor(from / coarse) * coarse : 0;
  const ticks = [];
  for (let k = Math.ceil(from / step); k * step <= to; k++) {
    const value = k * step;
    const text = (value - base).toFixed(decimals);
    ticks.push({ value, label: (Number(text) === 0 ? text.replace("-", "") : text).replace("-", MINUS) });
  }
  const told = base.toFixed(Math.max(0, -Math.floor(Math.log10(coarse) + 1e-9)));
  const sign = base < 0 ? "+" : MINUS;
  const title = base === 0 ? "Energy (eV)" : `Energy ${sign} ${told.replace("-", "")} (eV)`;
  return { low: from, high: to, title, ticks };
}

// The next of 1, 2, 5, 10, 20, …
export function roundStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  const share = atLeast / power;
  return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
}
