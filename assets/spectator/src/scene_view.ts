// View of the scene: the camera, and the parts of the scene that are drawn.

import { Vector2, Vector3, type Ray } from "three";
import type { Hand } from "./hand";
import { initialRotation } from "./initial_view";
import type { Orbit } from "./orbit";
import type { DisplayOptions } from "./panel/display_options";
import { element } from "./panel/dom";
import { drawGrasps, drawPeople, writeLabels } from "./people_markers";
import type { Change, Room } from "./room";
import { Lines } from "./scene/lines";
import type { SceneRenderer } from "./scene/renderer";
import { ScriptCamera } from "./script_camera";
import { ScriptLabels } from "./script_labels";
import { positionOf, unpack } from "./vectors";

// A part of the scene that has changed since the last picture.
export type StalePart = Change | "size" | "lines";

// Maximum number of rendered pixels per CSS pixel.
const MAX_PIXEL_RATIO = 2;
// Color of the spring of this page's hand.
const SPRING_COLOR = 0xffb81a;

export class SceneView {
  // Number of pictures drawn.
  pictures = 0;
  // CPU time of the newest frame, ms: upload to textures, and drawing.
  upload = 0;
  painting = 0;
  private readonly lines = new Lines();
  private readonly scriptCamera = new ScriptCamera();
  private readonly scriptLabels = new ScriptLabels(element("script-labels"));
  // Whether the first structure has set the view.
  private initialized = false;
  // Whether the view is fitted and was not changed since.
  private fitted = false;
  // Aspect ratio of the last picture.
  private aspect: number | undefined;
  private paintedAt = 0;

  constructor(
    readonly canvas: HTMLCanvasElement,
    readonly orbit: Orbit,
    // Undefined without WebGL 2.
    readonly renderer: SceneRenderer | undefined,
    private readonly room: Room,
    private readonly hand: Hand,
    private readonly options: DisplayOptions,
  ) {}

  // Size of the canvas, CSS pixels.
  size(): Vector2 {
    return new Vector2(this.canvas.clientWidth || 1, this.canvas.clientHeight || 1);
  }

  // Ray through a position of the canvas.
  rayAt(position: Vector2): Ray {
    return this.orbit.rayAt(position, this.size());
  }

  // Fits all atoms, and the cell if it is drawn, into the picture.
  fit(): void {
    const { x, y } = this.size();
    this.orbit.fit(this.points(), x / y);
    this.fitted = true;
  }

  // Records that the view was changed by hand, so that a new size of the window does not fit it again.
  onViewChange(): void {
    this.fitted = false;
  }

  resize(): void {
    const { x, y } = this.size();
    this.renderer?.resize(x, y, Math.min(MAX_PIXEL_RATIO, devicePixelRatio || 1));
    if (this.fitted) this.fit();
    else if (this.aspect !== undefined) this.orbit.keepFraming(this.aspect, x / y);
    this.aspect = x / y;
  }

  // Sets another structure; the first one with atoms sets the view.
  setStructure(): void {
    this.renderer?.setStructure(this.room);
    if (this.initialized || this.room.numbers.length === 0) return;
    this.initialized = true;
    const periodic = this.room.cell ? this.room.pbc : [];
    this.orbit.rotation.copy(initialRotation(unpack(this.room.positions), periodic));
    // The longest axis is vertical in a portrait window.
    const { x, y } = this.size();
    if (y > x && !periodic.some(Boolean)) this.orbit.roll(Math.PI / 2);
    this.fit();
  }

  // Draws a picture, with the parts that have changed.
  draw(stale: ReadonlySet<StalePart>): void {
    const { renderer, room, hand } = this;
    if (!renderer) return;
    const start = performance.now();
    if (stale.has("frame") && !stale.has("structure")) {
      renderer.setFrame(room);
      this.upload = performance.now() - start;
    }
    if (stale.has("bonds")) renderer.setBonds(room);
    if (stale.has("frame") && this.scriptCamera.follow(room.script, this.orbit)) this.fitted = false;
    renderer.fade(room.script);
    const holds = hand.atom !== undefined && !hand.pulls;
    renderer.hold(holds ? hand.atom : undefined, hand.target);
    this.drawLines(renderer);
    renderer.draw(this.orbit);
    this.scriptLabels.show(room.script?.labels ?? [], this.orbit, this.size(), renderer.clip);
    this.paintedAt = performance.now();
    this.painting = this.paintedAt - start;
    this.pictures += 1;
  }

  // Draws a sharper picture at rest.
  sharpen(): void {
    if (this.renderer?.sharpen(this.orbit, performance.now() - this.paintedAt)) this.pictures += 1;
  }

  // Collects the lines, which are few, for each picture.
  private drawLines(renderer: SceneRenderer): void {
    const { room, orbit, lines, hand } = this;
    if (room.cell && this.options.cell) lines.cell(room.cell);
    const labels = this.options.people ? drawPeople(room, orbit, lines) : [];
    drawGrasps(room, lines, renderer.halos);
    if (hand.closed && hand.pulls) {
      const from = new Vector3().fromArray(positionOf(room.positions, hand.atom!));
      lines.line(from, hand.target, 3, SPRING_COLOR, true);
    }
    lines.drawWith(renderer.lines);
    writeLabels(element("labels"), labels, orbit, this.size());
  }

  // Positions of all atoms, and of the corners of the cell if it is drawn, Å.
  private points(): Float32Array {
    const positions = unpack(this.room.positions);
    const cell = this.room.cell;
    if (!cell || !this.options.cell) return positions;
    const corners = [];
    for (let corner = 0; corner < 8; corner++) {
      for (let axis = 0; axis < 3; axis++) {
        corners.push([0, 1, 2].reduce((sum, row) => sum + ((corner >> row) & 1) * cell[3 * row + axis]!, 0));
      }
    }
    const points = new Float32Array(positions.length + corners.length);
    points.set(positions);
    points.set(corners, positions.length);
    return points;
  }
}
