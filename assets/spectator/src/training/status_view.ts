// Head of the page: name, status, progress, connection, and the newest values in large digits.

import { element, write } from "../panel/dom";
import type { ConnectionState, TrainingConnection } from "./connection";
import type { TrainingState } from "./state";
import { countText, durationText, numberText, statusText, statusTone } from "./text";

export class StatusView {
  constructor(private readonly connection: TrainingConnection) {
    element("retry").addEventListener("click", () => connection.connect());
    element("watch").addEventListener("click", () => connection.connectWithoutToken());
  }

  // Shows a training; `hasEnded` if the server does not have it open any more.
  show(training: string | null, state: TrainingState, hasEnded: boolean): void {
    const name = training ?? "Training";
    write(element("title"), name);
    const status = state.status?.status ?? "idle";
    const isCut = hasEnded && ["starting", "running", "paused", "stopping"].includes(status);
    const isConnected = this.connection.state.name === "connected";
    const none = isConnected ? "Waiting for a training" : "Not connected";
    const text = training === null ? none : isCut ? "Ended without a last report" : statusText(status);
    write(element("status"), text);
    element("dot").className = isCut ? "quiet" : statusTone(status);
    const { fraction } = state;
    const percent = fraction === undefined ? "" : `${Math.floor(100 * fraction)} % · `;
    document.title = training === null ? "mlipview" : `${percent}${text} · ${training}`;
    const { error, message } = state.status ?? {};
    const told = error || message || "";
    const line = element("message");
    write(line, told.toLowerCase() === text.toLowerCase() ? "" : told);
    line.classList.toggle("bad", Boolean(error));
    this.showProgress(state, isCut);
    this.showNumbers(state);
  }

  private showProgress(state: TrainingState, isCut: boolean): void {
    const { progress, fraction } = state;
    const percent = 100 * (fraction ?? 0);
    element("bar").style.width = `${percent.toFixed(2)}%`;
    const bar = element("progress");
    bar.setAttribute("aria-valuenow", String(Math.floor(percent)));
    if (!progress) {
      write(element("where"), "No step yet");
      write(element("left"), "");
      return;
    }
    const epoch = Math.min(progress.epoch + 1, Math.max(1, progress.max_epoch));
    const where = `${Math.floor(percent)} % · epoch ${countText(epoch)} of ${countText(progress.max_epoch)} · step ${countText(progress.epoch_step)} of ${countText(progress.max_step)}`;
    write(element("where"), where);
    bar.setAttribute("aria-valuetext", where);
    const isRunning = !isCut && ["running", "starting"].includes(state.status?.status ?? "running");
    const eta = progress.eta_seconds;
    const left = isRunning && eta !== null && eta !== undefined ? `${durationText(eta)} left` : "";
    write(element("left"), left);
  }

  private showNumbers(state: TrainingState): void {
    const { progress, validation } = state;
    write(element("loss-now"), numberText(state.lossNow));
    write(element("loss-at"), progress ? `step ${countText(progress.global_step)}` : "");
    write(element("force-now"), numberText(validation?.force_rmse));
    write(element("energy-now"), numberText(validation?.energy_rmse));
    write(element("rate-now"), numberText(state.learningRate));
  }

  // Shows the connection; `behind` is the fraction of past events that has arrived, undefined if all have.
  showConnection(state: ConnectionState, behind: number | undefined): void {
    const retry = element("retry");
    retry.hidden = state.name === "connected" || state.name === "connecting";
    element("watch").hidden = !(state.name === "ended" && this.connection.hasToken);
    const dot = element("connection-dot");
    const text = element("connection-text");
    switch (state.name) {
      case "connecting":
        dot.className = "caution";
        write(text, "Connecting …");
        break;
      case "connected":
        dot.className = behind === undefined ? "good" : "caution";
        write(text, behind === undefined ? "Live" : `Loading the past: ${Math.floor(100 * behind)} %`);
        break;
      case "waiting": {
        dot.className = "caution";
        const seconds = Math.max(1, Math.ceil((state.until - performance.now()) / 1000));
        write(retry, "Try now");
        write(text, `${state.reason} Trying again in ${seconds} s.`);
        break;
      }
      case "ended":
        dot.className = "bad";
        write(retry, "Connect again");
        write(text, state.reason);
    }
  }
}
