// Labels of a script: text on panels over the scene, at points of it or at places of the picture.

import { Vector3, type Vector2 } from "three";
import type { Orbit } from "./orbit";
import { cssColorWithAlpha } from "./panel/format";
import type { ScriptState_Label } from "./wire/session_pb";

// Maximum number of labels, and of characters of one: those beyond are not drawn.
const MAX_LABELS = 64;
const MAX_TEXT = 10_000;
// Smallest and largest height of letters at a point, as fractions of the picture height.
const LETTER_HEIGHTS = [1 / 45, 1 / 7.5] as const;

// Center of a panel, and height of its letters, CSS pixels.
export interface PanelPlace {
  x: number;
  y: number;
  height: number;
}

// Place of a label in a picture of this size; undefined if its point is not between the near and far plane (Å), or
// a value is invalid.
export function placeOf(
  label: Pick<ScriptState_Label, "point" | "place" | "height">,
  orbit: Orbit,
  size: Vector2,
  [near, far]: readonly [number, number],
): PanelPlace | undefined {
  const { point, place, height } = label;
  if (![...point, ...place, height].every(Number.isFinite) || height <= 0) return undefined;
  if (point.length === 3) {
    const at = new Vector3().fromArray(point);
    const depth = -orbit.toView(at).z;
    const projected = depth >= near && depth <= far ? orbit.project(at, size) : undefined;
    if (!projected) return undefined;
    const [smallest, largest] = LETTER_HEIGHTS;
    const letter = height * orbit.scaleAt(depth, size);
    return { x: projected.x, y: projected.y, height: Math.min(largest * size.y, Math.max(smallest * size.y, letter)) };
  }
  if (point.length > 0 || place.length !== 2) return undefined;
  return { x: place[0]! * size.x, y: place[1]! * size.y, height: Math.min(1, height) * size.y };
}

export class ScriptLabels {
  private readonly panels: Panel[] = [];

  constructor(private readonly host: HTMLElement) {}

  // Shows labels in their order: later ones cover earlier ones.
  show(labels: readonly ScriptState_Label[], orbit: Orbit, size: Vector2, clip: readonly [number, number]): void {
    const shown = labels.slice(0, MAX_LABELS);
    while (this.panels.length > shown.length) this.panels.pop()!.remove();
    while (this.panels.length < shown.length) this.panels.push(new Panel(this.host));
    shown.forEach((label, index) => this.panels[index]!.show(label, placeOf(label, orbit, size, clip)));
  }
}

// The panel of one label, whose element changes only where it differs from the last picture.
class Panel {
  private readonly element = document.createElement("span");
  private readonly styles = new Map<string, string>();
  private text = "";

  constructor(host: HTMLElement) {
    host.append(this.element);
  }

  remove(): void {
    this.element.remove();
  }

  show(label: ScriptState_Label, place: PanelPlace | undefined): void {
    if (this.element.hidden === (place !== undefined)) this.element.hidden = place === undefined;
    if (!place) return;
    if (this.text !== label.text) {
      this.text = label.text;
      this.element.textContent = label.text.slice(0, MAX_TEXT);
    }
    this.style("color", cssColorWithAlpha(label.color));
    this.style("background-color", cssColorWithAlpha(label.background));
    this.style("font-size", `${place.height.toFixed(2)}px`);
    this.style("transform", `translate(${place.x.toFixed(1)}px, ${place.y.toFixed(1)}px) translate(-50%, -50%)`);
  }

  private style(name: string, value: string): void {
    if (this.styles.get(name) === value) return;
    this.styles.set(name, value);
    this.element.style.setProperty(name, value);
  }
}
