// What is drawn, for tests and the curious: window.spectator.

import { Vector2, Vector3 } from "three";
import type { Connection } from "./connection";
import type { Orbit } from "./orbit";
import { role } from "./panel/words";
import type { Room } from "./room";
import type { Stage } from "./scene/stage";

export interface Spectator {
  readonly atoms: number;
  // As drawn, after they were made numbers again; x, y, z of each atom, Å.
  readonly positions: number[];
  readonly energy: number | undefined;
  readonly frame: number;
  readonly step: number;
  readonly activity: number;
  readonly revision: number;
  readonly bonds: number;
  // Atoms that have a force arrow.
  readonly forces: number;
  readonly role: string;
  readonly connection: string;
  readonly camera: { position: number[]; orientation: number[]; distance: number };
  // Pictures drawn so far.
  readonly pictures: number;
  // Time that the page's own code spent on the newest frame and picture, ms: from bytes to a message,
  // from a message to textures, and all of the picture but what the graphics card does.
  readonly cost: { decode: number; upload: number; paint: number };
  // Share of the finest resolution that pictures have, and how long the last one took, ms.
  readonly speed: { scale: number; took: number };
  // Where an atom is seen, pixels of the page; undefined behind the eye.
  screen(atom: number): { x: number; y: number } | undefined;
}

export interface Seen {
  room: Room;
  connection: Connection;
  orbit: Orbit;
  stage: Stage | undefined;
  canvas: HTMLCanvasElement;
  pictures(): number;
  cost(): Spectator["cost"];
}

export function inspector(seen: Seen): Spectator {
  const { room, connection, orbit, stage, canvas } = seen;
  return Object.freeze({
    get atoms() {
      return stage ? stage.places.numbers.length / 3 : 0;
    },
    get positions() {
      return stage ? [...stage.drawnPlaces()] : [];
    },
    get energy() {
      return room.energy;
    },
    get frame() {
      return room.frame;
    },
    get step() {
      return room.step;
    },
    get activity() {
      return room.activity;
    },
    get revision() {
      return Number(room.revision);
    },
    get bonds() {
      return (room.bonds?.atoms.length ?? 0) / 2;
    },
    get forces() {
      return (room.forces?.length ?? 0) / 3;
    },
    get role() {
      return role(room.role);
    },
    get connection() {
      return connection.state.name;
    },
    get camera() {
      return {
        position: orbit.eye().toArray(),
        orientation: orbit.rotation.toArray(),
        distance: orbit.distance,
      };
    },
    get pictures() {
      return seen.pictures();
    },
    get cost() {
      return seen.cost();
    },
    get speed() {
      return stage?.speed ?? { scale: 0, took: 0 };
    },
    screen(atom: number) {
      const places = stage?.drawnPlaces();
      if (!places || atom < 0 || 3 * atom >= places.length) return undefined;
      const at = orbit.onWindow(
        new Vector3().fromArray(places, 3 * atom),
        new Vector2(canvas.clientWidth, canvas.clientHeight),
      );
      const frame = canvas.getBoundingClientRect();
      return at && { x: frame.left + at.x, y: frame.top + at.y };
    },
  });
}
