// Backoff between attempts to reconnect.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../src/backoff";

test("delays grow from half a second to fifteen seconds", () => {
  const backoff = new Backoff(() => 1);
  const waits = Array.from({ length: 8 }, () => backoff.next());
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
});

test("delays are random and at least half a second", () => {
  const early = new Backoff(() => 0);
  const late = new Backoff(() => 0.999);
  for (let i = 0; i < 6; i++) {
    const [one, other] = [early.next(), late.next()];
    assert.ok(one >= 500 && one <= other && other <= 15000);
    assert.ok(i === 0 || other > one);
  }
});

test("a stable connection resets the delays", () => {
  const backoff = new Backoff(() => 1);
  for (let i = 0; i < 5; i++) backoff.next();
  backoff.reset();
  assert.equal(backoff.next(), 500);
});
