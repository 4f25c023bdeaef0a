// Links to the rooms of the server; hidden if there is only one.

import { element } from "./dom";

export class Rooms {
  private readonly host = element("rooms");
  private shown = "";

  // Shows links to all rooms; `here` is the current one.
  show(names: readonly string[], here: string, addressOf: (room: string) => string): void {
    const now = [here, ...names].join();
    if (now === this.shown) return;
    this.shown = now;
    this.host.hidden = names.length < 2;
    this.host.replaceChildren(
      ...names.map((name) => {
        const link = document.createElement("a");
        link.href = addressOf(name);
        link.textContent = name;
        if (name === here) link.setAttribute("aria-current", "page");
        return link;
      }),
    );
  }
}
