// Numbers of messages, acknowledgements, and round trips (protocol, statements 6 to 8).

import assert from "node:assert/strict";
import { test } from "node:test";
import { Sequence } from "../src/sequence";

test("our numbers rise by one, and every message acknowledges all that was heard", () => {
  const sequence = new Sequence();
  assert.deepEqual(sequence.leave(0), { seq: 1n, ack: undefined });
  sequence.hear(1n, undefined, 1);
  sequence.hear(2n, undefined, 1);
  assert.ok(sequence.owes());
  assert.deepEqual(sequence.leave(2), { seq: 2n, ack: 2n });
  assert.ok(!sequence.owes());
});

test("a repeated number owes nothing, and acknowledgements never fall", () => {
  const sequence = new Sequence();
  sequence.hear(7n, undefined, 0);
  sequence.leave(0);
  sequence.hear(7n, undefined, 0);
  sequence.hear(3n, undefined, 0);
  assert.ok(!sequence.owes());
  assert.equal(sequence.leave(0).ack, 7n);
});

test("the round trip is the median time to the first message that knows of ours", () => {
  const sequence = new Sequence();
  assert.equal(sequence.roundTrip(), undefined);
  for (let i = 0; i < 5; i++) sequence.leave(100 * i);
  sequence.hear(1n, 1n, 10);
  sequence.hear(2n, 1n, 50);
  sequence.hear(3n, 3n, 220);
  assert.equal(sequence.roundTrip(), 20);
  sequence.forgetTrips();
  sequence.hear(4n, 5n, 9000);
  assert.equal(sequence.roundTrip(), undefined);
});
