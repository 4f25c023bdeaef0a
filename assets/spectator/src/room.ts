// State of the room from the messages of the server: structure, newest frame, people.

import {
  Activity,
  Role,
  type Bonds,
  type FrameAddress,
  type Grasp,
  type Person,
  type Play,
  type ScriptState,
  type ServerResult,
  type ServerResult_Frame,
  type Snapshot,
  type Timeline,
  type Welcome,
} from "./wire/session_pb";
import { readFloats, readPositions, type Positions } from "./vectors";

export type Change = "welcome" | "structure" | "frame" | "bonds" | "people" | "timeline" | "notice" | "nothing";

const EMPTY: Positions = { numbers: new Uint16Array(0), origin: [0, 0, 0], extent: [0, 0, 0] };

export class Room {
  welcome: Welcome | undefined;
  revision = -1n;
  title = "";
  model = "";
  numbers: Uint8Array = new Uint8Array(0);
  fixed: readonly number[] = [];
  positions = EMPTY;
  // eV/Å, if requested.
  forces: Float32Array | undefined;
  // Cell vectors, Å.
  cell: readonly number[] | undefined;
  pbc: readonly boolean[] = [];
  bonds: Bonds | undefined;
  grasps: readonly Grasp[] = [];
  people: readonly Person[] = [];
  energy: number | undefined;
  temperature: number | undefined;
  step = 0;
  time = 0;
  // Number of the newest frame; -1 before the first.
  frame = -1;
  activity = Activity.IDLE;
  // The recorded frame that is shown, its position in the timeline, and how the room plays.
  shown: FrameAddress | undefined;
  position: number | undefined;
  playing: Play | undefined;
  // Whether the shown frame is this page's own, not the room's.
  looksBack = false;
  timeline: Timeline | undefined;
  // The script at the shown frame.
  script: ScriptState | undefined;

  // Whether a structure has arrived.
  get hasStructure(): boolean {
    return this.revision >= 0n;
  }

  get role(): Role {
    return this.welcome?.role ?? Role.SPECTATOR;
  }

  get mayDrive(): boolean {
    return this.role !== Role.SPECTATOR;
  }

  apply(message: ServerResult): Change {
    const { case: kind, value } = message.payload;
    switch (kind) {
      case "welcome":
        this.welcome = value;
        return "welcome";
      case "snapshot":
        return this.applySnapshot(value);
      case "frame":
        return this.applyFrame(value);
      case "bonds":
        this.bonds = value;
        return "bonds";
      case "people":
        this.people = value.people;
        return "people";
      case "timeline":
        this.timeline = value;
        if (this.looksBack) this.activity = value.activity;
        return "timeline";
      case "notice":
        if (value.simulationStopped) this.activity = Activity.IDLE;
        return "notice";
      default:
        return "nothing";
    }
  }

  private applySnapshot(snapshot: Snapshot): Change {
    const count = snapshot.atomicNumbers.length;
    const positions = readPositions(snapshot.compactPositions, snapshot.positions, count);
    if (!positions) return "nothing";
    // Bonds of this structure may have arrived before it.
    if (this.bonds?.revision !== snapshot.revision) this.bonds = undefined;
    this.revision = snapshot.revision;
    this.title = snapshot.title;
    this.model = snapshot.model;
    this.numbers = snapshot.atomicNumbers;
    this.fixed = snapshot.fixed;
    this.positions = positions;
    this.forces = undefined;
    this.cell = nine(snapshot.cell?.m);
    this.pbc = snapshot.pbc;
    this.grasps = [];
    this.script = undefined;
    return "structure";
  }

  private applyFrame(frame: ServerResult_Frame): Change {
    // The Snapshot of this frame has not arrived.
    if (frame.revision !== this.revision) return "nothing";
    const positions = readPositions(frame.compactPositions, frame.positions, this.numbers.length);
    if (!positions) return "nothing";
    this.positions = positions;
    this.forces = readFloats(frame.compactForces, frame.forces, this.numbers.length);
    this.cell = nine(frame.cell?.m);
    if (frame.pbc.length === 3) this.pbc = frame.pbc;
    this.shown = frame.shown;
    this.position = frame.position === undefined ? undefined : Number(frame.position);
    this.playing = frame.playing;
    this.script = frame.script;
    // Looking back shows a frame as it was recorded; playback in the room says that it is one.
    this.looksBack = frame.shown !== undefined && frame.activity !== Activity.PLAYBACK;
    this.grasps = this.looksBack ? [] : frame.grasps;
    this.energy = frame.energy;
    this.temperature = frame.temperature;
    this.step = Number(frame.step);
    this.time = frame.timeFs;
    this.frame = Number(frame.number);
    if (!this.looksBack) this.activity = frame.activity;
    // Frames of a trajectory file have energies of no known potential.
    this.model = frame.model;
    return "frame";
  }
}

function nine(values: readonly number[] | undefined): readonly number[] | undefined {
  return values?.length === 9 ? values : undefined;
}
