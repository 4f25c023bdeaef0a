// State of the page for tests and the console: window.spectator.

import { Vector2, Vector3 } from "three";
import type { Connection } from "./connection";
import type { Orbit } from "./orbit";
import { roleText } from "./panel/format";
import type { Playback } from "./playback";
import type { Room } from "./room";
import type { SceneRenderer } from "./scene/renderer";

export interface Spectator {
  readonly atoms: number;
  // Positions as drawn: x, y, z of each atom, Å.
  readonly positions: number[];
  readonly energy: number | undefined;
  readonly frame: number;
  readonly step: number;
  readonly activity: number;
  readonly revision: number;
  readonly bonds: number;
  // Number of force arrows.
  readonly forces: number;
  readonly role: string;
  // Number of recorded frames, position of the marker, whether this page looks back or plays, and the range that is played.
  readonly timeline: {
    length: number;
    position: number | undefined;
    shown: boolean;
    looksBack: boolean;
    plays: boolean;
    range: readonly [number, number] | undefined;
  };
  readonly connection: string;
  readonly camera: { position: number[]; orientation: number[]; distance: number };
  // Number of pictures drawn.
  readonly pictures: number;
  // CPU time of the newest frame, ms: decoding, upload to textures, and drawing.
  readonly cost: { decode: number; upload: number; paint: number };
  // Render scale, and the duration of the last picture, ms.
  readonly speed: { scale: number; took: number };
  // Position of an atom on the page, pixels; undefined behind the camera.
  screen(atom: number): { x: number; y: number } | undefined;
}

export interface Sources {
  room: Room;
  connection: Connection;
  playback: Playback;
  orbit: Orbit;
  renderer: SceneRenderer | undefined;
  canvas: HTMLCanvasElement;
  pictures(): number;
  cost(): Spectator["cost"];
}

export function inspector(sources: Sources): Spectator {
  const { room, connection, playback, orbit, renderer, canvas } = sources;
  return Object.freeze({
    get atoms() {
      return renderer ? renderer.positions.numbers.length / 3 : 0;
    },
    get positions() {
      return renderer ? [...renderer.drawnPositions()] : [];
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
      return roleText(room.role);
    },
    get timeline() {
      const { length, position, plays, range } = playback;
      return { length, position, shown: room.shown !== undefined, looksBack: room.looksBack, plays, range };
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
      return sources.pictures();
    },
    get cost() {
      return sources.cost();
    },
    get speed() {
      return renderer?.speed ?? { scale: 0, took: 0 };
    },
    screen(atom: number) {
      const positions = renderer?.drawnPositions();
      if (!positions || atom < 0 || 3 * atom >= positions.length) return undefined;
      const at = orbit.project(
        new Vector3().fromArray(positions, 3 * atom),
        new Vector2(canvas.clientWidth, canvas.clientHeight),
      );
      const frame = canvas.getBoundingClientRect();
      return at && { x: frame.left + at.x, y: frame.top + at.y };
    },
  });
}
