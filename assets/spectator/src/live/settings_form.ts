// Form of the settings of a run: timestep, duration, units, gravity, cell and seed.

import { element, write } from "../panel/dom";
import type { BodyDraft, Triple } from "./body_draft";
import { numberField, setNumber, setTriple, tripleField } from "./fields";
import { FieldError } from "./number";
import { EARTH, MAX_DURATION, type Setup, type Units } from "./setup";

export class SettingsForm {
  private readonly timestep = element<HTMLSelectElement>("timestep");
  private readonly chosenUnits = element<HTMLSelectElement>("units");
  private readonly periodic = element<HTMLInputElement>("periodic");

  // Calls `changed` when the units or the cell have changed.
  constructor(private readonly changed: () => void) {
    this.chosenUnits.addEventListener("change", () => {
      // As the server's own defaults.
      setTriple("gravity", this.units === "m" ? EARTH : [0, 0, 0]);
      this.showUnits();
      this.changed();
    });
    this.periodic.addEventListener("change", () => {
      this.showCell();
      this.changed();
    });
    element("cell").addEventListener("change", () => this.changed());
    for (const button of element("gravities").querySelectorAll("button")) {
      button.addEventListener("click", () => setTriple("gravity", [0, 0, Number(button.dataset["gravity"])]));
    }
  }

  get units(): Units {
    return this.chosenUnits.value as Units;
  }

  // Edges of the cell; undefined without one, or while a field is wrong.
  get cell(): Triple | undefined {
    try {
      return this.readCell();
    } catch (error) {
      if (error instanceof FieldError) return undefined;
      throw error;
    }
  }

  // The setup of a run with these bodies. Throws a FieldError for a wrong field.
  read(bodies: readonly BodyDraft[]): Setup {
    return {
      bodies: [...bodies],
      gravity: tripleField("gravity", "Gravity"),
      units: this.units,
      cell: this.readCell(),
      seed: numberField("seed", "Seed", { min: 0 }),
      timestep: Number(this.timestep.value),
      duration: numberField("duration", "Duration", { min: 1, max: MAX_DURATION }),
    };
  }

  set({ gravity, units, cell, seed, timestep, duration }: Setup): void {
    setTriple("gravity", gravity);
    this.chosenUnits.value = units;
    this.periodic.checked = cell !== undefined;
    if (cell) setTriple("cell", cell);
    setNumber("seed", seed);
    this.timestep.value = String(timestep);
    setNumber("duration", duration);
    this.showUnits();
    this.showCell();
  }

  private readCell(): Triple | undefined {
    return this.periodic.checked ? tripleField("cell", "Cell", { min: 0, open: true }) : undefined;
  }

  private showUnits(): void {
    const isLarge = this.units === "m";
    for (const length of document.querySelectorAll<HTMLElement>(".length")) write(length, isLarge ? "m" : "Å");
    write(element("mass-unit"), isLarge ? "kg" : "u");
    write(element("gravity-unit"), isLarge ? "m/s²" : "Å/ps²");
  }

  private showCell(): void {
    element("cell").hidden = !this.periodic.checked;
  }
}
