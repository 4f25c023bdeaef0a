// What is known of the room: its structure, the newest frame, who is in it. Messages in, changes out.

import {
  Activity,
  Role,
  type Bonds,
  type Grasp,
  type Person,
  type ServerResult,
  type ServerResult_Frame,
  type Snapshot,
  type Welcome,
} from "./wire/session_pb";
import { readFloats, readPlaces, type Places } from "./vectors";

export type Change = "welcome" | "structure" | "frame" | "bonds" | "people" | "notice" | "nothing";

const NOWHERE: Places = { numbers: new Uint16Array(0), origin: [0, 0, 0], extent: [0, 0, 0] };

export class Room {
  welcome: Welcome | undefined;
  revision = -1n;
  title = "";
  model = "";
  numbers: Uint8Array = new Uint8Array(0);
  fixed: readonly number[] = [];
  places = NOWHERE;
  // eV/Å, where they were asked for.
  forces: Float32Array | undefined;
  // Three vectors, Å.
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

  // Whether a structure has come.
  get isKnown(): boolean {
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
        return this.takeSnapshot(value);
      case "frame":
        return this.takeFrame(value);
      case "bonds":
        this.bonds = value;
        return "bonds";
      case "people":
        this.people = value.people;
        return "people";
      case "notice":
        if (value.simulationStopped) this.activity = Activity.IDLE;
        return "notice";
      default:
        return "nothing";
    }
  }

  private takeSnapshot(snapshot: Snapshot): Change {
    const count = snapshot.atomicNumbers.length;
    const places = readPlaces(snapshot.compactPositions, snapshot.positions, count);
    if (!places) return "nothing";
    // Another structure has other bonds; those of this one may have come first.
    if (this.bonds?.revision !== snapshot.revision) this.bonds = undefined;
    this.revision = snapshot.revision;
    this.title = snapshot.title;
    this.model = snapshot.model || this.model;
    this.numbers = snapshot.atomicNumbers;
    this.fixed = snapshot.fixed;
    this.places = places;
    this.forces = undefined;
    this.cell = nine(snapshot.cell?.m);
    this.pbc = snapshot.pbc;
    this.grasps = [];
    return "structure";
  }

  private takeFrame(frame: ServerResult_Frame): Change {
    // A frame of a structure that is not known yet: its Snapshot is on the way.
    if (frame.revision !== this.revision) return "nothing";
    const places = readPlaces(frame.compactPositions, frame.positions, this.numbers.length);
    if (!places) return "nothing";
    this.places = places;
    this.forces = readFloats(frame.compactForces, frame.forces, this.numbers.length);
    this.cell = nine(frame.cell?.m);
    if (frame.pbc.length === 3) this.pbc = frame.pbc;
    this.grasps = frame.grasps;
    this.energy = frame.energy;
    this.temperature = frame.temperature;
    this.step = Number(frame.step);
    this.time = frame.timeFs;
    this.frame = Number(frame.number);
    this.activity = frame.activity;
    if (frame.model) this.model = frame.model;
    return "frame";
  }

  nameOf(id: bigint): string {
    if (id === 0n) return "the server's desk";
    const name = this.people.find((person) => person.id === id)?.name;
    return name || `guest ${id}`;
  }
}

function nine(values: readonly number[] | undefined): readonly number[] | undefined {
  return values?.length === 9 ? values : undefined;
}
