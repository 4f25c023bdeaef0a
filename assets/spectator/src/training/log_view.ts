// Log of the training, with a filter by level.

import { element } from "../panel/dom";
import type { LogLevel } from "./messages";
import { MAX_LOG, type LogLine, type TrainingState } from "./state";
import { clockText } from "./text";

const LEVELS: readonly LogLevel[] = ["debug", "info", "warning", "error", "critical"];
// Distance from the end within which the log follows its newest line, CSS pixels.
const NEAR_END = 24;

// The lines of a level and of worse ones, at most MAX_LOG.
export function linesFrom(level: LogLevel, state: Pick<TrainingState, "log" | "warnings">): LogLine[] {
  const least = LEVELS.indexOf(level);
  const lines = least >= LEVELS.indexOf("warning") ? state.warnings : state.log;
  return lines.filter((line) => LEVELS.indexOf(line.level) >= least).slice(-MAX_LOG);
}

export class LogView {
  private readonly host = element("log");
  private readonly filter = element<HTMLSelectElement>("level");
  private shown: LogLine[] = [];

  constructor(private readonly state: () => TrainingState) {
    this.filter.addEventListener("change", () => {
      this.clear();
      this.show();
    });
  }

  clear(): void {
    this.shown = [];
    this.host.replaceChildren();
  }

  // Appends what is new, and removes what is too old.
  show(): void {
    const lines = linesFrom(this.filter.value as LogLevel, this.state());
    const isAtEnd = this.host.scrollHeight - this.host.scrollTop - this.host.clientHeight < NEAR_END;
    const last = this.shown.at(-1)?.event_id ?? 0;
    const added = lines.filter((line) => line.event_id > last);
    if (added.length === 0 && lines.length === this.shown.length) return;
    this.host.append(...added.map(entry));
    while (this.host.childElementCount > lines.length) this.host.firstElementChild?.remove();
    this.shown = lines;
    if (isAtEnd) this.host.scrollTop = this.host.scrollHeight;
  }
}

function entry(line: LogLine): HTMLElement {
  const item = document.createElement("li");
  item.className = line.level;
  const part = (tag: string, text: string) => {
    const made = document.createElement(tag);
    made.textContent = text;
    return made;
  };
  const time = part("time", clockText(line.timestamp));
  time.setAttribute("datetime", line.timestamp);
  item.append(time, part("b", line.level), part("span", line.message), part("i", line.source));
  return item;
}
