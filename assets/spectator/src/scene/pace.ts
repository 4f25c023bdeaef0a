// How finely pictures are drawn, so that a slow graphics card keeps up: coarser while things move,
// finer again when they rest.

// Times that a picture may take before they are drawn coarser, and below which finer, ms.
const SLOW = 45;
const FAST = 18;
// The coarsest: drawn pixels for each of the page's, along each axis.
const COARSEST = 0.5;
// When nothing moved for so long, the picture is drawn finer, if that takes no longer than this; ms.
const REST = 250;
const PATIENCE = 800;

export class Pace {
  // Share of the finest, along each axis.
  scale = 1;
  // Time that the last picture took, ms.
  last = 0;
  // Drawn pixels for each of the page's when they are finest.
  finest = 1;
  private sharpened = false;

  // A picture of this scale took so long (ms).
  took(time: number): void {
    this.last = time;
    // A picture of a scene at rest says nothing of those of one that moves.
    if (this.sharpened) return;
    // Time goes with the number of pixels; small steps keep the picture calm.
    if (time > SLOW) this.scale *= Math.max(0.6, Math.sqrt((SLOW * 0.7) / time));
    else if (time < FAST) this.scale *= 1.15;
    this.scale = Math.min(1, Math.max(COARSEST / this.finest, this.scale));
  }

  // The scale of the next picture of a scene that moves.
  moving(): number {
    this.sharpened = false;
    return this.scale;
  }

  // The scale at which to draw once more now that nothing has moved for so long (ms); undefined if
  // there is nothing to gain.
  resting(since: number): number | undefined {
    if (this.sharpened || this.scale === 1 || since < REST) return undefined;
    const whole = this.last / (this.scale * this.scale);
    this.sharpened = true;
    const finer = Math.min(1, Math.sqrt(PATIENCE / whole));
    return finer > this.scale ? finer : undefined;
  }
}
