// Messages of the server (docs/training-telemetry.md), read from JSON.

export type Status = "idle" | "starting" | "running" | "paused" | "stopping" | "stopped" | "error" | "completed";
export type LogLevel = "debug" | "info" | "warning" | "error" | "critical";

export interface ProgressEvent {
  type: "training_progress";
  epoch: number;
  epoch_step: number;
  global_step: number;
  max_step: number;
  max_epoch: number;
  loss: number | null;
  learning_rate: number | null;
  // Seconds to the end.
  eta_seconds: number | null;
}

export interface StatusEvent {
  type: "training_status";
  status: Status;
  message: string | null;
  error: string | null;
}

export interface SampleEvent {
  type: "sample_generated";
  sample_id: string;
  path: string;
  sample_type: string;
  step: number | null;
  epoch: number | null;
  prompt: string | null;
  thumbnail_path: string | null;
}

export interface LogEvent {
  type: "log";
  level: LogLevel;
  message: string;
  source: string;
}

export interface StatsEvent {
  type: "system_stats";
  gpu_memory_used_gb: number | null;
  gpu_memory_total_gb: number | null;
  gpu_utilization_percent: number | null;
  cpu_percent: number;
  ram_used_gb: number;
  ram_total_gb: number;
}

export interface ValidationEvent {
  type: "validation_result";
  // Step since the start of the training.
  step: number;
  epoch: number;
  validation_loss: number | null;
  // eV/Å
  force_rmse: number | null;
  // meV/atom
  energy_rmse: number | null;
}

type Body = ProgressEvent | StatusEvent | SampleEvent | LogEvent | StatsEvent | ValidationEvent;
// An event of a training. Numbers of events rise by one.
export type TrainingEvent = { event_id: number; timestamp: string; dropped?: number } & Body;

export type Answer =
  | { type: "connection_established"; client_id: string; training: string | null }
  | { type: "training_changed"; training: string | null }
  | { type: "subscribed"; newest_event_id: number; missed?: number }
  | { type: "command_received"; command: string; status: "acknowledged" | "rejected"; message: string }
  | { type: "system_info"; active_connections: number }
  | { type: "error"; error_code: string; message: string };

export const EVENT_TYPES = [
  "training_progress",
  "training_status",
  "sample_generated",
  "log",
  "system_stats",
  "validation_result",
] as const;

// Keys of numbers without which an event is not used.
const NUMBERS: Record<string, readonly string[]> = {
  training_progress: ["epoch", "epoch_step", "global_step", "max_step", "max_epoch"],
  validation_result: ["step", "epoch"],
  system_stats: ["cpu_percent", "ram_used_gb", "ram_total_gb"],
};
const TEXTS: Record<string, readonly string[]> = {
  training_status: ["status"],
  sample_generated: ["sample_id", "path"],
  log: ["level", "message", "source"],
};
const ANSWER_TYPES = ["connection_established", "training_changed", "subscribed", "command_received", "system_info", "error"];

// The message of a text frame; undefined for texts that are no known message, which later servers may send.
export function parseMessage(text: string): TrainingEvent | Answer | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const message = value as Record<string, unknown>;
  const type = String(message["type"]);
  if (ANSWER_TYPES.includes(type)) return message as unknown as Answer;
  const isNumber = (key: string) => typeof message[key] === "number";
  const isText = (key: string) => typeof message[key] === "string";
  const isEvent =
    EVENT_TYPES.some((known) => known === type) &&
    isNumber("event_id") &&
    isText("timestamp") &&
    (NUMBERS[type] ?? []).every(isNumber) &&
    (TEXTS[type] ?? []).every(isText);
  return isEvent ? (message as unknown as TrainingEvent) : undefined;
}

export function isEvent(message: TrainingEvent | Answer): message is TrainingEvent {
  return "event_id" in message;
}
