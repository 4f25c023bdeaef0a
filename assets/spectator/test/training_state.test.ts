// State of a training by its events, the resumption of them, and messages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { linesFrom } from "../src/training/log_view";
import { isEvent, parseMessage, type TrainingEvent } from "../src/training/messages";
import { Resume } from "../src/training/resume";
import { MAX_LOG, TrainingState } from "../src/training/state";

let number = 0;
// The next event of a type.
const event = (type: string, fields: Record<string, unknown>): TrainingEvent => {
  number += 1;
  const message = parseMessage(JSON.stringify({ type, event_id: number, timestamp: `2026-01-01T00:00:${number}.000Z`, ...fields }));
  assert.ok(message && isEvent(message), type);
  return message;
};
const progress = (step: number, fields: Record<string, unknown> = {}) =>
  event("training_progress", { step, epoch: 0, epoch_step: step, global_step: step, max_step: 100, max_epoch: 2, loss: 1 / (step + 1), learning_rate: 1e-3, eta_seconds: 10, ...fields });
const validation = (step: number) => event("validation_result", { step, epoch: 0, validation_loss: 0.5, force_rmse: 0.1, energy_rmse: 3 });

test("events make the newest values, the curves and the fraction of all steps", () => {
  const state = new TrainingState();
  state.apply(event("training_status", { status: "running", message: null, error: null }));
  for (let step = 0; step < 50; step++) state.apply(progress(step));
  state.apply(validation(49));
  assert.equal(state.status!.status, "running");
  assert.equal(state.loss.points.length, 50);
  assert.equal(state.lossNow, 1 / 50);
  assert.equal(state.learningRate, 1e-3);
  assert.equal(state.validation!.force_rmse, 0.1);
  assert.equal(state.fraction, 49 / 200);
});

test("an event that has arrived before changes nothing", () => {
  const state = new TrainingState();
  const first = progress(1);
  assert.ok(state.apply(first));
  assert.ok(!state.apply(first));
  assert.equal(state.loss.points.length, 1);
});

test("unknown values are left out of the curves, and the last known ones stay", () => {
  const state = new TrainingState();
  state.apply(progress(1, { loss: 0.5 }));
  state.apply(progress(2, { loss: null, learning_rate: null }));
  state.apply(event("validation_result", { step: 2, epoch: 0, validation_loss: null, force_rmse: 0.2, energy_rmse: null }));
  assert.equal(state.loss.points.length, 1);
  assert.equal(state.lossNow, 0.5);
  assert.equal(state.learningRate, 1e-3);
  assert.equal(state.validationLoss.points.length, 0);
  assert.equal(state.forceError.points.length, 1);
});

test("a training that continues from an earlier step loses the later ones", () => {
  const state = new TrainingState();
  for (let step = 0; step <= 40; step++) state.apply(progress(step));
  for (const step of [10, 20, 40]) state.apply(validation(step));
  state.apply(progress(20));
  assert.equal(state.loss.last!.step, 20);
  assert.equal(state.loss.points.length, 21);
  assert.deepEqual(state.forceError.points.map((point) => point.step), [10, 20]);
  assert.equal(state.validation, undefined);
});

test("the log keeps its last lines, and warnings longer than the others", () => {
  const state = new TrainingState();
  state.apply(event("log", { level: "warning", message: "look out", source: "trainer" }));
  for (let i = 0; i < 3 * MAX_LOG; i++) state.apply(event("log", { level: i % 2 ? "info" : "debug", message: String(i), source: "trainer" }));
  assert.equal(linesFrom("debug", state).length, MAX_LOG);
  assert.equal(linesFrom("info", state).length, MAX_LOG / 2);
  assert.deepEqual(linesFrom("warning", state).map((line) => line.message), ["look out"]);
  assert.deepEqual(linesFrom("error", state), []);
});

test("events left out by the server are counted", () => {
  const state = new TrainingState();
  state.apply(progress(1, { dropped: 3 }));
  state.apply(progress(2, { dropped: 2 }));
  assert.equal(state.dropped, 5);
});

test("texts that are no known message are not used", () => {
  const texts = ["", "{", "null", "5", "[]", "{}", '{"type":"dance"}', '{"type":"training_progress"}', '{"type":"log","event_id":1,"timestamp":"t","level":"info"}', '{"type":"pong"}', '{"type":"system_stats","event_id":"1"}'];
  for (const text of texts) assert.equal(parseMessage(text), undefined, text);
  const answer = parseMessage('{"type":"subscribed","newest_event_id":7}');
  assert.ok(answer && !isEvent(answer) && answer.type === "subscribed");
});

test("a client that resumes requests its last event once more, and continues if it is the same", () => {
  const resume = new Resume();
  const [last, next] = [progress(1), progress(2)];
  assert.equal(resume.request(0, ""), 0);
  assert.ok(!resume.isOtherRun(0) && !resume.isOtherRunBy(last));
  assert.equal(resume.request(last.event_id, last.timestamp), last.event_id - 1);
  assert.ok(!resume.isOtherRun(next.event_id));
  assert.ok(!resume.isOtherRunBy(last) && !resume.isOtherRunBy(next));
});

test("another run with the same numbers is recognized by its times, or by its smaller numbers", () => {
  const resume = new Resume();
  const last = progress(1);
  resume.request(last.event_id, last.timestamp);
  assert.ok(resume.isOtherRun(last.event_id - 1));
  resume.request(last.event_id, last.timestamp);
  assert.ok(!resume.isOtherRun(last.event_id));
  assert.ok(resume.isOtherRunBy({ ...last, timestamp: "2027-01-01T00:00:00.000Z" }));
});
