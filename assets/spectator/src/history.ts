// Energies of the last minute, and how many frames come in a second.

export interface Sample {
  // When it came, s.
  at: number;
  // eV
  energy: number;
}

// s
export const SPAN = 60;
const RATE_SPAN = 2;

export class History {
  readonly samples: Sample[] = [];
  private arrivals: number[] = [];

  // A frame has come, at this time (s).
  add(at: number, energy: number | undefined): void {
    this.arrivals.push(at);
    if (energy !== undefined && Number.isFinite(energy)) this.samples.push({ at, energy });
    this.forget(at);
  }

  // Frames per second over the last seconds.
  rate(now: number): number {
    this.forget(now);
    return this.arrivals.length / RATE_SPAN;
  }

  clear(): void {
    this.samples.length = 0;
  }

  private forget(now: number): void {
    const old = this.samples.findIndex((sample) => sample.at > now - SPAN);
    this.samples.splice(0, old < 0 ? this.samples.length : old);
    while (this.arrivals[0] !== undefined && this.arrivals[0] < now - RATE_SPAN) this.arrivals.shift();
  }
}
