// Menu of the timeline bar: the runs before "Continue from here", newest first.

import type { Playback } from "../playback";
import type { Room } from "../room";
import { linesOf, type LineChoice } from "../timeline";
import { element, write } from "./dom";

export class RunMenu {
  private readonly menu = element<HTMLSelectElement>("runs");
  private lines: LineChoice[] = [];

  constructor(
    private readonly room: Room,
    playback: Playback,
    request: () => void,
  ) {
    this.menu.addEventListener("change", () => {
      const line = this.lines[this.menu.selectedIndex];
      if (line?.live) playback.follow();
      else if (line?.newest) playback.showFrame(line.newest, performance.now());
      request();
    });
  }

  // Shows the menu if there is more than one run.
  show(): void {
    this.lines = linesOf(this.room.timeline, this.room.shown);
    element("run-menu").hidden = this.lines.length < 2;
    const { options } = this.menu;
    while (options.length > this.lines.length) options.remove(options.length - 1);
    while (options.length < this.lines.length) options.add(document.createElement("option"));
    // Texts change in place: a menu that is open stays open.
    this.lines.forEach((line, index) => write(options[index]!, line.text));
    const chosen = this.lines.findIndex((line) => line.chosen);
    if (this.menu.selectedIndex !== chosen) this.menu.selectedIndex = chosen;
  }
}
