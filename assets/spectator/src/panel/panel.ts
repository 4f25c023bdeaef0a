// Panel with the state of the room and the connection.

import type { Connection } from "../connection";
import type { History } from "../history";
import { formula } from "../appearance";
import type { Room } from "../room";
import { element, write } from "./dom";
import { Plot } from "./plot";
import { activityText, atomCount, formatNumber, formatTime, roleText } from "./format";

export class Panel {
  private readonly plot = new Plot(element<HTMLCanvasElement>("plot"));

  constructor(
    private readonly room: Room,
    private readonly connection: Connection,
    private readonly history: History,
  ) {
    const panel = element("panel");
    const fold = element("fold");
    const set = (folded: boolean) => {
      panel.classList.toggle("folded", folded);
      fold.setAttribute("aria-expanded", String(!folded));
    };
    fold.addEventListener("click", () => {
      set(!panel.classList.contains("folded"));
      this.showNumbers(performance.now() / 1000);
    });
    // Folded on a phone, so that the scene is visible.
    set(matchMedia("(max-width: 719px)").matches);
    element("retry").addEventListener("click", () => connection.connect());
    element("watch").addEventListener("click", () => connection.connectWithoutToken());
  }

  // Shows the structure.
  showStructure(): void {
    const { numbers, title } = this.room;
    if (!this.room.hasStructure) return;
    const name = title || formula(numbers) || "No structure";
    write(element("title"), name);
    document.title = `${name} · mlipview`;
    element("cell-option").hidden = !this.room.cell;
    const parts = [numbers.length > 0 && title ? formula(numbers) : "", atomCount(numbers.length)];
    write(element("about"), parts.filter(Boolean).join(" · "));
    const blank = element("blank");
    if (!blank.dataset["fixed"]) {
      blank.hidden = numbers.length > 0;
      write(blank, "Waiting for atoms");
    }
  }

  // Shows the numbers; called a few times a second.
  showNumbers(now: number): void {
    const { energy, temperature, step, model } = this.room;
    const rate = this.history.rate(now);
    const trip = this.connection.roundTrip();
    write(element("energy"), formatNumber(energy, 4, "eV"));
    write(element("temperature-now"), formatNumber(temperature, 0, "K"));
    // Relaxations have no time, and some other programs send none.
    const hasTime = this.room.frame >= 0 && (this.room.time > 0 || step === 0);
    write(element("time"), hasTime ? formatTime(this.room.time) : "–");
    write(element("step"), this.room.frame >= 0 ? String(step) : "–");
    write(element("model"), model || (this.room.hasStructure ? "none" : "–"));
    write(element("rate"), `${rate.toFixed(rate < 10 ? 1 : 0)} /s`);
    write(element("latency"), formatNumber(trip, trip !== undefined && trip < 10 ? 1 : 0, "ms"));
    const shown = [formatNumber(energy, 4, "eV"), temperature === undefined ? "" : formatNumber(temperature, 0, "K"), hasTime ? formatTime(this.room.time) : ""];
    write(element("summary"), energy === undefined ? "" : shown.filter(Boolean).join(" · "));
    this.plot.draw(this.history.samples, now, this.shownFrame());
    this.showConnection();
  }

  // The recorded frame that is shown, to be marked in the plot.
  private shownFrame(): { number: number | undefined; energy: number | undefined } | undefined {
    const { shown, energy } = this.room;
    if (!shown) return undefined;
    return { number: shown.at.case === "memory" ? Number(shown.at.value) : undefined, energy };
  }

  showConnection(): void {
    const { state } = this.connection;
    const dot = element("dot");
    const retry = element("retry");
    retry.hidden = state.name === "connected" || state.name === "connecting";
    // A token may have expired; watching needs none.
    element("watch").hidden = !(state.name === "ended" && this.connection.hasToken);
    switch (state.name) {
      case "connecting":
        dot.className = "caution";
        this.showState("Connecting …");
        break;
      case "connected":
        dot.className = this.room.welcome ? "good" : "caution";
        this.showState(this.room.welcome ? this.description() : "Connected, waiting for the room …");
        break;
      case "waiting": {
        dot.className = "caution";
        const seconds = Math.max(1, Math.ceil((state.until - performance.now()) / 1000));
        write(retry, "Try now");
        this.showState(`${state.reason} Trying again in ${seconds} s.`);
        break;
      }
      case "ended":
        dot.className = "bad";
        write(retry, "Connect again");
        this.showState(state.reason);
    }
  }

  private description(): string {
    const activity = this.room.looksBack ? "Looking back" : activityText(this.room.activity);
    return `${activity} · you are ${roleText(this.room.role) === "watching" ? "watching" : `the ${roleText(this.room.role)}`}`;
  }

  private showState(text: string): void {
    write(element("state"), text);
  }
}
