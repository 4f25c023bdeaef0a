// Texts, addresses, commands and files of the page of trainings.

import assert from "node:assert/strict";
import { test } from "node:test";
import { TrainingAddress } from "../src/training/address";
import { answerText, isPossible, parseLearningRate } from "../src/training/command";
import { project } from "../src/training/projection";
import { clockText, countText, durationText, numberText, statusText, statusTone } from "../src/training/text";
import { lastFrame } from "../src/training/xyz";

test("numbers have three significant digits, small and large ones a power of ten", () => {
  const texts: [number | null, string][] = [
    [0.031249, "0.0312"], [12.345, "12.3"], [0, "0"], [1250, "1250"], [123456, "123\u202f456"], [3.14e-5, "3.14×10⁻⁵"],
    [1e-4, "0.0001"], [1e-5, "10⁻⁵"], [-2.5e9, "−2.5×10⁹"], [-0.5, "−0.5"], [null, "–"], [NaN, "–"],
  ];
  for (const [value, text] of texts) assert.equal(numberText(value), text);
  assert.equal(countText(1234567), "1\u202f234\u202f567");
});

test("durations are in words, with at most two units", () => {
  const texts: [number, string][] = [
    [0, "less than a second"], [1, "1 second"], [45, "45 seconds"], [60, "1 minute"], [95, "1 minute 35 seconds"], [725, "12 minutes"],
    [3600, "1 hour"], [11_520, "3 hours 12 minutes"], [86_400 + 300, "1 day"], [4 * 86_400 + 3 * 3600, "4 days 3 hours"], [3599, "1 hour"],
  ];
  for (const [seconds, text] of texts) assert.equal(durationText(seconds), text, String(seconds));
});

test("every status has words and a color, and an unknown one is shown as it is", () => {
  for (const status of ["idle", "starting", "running", "paused", "stopping", "stopped", "error", "completed"] as const) {
    assert.match(statusText(status), /^[A-Z][a-z ]+$/);
    assert.match(statusTone(status), /^(quiet|good|busy|caution|bad)$/);
  }
  assert.equal(statusText("dancing" as "idle"), "dancing");
  assert.equal(clockText("no time"), "no time");
  assert.match(clockText("2026-01-01T12:34:56.789Z"), /^\d\d:\d4:56$|^\d\d:\d\d:56$/);
});

test("commands are possible in the statuses of the protocol", () => {
  assert.ok(isPossible("pause", "running") && !isPossible("pause", "paused"));
  assert.ok(isPossible("resume", "paused") && !isPossible("resume", "running"));
  assert.ok(isPossible("stop", "starting") && !isPossible("stop", "completed"));
  assert.ok(isPossible("set_learning_rate", "starting") && !isPossible("checkpoint", "starting"));
  assert.ok(!isPossible("sample", undefined));
});

test("a learning rate is a positive number", () => {
  assert.equal(parseLearningRate(" 1e-4 "), 1e-4);
  assert.equal(parseLearningRate("0,001"), 0.001);
  for (const text of ["", " ", "0", "-1", "fast", "1e999", "NaN"]) assert.equal(parseLearningRate(text), undefined, text);
});

test("the answer to a command says whether and why it was rejected", () => {
  assert.deepEqual(answerText("pause", "acknowledged", "the trainer gets it").tone, "good");
  const { text, tone } = answerText("stop", "rejected", "the training has ended");
  assert.equal(tone, "bad");
  assert.match(text, /Stop was rejected: the training has ended/);
});

test("addresses have the name and the token, and files the path without its first slash", () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const address = new TrainingAddress(new URL("https://example.org/lab/training?name=a%20b#token=t%2Bt"), storage);
  assert.equal(address.socket, "wss://example.org/lab/ws/training?name=a+b&token=t%2Bt");
  assert.equal(address.list, "https://example.org/lab/api/ws/trainings");
  assert.equal(address.withoutToken, "/lab/training?name=a%20b");
  assert.equal(address.of(""), "/lab/training");
  assert.equal(address.of("a&b"), "/lab/training?name=a%26b");
  assert.equal(address.file("/runs/1 #2.xyz", "a b"), "https://example.org/lab/api/ws/samples/runs/1%20%232.xyz?name=a+b");
  address.forgetToken();
  assert.equal(new TrainingAddress(new URL("http://example.org/training"), storage).socket, "ws://example.org/ws/training");
});

const WATER = "3\nfirst\nO 0 0 0\nH 1 0 0\nH 0 1 0\n";

test("the last complete frame of an XYZ file is read", () => {
  const last = '2\nLattice="4 0 0 0 4 0 0 0 5" Properties=forces:R:3:species:S:1:pos:R:3 pbc="T T T"\n9 9 9 Cu 0 0 0\n9 9 9 O 1.5 2 -1\n';
  const atoms = lastFrame(`${WATER}${last}3\ncut\nO 0 0 0`)!;
  assert.deepEqual(atoms.numbers, [29, 8]);
  assert.deepEqual(atoms.positions, [0, 0, 0, 1.5, 2, -1]);
  assert.deepEqual(atoms.cell, [4, 0, 0, 0, 4, 0, 0, 0, 5]);
  assert.equal(atoms.frames, 2);
  assert.deepEqual(lastFrame(WATER)!.numbers, [8, 1, 1]);
});

test("a file without a readable frame has none", () => {
  for (const text of ["", "no number\n", "1\nx\nO 0 0 zero\n", "2\nx\nO 0 0 0", `30000\n\n${"O 0 0 0\n".repeat(30_000)}`]) {
    assert.equal(lastFrame(text), undefined);
  }
});

test("a projection keeps distances and shows the longest direction from left to right", () => {
  const line = lastFrame("4\n\nC 0 0 0\nC 0 0 2\nC 0 0 5\nH 0 1 5\n")!;
  const view = project(line);
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < i; j++) {
      const along = (axis: number) => line.positions[3 * i + axis]! - line.positions[3 * j + axis]!;
      const before = Math.hypot(along(0), along(1), along(2));
      const after = Math.hypot(view.x[i]! - view.x[j]!, view.y[i]! - view.y[j]!, view.z[i]! - view.z[j]!);
      assert.ok(Math.abs(before - after) < 1e-6);
    }
  }
  assert.ok(view.width > 5 && view.height < view.width);
  const cell = project(lastFrame('1\nLattice="4 0 0 0 4 0 0 0 5"\nCu 0 0 0\n')!);
  assert.equal(cell.edges.length, 12);
});
