// List of the objects with which a run begins.

import { element, write } from "../panel/dom";
import { assetLabel } from "./assets";
import { describe, type BodyDraft } from "./body_draft";

export class SpawnList {
  private bodies: BodyDraft[] = [];
  private readonly list = element("list");

  constructor(private readonly changed: () => void) {
    element("clear").addEventListener("click", () => this.set([]));
    this.show();
  }

  get all(): readonly BodyDraft[] {
    return this.bodies;
  }

  set(bodies: readonly BodyDraft[]): void {
    this.bodies = [...bodies];
    this.show();
  }

  add(body: BodyDraft): void {
    this.bodies.push(body);
    this.show();
    this.list.lastElementChild?.scrollIntoView({ block: "nearest" });
  }

  private show(): void {
    const { length } = this.bodies;
    element("list-empty").hidden = length > 0;
    element("clear").hidden = length === 0;
    write(element("list-count"), length > 0 ? String(length) : "");
    this.list.replaceChildren(...this.bodies.map((body) => this.entry(body)));
    this.changed();
  }

  private entry(body: BodyDraft): HTMLElement {
    const name = document.createElement("strong");
    name.textContent = assetLabel(body.asset);
    const line = document.createElement("small");
    line.textContent = line.title = describe(body);
    const text = document.createElement("div");
    text.append(name, line);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.textContent = "✕";
    remove.setAttribute("aria-label", `Remove ${assetLabel(body.asset)}`);
    remove.addEventListener("click", () => this.set(this.bodies.filter((other) => other !== body)));
    const entry = document.createElement("li");
    entry.append(text, remove);
    return entry;
  }
}
