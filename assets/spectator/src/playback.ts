// Playback of recorded frames: for the whole room, or, looking back, on this page alone.

import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Payload } from "./connection";
import { PlayRange, rangeOfRoom, type Positions } from "./play_range";
import type { Room } from "./room";
import { addressAt, lengthOf, oldestPosition, positionOf, type Address } from "./timeline";
import { Play_Repeat as Repeat, type PlaySchema, type Timeline } from "./wire/session_pb";

// Minimum interval between two frames that are requested, ms.
const INTERVAL = 1000 / 30;
// Time after which a requested frame is not expected any more, ms.
const TIMEOUT = 500;
// Default speed, frames per second.
export const DEFAULT_RATE = 20;

export interface Sender {
  send(payload: Payload): bigint | undefined;
}

// Next position of playback on this page, in a range or in all frames, and whether it has turned around; undefined at the end.
export function advance(
  position: number,
  step: number,
  length: number,
  repeat: Repeat,
  [first, last]: Positions = [0, length - 1],
): { position: number; turned: boolean } | undefined {
  const next = position + step;
  if (next >= first && next <= last) return { position: next, turned: false };
  const [start, end] = step > 0 ? [first, last] : [last, first];
  if (repeat === Repeat.LOOP) return { position: position === end ? start : end, turned: false };
  if (repeat === Repeat.BACK_AND_FORTH) {
    return { position: Math.max(first, Math.min(last, 2 * end - next)), turned: true };
  }
  return position === end ? undefined : { position: end, turned: false };
}

export class Playback {
  // Whether a driver's playback is for all people.
  forEveryone = true;
  rate = DEFAULT_RATE;
  repeat = Repeat.ONCE;
  // Whether the room sees positions between frames.
  interpolate = false;
  private readonly marked = new PlayRange();
  // The position that was requested and not yet shown.
  private requested: number | undefined;
  private waiting: number | undefined;
  private sentAt = -Infinity;
  // Playback on this page: its position, which may be between two frames, and its direction.
  private own: { position: number; direction: number; at: number } | undefined;
  private oldest = 0;
  private last: Timeline | undefined;

  constructor(
    private readonly room: Room,
    private readonly sender: Sender,
  ) {}

  // Whether this page's playback is for the whole room.
  get shared(): boolean {
    return this.forEveryone && this.room.mayDrive;
  }

  get length(): number {
    return lengthOf(this.room.timeline);
  }

  // Whether the room or this page plays.
  get plays(): boolean {
    return this.own !== undefined || (this.room.playing !== undefined && !this.room.looksBack);
  }

  // Whether a recorded frame is shown, or requested.
  get isBack(): boolean {
    return this.room.shown !== undefined || this.requested !== undefined;
  }

  // Position of the marker; undefined for a frame of another line.
  get position(): number | undefined {
    if (this.requested !== undefined) return this.requested;
    const { room } = this;
    if (!room.shown) return Math.max(0, this.length - 1);
    return (room.timeline && positionOf(room.timeline, room.shown)) ?? room.position;
  }

  // Positions of the range that is played: this page's, or else the room's; undefined for all frames.
  get range(): Positions | undefined {
    const { timeline, playing } = this.room;
    return this.marked.positions(timeline) ?? rangeOfRoom(timeline, playing);
  }

  // A new summary of the timeline.
  onTimeline(): void {
    const { timeline } = this.room;
    if (!timeline) return;
    this.oldest = oldestPosition(this.last, timeline);
    this.last = timeline;
    this.marked.onTimeline(timeline);
  }

  // A new frame: the requested one, or that of somebody else if the requested one does not arrive.
  onFrame(now: number): void {
    const { shown, timeline, position } = this.room;
    if (this.requested === undefined || this.waiting !== undefined || !shown) return;
    const at = (timeline && positionOf(timeline, shown)) ?? position;
    if (at === this.requested || now - this.sentAt > TIMEOUT) this.requested = undefined;
  }

  // Looking back has ended, or the connection was lost.
  reset(): void {
    this.requested = this.waiting = this.own = undefined;
  }

  // Shows the frame at a position, now or when the interval has passed.
  seek(position: number, now: number): void {
    this.own = undefined;
    this.show(position, now);
  }

  // Shows the frame before or after the present one.
  step(by: number, now: number): void {
    this.seek((this.position ?? this.length - 1) + by, now);
  }

  // Shows the frame at an address, which may be on another line.
  showFrame(address: Address, now: number): void {
    this.reset();
    if (this.send(address)) this.sentAt = now;
  }

