// Curve over steps of a training, thinned to a maximum number of points.

export interface Point {
  // Mean step of the values.
  step: number;
  mean: number;
  low: number;
  high: number;
  // Number of values.
  count: number;
}

// When it is full, neighbors are merged in pairs: a point is then the mean of twice as many values.
export class Curve {
  points: Point[] = [];
  // Number of values of a full point.
  private size = 1;

  constructor(readonly capacity = 2000) {}

  get last(): Point | undefined {
    return this.points.at(-1);
  }

  // Adds a value. A step that is not after the last one replaces what came from there on: the training has
  // continued from an earlier checkpoint, or begins anew.
  add(step: number, value: number): void {
    if (!Number.isFinite(step) || !Number.isFinite(value)) return;
    this.cut(step);
    const last = this.last;
    const added: Point = { step, mean: value, low: value, high: value, count: 1 };
    if (last && last.count < this.size) {
      this.points[this.points.length - 1] = merge(last, added);
      return;
    }
    if (this.points.length >= this.capacity) this.thin();
    this.points.push(added);
  }

  // Removes the points at and after a step.
  cut(step: number): void {
    while (this.points.length > 0 && this.last!.step >= step) this.points.pop();
    if (this.points.length === 0) this.size = 1;
  }

  clear(): void {
    this.points = [];
    this.size = 1;
  }

  // The point nearest to a step.
  nearest(step: number): Point | undefined {
    let [low, high] = [0, this.points.length - 1];
    if (high < 0) return undefined;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.points[middle]!.step <= step) low = middle;
      else high = middle;
    }
    const [one, other] = [this.points[low]!, this.points[high]!];
    return Math.abs(one.step - step) <= Math.abs(other.step - step) ? one : other;
  }

  private thin(): void {
    this.size *= 2;
    const thinned: Point[] = [];
    for (let i = 0; i < this.points.length; i += 2) {
      const [one, other] = [this.points[i]!, this.points[i + 1]];
      thinned.push(other ? merge(one, other) : one);
    }
    this.points = thinned;
  }
}

function merge(one: Point, other: Point): Point {
  const count = one.count + other.count;
  const mean = (a: number, b: number) => (a * one.count + b * other.count) / count;
  return {
    step: mean(one.step, other.step),
    mean: mean(one.mean, other.mean),
    low: Math.min(one.low, other.low),
    high: Math.max(one.high, other.high),
    count,
  };
}

// Length over which a curve is smoothed to each side, as a fraction of its points, and its minimum in points.
const SMOOTHED_FRACTION = 0.015;
const MIN_SMOOTHED = 3;

// Moving average of the means with weights exp(−|distance| / length), cut off at the ends: so it has no delay, except
// for the last points. On a logarithmic scale it is that of the logarithms; values that have none are left out.
export function smoothed(points: readonly Point[], logarithmic: boolean): { step: number; value: number }[] {
  const known = logarithmic ? points.filter(({ mean }) => mean > 0) : points;
  const values = known.map(({ mean }) => (logarithmic ? Math.log(mean) : mean));
  const decay = Math.exp(-1 / Math.max(MIN_SMOOTHED, SMOOTHED_FRACTION * values.length));
  const before = decayingSums(values, decay);
  const after = decayingSums([...values].reverse(), decay).reverse();
  return known.map(({ step }, index) => {
    // The value itself is in both sums.
    const sum = before[index]!.sum + after[index]!.sum - values[index]!;
    const value = sum / (before[index]!.weight + after[index]!.weight - 1);
    return { step, value: logarithmic ? Math.exp(value) : value };
  });
}

// Sums of each value and the earlier ones, which count less by a factor per place, with the sums of the weights.
function decayingSums(values: readonly number[], decay: number): { sum: number; weight: number }[] {
  let [sum, weight] = [0, 0];
  return values.map((value) => {
    sum = decay * sum + value;
    weight = decay * weight + 1;
    return { sum, weight };
  });
}
