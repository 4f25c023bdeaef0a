// List of people in the room; owners can change roles and disconnect people.

import { Role, type Person } from "../wire/session_pb";
import { element } from "./dom";
import { color, role } from "./format";

export interface PeopleActions {
  admit(person: bigint, role: Role): void;
  remove(person: bigint): void;
}

export class People {
  private readonly list = element("people");
  private shown = "";

  constructor(private readonly actions: PeopleActions) {}

  // Shows all people; `me` is the id of this page, `mine` its role.
  show(people: readonly Person[], me: bigint, mine: Role): void {
    const now = people.map((one) => [one.id, one.name, one.color, one.role].join()).join(";");
    // Presence changes often and must not replace buttons while they are pressed.
    if (this.shown === `${now}|${me}|${mine}`) return;
    this.shown = `${now}|${me}|${mine}`;
    this.list.replaceChildren(...people.map((person) => this.line(person, me, mine)));
  }

  private line(person: Person, me: bigint, mine: Role): HTMLElement {
    const line = document.createElement("li");
    const dot = document.createElement("span");
    dot.className = "dot";
    dot.style.backgroundColor = color(person.color);
    const name = person.name || `guest ${person.id}`;
    const who = text("who", person.id === me ? `${name} (you)` : name);
    line.append(dot, who, text("role", role(person.role)));
    if (mine === Role.OWNER && person.id !== me && person.role !== Role.OWNER) {
      const drives = person.role === Role.DRIVER;
      const acts = document.createElement("div");
      acts.className = "acts";
      acts.append(
        button(drives ? "Only watch" : "Let drive", `${drives ? "Take the controls from" : "Let drive"}: ${name}`, () =>
          this.actions.admit(person.id, drives ? Role.SPECTATOR : Role.DRIVER),
        ),
        button("Disconnect", `Disconnect ${name}`, () => this.actions.remove(person.id)),
      );
      line.append(acts);
    }
    return line;
  }
}

function text(className: string, content: string): HTMLElement {
  const span = document.createElement("span");
  span.className = className;
  span.textContent = content;
  return span;
}

function button(label: string, name: string, press: () => void): HTMLElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.setAttribute("aria-label", name);
  made.addEventListener("click", press);
  return made;
}
