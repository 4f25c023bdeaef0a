// Toasts: short messages that disappear.

import type { Message } from "../notices";
import { element } from "./dom";

const MAX_TOASTS = 4;

export class Toasts {
  private readonly host = element("toasts");

  show(message: Message): void {
    const last = this.host.lastElementChild;
    if (last?.textContent === message.text) last.remove();
    const line = document.createElement("p");
    line.className = `toast ${message.tone}`;
    line.textContent = message.text;
    this.host.append(line);
    while (this.host.childElementCount > MAX_TOASTS) this.host.firstElementChild?.remove();
    // Time to read the text, ms.
    setTimeout(() => line.remove(), 3500 + 45 * message.text.length);
  }
}
