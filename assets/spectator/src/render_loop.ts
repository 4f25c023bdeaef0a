// Render loop: draws a picture when one is requested, one at a time, and a sharper one at rest.

// Time at rest before the sharper picture, ms.
const REST_TIME = 260;

export interface RenderActions {
  // Called for each animation frame, also while the GPU is busy.
  beforeDraw(now: number): void;
  isBusy(): boolean;
  draw(now: number): void;
  sharpen(): void;
}

export class RenderLoop {
  private requested = false;
  // Whether a picture waits until the GPU has finished the last one.
  private deferred = false;
  private restTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly actions: RenderActions) {}

  // Requests a picture.
  request(): void {
    if (this.requested) return;
    this.requested = true;
    requestAnimationFrame((now) => this.onAnimationFrame(now));
  }

  // The GPU has finished a picture.
  onDrawn(): void {
    if (this.deferred) this.request();
    this.deferred = false;
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => this.onRest(), REST_TIME);
  }

  private onAnimationFrame(now: number): void {
    this.requested = false;
    this.actions.beforeDraw(now);
    if (this.actions.isBusy()) this.deferred = true;
    else this.actions.draw(now);
  }

  private onRest(): void {
    if (!this.requested && !this.actions.isBusy() && !document.hidden) this.actions.sharpen();
  }
}
