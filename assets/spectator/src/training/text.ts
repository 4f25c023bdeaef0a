// Numbers, durations and times in words.

import type { Status } from "./messages";

const MINUS = "−";
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

// A number with three significant digits: 0.0312, 12.3, 1 250, 3.1×10⁻⁵; a dash if it is unknown.
export function numberText(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) {
    const [mantissa = "", power = ""] = value.toExponential(digits - 1).split("e");
    const short = String(Number(mantissa)).replace("-", MINUS);
    return `${short === "1" ? "" : `${short}×`}10${superscript(Number(power))}`;
  }
  const text = size >= 10 ** digits ? String(Math.round(value)) : String(Number(value.toPrecision(digits)));
  return grouped(text.replace("-", MINUS));
}

function superscript(power: number): string {
  const digits = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[Number(digit)]);
  return (power < 0 ? "⁻" : "") + digits.join("");
}

// Digits before the point in groups of three, from five digits on.
function grouped(text: string): string {
  const [whole = "", fraction] = text.split(".");
  const long = whole.replace(MINUS, "").length >= 5 ? whole.replace(/\B(?=(\d{3})+$)/g, "\u202f") : whole;
  return fraction === undefined ? long : `${long}.${fraction}`;
}

export function countText(value: number): string {
  return grouped(String(Math.round(value)));
}

const UNITS: readonly [number, string][] = [
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
  [1, "second"],
];

// A duration with its two largest units: 3 hours 12 minutes. Seconds are left out from ten minutes on.
export function durationText(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds));
  if (rest >= 600) rest = Math.round(rest / 60) * 60;
  const parts: string[] = [];
  for (const [size, name] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? "" : "s"}`);
    // Only the unit right after the first one: not 3 days 5 minutes.
    else if (parts.length > 0) break;
    rest -= count * size;
    if (parts.length === 2) break;
  }
  return parts.join(" ") || "less than a second";
}

// Time of the day here, of an ISO 8601 time; the time as it is if it cannot be read.
export function clockText(timestamp: string): string {
  const date = new Date(timestamp);
  if (Number.isNaN(date.getTime())) return timestamp;
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
}

const STATUS_TEXTS: Record<Status, string> = {
  idle: "Waiting for the trainer",
  starting: "Starting",
  running: "Training",
  paused: "Paused",
  stopping: "Stopping",
  stopped: "Stopped",
  error: "Failed",
  completed: "Completed",
};

export function statusText(status: Status): string {
  return STATUS_TEXTS[status] ?? status;
}

export type Tone = "quiet" | "good" | "busy" | "caution" | "bad";

// Color of the dot beside a status.
export function statusTone(status: Status): Tone {
  switch (status) {
    case "running":
      return "busy";
    case "completed":
      return "good";
    case "starting":
    case "paused":
    case "stopping":
      return "caution";
    case "error":
      return "bad";
    default:
      return "quiet";
  }
}
