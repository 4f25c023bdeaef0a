// Form of a new object.

import { element, write } from "../panel/dom";
import { isMolecule, type AssetGroup } from "./assets";
import { DEFAULTS, type BodyDraft } from "./body_draft";
import { isEmpty, numberField, tripleField } from "./fields";
import { FieldError } from "./number";
import type { Units } from "./setup";

export class ObjectForm {
  private readonly asset = element<HTMLSelectElement>("asset");
  private readonly type = element<HTMLSelectElement>("type");

  // `units` are those of the run.
  constructor(
    private readonly units: () => Units,
    added: (body: BodyDraft) => void,
  ) {
    this.type.addEventListener("change", () => this.showType());
    this.asset.addEventListener("change", () => {
      // The ground is of the environment in nearly all cases.
      this.type.value = this.asset.value === "ground" ? "environment" : "inertial";
      this.showType();
      this.showMass();
    });
    element("object").addEventListener("submit", (event) => {
      event.preventDefault();
      try {
        const body = this.read();
        write(element("object-problem"), "");
        added(body);
      } catch (error) {
        if (!(error instanceof FieldError)) throw error;
        write(element("object-problem"), error.message);
      }
    });
  }

  showAssets(groups: readonly AssetGroup[]): void {
    const options = groups.map(({ label, assets }) => {
      const group = document.createElement("optgroup");
      group.label = label;
      group.append(...assets.map(({ name, label: text }) => new Option(text, name)));
      return group;
    });
    this.asset.replaceChildren(...options);
  }

  // While a run is on, a new object is added to it.
  showRunning(isRunning: boolean): void {
    write(element("add"), isRunning ? "Add to the run" : "Add to the list");
  }

  // In Å a molecule has the mass of its atoms, unless another is entered.
  showMass(): void {
    const mass = element<HTMLInputElement>("mass");
    mass.placeholder = this.hasAtomicMass ? "of its atoms" : "";
    if (this.hasAtomicMass) mass.value = "";
    else if (mass.value === "") mass.value = String(DEFAULTS.mass);
  }

  private get hasAtomicMass(): boolean {
    return this.units() === "Å" && isMolecule(this.asset.value);
  }

  private showType(): void {
    element("inertial").hidden = this.type.value === "environment";
  }

  private read(): BodyDraft {
    const isEnvironment = this.type.value === "environment";
    if (!this.asset.value) throw new FieldError("Asset: the list of assets is missing.");
    const body = {
      asset: this.asset.value,
      position: tripleField("position", "Position"),
      orientation: tripleField("orientation", "Orientation"),
      isEnvironment,
    };
    // The numbers of bodies that move do not count for the environment.
    if (isEnvironment) return { ...body, mass: 1, restitution: 0, friction: 0 };
    return {
      ...body,
      mass: this.hasAtomicMass && isEmpty("mass") ? undefined : numberField("mass", "Mass", { min: 0, open: true }),
      restitution: numberField("restitution", "Restitution", { min: 0, max: 1 }),
      friction: numberField("friction", "Friction", { min: 0 }),
    };
  }
}
