// Menu of the trainings of the server.

import { element } from "../panel/dom";
import type { TrainingAddress } from "./address";
import { statusText } from "./text";
import type { Status } from "./messages";

export interface ListedTraining {
  name: string;
  is_open: boolean;
  status: Status | null;
}

export class TrainingsMenu {
  listed: ListedTraining[] = [];
  private readonly menu = element<HTMLSelectElement>("trainings");

  constructor(
    private readonly address: TrainingAddress,
    private readonly onChange: () => void,
  ) {
    this.menu.addEventListener("change", () => location.assign(address.of(this.menu.value)));
    this.show();
  }

  // Loads the list; without an answer it stays as it is.
  async load(): Promise<void> {
    try {
      const response = await fetch(this.address.list);
      if (!response.ok) return;
      const { trainings } = (await response.json()) as { trainings?: ListedTraining[] };
      if (!Array.isArray(trainings)) return;
      this.listed = trainings;
      this.show();
      this.onChange();
    } catch {
      // The connection reports that the server is away.
    }
  }

  // Whether the server has a training no longer open.
  hasEnded(name: string | null): boolean {
    return this.listed.find((training) => training.name === name)?.is_open === false;
  }

  private show(): void {
    const { menu, address } = this;
    const options: [string, string][] = [["", "Newest"]];
    for (const { name, is_open, status } of this.listed) {
      options.push([name, `${name} · ${is_open && status ? statusText(status).toLowerCase() : "ended"}`]);
    }
    if (!options.some(([name]) => name === address.name)) options.push([address.name, address.name]);
    // Texts change in place: a menu that is open stays open.
    while (menu.options.length > options.length) menu.options.remove(menu.options.length - 1);
    while (menu.options.length < options.length) menu.options.add(document.createElement("option"));
    options.forEach(([value, text], index) => {
      const option = menu.options[index]!;
      if (option.value !== value || option.text !== text) [option.value, option.text] = [value, text];
    });
    menu.value = address.name;
  }
}
