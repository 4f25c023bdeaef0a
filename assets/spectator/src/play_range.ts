// Range of frames that playback stays in: its ends are addresses, since positions fall when old frames are dropped.

import { addressAt, positionOf, type Address } from "./timeline";
import type { Play, Timeline } from "./wire/session_pb";

// Positions of the first and the last frame.
export type Positions = readonly [first: number, last: number];

export class PlayRange {
  private ends: readonly [first: Address, last: Address] | undefined;

  // Marks the range between two positions, in any order.
  mark(timeline: Timeline, one: number, other: number): void {
    const first = addressAt(timeline, Math.min(one, other));
    const last = addressAt(timeline, Math.max(one, other));
    if (first && last) this.ends = [first, last];
  }

  clear(): void {
    this.ends = undefined;
  }

  // Forgets a range of another line, or one whose frames were dropped.
  onTimeline(timeline: Timeline): void {
    if (!this.positions(timeline)) this.clear();
  }

  // Positions of the ends; undefined for all frames.
  positions(timeline: Timeline | undefined): Positions | undefined {
    return timeline && between(timeline, this.ends?.[0], this.ends?.[1]);
  }

  // Fields of a Play message.
  get fields(): { first?: Address; last?: Address } {
    return this.ends ? { first: this.ends[0], last: this.ends[1] } : {};
  }
}

// Positions of the range of the room's playback; undefined for all frames.
export function rangeOfRoom(timeline: Timeline | undefined, playing: Play | undefined): Positions | undefined {
  return timeline && between(timeline, playing?.first, playing?.last);
}

function between(timeline: Timeline, first: Address | undefined, last: Address | undefined): Positions | undefined {
  const [from, to] = [positionOf(timeline, first), positionOf(timeline, last)];
  return from === undefined || to === undefined ? undefined : [from, to];
}
