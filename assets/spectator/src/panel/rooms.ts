// The rooms of the server, as links; nothing where there is only one.

import { element } from "./elements";

export class Rooms {
  private readonly host = element("rooms");
  private shown = "";

  // All rooms, the one that is shown here, and where the page of each is.
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