  // Marks the range between two positions, for the next playback and the next change.
  markRange(one: number, other: number): void {
    const { timeline } = this.room;
    if (timeline) this.marked.mark(timeline, Math.max(one, this.oldest), Math.max(other, this.oldest));
  }

  // Begins the range at the shown frame; without a range behind it, it ends at the newest.
  beginRange(): void {
    const { position, range } = this;
    if (position === undefined) return;
    this.markRange(position, range && range[1] > position ? range[1] : this.length - 1);
    this.changed();
  }

  // Ends the range at the shown frame; without a range before it, it begins at the oldest.
  endRange(): void {
    const { position, range } = this;
    if (position === undefined) return;
    this.markRange(range && range[0] < position ? range[0] : 0, position);
    this.changed();
  }

  // Plays all frames again.
  clearRange(): void {
    this.marked.clear();
    this.changed();
  }

  // Starts or pauses playback.
  toggle(now: number): void {
    if (this.plays) return this.pause();
    if (this.shared) {
      this.sender.send({ case: "play", value: this.settings() });
      return;
    }
    // Forward from the newest frame, or from outside of the range, is from the first one.
    const [first, last] = this.bounds;
    const position = this.isBack ? (this.position ?? last) : last;
    const isInside = position >= first && position < last;
    this.own = { position: isInside ? position : Math.max(first, this.oldest), direction: 1, at: now };
    this.show(this.own.position, now);
  }

  private pause(): void {
    const wasOwn = this.own !== undefined;
    this.own = undefined;
    if (!wasOwn && this.shared) this.sender.send({ case: "play", value: { pause: true } });
  }

  // Passes new settings to a playback of the room.
  changed(): void {
    if (this.plays && !this.own && this.shared) this.sender.send({ case: "play", value: this.settings() });
  }

  // Positions between which this page plays.
  private get bounds(): Positions {
    return this.marked.positions(this.room.timeline) ?? [0, this.length - 1];
  }

  private settings(): MessageInitShape<typeof PlaySchema> {
    const { rate, repeat, interpolate } = this;
    return { rate, repeat, ...(interpolate && { interpolate }), ...this.marked.fields };
  }

  // Shows the newest frames again.
  follow(): void {
    this.reset();
    if (this.room.looksBack || !this.shared) this.sender.send({ case: "lookBack", value: {} });
    else this.sender.send({ case: "endPlayback", value: {} });
  }

  // Continues the simulation from the shown frame.
  continueHere(): void {
    const address = this.room.shown;
    if (!address) return;
    this.reset();
    this.sender.send({ case: "continueFrom", value: { address } });
  }

  // Sends what waits, and plays on. Called for each animation frame and by a timer.
  tick(now: number): void {
    const { own } = this;
    if (own && now - own.at >= Math.max(INTERVAL, 1000 / this.ownRate)) {
      // The next frame is requested when the last one was shown: playback is not faster than the network.
      if (this.requested === undefined || now - own.at > TIMEOUT) this.playOn(own, now);
    }
    if (this.waiting !== undefined && now - this.sentAt >= INTERVAL) this.request(this.waiting, now);
  }

  // Frames per second on this page: those of the script at the shown frame, or else the chosen ones.
  private get ownRate(): number {
    const rate = this.room.script?.rate ?? 0;
    return rate > 0 ? rate : this.rate;
  }

  private playOn(own: NonNullable<Playback["own"]>, now: number): void {
    const frames = Math.max(1, Math.round(((now - own.at) / 1000) * this.ownRate));
    const next = advance(own.position, own.direction * frames, this.length, this.repeat, this.bounds);
    if (!next) {
      this.own = undefined;
      return;
    }
    own.at = now;
    own.position = next.position;
    if (next.turned) own.direction *= -1;
    this.show(next.position, now);
  }

  private show(position: number, now: number): void {
    const last = this.length - 1;
    if (last < 0) return;
    this.requested = this.waiting = Math.max(Math.min(this.oldest, last), Math.min(last, Math.round(position)));
    if (now - this.sentAt >= INTERVAL) this.request(this.waiting, now);
  }

  private request(position: number, now: number): void {
    this.waiting = undefined;
    const { timeline } = this.room;
    const address: Address | undefined = timeline && addressAt(timeline, position);
    if (!address || !this.send(address)) {
      this.requested = undefined;
      return;
    }
    this.sentAt = now;
  }

  // Requests a frame, for the room or for this page; returns whether it was sent.
  private send(address: Address): boolean {
    const kind = this.shared ? "showFrame" : "lookBack";
    return this.sender.send({ case: kind, value: { address } }) !== undefined;
  }
}
