// Page of a training: connection, state and views.

import { element } from "../panel/dom";
import { Toasts } from "../panel/toasts";
import type { TrainingAddress } from "./address";
import { Chart } from "./chart";
import { answerText } from "./command";
import { TrainingConnection, type ConnectionListener, type ConnectionState } from "./connection";
import { Controls } from "./controls";
import { LogView } from "./log_view";
import { showMachine } from "./machine_view";
import type { Answer, TrainingEvent } from "./messages";
import { SamplesView } from "./samples_view";
import { TrainingState } from "./state";
import { StatusView } from "./status_view";
import { TrainingsMenu } from "./trainings_menu";

// Minimum interval between two pictures of the page, and interval of loading the list of trainings, ms.
const INTERVAL = 100;
const LIST_INTERVAL = 5000;

// State of the page for tests and the console: window.training.
export interface TrainingInspector {
  readonly name: string | null;
  readonly connection: string;
  readonly newest: number;
  readonly status: string | undefined;
  // Number of points of the curve of the loss, and the number of losses in them.
  readonly points: number;
  readonly losses: number;
  readonly step: number | undefined;
}

export class TrainingPage implements ConnectionListener {
  private name: string | null = null;
  private state = new TrainingState();
  // Past events up to this number are still arriving.
  private until = 0;
  private readonly connection: TrainingConnection;
  private readonly status: StatusView;
  private readonly controls: Controls;
  private readonly samples: SamplesView;
  private readonly log: LogView;
  private readonly menu: TrainingsMenu;
  private readonly toasts = new Toasts();
  private charts: Chart[] = [];
  private requested = false;

  constructor(address: TrainingAddress) {
    this.connection = new TrainingConnection(address, this);
    this.status = new StatusView(this.connection);
    this.controls = new Controls(this.connection);
    this.samples = new SamplesView(address);
    this.log = new LogView(() => this.state);
    this.menu = new TrainingsMenu(address, () => this.request());
    this.reset();
    this.connection.connect();
    setInterval(() => {
      if (!document.hidden && this.connection.state.name === "connected") void this.menu.load();
    }, LIST_INTERVAL);
    setInterval(() => this.showConnection(), 500);
    addEventListener("online", () => this.connection.retryNow());
    document.addEventListener("visibilitychange", () => this.request());
    matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => {
      this.samples.redraw();
      this.request();
    });
  }

  inspector(): TrainingInspector {
    const page = this;
    return Object.freeze({
      get name() {
        return page.name;
      },
      get connection() {
        return page.connection.state.name;
      },
      get newest() {
        return page.state.newest;
      },
      get status() {
        return page.state.status?.status;
      },
      get points() {
        return page.state.loss.points.length;
      },
      get losses() {
        return page.state.loss.points.reduce((sum, point) => sum + point.count, 0);
      },
      get step() {
        return page.state.progress?.global_step;
      },
    });
  }

  changed(state: ConnectionState): void {
    if (state.name === "connected") void this.menu.load();
    this.request();
  }

  opened(training: string | null): void {
    if (training !== this.name) this.reset();
    this.name = training;
    this.request();
  }

  restarted(): void {
    this.reset();
  }

  replaying(until: number, missed: number): void {
    this.until = until;
    if (missed > 0) this.toasts.show({ text: `The server has lost ${missed} past events.`, tone: "quiet" });
    this.request();
  }

  received(event: TrainingEvent): void {
    if (this.state.apply(event)) this.request();
  }

  answered(answer: Answer): void {
    if (answer.type === "command_received") this.toasts.show(answerText(answer.command, answer.status, answer.message));
    if (answer.type === "error") this.toasts.show({ text: answer.message, tone: "bad" });
  }

  newest(): [number, string] {
    return [this.state.newest, this.state.newestTime];
  }

  // Forgets all events.
  private reset(): void {
    const state = (this.state = new TrainingState());
    this.until = 0;
    this.log.clear();
    for (const figure of document.querySelectorAll(".chart")) figure.querySelectorAll(".legend, canvas").forEach((part) => part.remove());
    this.charts = [
      new Chart(
        element("loss-chart"),
        [
          { name: "training", unit: "", curve: state.loss, color: "--blue", smooth: true },
          { name: "validation", unit: "", curve: state.validationLoss, color: "--accent-line", marks: true },
        ],
        true,
      ),
      new Chart(
        element("error-chart"),
        [
          { name: "force RMSE", unit: "eV/Å", curve: state.forceError, color: "--green", marks: true },
          { name: "energy RMSE", unit: "meV/atom", curve: state.energyError, color: "--violet", marks: true, right: true },
        ],
        true,
      ),
      new Chart(element("rate-chart"), [{ name: "learning rate", unit: "", curve: state.learningRates, color: "--blue" }], false),
    ];
    this.request();
  }

  // Requests that all is shown anew, soon.
  private request(): void {
    if (this.requested) return;
    this.requested = true;
    setTimeout(() => {
      requestAnimationFrame(() => {
        this.requested = false;
        this.show();
      });
    }, INTERVAL);
  }

  private show(): void {
    const { state, name } = this;
    const hasEnded = this.menu.hasEnded(name);
    // Until all past events have arrived, the newest status may be an old one.
    this.status.show(name, state, hasEnded && this.behind === undefined);
    this.controls.show(state, name !== null && !hasEnded);
    for (const chart of this.charts) chart.draw();
    showMachine(state.stats);
    this.samples.show(state.samples, name ?? "");
    this.log.show();
    this.showConnection();
  }

  // Fraction of the past events that has arrived; undefined if all have.
  private get behind(): number | undefined {
    return this.state.newest < this.until ? this.state.newest / this.until : undefined;
  }

  private showConnection(): void {
    this.status.showConnection(this.connection.state, this.behind);
  }
}
