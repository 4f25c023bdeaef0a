// Detects when the GPU has finished a picture, and measures its duration.

// Interval between two polls, ms.
const POLL_INTERVAL = 4;
// Timeout for a GPU that never finishes, ms.
const TIMEOUT = 20_000;

export class GpuFence {
  private pending = false;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly done: (took: number) => void,
  ) {}

  get busy(): boolean {
    return this.pending;
  }

  // Waits for all commands up to now; `start` is the start of the picture, ms.
  set(start: number): void {
    const { gl } = this;
    const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!sync) return;
    gl.flush();
    this.pending = true;
    const poll = () => {
      const now = performance.now();
      const status = gl.getSyncParameter(sync, gl.SYNC_STATUS) as number;
      if (status !== gl.SIGNALED && !gl.isContextLost() && now - start < TIMEOUT) {
        setTimeout(poll, POLL_INTERVAL);
        return;
      }
      gl.deleteSync(sync);
      this.pending = false;
      this.done(now - start);
    };
    setTimeout(poll, 0);
  }
}
