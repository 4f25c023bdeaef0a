// Resumption after a reconnect: which events to request, and whether they are of the same training.

import type { TrainingEvent } from "./messages";

// Events of a restarted server may have the numbers of others that are shown. So the last shown event is requested
// once more: with another time, or with a smaller newest number, the events are those of another run.
export class Resume {
  private expected: { id: number; time: string } | undefined;

  // The number to subscribe `after`; `newest` is the number and the time of the last shown event.
  request(newest: number, time: string): number {
    this.expected = newest > 0 ? { id: newest, time } : undefined;
    return Math.max(0, newest - 1);
  }

  // Whether the answer to the subscription shows another run.
  isOtherRun(newestOfServer: number): boolean {
    return this.expected !== undefined && newestOfServer < this.expected.id;
  }

  // Whether the first event after the answer shows another run. Later events are not compared.
  isOtherRunBy(event: TrainingEvent): boolean {
    const { expected } = this;
    this.expected = undefined;
    return expected !== undefined && event.event_id === expected.id && event.timestamp !== expected.time;
  }
}
