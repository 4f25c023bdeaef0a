// Display options: which parts of the scene are drawn.

import { element } from "./dom";

export interface DisplayActions {
  showForces(on: boolean): void;
  showBondOrders(on: boolean): void;
  // Called when the lines of the cell or of other people are shown or hidden.
  onLinesChange(): void;
}

export class DisplayOptions {
  private readonly cellBox = element<HTMLInputElement>("show-cell");
  private readonly peopleBox = element<HTMLInputElement>("show-people");

  constructor(actions: DisplayActions) {
    const onChange = (box: HTMLInputElement, change: (on: boolean) => void) =>
      box.addEventListener("change", () => change(box.checked));
    onChange(element<HTMLInputElement>("show-forces"), actions.showForces);
    onChange(element<HTMLInputElement>("show-orders"), actions.showBondOrders);
    onChange(this.cellBox, actions.onLinesChange);
    onChange(this.peopleBox, actions.onLinesChange);
  }

  // Whether the edges of the cell are drawn.
  get cell(): boolean {
    return this.cellBox.checked;
  }

  // Whether the viewpoints of other people are drawn.
  get people(): boolean {
    return this.peopleBox.checked;
  }
}
