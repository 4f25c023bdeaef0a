// Quality of the pictures, which falls when they take too long, and stays there.

export interface Level {
  // Maximum number of pixels per CSS pixel.
  scale: number;
  shadows: boolean;
}

const LEVELS: readonly Level[] = [
  { scale: 2, shadows: true },
  { scale: 1.3, shadows: true },
  { scale: 1, shadows: true },
  { scale: 1, shadows: false },
  { scale: 0.7, shadows: false },
];
// Pictures over which intervals are averaged, and the longest mean interval, ms.
const COUNT = 15;
const SLOW = 45;
// Longer intervals are pauses, ms.
const PAUSE = 1000;

export class Quality {
  private index = 0;
  private sum = 0;
  private count = 0;
  private last = -Infinity;

  get level(): Level {
    return LEVELS[this.index]!;
  }

  // A picture is drawn at this time, ms. Its interval counts if it was late, which is when others were requested
  // while it was due: a slow server makes long intervals too. Returns whether the level has fallen.
  measure(now: number, isLate: boolean): boolean {
    const interval = now - this.last;
    this.last = now;
    if (interval > PAUSE) {
      this.sum = this.count = 0;
      return false;
    }
    if (!isLate) return false;
    this.sum += interval;
    this.count += 1;
    if (this.count < COUNT) return false;
    const isSlow = this.sum / this.count > SLOW;
    this.sum = this.count = 0;
    if (!isSlow || this.index + 1 >= LEVELS.length) return false;
    this.index += 1;
    return true;
  }
}
