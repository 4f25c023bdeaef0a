// Energies of the last minute, and the frame rate.

export interface Sample {
  // Arrival time, s.
  at: number;
  // eV
  energy: number;
  // Number of the frame.
  number: number;
}

// Duration of the history, s.
export const SPAN = 60;
// Duration over which the frame rate is averaged, s.
const RATE_SPAN = 2;

export class History {
  readonly samples: Sample[] = [];
  private arrivals: number[] = [];

  // Adds a frame that arrived at this time (s). Recorded frames count for the rate only: their energy is
  // undefined.
  add(at: number, energy: number | undefined, number: number): void {
    this.arrivals.push(at);
    if (energy !== undefined && Number.isFinite(energy)) this.samples.push({ at, energy, number });
    this.removeOld(at);
  }

  // Frames per second.
  rate(now: number): number {
    this.removeOld(now);
    return this.arrivals.length / RATE_SPAN;
  }

  clear(): void {
    this.samples.length = 0;
  }

  private removeOld(now: number): void {
    const old = this.samples.findIndex((sample) => sample.at > now - SPAN);
    this.samples.splice(0, old < 0 ? this.samples.length : old);
    while (this.arrivals[0] !== undefined && this.arrivals[0] < now - RATE_SPAN) this.arrivals.shift();
  }
}
