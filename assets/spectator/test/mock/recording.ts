// Recorded frames of the mock server, and their playback.

import type { MessageInitShape } from "@bufbuild/protobuf";
import { Timeline_Mark_Kind as Kind, type FrameAddress, type Play, type TimelineSchema } from "../../src/wire/session_pb";

export interface State {
  positions: Float64Array;
  energy: number;
  step: number;
  activity: "idle" | "dynamics" | "relaxation";
}

const MAX_COLUMNS = 512;

export class Recording {
  // Index of the frame that the room shows instead of the newest.
  shown: number | undefined;
  play: Play | undefined;
  private frames: (State & { number: number })[] = [];
  // Indices of the frames at which a run began.
  private marks: number[] = [];

  add({ positions, energy, step, activity }: State, number: number): void {
    if (this.frames.at(-1)?.activity === "idle" && activity !== "idle") this.marks.push(this.frames.length);
    this.frames.push({ positions: positions.slice(), energy, step, activity, number });
  }

  state(index: number | undefined): State | undefined {
    return index === undefined ? undefined : this.frames[index];
  }

  address(index: number) {
    return { at: { case: "memory" as const, value: BigInt(this.frames[index]!.number) } };
  }

  indexOf(address: FrameAddress | undefined): number | undefined {
    if (address?.at.case !== "memory") return undefined;
    const number = Number(address.at.value);
    const index = this.frames.findIndex((frame) => frame.number === number);
    return index < 0 ? undefined : index;
  }

  show(index: number | undefined): void {
    if (index === undefined) return;
    this.shown = index;
    this.play = undefined;
  }

  setPlay(play: Play | undefined): void {
    this.play = play;
    if (play) this.shown ??= 0;
  }

  end(): void {
    this.shown = this.play = undefined;
  }

  continueFrom(index: number | undefined): void {
    this.end();
    if (index !== undefined) this.frames.length = index + 1;
    this.marks = this.marks.filter((mark) => mark < this.frames.length);
  }

  // The next frame of playback; returns whether there is one. A twentieth of a second has passed.
  advance(): boolean {
    if (!this.play || this.shown === undefined) return false;
    const next = this.shown + Math.max(1, Math.round(this.play.rate / 20));
    const ends = next >= this.frames.length;
    if (ends && this.play.repeat === 0) this.play = undefined;
    this.shown = !ends ? next : this.play ? 0 : this.frames.length - 1;
    return true;
  }

  summary(): MessageInitShape<typeof TimelineSchema> {
    const { frames } = this;
    const runs: { first: bigint; frames: bigint }[] = [];
    for (const { number } of frames) {
      const last = runs.at(-1);
      if (last && last.first + last.frames === BigInt(number)) last.frames += 1n;
      else runs.push({ first: BigInt(number), frames: 1n });
    }
    const size = Math.ceil(frames.length / MAX_COLUMNS);
    const columns = Array.from({ length: Math.ceil(frames.length / size) }, (_, index) =>
      frames.slice(index * size, (index + 1) * size).map((frame) => frame.energy),
    );
    const count = BigInt(frames.length);
    return {
      searched: 1,
      memoryFrames: count,
      first: BigInt(frames[0]?.number ?? 0),
      last: BigInt(frames.at(-1)?.number ?? 0),
      runs,
      marks: this.marks.map((index) => ({ address: this.address(index), position: BigInt(index), kind: Kind.DYNAMICS })),
      lines: [{ frames: count, live: true, shown: true }],
      energy: {
        positions: columns.map((_, index) => BigInt(index * size)),
        low: columns.map((energies) => Math.min(...energies)),
        high: columns.map((energies) => Math.max(...energies)),
      },
    };
  }
}
