// Dragging of an atom with the pointer of this page.

import { Plane, Vector3, type Ray } from "three";
import type { Connection } from "./connection";
import type { Room } from "./room";

// Number of the hand.
const HAND = 0;
// Minimum interval between two moves, ms.
const MOVE_INTERVAL = 1000 / 60;
// Spring, eV/Å² and eV/Å: the defaults of the desktop program.
const STIFFNESS = 1;
const MAX_FORCE = 5;
// Time without a frame after which a released atom returns to the position of the last frame, ms.
const RELEASE_TIMEOUT = 500;

export class Hand {
  // The held atom, and its target, Å.
  atom: number | undefined;
  readonly target = new Vector3();
  pulls = false;
  private readonly plane = new Plane();
  private readonly start = new Vector3();
  private readonly grip = new Vector3();
  private grabSeq = 0n;
  private moved = false;
  private lastMove = 0;
  private closedAt = 0;
  private releasedAt: number | undefined;

  constructor(
    private readonly room: Room,
    private readonly connection: Connection,
  ) {}

  get closed(): boolean {
    return this.atom !== undefined && this.releasedAt === undefined;
  }

  // Closes around an atom at a position, where `ray` is the line of sight through the pointer. The atom moves
  // in the plane normal to `facing`.
  close(atom: number, position: Vector3, ray: Ray, facing: Vector3, pulls: boolean, now: number): boolean {
    this.plane.setFromNormalAndCoplanarPoint(facing, position);
    if (!ray.intersectPlane(this.plane, this.grip)) return false;
    const grip = pulls
      ? { case: "spring" as const, value: { stiffness: STIFFNESS, maxForce: MAX_FORCE } }
      : { case: "hold" as const, value: true };
    const seq = this.connection.send({ case: "grab", value: { hand: HAND, atoms: [atom], grip } });
    if (seq === undefined) return false;
    this.grabSeq = seq;
    this.atom = atom;
    this.closedAt = now;
    this.pulls = pulls;
    this.releasedAt = undefined;
    this.start.copy(position);
    this.target.copy(position);
    this.moved = false;
    return true;
  }

  // Moves the target to another line of sight.
  move(ray: Ray): void {
    const hit = new Vector3();
    if (!this.closed || !ray.intersectPlane(this.plane, hit)) return;
    this.target.copy(this.start).add(hit).sub(this.grip);
    this.moved = true;
  }

  // Sends the target if it has changed. Returns false if it must be sent later, to limit the rate.
  sendMove(now: number): boolean {
    if (!this.moved) return true;
    if (now - this.lastMove < MOVE_INTERVAL - 1) return false;
    this.lastMove = now;
    this.moved = false;
    const { x, y, z } = this.target;
    this.connection.send({ case: "move", value: { hand: HAND, x, y, z } });
    return true;
  }

  open(now: number): void {
    if (!this.closed) return;
    this.lastMove = 0;
    this.sendMove(now);
    this.connection.send({ case: "release", value: { hand: HAND } });
    this.releasedAt = now;
    if (this.pulls) this.reset();
  }

  // Releases the atom if the newest frame shows that the server has released it or refused the grab.
  // `clientSeq` is the last message that the server had received.
  onFrame(clientSeq: bigint | undefined, now: number): void {
    if (this.atom === undefined || (clientSeq ?? 0n) < this.grabSeq) return;
    const me = this.room.welcome?.person;
    const grasped = this.room.grasps.some((grasp) => grasp.person === me && grasp.hand === HAND);
    const refused = this.releasedAt === undefined && !grasped && now - this.closedAt > RELEASE_TIMEOUT;
    const released = this.releasedAt !== undefined && !grasped;
    if (refused || released) this.reset();
  }

  // Whether the release has timed out without a frame.
  expire(now: number): boolean {
    if (this.releasedAt === undefined || now - this.releasedAt < RELEASE_TIMEOUT) return false;
    this.reset();
    return true;
  }

  reset(): void {
    this.atom = undefined;
    this.releasedAt = undefined;
    this.moved = false;
  }
}
