// Adaptive resolution: lowers the render scale on a slow GPU while the scene moves, and restores it at rest.

// Durations of a picture above which the scale falls, and below which it rises, ms.
const SLOW = 45;
const FAST = 18;
// Minimum number of rendered pixels per CSS pixel, along each axis.
const MIN_SCALE = 0.5;
// Time at rest after which the picture is drawn at full scale, and the maximum duration of that, ms.
const REST_TIME = 250;
const MAX_SHARP_TIME = 800;

export class AdaptiveResolution {
  // Render scale along each axis, at most 1.
  scale = 1;
  // Duration of the last picture, ms.
  last = 0;
  // Rendered pixels per CSS pixel at scale 1.
  pixelRatio = 1;
  private sharpened = false;

  // Adapts the scale to the duration of a picture, ms.
  adapt(time: number): void {
    this.last = time;
    // The sharpened picture at rest is no measure for pictures in motion.
    if (this.sharpened) return;
    // The duration is proportional to the number of pixels. Small steps avoid flicker.
    if (time > SLOW) this.scale *= Math.max(0.6, Math.sqrt((SLOW * 0.7) / time));
    else if (time < FAST) this.scale *= 1.15;
    this.scale = Math.min(1, Math.max(MIN_SCALE / this.pixelRatio, this.scale));
  }

  // Scale of the next picture in motion.
  scaleInMotion(): number {
    this.sharpened = false;
    return this.scale;
  }

  // Scale for one sharper picture after this time at rest (ms); undefined if there is nothing to gain.
  scaleAtRest(since: number): number | undefined {
    if (this.sharpened || this.scale === 1 || since < REST_TIME) return undefined;
    const whole = this.last / (this.scale * this.scale);
    this.sharpened = true;
    const finer = Math.min(1, Math.sqrt(MAX_SHARP_TIME / whole));
    return finer > this.scale ? finer : undefined;
  }
}
