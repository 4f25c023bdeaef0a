// Dragging of atoms with the pointer, and the caption of the atom under it.

import { Vector2, Vector3 } from "three";
import { symbolOf } from "./appearance";
import type { Connection } from "./connection";
import type { Hand } from "./hand";
import { WATCHING, type Controls } from "./panel/controls";
import { element, write } from "./panel/dom";
import type { Toasts } from "./panel/toasts";
import { pick } from "./pick";
import type { Room } from "./room";
import type { SceneView } from "./scene_view";
import { positionOf } from "./vectors";

// Distance by which a pointer may miss an atom, pixels.
const TOUCH_SLACK = 14;
const MOUSE_SLACK = 3;
// Hint while a recorded frame is shown.
const RECORDED = "This is a recorded frame. To drag atoms, return to the newest frame, or continue from here.";
// Minimum interval between two hints why atoms cannot be dragged, ms: they also serve to rotate the view.
const HINT_INTERVAL = 30_000;

export class AtomDrag {
  private hintAt = -Infinity;

  constructor(
    private readonly view: SceneView,
    private readonly room: Room,
    private readonly hand: Hand,
    private readonly connection: Connection,
    private readonly controls: Controls,
    private readonly toasts: Toasts,
  ) {}

  // Grabs the atom under a position; returns false if there is none, or dragging is not possible.
  grab(position: Vector2, coarse: boolean): boolean {
    const atom = this.atomAt(position, coarse ? TOUCH_SLACK : MOUSE_SLACK);
    if (atom === undefined || this.controls.drag === "rotate") return false;
    if (!this.room.mayDrive) {
      this.explain(WATCHING);
      return false;
    }
    if (this.room.shown) {
      this.explain(RECORDED);
      return false;
    }
    const { orbit } = this.view;
    const at = new Vector3().fromArray(positionOf(this.room.positions, atom));
    const facing = new Vector3(0, 0, 1).applyQuaternion(orbit.rotation);
    const pulls = this.controls.drag === "pull";
    const grabbed = this.hand.close(atom, at, this.view.rayAt(position), facing, pulls, performance.now());
    if (grabbed) this.hover(undefined);
    return grabbed;
  }

  drag(position: Vector2): void {
    this.hand.move(this.view.rayAt(position));
  }

  // Shows element, index and position of the atom under a position.
  hover(position: Vector2 | undefined): void {
    const atom = position && this.atomAt(position, MOUSE_SLACK);
    const caption = element("caption");
    caption.hidden = atom === undefined;
    this.view.canvas.classList.toggle("atom", atom !== undefined && this.room.mayDrive);
    if (atom === undefined) return;
    const at = positionOf(this.room.positions, atom).map((value) => value.toFixed(2).replace("-", "−"));
    write(caption, `${symbolOf(this.room.numbers[atom]!)} ${atom} · ${at.join(", ")} Å`);
  }

  private explain(text: string): void {
    const now = performance.now();
    if (this.connection.state.name !== "connected" || now - this.hintAt <= HINT_INTERVAL) return;
    this.hintAt = now;
    this.toasts.show({ text, tone: "quiet" });
  }

  private atomAt(position: Vector2, pixels: number): number | undefined {
    const { renderer } = this.view;
    if (!renderer) return undefined;
    const slack = (pixels * 2 * Math.tan(0.3)) / this.view.size().y;
    const ray = this.view.rayAt(position);
    const { positions, numbers, script } = this.room;
    return pick(ray, positions, numbers, (number) => renderer.radiusOf(number), slack, script?.opacities);
  }
}
