// Status of the run: its phase and message, and the status bar with time, frame, bodies and contacts.

import { element, write } from "../panel/dom";
import type { Phase, Run } from "./run";

export const PHASES: Record<Phase, string> = {
  disconnected: "Disconnected",
  connecting: "Connecting …",
  simulating: "Simulating",
  complete: "Complete",
  error: "Error",
};

export class StatusView {
  show(run: Run): void {
    element("dot").className = run.phase;
    write(element("status"), PHASES[run.phase]);
    const message = element("message");
    write(message, run.message);
    message.classList.toggle("bad", run.phase === "error");
    element("start").hidden = run.isActive;
    element("stop").hidden = !run.isActive;
    write(element("time"), run.time.toFixed(3));
    write(element("frame"), String(run.frame ?? 0));
    write(element("bodies"), String(run.bodies));
    write(element("contact-count"), String(run.contacts));
  }
}
