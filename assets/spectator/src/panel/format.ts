// Formatting of numbers and states.

import { Activity, Role } from "../wire/session_pb";

const MINUS = "−";

export function fixed(value: number | undefined, digits: number, unit: string): string {
  if (value === undefined || !Number.isFinite(value)) return "–";
  return `${value.toFixed(digits).replace("-", MINUS)} ${unit}`;
}

export function time(fs: number): string {
  if (fs < 1000) return fixed(fs, 0, "fs");
  return fs < 1e6 ? fixed(fs / 1000, 3, "ps") : fixed(fs / 1e6, 4, "ns");
}

export function activity(now: Activity): string {
  switch (now) {
    case Activity.DYNAMICS:
      return "Running dynamics";
    case Activity.RELAXATION:
      return "Relaxing";
    case Activity.PLAYBACK:
      return "Playback";
    default:
      return "Idle";
  }
}

export function role(of: Role): string {
  switch (of) {
    case Role.OWNER:
      return "owner";
    case Role.DRIVER:
      return "driver";
    default:
      return "watching";
  }
}

export function color(rgb: number): string {
  return `#${(rgb & 0xffffff).toString(16).padStart(6, "0")}`;
}

export function atoms(count: number): string {
  const grouped = String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return count === 1 ? "1 atom" : `${grouped} atoms`;
}
