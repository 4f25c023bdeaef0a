// Form of the settings of a run: timestep, duration, units, gravity, cell and seed.

import { element, write } from "../panel/dom";
import type { BodyDraft } from "./body_draft";
import { numberField, setNumber, setTriple, tripleField } from "./fields";
import { EARTH, MAX_DURATION, type Setup, type Units } from "./setup";

export class SettingsForm {
  private readonly timestep = element<HTMLSelectElement>("timestep");
  private readonly units = element<HTMLSelectElement>("units");
  private readonly periodic = element<HTMLInputElement>("periodic");

  constructor() {
    this.units.addEventListener("change", () => {
      // As the server's own defaults.
      setTriple("gravity", this.units.value === "m" ? EARTH : [0, 0, 0]);
      this.showUnits();
    });
    this.periodic.addEventListener("change", () => this.showCell());
    for (const button of element("gravities").querySelectorAll("button")) {
      button.addEventListener("click", () => setTriple("gravity", [0, 0, Number(button.dataset["gravity"])]));
    }
  }

  // The setup of a run with these bodies. Throws a FieldError for a wrong field.
  read(bodies: readonly BodyDraft[]): Setup {
    return {
      bodies: [...bodies],
      gravity: tripleField("gravity", "Gravity"),
      units: this.units.value as Units,
      cell: this.periodic.checked ? tripleField("cell", "Cell", { min: 0, open: true }) : undefined,
      seed: numberField("seed", "Seed", { min: 0 }),
      timestep: Number(this.timestep.value),
      duration: numberField("duration", "Duration", { min: 1, max: MAX_DURATION }),
    };
  }

  set({ gravity, units, cell, seed, timestep, duration }: Setup): void {
    setTriple("gravity", gravity);
    this.units.value = units;
    this.periodic.checked = cell !== undefined;
    if (cell) setTriple("cell", cell);
    setNumber("seed", seed);
    this.timestep.value = String(timestep);
    setNumber("duration", duration);
    this.showUnits();
    this.showCell();
  }

  private showUnits(): void {
    const isLarge = this.units.value === "m";
    for (const length of document.querySelectorAll<HTMLElement>(".length")) write(length, isLarge ? "m" : "Å");
    write(element("mass-unit"), isLarge ? "kg" : "u");
    write(element("gravity-unit"), isLarge ? "m/s²" : "Å/ps²");
  }

  private showCell(): void {
    element("cell").hidden = !this.periodic.checked;
  }
}
