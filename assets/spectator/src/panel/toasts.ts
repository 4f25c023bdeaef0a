// What was just said: a few lines that go away.

import type { Said } from "../notices";
import { element } from "./elements";

const MOST = 4;

export class Toasts {
  private readonly host = element("toasts");

  show(said: Said): void {
    const last = this.host.lastElementChild;
    if (last?.textContent === said.text) last.remove();
    const line = document.createElement("p");
    line.className = `toast ${said.tone}`;
    line.textContent = said.text;
    this.host.append(line);
    while (this.host.childElementCount > MOST) this.host.firstElementChild?.remove();
    // Long enough to be read.
    setTimeout(() => line.remove(), 3500 + 45 * said.text.length);
  }
}
