// Other people in the scene: where they look from, their hands, what they hold.

import { Quaternion, Vector2, Vector3 } from "three";
import { shares } from "./looks";
import type { Orbit } from "./orbit";
import { color } from "./panel/words";
import type { Room } from "./room";
import type { Impostors } from "./scene/impostors";
import type { Strokes } from "./scene/strokes";
import { placeOf } from "./vectors";
import type { Pose } from "./wire/session_pb";

// Of the server's own desk, which is nobody in the list.
const DESK = 0xffb81a;
// What is nearer than this share of the distance to the middle would fill the picture.
const TOO_NEAR = 0.15;
const SOMEBODY = 0x66a9e8;

export interface Label {
  text: string;
  color: number;
  place: Vector3;
}

// A cone for each camera and each hand of the others; their names are returned, to be written.
export function drawOthers(room: Room, orbit: Orbit, strokes: Strokes): Label[] {
  const labels: Label[] = [];
  const me = room.welcome?.person;
  const eye = orbit.eye();
  for (const person of room.people) {
    const head = person.presence?.head;
    if (person.id === me || !isWhole(head)) continue;
    const place = new Vector3().fromArray(head.position);
    if (place.distanceTo(eye) < TOO_NEAR * orbit.distance) continue;
    const turn = new Quaternion().fromArray(head.orientation);
    const size = 0.04 * orbit.distance;
    const tip = new Vector3(0, 0, -size).applyQuaternion(turn).add(place);
    strokes.cone(place, tip, [size * 0.12, size * 0.42], person.color);
    labels.push({ text: person.name || `guest ${person.id}`, color: person.color, place });
    for (const hand of person.presence?.hands.filter(isWhole) ?? []) {
      const at = new Vector3().fromArray(hand.position);
      const forward = new Vector3(0, 0, -0.6 * size)
        .applyQuaternion(new Quaternion().fromArray(hand.orientation))
        .add(at);
      strokes.cone(at, forward, [size * 0.2, 0], person.color);
    }
  }
  return labels;
}

// A ring around each atom that is held, and a line to where it is pulled.
export function drawGrasps(room: Room, strokes: Strokes, halos: Impostors): void {
  const atoms: number[] = [];
  const tints: number[] = [];
  for (const grasp of room.grasps) {
    const owner = room.people.find((person) => person.id === grasp.person);
    const tint = grasp.person === 0n ? DESK : (owner?.color ?? SOMEBODY);
    for (const atom of grasp.atoms) {
      if (atom >= room.numbers.length) continue;
      atoms.push(atom);
      tints.push(...shares(tint));
    }
    const [first] = grasp.atoms;
    // What this page pulls at is drawn where its pointer is.
    if (grasp.person === room.welcome?.person) continue;
    if (!grasp.holds && first !== undefined && first < room.numbers.length && grasp.target.length === 3) {
      const from = new Vector3().fromArray(placeOf(room.places, first));
      strokes.line(from, new Vector3().fromArray(grasp.target), 3, tint, true);
    }
  }
  halos.fill(atoms.length, {
    atom: { values: new Float32Array(atoms), size: 1 },
    tint: { values: new Float32Array(tints), size: 3 },
  });
}

// Writes names beside where people look from; at the edge of the window where that is out of sight.
export function writeLabels(host: HTMLElement, labels: Label[], orbit: Orbit, size: Vector2): void {
  while (host.childElementCount > labels.length) host.lastElementChild!.remove();
  while (host.childElementCount < labels.length) host.append(document.createElement("span"));
  labels.forEach((label, index) => {
    const line = host.children[index] as HTMLElement;
    const at = orbit.onWindow(label.place, size);
    const inside = at && at.x > 0 && at.x < size.x && at.y > 0 && at.y < size.y;
    const place = inside ? at.setY(at.y + 18) : atEdge(orbit.seen(label.place), size);
    if (line.textContent !== label.text) line.textContent = label.text;
    line.classList.toggle("away", !inside);
    line.style.backgroundColor = color(label.color);
    line.style.transform = `translate(${place.x.toFixed(1)}px, ${place.y.toFixed(1)}px) translate(-50%, -50%)`;
  });
}

// The place near the edge of a window in the direction of what the eye does not see.
function atEdge(seen: Vector3, size: Vector2): Vector2 {
  const direction = new Vector2(seen.x, -seen.y);
  if (direction.lengthSq() < 1e-12) direction.set(0, 1);
  const half = size.clone().multiplyScalar(0.5);
  const room = new Vector2(Math.max(1, half.x - 48), Math.max(1, half.y - 24));
  const reach = Math.min(room.x / Math.abs(direction.x || 1e-9), room.y / Math.abs(direction.y || 1e-9));
  return half.addScaledVector(direction, reach);
}

function isWhole(pose: Pose | undefined): pose is Pose {
  return pose?.position.length === 3 && pose.orientation.length === 4;
}
