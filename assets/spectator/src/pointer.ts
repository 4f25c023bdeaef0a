// Mouse, pen and touch input on the scene: rotates, pans and zooms it, and drags atoms.

import { Vector2 } from "three";
import type { Orbit } from "./orbit";

export interface PointerActions {
  // The pointer was pressed; returns whether an atom was grabbed.
  grab(position: Vector2, coarse: boolean): boolean;
  drag(position: Vector2): void;
  release(): void;
  // The pointer hovers at a position, or has left.
  hover(position: Vector2 | undefined): void;
  onViewChange(): void;
}

// Pixels per click of the wheel, and its zoom factor.
const PIXELS_PER_CLICK = 100;
const ZOOM_PER_CLICK = 1.2;

export class Pointer {
  // Positions of the pressed buttons and fingers, by the id of the pointer.
  private readonly pressed = new Map<number, Vector2>();
  private mode: "none" | "rotate" | "pan" | "atom" = "none";

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly orbit: Orbit,
    private readonly actions: PointerActions,
  ) {
    canvas.addEventListener("pointerdown", (event) => this.press(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
      canvas.addEventListener(end, (event) => this.lift(event));
    }
    canvas.addEventListener("pointerleave", () => this.actions.hover(undefined));
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    canvas.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  private position(event: MouseEvent): Vector2 {
    const frame = this.canvas.getBoundingClientRect();
    return new Vector2(event.clientX - frame.left, event.clientY - frame.top);
  }

  private press(event: PointerEvent): void {
    const position = this.position(event);
    this.canvas.focus({ preventScroll: true });
    this.canvas.setPointerCapture(event.pointerId);
    this.pressed.set(event.pointerId, position);
    if (this.pressed.size > 1) {
      // A second finger starts a pinch, unless the first drags an atom.
      if (this.mode !== "atom") this.mode = "none";
    } else if (event.button === 1 || event.button === 2 || event.shiftKey) {
      this.mode = "pan";
    } else {
      this.mode = this.actions.grab(position, event.pointerType === "touch") ? "atom" : "rotate";
    }
    this.canvas.classList.add("busy");
  }

  private move(event: PointerEvent): void {
    const position = this.position(event);
    const before = this.pressed.get(event.pointerId);
    if (!before) {
      if (event.pointerType === "mouse") this.actions.hover(position);
      return;
    }
    const delta = position.clone().sub(before);
    if (delta.lengthSq() === 0) return;
    const others = [...this.pressed].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    this.pressed.set(event.pointerId, position);
    const size = this.size();
    if (this.mode === "atom") {
      if (others.length === 0 || this.pressed.keys().next().value === event.pointerId) this.actions.drag(position);
      return;
    }
    if (others[0]) {
      this.pinch(before, position, others[0]);
    } else if (this.mode === "rotate") {
      const radiansPerPixel = Math.PI / Math.min(size.x, size.y);
      this.orbit.rotate(delta.x * radiansPerPixel, delta.y * radiansPerPixel);
    } else if (this.mode === "pan") {
      this.orbit.pan(delta.x / size.y, -delta.y / size.y);
    }
    this.actions.onViewChange();
  }

  // Pans, zooms and rolls the scene with two fingers, one of which has moved.
  private pinch(before: Vector2, after: Vector2, other: Vector2): void {
    const size = this.size();
    const was = before.clone().sub(other);
    const is = after.clone().sub(other);
    const center = after.clone().add(other).multiplyScalar(0.5);
    this.orbit.pan((after.x - before.x) / 2 / size.y, -(after.y - before.y) / 2 / size.y);
    if (was.length() > 8 && is.length() > 8) {
      const [right, up] = this.fromCenter(center);
      this.orbit.zoom(is.length() / was.length(), right, up);
      this.orbit.roll(-Math.atan2(was.x * is.y - was.y * is.x, was.dot(is)));
    }
  }

  private lift(event: PointerEvent): void {
    if (!this.pressed.delete(event.pointerId)) return;
    if (this.mode === "atom") {
      this.actions.release();
      this.mode = "none";
    }
    // The remaining finger has no effect until it is lifted, since the scene would jump.
    if (this.pressed.size > 0) this.mode = "none";
    else this.canvas.classList.remove("busy");
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const pixels = event.deltaMode === 0 ? event.deltaY : event.deltaY * (event.deltaMode === 1 ? 33 : 300);
    // A pinch on a trackpad arrives as wheel events with Ctrl, in small steps.
    const clicks = Math.max(-3, Math.min(3, (event.ctrlKey ? 6 : 1) * (pixels / PIXELS_PER_CLICK)));
    const [right, up] = this.fromCenter(this.position(event));
    this.orbit.zoom(ZOOM_PER_CLICK ** -clicks, right, up);
    this.actions.onViewChange();
  }

  private fromCenter(position: Vector2): [number, number] {
    const size = this.size();
    return [(position.x - size.x / 2) / size.y, (size.y / 2 - position.y) / size.y];
  }

  private size(): Vector2 {
    return new Vector2(this.canvas.clientWidth || 1, this.canvas.clientHeight || 1);
  }
}
