// Timeline bar: recorded frames as a track, with buttons to show and play them.

import type { Playback } from "../playback";
import type { Room } from "../room";
import { positionAt } from "../timeline";
import { Activity } from "../wire/session_pb";
import { element, write } from "./dom";
import { formatTime } from "./format";
import { PlayOptions } from "./play_options";
import { RunMenu } from "./run_menu";
import { drawTrack } from "./timeline_track";

// Interval of playback on this page, ms.
const TICK = 1000 / 60;
// Fraction of the timeline that Page Up and Page Down pass.
const PAGE = 0.1;

export class TimelineBar {
  private readonly track = element("track");
  private readonly canvas = element<HTMLCanvasElement>("track-canvas");
  private readonly options: PlayOptions;
  private readonly runs: RunMenu;
  private requested = false;
  private scrubs = false;
  // Where the pointer began to mark a range.
  private rangeStart: number | undefined;

  constructor(
    private readonly room: Room,
    private readonly playback: Playback,
  ) {
    const on = (id: string, press: () => void) =>
      element(id).addEventListener("click", () => {
        press();
        this.request();
      });
    on("first-frame", () => playback.seek(0, performance.now()));
    on("previous-frame", () => playback.step(-1, performance.now()));
    on("play", () => playback.toggle(performance.now()));
    on("next-frame", () => playback.step(1, performance.now()));
    on("last-frame", () => playback.seek(playback.length - 1, performance.now()));
    on("follow", () => playback.follow());
    on("continue", () => playback.continueHere());
    this.options = new PlayOptions(room, playback, () => this.request());
    this.runs = new RunMenu(room, playback, () => this.request());
    this.listenToTrack();
    new ResizeObserver(() => this.request()).observe(this.canvas);
    setInterval(() => {
      if (!document.hidden) playback.tick(performance.now());
    }, TICK);
    this.show();
  }

  // Requests that the bar is shown anew with the next picture of the page.
  request(): void {
    if (this.requested) return;
    this.requested = true;
    requestAnimationFrame(() => {
      this.requested = false;
      this.show();
    });
  }

  private listenToTrack(): void {
    const { track, playback } = this;
    const scrub = (event: PointerEvent) => {
      if (playback.length < 2) return;
      const position = this.positionUnder(event);
      if (this.rangeStart !== undefined) playback.markRange(this.rangeStart, position);
      else playback.seek(position, performance.now());
      this.request();
    };
    track.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      track.setPointerCapture(event.pointerId);
      this.scrubs = true;
      // With Shift, as in the window, the range is marked.
      this.rangeStart = event.shiftKey ? this.positionUnder(event) : undefined;
      scrub(event);
    });
    track.addEventListener("pointermove", (event) => {
      if (this.scrubs) scrub(event);
    });
    const end = () => {
      this.scrubs = false;
      if (this.rangeStart !== undefined) playback.changed();
      this.rangeStart = undefined;
    };
    track.addEventListener("pointerup", end);
    track.addEventListener("pointercancel", end);
    track.addEventListener("keydown", (event) => this.onKey(event));
  }

  private positionUnder(event: PointerEvent): number {
    const box = this.canvas.getBoundingClientRect();
    return positionAt((event.clientX - box.left) / box.width, this.playback.length);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || this.playback.length < 2) return;
    const { playback } = this;
    const now = performance.now();
    const page = Math.max(1, Math.round(PAGE * playback.length));
    const keys: Record<string, () => void> = {
      ArrowLeft: () => playback.step(event.shiftKey ? -10 : -1, now),
      ArrowDown: () => playback.step(-1, now),
      ArrowRight: () => playback.step(event.shiftKey ? 10 : 1, now),
      ArrowUp: () => playback.step(1, now),
      PageDown: () => playback.step(-page, now),
      PageUp: () => playback.step(page, now),
      Home: () => playback.seek(0, now),
      End: () => playback.seek(playback.length - 1, now),
      " ": () => playback.toggle(now),
      Escape: () => playback.follow(),
      "[": () => playback.beginRange(),
      "]": () => playback.endRange(),
    };
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
    this.request();
  }

  // Shows the marker, the texts, and which buttons can be used.
  show(): void {
    const { playback, room } = this;
    const { length, position, isBack } = playback;
    const enabled = length > 1 && room.welcome !== undefined;
    element<HTMLFieldSetElement>("playback").disabled = !enabled;
    drawTrack(this.canvas, room.timeline, position, !isBack, playback.range);
    const text = this.frameText();
    const time = length > 0 && room.frame >= 0 && room.time > 0 ? formatTime(room.time) : "";
    write(element("frame-now"), text);
    write(element("frame-time"), time);
    const { track } = this;
    track.tabIndex = enabled ? 0 : -1;
    track.setAttribute("aria-disabled", String(!enabled));
    track.setAttribute("aria-valuemax", String(Math.max(0, length - 1)));
    track.setAttribute("aria-valuenow", String(Math.max(0, position ?? length - 1)));
    track.setAttribute("aria-valuetext", time ? `${text}, ${time}` : text);
    const play = element("play");
    play.setAttribute("aria-pressed", String(playback.plays));
    play.setAttribute("aria-label", playback.plays ? "Pause" : "Play");
    const button = (id: string) => element<HTMLButtonElement>(id);
    // Only drivers can end the playback of the room.
    button("follow").disabled = !(room.looksBack || (isBack && playback.shared));
    write(element("follow-text"), room.looksBack || !room.mayDrive ? "Follow" : "Live");
    this.options.show();
    this.runs.show();
    this.showState();
  }

  private frameText(): string {
    const { length, position } = this.playback;
    if (length === 0) return "No frames";
    return position === undefined ? "Frame of another run" : `Frame ${position} / ${length - 1}`;
  }

  private showState(): void {
    const { room } = this;
    const state = element("timeline-state");
    const { timeline } = room;
    const searching = timeline && timeline.searched < 1 ? `${Math.floor(100 * timeline.searched)} % searched` : "";
    const back = room.looksBack ? "Looking back" : room.activity === Activity.PLAYBACK ? "Shown to everyone" : "";
    state.className = room.looksBack ? "own" : back ? "shared" : "";
    write(state, back || searching || "Newest frame");
  }
}
