// The hand of this page: takes an atom, moves it, lets it go.

import { Plane, Vector3, type Ray } from "three";
import type { Connection } from "./connection";
import type { Room } from "./room";

// This page has one.
const HAND = 0;
// Between two moves, ms: at most 60 a second.
const PATIENCE = 1000 / 60;
// eV/Å² and eV/Å, as the desktop pulls at first.
const STIFFNESS = 1;
const MAX_FORCE = 5;
// How long an atom stays at the hand that let it go if no frame says where it went, ms.
const TRUST = 500;

export class Hand {
  // The atom in it, and where it is to be, Å.
  atom: number | undefined;
  readonly target = new Vector3();
  pulls = false;
  private readonly plane = new Plane();
  private readonly start = new Vector3();
  private readonly grip = new Vector3();
  private known = 0n;
  private moved = false;
  private lastMove = 0;
  private takenAt = 0;
  private letGoAt: number | undefined;

  constructor(
    private readonly room: Room,
    private readonly connection: Connection,
  ) {}

  get closed(): boolean {
    return this.atom !== undefined && this.letGoAt === undefined;
  }

  // Takes an atom that is at a place, by the line of sight through it; it moves across the picture.
  close(atom: number, place: Vector3, ray: Ray, facing: Vector3, pulls: boolean, now: number): boolean {
    this.plane.setFromNormalAndCoplanarPoint(facing, place);
    if (!ray.intersectPlane(this.plane, this.grip)) return false;
    const grip = pulls
      ? { case: "spring" as const, value: { stiffness: STIFFNESS, maxForce: MAX_FORCE } }
      : { case: "hold" as const, value: true };
    const seq = this.connection.send({ case: "grab", value: { hand: HAND, atoms: [atom], grip } });
    if (seq === undefined) return false;
    this.known = seq;
    this.atom = atom;
    this.takenAt = now;
    this.pulls = pulls;
    this.letGoAt = undefined;
    this.start.copy(place);
    this.target.copy(place);
    this.moved = false;
    return true;
  }

  // The pointer is on another line of sight.
  move(ray: Ray): void {
    const met = new Vector3();
    if (!this.closed || !ray.intersectPlane(this.plane, met)) return;
    this.target.copy(this.start).add(met).sub(this.grip);
    this.moved = true;
  }

  // Says where it is, if that has changed and was not said just now; false if it is yet to be said.
  say(now: number): boolean {
    if (!this.moved) return true;
    if (now - this.lastMove < PATIENCE - 1) return false;
    this.lastMove = now;
    this.moved = false;
    const { x, y, z } = this.target;
    this.connection.send({ case: "move", value: { hand: HAND, x, y, z } });
    return true;
  }

  open(now: number): void {
    if (!this.closed) return;
    this.lastMove = 0;
    this.say(now);
    this.connection.send({ case: "release", value: { hand: HAND } });
    this.letGoAt = now;
    if (this.pulls) this.forget();
  }

  // A frame has come, from a server that knew this of us: whether the atom is still in this hand.
  learn(clientSeq: bigint | undefined, now: number): void {
    if (this.atom === undefined || (clientSeq ?? 0n) < this.known) return;
    const me = this.room.welcome?.person;
    const grasped = this.room.grasps.some((grasp) => grasp.person === me && grasp.hand === HAND);
    const refused = this.letGoAt === undefined && !grasped && now - this.takenAt > TRUST;
    const released = this.letGoAt !== undefined && !grasped;
    if (refused || released) this.forget();
  }

  // Whether nothing has been heard for too long since it was opened.
  tire(now: number): boolean {
    if (this.letGoAt === undefined || now - this.letGoAt < TRUST) return false;
    this.forget();
    return true;
  }

  forget(): void {
    this.atom = undefined;
    this.letGoAt = undefined;
    this.moved = false;
  }
}
