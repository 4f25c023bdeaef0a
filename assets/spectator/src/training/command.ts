// Commands of drivers, and the statuses in which the server takes them.

import type { Status } from "./messages";

export type CommandName = "pause" | "resume" | "stop" | "sample" | "checkpoint" | "set_learning_rate";

const POSSIBLE: Record<CommandName, readonly Status[]> = {
  pause: ["starting", "running"],
  resume: ["paused"],
  stop: ["starting", "running", "paused"],
  sample: ["running", "paused"],
  checkpoint: ["running", "paused"],
  set_learning_rate: ["starting", "running", "paused"],
};

export function isPossible(command: CommandName, status: Status | undefined): boolean {
  return status !== undefined && POSSIBLE[command].includes(status);
}

// A learning rate as it was typed, with a comma or a point; undefined unless it is a positive number.
export function parseLearningRate(text: string): number | undefined {
  const trimmed = text.trim().replace(",", ".");
  const value = trimmed === "" ? NaN : Number(trimmed);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}

const TEXTS: Record<CommandName, string> = {
  pause: "Pause",
  resume: "Resume",
  stop: "Stop",
  sample: "Sample",
  checkpoint: "Checkpoint",
  set_learning_rate: "Learning rate",
};

// The text of an answer to a command.
export function answerText(command: string, status: string, message: string): { text: string; tone: "good" | "bad" } {
  const name = TEXTS[command as CommandName] ?? command;
  if (status === "acknowledged") return { text: `${name}: sent to the trainer.`, tone: "good" };
  return { text: `${name} was rejected: ${message}`, tone: "bad" };
}
