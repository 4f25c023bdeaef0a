// Mouse, pen and fingers on the scene: they turn, move and zoom it, and take atoms.

import { Vector2 } from "three";
import type { Orbit } from "./orbit";

export interface Touched {
  // Pressed here: true if there was something to take.
  take(place: Vector2, coarse: boolean): boolean;
  drag(place: Vector2): void;
  letGo(): void;
  // The pointer is here without being pressed, or gone.
  hover(place: Vector2 | undefined): void;
  looked(): void;
}

// Pixels of a wheel's click, and how much nearer it comes.
const CLICK = 100;
const NEARER = 1.2;

export class Pointer {
  private readonly down = new Map<number, Vector2>();
  private mode: "none" | "turn" | "pan" | "atom" = "none";

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly orbit: Orbit,
    private readonly touched: Touched,
  ) {
    canvas.addEventListener("pointerdown", (event) => this.press(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
      canvas.addEventListener(end, (event) => this.lift(event));
    }
    canvas.addEventListener("pointerleave", () => this.touched.hover(undefined));
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  private place(event: MouseEvent): Vector2 {
    const frame = this.canvas.getBoundingClientRect();
    return new Vector2(event.clientX - frame.left, event.clientY - frame.top);
  }

  private press(event: PointerEvent): void {
    const place = this.place(event);
    this.canvas.focus({ preventScroll: true });
    this.canvas.setPointerCapture(event.pointerId);
    this.down.set(event.pointerId, place);
    if (this.down.size > 1) {
      // A second finger: both move the scene, unless the first has an atom.
      if (this.mode !== "atom") this.mode = "none";
    } else if (event.button === 1 || event.button === 2 || event.shiftKey) {
      this.mode = "pan";
    } else {
      this.mode = this.touched.take(place, event.pointerType === "touch") ? "atom" : "turn";
    }
    this.canvas.classList.add("busy");
  }

  private move(event: PointerEvent): void {
    const place = this.place(event);
    const before = this.down.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") this.touched.hover(place);
      return;
    }
    const by = place.clone().sub(before);
    if (by.lengthSq() === 0) return;
    const others = [...this.down].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    this.down.set(event.pointerId, place);
    const size = this.size();
    if (this.mode === "atom") {
      if (others.length === 0 || this.down.keys().next().value === event.pointerId) this.touched.drag(place);
      return;
    }
    if (others[0]) {
      this.pinch(before, place, others[0]);
    } else if (this.mode === "turn") {
      const share = Math.PI / Math.min(size.x, size.y);
      this.orbit.turn(by.x * share, by.y * share);
    } else if (this.mode === "pan") {
      this.orbit.pan(by.x / size.y, -by.y / size.y);
    }
    this.touched.looked();
  }

  // One of two fingers has moved: what is between them goes along, nearer as they part, and turns.
  private pinch(before: Vector2, after: Vector2, other: Vector2): void {
    const size = this.size();
    const was = before.clone().sub(other);
    const is = after.clone().sub(other);
    const middle = after.clone().add(other).multiplyScalar(0.5);
    this.orbit.pan((after.x - before.x) / 2 / size.y, -(after.y - before.y) / 2 / size.y);
    if (was.length() > 8 && is.length() > 8) {
      const [right, up] = this.fromMiddle(middle);
      this.orbit.zoom(is.length() / was.length(), right, up);
      this.orbit.roll(-Math.atan2(was.x * is.y - was.y * is.x, was.dot(is)));
    }
  }

  private lift(event: PointerEvent): void {
    if (!this.down.delete(event.pointerId)) return;
    if (this.mode === "atom") {
      this.touched.letGo();
      this.mode = "none";
    }
    // The finger that stays does nothing until it is put down anew: the scene would jump.
    if (this.down.size > 0) this.mode = "none";
    else this.canvas.classList.remove("busy");
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const pixels = event.deltaMode === 0 ? event.deltaY : event.deltaY * (event.deltaMode === 1 ? 33 : 300);
    // A pinch on a trackpad comes as a wheel with Ctrl, in small steps.
    const clicks = Math.max(-3, Math.min(3, (event.ctrlKey ? 6 : 1) * (pixels / CLICK)));
    const [right, up] = this.fromMiddle(this.place(event));
    this.orbit.zoom(NEARER ** -clicks, right, up);
    this.touched.looked();
  }

  private fromMiddle(place: Vector2): [number, number] {
    const size = this.size();
    return [(place.x - size.x / 2) / size.y, (size.y / 2 - place.y) / size.y];
  }

  private size(): Vector2 {
    return new Vector2(this.canvas.clientWidth || 1, this.canvas.clientHeight || 1);
  }
}
