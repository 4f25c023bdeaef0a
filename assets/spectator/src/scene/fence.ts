// Whether the graphics card has drawn what it was told to, and how long it took.

// Between two looks, ms.
const LOOK = 4;
// A card that never answers is not waited for, ms.
const LOST = 20_000;

export class Fence {
  private pending = false;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly done: (took: number) => void,
  ) {}

  get busy(): boolean {
    return this.pending;
  }

  // Everything up to now, which began at this time (ms).
  set(began: number): void {
    const { gl } = this;
    const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!sync) return;
    gl.flush();
    this.pending = true;
    const look = () => {
      const now = performance.now();
      const status = gl.getSyncParameter(sync, gl.SYNC_STATUS) as number;
      if (status !== gl.SIGNALED && !gl.isContextLost() && now - began < LOST) {
        setTimeout(look, LOOK);
        return;
      }
      gl.deleteSync(sync);
      this.pending = false;
      this.done(now - began);
    };
    setTimeout(look, 0);
  }
}
