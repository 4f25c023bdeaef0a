// Buttons of drivers, and the field of the learning rate.

import { element, write } from "../panel/dom";
import { isPossible, parseLearningRate, type CommandName } from "./command";
import type { TrainingConnection } from "./connection";
import type { TrainingState } from "./state";

const BUTTONS = ["pause", "resume", "sample", "checkpoint"] as const;

export class Controls {
  constructor(private readonly connection: TrainingConnection) {
    for (const command of BUTTONS) {
      element(command).addEventListener("click", () => connection.command(command));
    }
    const dialog = element<HTMLDialogElement>("stop-dialog");
    element("stop").addEventListener("click", () => {
      dialog.returnValue = "";
      dialog.showModal();
    });
    dialog.addEventListener("close", () => {
      if (dialog.returnValue === "stop") connection.command("stop");
    });
    element("controls").addEventListener("submit", (event) => {
      event.preventDefault();
      this.setLearningRate();
    });
  }

  private setLearningRate(): void {
    const field = element<HTMLInputElement>("rate");
    const rate = parseLearningRate(field.value);
    field.setAttribute("aria-invalid", String(rate === undefined));
    const problem = `Invalid learning rate: expected a positive number, such as 0.001 or 1e-4.`;
    write(element("rate-problem"), rate === undefined ? problem : "");
    if (rate === undefined) {
      field.focus();
      return;
    }
    if (this.connection.command("set_learning_rate", { learning_rate: rate })) field.value = "";
  }

  // Shows the commands that the server takes in this status; nothing to those who may only watch.
  show(state: TrainingState, isOpen: boolean): void {
    element("controls").hidden = !(this.connection.hasToken && isOpen);
    const status = state.status?.status;
    const isConnected = this.connection.state.name === "connected";
    const may = (command: CommandName) => isConnected && isPossible(command, status);
    const set = (id: string, isEnabled: boolean) => (element<HTMLButtonElement>(id).disabled = !isEnabled);
    const hadFocus = document.activeElement?.id;
    const isPaused = status === "paused";
    element("pause").hidden = isPaused;
    element("resume").hidden = !isPaused;
    for (const command of BUTTONS) set(command, may(command));
    // The focus stays where it was, on the button that replaces the other.
    if (isPaused && hadFocus === "pause") element("resume").focus();
    if (!isPaused && hadFocus === "resume") element("pause").focus();
    set("stop", may("stop"));
    set("set-rate", may("set_learning_rate"));
    element<HTMLInputElement>("rate").disabled = !may("set_learning_rate");
    const { learningRate } = state;
    element<HTMLInputElement>("rate").placeholder = learningRate === undefined ? "" : String(Number(learningRate.toPrecision(3)));
  }
}
