// Drags a body with the mouse or a finger: it is pulled in the plane through the point at which it was taken.

import { Matrix4, Plane, Quaternion, Vector3 } from "three";
import type { BodyState, Vector } from "./messages";
import type { Stage } from "./stage";

export interface DragActions {
  // The body under the ray of a position; undefined if none can be taken.
  bodyAt(x: number, y: number): { body: number; point: Vector3 } | undefined;
  state(body: number): BodyState | undefined;
  grab(body: number, point: Vector): void;
  move(to: Vector): void;
  release(body: number): void;
}

interface Held {
  pointer: number;
  body: number;
  plane: Plane;
  // The point on the body, in its own axes.
  anchor: Vector3;
  target: Vector3;
  // The target is to be sent with the next picture.
  moved: boolean;
}

export class BodyDrag {
  private held: Held | undefined;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly stage: Stage,
    private readonly actions: DragActions,
  ) {
    // Before the listeners of the camera, which rests while a body is held.
    canvas.addEventListener("pointerdown", (event) => this.press(event), { capture: true });
    canvas.addEventListener("pointermove", (event) => this.move(event), { capture: true });
    for (const end of ["pointerup", "pointercancel"] as const) canvas.addEventListener(end, (event) => this.lift(event), { capture: true });
  }

  get body(): number | undefined {
    return this.held?.body;
  }

  // Sends where the hand is, at most once for each picture, and shows the line to it.
  update(): void {
    const { held } = this;
    if (!held) return;
    if (held.moved) this.actions.move(held.target);
    held.moved = false;
    const state = this.actions.state(held.body);
    if (state) this.stage.showHand([held.anchor.clone().applyMatrix4(matrixOf(state)), held.target]);
  }

  // Lets go, as when the run has ended.
  end(): void {
    const { held } = this;
    if (!held) return;
    this.held = undefined;
    this.stage.controls.enabled = true;
    this.stage.showHand(undefined);
    this.canvas.classList.remove("busy");
    this.actions.release(held.body);
    this.stage.request();
  }

  private press(event: PointerEvent): void {
    if (this.held || event.button !== 0 || event.shiftKey || event.ctrlKey) return;
    const found = this.actions.bodyAt(...this.position(event));
    const state = found && this.actions.state(found.body);
    if (!found || !state) return;
    const plane = new Plane().setFromNormalAndCoplanarPoint(this.stage.camera.getWorldDirection(new Vector3()), found.point);
    const anchor = found.point.clone().applyMatrix4(matrixOf(state).invert());
    this.held = { pointer: event.pointerId, body: found.body, plane, anchor, target: found.point.clone(), moved: false };
    this.stage.controls.enabled = false;
    this.canvas.setPointerCapture(event.pointerId);
    this.canvas.classList.add("busy");
    this.actions.grab(found.body, found.point);
    this.stage.request();
  }

  private move(event: PointerEvent): void {
    const { held } = this;
    if (!held) {
      if (event.pointerType === "mouse" && event.buttons === 0) this.canvas.classList.toggle("body", this.actions.bodyAt(...this.position(event)) !== undefined);
      return;
    }
    if (event.pointerId !== held.pointer) return;
    const at = this.stage.ray(...this.position(event)).ray.intersectPlane(held.plane, new Vector3());
    if (!at) return;
    held.target.copy(at);
    held.moved = true;
    this.stage.request();
  }

  private lift(event: PointerEvent): void {
    if (event.pointerId === this.held?.pointer) this.end();
  }

  private position(event: PointerEvent): [number, number] {
    const box = this.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }
}

function matrixOf({ position: p, orientation: q }: BodyState): Matrix4 {
  return new Matrix4().compose(new Vector3(p.x, p.y, p.z), new Quaternion(q.x, q.y, q.z, q.w), new Vector3(1, 1, 1));
}
