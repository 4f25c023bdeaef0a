// Sequence numbers, acknowledgements and round-trip times (protocol, statements 6 to 8).

import assert from "node:assert/strict";
import { test } from "node:test";
import { Sequence } from "../src/sequence";

test("sequence numbers rise by one, and each message acknowledges all received ones", () => {
  const sequence = new Sequence();
  assert.deepEqual(sequence.next(0), { seq: 1n, ack: undefined });
  sequence.receive(1n, undefined, 1);
  sequence.receive(2n, undefined, 1);
  assert.ok(sequence.hasUnacknowledged());
  assert.deepEqual(sequence.next(2), { seq: 2n, ack: 2n });
  assert.ok(!sequence.hasUnacknowledged());
});

test("a repeated number needs no acknowledgement, and acknowledgements never fall", () => {
  const sequence = new Sequence();
  sequence.receive(7n, undefined, 0);
  sequence.next(0);
  sequence.receive(7n, undefined, 0);
  sequence.receive(3n, undefined, 0);
  assert.ok(!sequence.hasUnacknowledged());
  assert.equal(sequence.next(0).ack, 7n);
});

test("the round trip is the median time to the first acknowledging message", () => {
  const sequence = new Sequence();
  assert.equal(sequence.roundTrip(), undefined);
  for (let i = 0; i < 5; i++) sequence.next(100 * i);
  sequence.receive(1n, 1n, 10);
  sequence.receive(2n, 1n, 50);
  sequence.receive(3n, 3n, 220);
  assert.equal(sequence.roundTrip(), 20);
  sequence.resetRoundTrips();
  sequence.receive(4n, 5n, 9000);
  assert.equal(sequence.roundTrip(), undefined);
});
