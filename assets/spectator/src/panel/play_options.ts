// Options of playback in the timeline bar: speed, repetition, range, and interpolation for the room.

import type { Playback } from "../playback";
import type { Room } from "../room";
import { Play_Repeat as Repeat } from "../wire/session_pb";
import { element } from "./dom";

const REPEATS: Record<string, Repeat> = {
  once: Repeat.ONCE,
  loop: Repeat.LOOP,
  back: Repeat.BACK_AND_FORTH,
};

export class PlayOptions {
  private readonly everyone = element<HTMLInputElement>("for-everyone");
  private readonly interpolate = element<HTMLInputElement>("interpolate");

  constructor(
    private readonly room: Room,
    private readonly playback: Playback,
    request: () => void,
  ) {
    const rate = element<HTMLSelectElement>("rate-wanted");
    const repeat = element<HTMLSelectElement>("repeat");
    const on = (id: string, type: string, act: () => void) =>
      element(id).addEventListener(type, () => {
        act();
        request();
      });
    on("rate-wanted", "change", () => {
      playback.rate = Number(rate.value);
      playback.changed();
    });
    on("repeat", "change", () => {
      playback.repeat = REPEATS[repeat.value] ?? Repeat.ONCE;
      playback.changed();
    });
    on("interpolate", "change", () => {
      playback.interpolate = this.interpolate.checked;
      playback.changed();
    });
    on("for-everyone", "change", () => {
      playback.forEveryone = this.everyone.checked;
    });
    on("range-from", "click", () => playback.beginRange());
    on("range-to", "click", () => playback.endRange());
    on("range-all", "click", () => playback.clearRange());
  }

  // Shows which options can be used.
  show(): void {
    const { playback, room } = this;
    const hasFrame = playback.isBack && playback.position !== undefined;
    for (const id of ["range-from", "range-to"]) element<HTMLButtonElement>(id).disabled = !hasFrame;
    element("range-all").hidden = playback.range === undefined;
    element("drivers").hidden = !room.mayDrive;
    // The server interpolates, and only what the room sees.
    this.interpolate.disabled = !playback.shared;
    element<HTMLButtonElement>("continue").disabled = room.shown === undefined;
  }
}
