// Load of the machine: numbers and sparklines of the last minutes.

import { element, write } from "../panel/dom";
import type { StatsEvent } from "./messages";
import { drawSparkline } from "./sparkline";
import { MAX_STATS } from "./state";

type Value = number | null | undefined;

export function showMachine(stats: readonly StatsEvent[]): void {
  const last = stats.at(-1);
  if (!last) return;
  const percent = (value: Value) => (isKnown(value) ? `${value.toFixed(0)} %` : "–");
  const memory = (used: Value, total: Value) => (isKnown(used) && isKnown(total) ? `${used.toFixed(1)} of ${total.toFixed(0)} GB` : "–");
  const line = (id: string, of: (event: StatsEvent) => Value, max: number, color: string) =>
    drawSparkline(element<HTMLCanvasElement>(id), stats.map((event) => of(event) ?? 0), max, MAX_STATS, color);
  write(element("cpu"), percent(last.cpu_percent));
  write(element("ram"), memory(last.ram_used_gb, last.ram_total_gb));
  element("gpu-row").hidden = !isKnown(last.gpu_utilization_percent);
  element("gpu-memory-row").hidden = !isKnown(last.gpu_memory_used_gb);
  write(element("gpu"), percent(last.gpu_utilization_percent));
  write(element("gpu-memory"), memory(last.gpu_memory_used_gb, last.gpu_memory_total_gb));
  line("cpu-line", (event) => event.cpu_percent, 100, "--blue");
  line("ram-line", (event) => event.ram_used_gb, last.ram_total_gb, "--green");
  line("gpu-line", (event) => event.gpu_utilization_percent, 100, "--accent-line");
  line("gpu-memory-line", (event) => event.gpu_memory_used_gb, last.gpu_memory_total_gb ?? 0, "--violet");
}

function isKnown(value: Value): value is number {
  return value !== null && value !== undefined;
}
