// State of a training, made of its events in order.

import { Curve } from "./curve";
import type { LogEvent, ProgressEvent, SampleEvent, StatsEvent, StatusEvent, TrainingEvent, ValidationEvent } from "./messages";

// Maximum numbers of kept lines, samples and measurements; the oldest go first.
export const MAX_LOG = 200;
export const MAX_SAMPLES = 60;
export const MAX_STATS = 150;
const MAX_VALIDATIONS = 1000;

export type LogLine = LogEvent & { event_id: number; timestamp: string };
export type Sample = SampleEvent & { event_id: number; timestamp: string };

export class TrainingState {
  // Number and time of the newest event; 0 before the first.
  newest = 0;
  newestTime = "";
  status: StatusEvent | undefined;
  progress: ProgressEvent | undefined;
  validation: ValidationEvent | undefined;
  // Learning rate of the last step that had one.
  learningRate: number | undefined;
  // Loss of the last step that had one.
  lossNow: number | undefined;
  readonly loss = new Curve();
  readonly learningRates = new Curve();
  readonly validationLoss = new Curve(MAX_VALIDATIONS);
  readonly forceError = new Curve(MAX_VALIDATIONS);
  readonly energyError = new Curve(MAX_VALIDATIONS);
  samples: Sample[] = [];
  log: LogLine[] = [];
  // Warnings and worse are kept apart as well: many messages do not push them out.
  warnings: LogLine[] = [];
  stats: StatsEvent[] = [];
  // Events that the server has left out for this client.
  dropped = 0;

  // Applies an event; returns whether it is new.
  apply(event: TrainingEvent): boolean {
    if (event.event_id <= this.newest) return false;
    this.newest = event.event_id;
    this.newestTime = event.timestamp;
    this.dropped += event.dropped ?? 0;
    switch (event.type) {
      case "training_progress":
        this.onProgress(event);
        break;
      case "training_status":
        this.status = event;
        break;
      case "validation_result":
        this.onValidation(event);
        break;
      case "sample_generated":
        push(this.samples, event, MAX_SAMPLES);
        break;
      case "log":
        push(this.log, event, MAX_LOG);
        if (event.level !== "debug" && event.level !== "info") push(this.warnings, event, MAX_LOG);
        break;
      case "system_stats":
        push(this.stats, event, MAX_STATS);
    }
    return true;
  }

  private onProgress(event: ProgressEvent): void {
    const before = this.progress;
    if (before && event.global_step < before.global_step) this.returnTo(event.global_step);
    this.progress = event;
    if (event.loss !== null && event.loss !== undefined) {
      this.lossNow = event.loss;
      this.loss.add(event.global_step, event.loss);
    }
    if (event.learning_rate !== null && event.learning_rate !== undefined) {
      this.learningRate = event.learning_rate;
      this.learningRates.add(event.global_step, event.learning_rate);
    }
  }

  // The training continues from an earlier step, so the later ones are no part of it.
  private returnTo(step: number): void {
    this.lossNow = this.learningRate = undefined;
    for (const curve of [this.loss, this.learningRates]) curve.cut(step);
    // A validation is that of the step that has just ended.
    for (const curve of [this.validationLoss, this.forceError, this.energyError]) curve.cut(step + 1);
    if (this.validation && this.validation.step > step) this.validation = undefined;
  }

  private onValidation(event: ValidationEvent): void {
    this.validation = event;
    const add = (curve: Curve, value: number | null | undefined) => {
      if (value !== null && value !== undefined) curve.add(event.step, value);
    };
    add(this.validationLoss, event.validation_loss);
    add(this.forceError, event.force_rmse);
    add(this.energyError, event.energy_rmse);
  }

  // Fraction of all steps; undefined before the first progress.
  get fraction(): number | undefined {
    const { progress } = this;
    if (!progress) return undefined;
    const steps = progress.max_epoch * progress.max_step;
    return steps > 0 ? Math.min(1, progress.global_step / steps) : undefined;
  }
}

function push<T>(list: T[], value: T, limit: number): void {
  list.push(value);
  if (list.length > limit) list.splice(0, list.length - limit);
}
