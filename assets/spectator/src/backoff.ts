// Exponential backoff with jitter between attempts to reconnect.

// Minimum and maximum delay, ms.
const MIN_DELAY = 500;
const MAX_DELAY = 15_000;

export class Backoff {
  private attempts = 0;

  constructor(private readonly random: () => number = Math.random) {}

  // The next delay, ms: random between half of a doubling maximum and that maximum.
  next(): number {
    const ceiling = Math.min(MAX_DELAY, MIN_DELAY * 2 ** this.attempts);
    this.attempts += 1;
    return Math.max(MIN_DELAY, ceiling * (0.5 + 0.5 * this.random()));
  }

  reset(): void {
    this.attempts = 0;
  }
}
