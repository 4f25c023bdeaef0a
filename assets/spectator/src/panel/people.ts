// List of people in the room; owners can change roles and disconnect people.

import type { Connection } from "../connection";
import type { Room } from "../room";
import { Role, type Person } from "../wire/session_pb";
import { element } from "./dom";
import { cssColor, roleText } from "./format";

export class People {
  private readonly list = element("people");
  private shown = "";

  constructor(
    private readonly room: Room,
    private readonly connection: Connection,
  ) {}

  // Shows all people.
  show(): void {
    const { people, role, welcome } = this.room;
    const rows = people.map((person) => [person.id, person.name, person.color, person.role].join()).join(";");
    // Presence changes often and must not replace buttons while they are pressed.
    const shown = `${rows}|${welcome?.person}|${role}`;
    if (this.shown === shown) return;
    this.shown = shown;
    this.list.replaceChildren(...people.map((person) => this.row(person)));
  }

  private row(person: Person): HTMLElement {
    const row = document.createElement("li");
    const dot = document.createElement("span");
    dot.className = "dot";
    dot.style.backgroundColor = cssColor(person.color);
    const name = person.name || `guest ${person.id}`;
    const isMe = person.id === this.room.welcome?.person;
    row.append(dot, text("who", isMe ? `${name} (you)` : name), text("role", roleText(person.role)));
    if (this.room.role === Role.OWNER && !isMe && person.role !== Role.OWNER) row.append(this.actions(person, name));
    return row;
  }

  // Buttons with which an owner changes the role of a person, or disconnects them.
  private actions({ id, role }: Person, name: string): HTMLElement {
    const drives = role === Role.DRIVER;
    const admit = () =>
      this.connection.send({ case: "admit", value: { person: id, role: drives ? Role.SPECTATOR : Role.DRIVER } });
    const remove = () => this.connection.send({ case: "remove", value: { person: id } });
    const actions = document.createElement("div");
    actions.className = "actions";
    actions.append(
      button(drives ? "Only watch" : "Let drive", `${drives ? "Take the controls from" : "Let drive"}: ${name}`, admit),
      button("Disconnect", `Disconnect ${name}`, remove),
    );
    return actions;
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
