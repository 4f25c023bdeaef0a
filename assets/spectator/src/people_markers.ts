// Markers of other people in the scene: their viewpoints, hands and grasps.

import { Quaternion, Vector2, Vector3 } from "three";
import { rgb } from "./appearance";
import type { Orbit } from "./orbit";
import { cssColor } from "./panel/format";
import type { Room } from "./room";
import type { Impostors } from "./scene/impostors";
import type { Lines } from "./scene/lines";
import { positionOf } from "./vectors";
import type { Pose } from "./wire/session_pb";

// Color of the server's own window, which is not in the list of people.
const LOCAL_COLOR = 0xffb81a;
// Viewpoints nearer than this fraction of the camera distance are hidden, since they would fill the picture.
const MIN_DISTANCE = 0.15;
// Color of an unknown person.
const UNKNOWN_COLOR = 0x66a9e8;

export interface Label {
  text: string;
  color: number;
  position: Vector3;
}

// Draws a cone for each viewpoint and hand of other people, and returns labels with their names.
export function drawPeople(room: Room, orbit: Orbit, lines: Lines): Label[] {
  const labels: Label[] = [];
  const me = room.welcome?.person;
  const eye = orbit.eye();
  for (const person of room.people) {
    const head = person.presence?.head;
    if (person.id === me || !isComplete(head)) continue;
    const position = new Vector3().fromArray(head.position);
    if (position.distanceTo(eye) < MIN_DISTANCE * orbit.distance) continue;
    const rotation = new Quaternion().fromArray(head.orientation);
    const size = 0.04 * orbit.distance;
    const tip = new Vector3(0, 0, -size).applyQuaternion(rotation).add(position);
    lines.cone(position, tip, [size * 0.12, size * 0.42], person.color);
    labels.push({ text: person.name || `guest ${person.id}`, color: person.color, position });
    for (const hand of person.presence?.hands.filter(isComplete) ?? []) {
      const at = new Vector3().fromArray(hand.position);
      const forward = new Vector3(0, 0, -0.6 * size)
        .applyQuaternion(new Quaternion().fromArray(hand.orientation))
        .add(at);
      lines.cone(at, forward, [size * 0.2, 0], person.color);
    }
  }
  return labels;
}

// Draws a ring around each held atom, and a line to the target of a spring.
export function drawGrasps(room: Room, lines: Lines, halos: Impostors): void {
  const atoms: number[] = [];
  const colors: number[] = [];
  for (const grasp of room.grasps) {
    const owner = room.people.find((person) => person.id === grasp.person);
    const ringColor = grasp.person === 0n ? LOCAL_COLOR : (owner?.color ?? UNKNOWN_COLOR);
    for (const atom of grasp.atoms) {
      if (atom >= room.numbers.length) continue;
      atoms.push(atom);
      colors.push(...rgb(ringColor));
    }
    const [first] = grasp.atoms;
    // The line of this page's own hand is drawn to its pointer.
    if (grasp.person === room.welcome?.person) continue;
    if (!grasp.holds && first !== undefined && first < room.numbers.length && grasp.target.length === 3) {
      const from = new Vector3().fromArray(positionOf(room.positions, first));
      lines.line(from, new Vector3().fromArray(grasp.target), 3, ringColor, true);
    }
  }
  halos.fill(atoms.length, {
    atom: { values: new Float32Array(atoms), size: 1 },
    tint: { values: new Float32Array(colors), size: 3 },
  });
}

// Shows labels beside the viewpoints, or at the edge of the window if they are out of view.
export function writeLabels(host: HTMLElement, labels: Label[], orbit: Orbit, size: Vector2): void {
  while (host.childElementCount > labels.length) host.lastElementChild!.remove();
  while (host.childElementCount < labels.length) host.append(document.createElement("span"));
  labels.forEach((label, index) => {
    const line = host.children[index] as HTMLElement;
    const at = orbit.project(label.position, size);
    const inside = at && at.x > 0 && at.x < size.x && at.y > 0 && at.y < size.y;
    const position = inside ? at.setY(at.y + 18) : atEdge(orbit.toView(label.position), size);
    if (line.textContent !== label.text) line.textContent = label.text;
    line.classList.toggle("away", !inside);
    line.style.backgroundColor = cssColor(label.color);
    line.style.transform = `translate(${position.x.toFixed(1)}px, ${position.y.toFixed(1)}px) translate(-50%, -50%)`;
  });
}

// Position at the edge of a window in the direction of a point out of view.
function atEdge(seen: Vector3, size: Vector2): Vector2 {
  const direction = new Vector2(seen.x, -seen.y);
  if (direction.lengthSq() < 1e-12) direction.set(0, 1);
  const half = size.clone().multiplyScalar(0.5);
  const room = new Vector2(Math.max(1, half.x - 48), Math.max(1, half.y - 24));
  const reach = Math.min(room.x / Math.abs(direction.x || 1e-9), room.y / Math.abs(direction.y || 1e-9));
  return half.addScaledVector(direction, reach);
}

function isComplete(pose: Pose | undefined): pose is Pose {
  return pose?.position.length === 3 && pose.orientation.length === 4;
}
