// How long to wait before connecting again: twice as long each time, and never for all at once.

const FIRST = 500;
const LONGEST = 15_000;

export class Backoff {
  private tries = 0;

  constructor(private readonly random: () => number = Math.random) {}

  // The next wait, ms: between half of its ceiling and the ceiling, but not below the first.
  next(): number {
    const ceiling = Math.min(LONGEST, FIRST * 2 ** this.tries);
    this.tries += 1;
    return Math.max(FIRST, ceiling * (0.5 + 0.5 * this.random()));
  }

  reset(): void {
    this.tries = 0;
  }
}
