// Formatting of numbers and states.

import { Activity, Role } from "../wire/session_pb";

const MINUS = "−";

export function formatNumber(value: number | undefined, digits: number, unit: string): string {
  if (value === undefined || !Number.isFinite(value)) return "–";
  return `${value.toFixed(digits).replace("-", MINUS)} ${unit}`;
}

export function formatTime(fs: number): string {
  if (fs < 1000) return formatNumber(fs, 0, "fs");
  return fs < 1e6 ? formatNumber(fs / 1000, 3, "ps") : formatNumber(fs / 1e6, 4, "ns");
}

export function activityText(activity: Activity): string {
  switch (activity) {
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

export function roleText(role: Role): string {
  switch (role) {
    case Role.OWNER:
      return "owner";
    case Role.DRIVER:
      return "driver";
    default:
      return "watching";
  }
}

export function cssColor(rgb: number): string {
  return `#${(rgb & 0xffffff).toString(16).padStart(6, "0")}`;
}

// 0xRRGGBBAA
export function cssColorWithAlpha(rgba: number): string {
  return `#${(rgba >>> 0).toString(16).padStart(8, "0")}`;
}

export function atomCount(count: number): string {
  const grouped = String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return count === 1 ? "1 atom" : `${grouped} atoms`;
}
