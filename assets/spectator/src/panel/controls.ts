// Controls of the simulation: start, stop, temperature, and the effect of dragging.

import { Activity, ClientAction_Start_SimType as SimType } from "../wire/session_pb";
import type { Connection } from "../connection";
import type { Room } from "../room";
import { element, write } from "./dom";

export type Drag = "hold" | "pull" | "rotate";

export const WATCHING =
  "You are watching. To take part, ask the owner to admit you, or open the driver's link.";

// Friction of 10/ps, in 1/(10.1805 fs), the inverse time unit of ASE.
const FRICTION = 0.1018;
// Minimum interval between two changes of the temperature, ms.
const UPDATE_INTERVAL = 120;

export class Controls {
  drag: Drag = "hold";
  private readonly slider = element<HTMLInputElement>("temperature");
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly room: Room,
    private readonly connection: Connection,
  ) {
    const on = (id: string, press: () => void) => element(id).addEventListener("click", press);
    on("run", () => this.start(SimType.MD));
    on("relax", () => this.start(SimType.RELAX));
    on("stop", () => connection.send({ case: "stop", value: {} }));
    on("undo", () => connection.send({ case: "undo", value: {} }));
    on("redo", () => connection.send({ case: "redo", value: {} }));
    this.slider.addEventListener("input", () => this.updateTemperature());
    for (const choice of document.querySelectorAll<HTMLInputElement>("input[name=drag]")) {
      choice.addEventListener("change", () => {
        if (choice.checked) this.drag = choice.value as Drag;
      });
    }
  }

  // Shows the activity, and enables the controls for drivers.
  show(): void {
    const connected = this.connection.state.name === "connected" && this.room.welcome !== undefined;
    const free = connected && this.room.mayDrive;
    element<HTMLFieldSetElement>("controls").disabled = !free;
    const permission = element("permission");
    permission.hidden = !connected || free;
    write(permission, WATCHING);
    const now = this.room.activity;
    element("run").setAttribute("aria-pressed", String(now === Activity.DYNAMICS));
    element("relax").setAttribute("aria-pressed", String(now === Activity.RELAXATION));
  }

  private start(simulationType: SimType): void {
    this.connection.send({
      case: "start",
      value: {
        simulationType,
        simulationParams: {
          calculator: "",
          temperature: Number(this.slider.value),
          timestepFs: 1,
          friction: FRICTION,
          fmax: 0.05,
          maxStep: 0.2,
          optimizer: "",
        },
      },
    });
  }

  // Changes the temperature of a running simulation by a start with new parameters.
  private updateTemperature(): void {
    write(element("temperature-wanted"), `${this.slider.value} K`);
    if (this.room.activity !== Activity.DYNAMICS || this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.room.activity === Activity.DYNAMICS) this.start(SimType.MD);
    }, UPDATE_INTERVAL);
  }
}
