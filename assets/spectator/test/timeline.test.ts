// Positions, addresses and columns of the timeline.

import assert from "node:assert/strict";
import { test } from "node:test";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  addressAt,
  branches,
  columnsOf,
  energyRange,
  fractionOf,
  lengthOf,
  linesOf,
  oldestPosition,
  positionAt,
  positionOf,
} from "../src/timeline";
import { FrameAddressSchema, TimelineSchema } from "../src/wire/session_pb";

const timeline = (value: MessageInitShape<typeof TimelineSchema>) => create(TimelineSchema, value);
const inMemory = (value: bigint) => create(FrameAddressSchema, { at: { case: "memory", value } });
const inFile = (value: bigint) => create(FrameAddressSchema, { at: { case: "file", value } });

// Three frames of a file, then the frames 10, 11, 20, 21 and 22.
const both = timeline({
  fileFrames: 3n,
  memoryFrames: 5n,
  first: 10n,
  last: 22n,
  runs: [
    { first: 10n, frames: 2n },
    { first: 20n, frames: 3n },
  ],
});

test("each position has an address, whose position it is", () => {
  assert.equal(lengthOf(both), 8);
  const values = [];
  for (let position = 0; position < 8; position++) {
    const address = create(FrameAddressSchema, addressAt(both, position)!);
    values.push(`${address.at.case} ${address.at.value}`);
    assert.equal(positionOf(both, address), position);
  }
  assert.deepEqual(values, ["file 0", "file 1", "file 2", "memory 10", "memory 11", "memory 20", "memory 21", "memory 22"]);
});

test("addresses that are not in the timeline have no position", () => {
  for (const address of [inFile(3n), inMemory(9n), inMemory(12n), inMemory(23n), undefined]) {
    assert.equal(positionOf(both, address), undefined);
  }
  assert.equal(addressAt(both, -1), undefined);
  assert.equal(addressAt(both, 8), undefined);
  assert.equal(lengthOf(undefined), 0);
});

test("the oldest frames of many runs have no address", () => {
  const some = timeline({ memoryFrames: 10n, runs: [{ first: 100n, frames: 4n }] });
  assert.equal(addressAt(some, 5), undefined);
  assert.deepEqual(addressAt(some, 6), { at: { case: "memory", value: 100n } });
  assert.equal(positionOf(some, inMemory(103n)), 9);
  assert.equal(oldestPosition(undefined, some), 6);
});

test("frames that will be dropped before a request arrives are left out", () => {
  const at = (first: bigint) => timeline({ memoryFrames: 1000n, first, last: first + 999n, runs: [{ first, frames: 1000n }] });
  assert.equal(oldestPosition(at(1n), at(1n)), 0);
  assert.equal(oldestPosition(at(1n), at(51n)), 200);
  assert.equal(oldestPosition(at(1n), at(5001n)), 999);
  assert.equal(oldestPosition(both, both), 0);
});

test("columns end where the next one begins", () => {
  const curve = timeline({
    memoryFrames: 9n,
    energy: { positions: [0n, 4n, 8n], low: [-2, NaN, -5], high: [-1, NaN, -5] },
  });
  const columns = columnsOf(curve);
  assert.deepEqual(columns.map(({ position, end }) => [position, end]), [[0, 4], [4, 8], [8, 9]]);
  assert.deepEqual(energyRange(columns), [-5, -1]);
  assert.equal(energyRange(columnsOf(timeline({ memoryFrames: 3n }))), undefined);
});

test("other lines branch from frames of the shown line", () => {
  const lines = [{ shown: true }, { after: inMemory(11n) }, { after: inFile(1n) }, { after: inMemory(400n) }];
  const branched = timeline({ lines });
  assert.deepEqual(branches({ ...both, lines: branched.lines }), [4, 1]);
});

test("a frame covers its fraction of the track", () => {
  for (let position = 0; position < 7; position++) assert.equal(positionAt(fractionOf(position, 7), 7), position);
  assert.equal(positionAt(-0.1, 7), 0);
  assert.equal(positionAt(1, 7), 6);
  assert.equal(fractionOf(0, 0), 1);
});

test("runs are listed newest first, with where they began", () => {
  const branched = timeline({
    memoryFrames: 60n,
    first: 1n,
    last: 130n,
    runs: [{ first: 1n, frames: 40n }, { first: 111n, frames: 20n }],
    lines: [
      { frames: 100n, newest: inMemory(100n) },
      { frames: 10n, newest: inMemory(110n), after: inMemory(70n) },
      { frames: 1n, newest: inMemory(130n), after: inMemory(40n), live: true, shown: true },
      { frames: 0n, after: inMemory(130n) },
    ],
  });
  const texts = linesOf(branched, undefined).map((line) => line.text);
  assert.deepEqual(texts, ["1 frame from frame 40, now", "10 frames from another run", "100 frames from the start"]);
  const chosen = (shown: ReturnType<typeof inMemory> | undefined) =>
    linesOf(branched, shown).findIndex((line) => line.chosen);
  assert.deepEqual([chosen(undefined), chosen(inMemory(20n)), chosen(inMemory(100n))], [0, 0, 2]);
  assert.deepEqual(linesOf(undefined, undefined), []);
});
