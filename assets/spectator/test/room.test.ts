// State of the room (protocol, section 3).

import assert from "node:assert/strict";
import { test } from "node:test";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { Room } from "../src/room";
import { positionOf } from "../src/vectors";
import { Role, ServerResultSchema } from "../src/wire/session_pb";

type Payload = NonNullable<MessageInitShape<typeof ServerResultSchema>["payload"]>;
const message = (payload: Payload) => create(ServerResultSchema, { payload });
const snapshot = (revision: bigint, atoms: number[], positions: number[]) =>
  message({ case: "snapshot", value: { revision, atomicNumbers: Uint8Array.from(atoms), positions } });

test("a snapshot sets the structure, and a frame moves it", () => {
  const room = new Room();
  assert.equal(room.apply(snapshot(1n, [1, 1], [0, 0, 0, 1, 0, 0])), "structure");
  const frame = { revision: 1n, positions: [0, 0, 0, 2, 0, 0], energy: -1, number: 4n };
  assert.equal(room.apply(message({ case: "frame", value: frame })), "frame");
  assert.deepEqual(positionOf(room.positions, 1), [2, 0, 0]);
  assert.equal(room.energy, -1);
});

test("a frame of another structure waits for its snapshot", () => {
  const room = new Room();
  room.apply(snapshot(1n, [1], [0, 0, 0]));
  const frame = { revision: 2n, positions: [0, 0, 0, 2, 0, 0] };
  assert.equal(room.apply(message({ case: "frame", value: frame })), "nothing");
  assert.equal(room.positions.numbers.length, 3);
  room.apply(snapshot(2n, [1, 8], [0, 0, 0, 1, 0, 0]));
  assert.equal(room.apply(message({ case: "frame", value: frame })), "frame");
});

test("a frame with another number of atoms is not drawn", () => {
  const room = new Room();
  room.apply(snapshot(1n, [1], [0, 0, 0]));
  assert.equal(room.apply(message({ case: "frame", value: { revision: 1n, positions: [0, 0] } })), "nothing");
});

test("bonds of another structure are removed", () => {
  const room = new Room();
  room.apply(snapshot(1n, [1, 1], [0, 0, 0, 1, 0, 0]));
  room.apply(message({ case: "bonds", value: { revision: 1n, atoms: [0, 1] } }));
  assert.equal(room.bonds?.atoms.length, 2);
  room.apply(snapshot(2n, [1], [0, 0, 0]));
  assert.equal(room.bonds, undefined);
});

test("a frame without a potential is not shown under the name of another one", () => {
  const room = new Room();
  room.apply(snapshot(1n, [1], [0, 0, 0]));
  const frame = (model: string) => {
    room.apply(message({ case: "frame", value: { revision: 1n, positions: [0, 0, 0], energy: -1, model } }));
    return room.model;
  };
  assert.equal(frame("nano"), "nano");
  assert.equal(frame(""), "");
});

test("the script is that of the shown frame, and leaves with the structure", () => {
  const room = new Room();
  room.apply(snapshot(1n, [1], [0, 0, 0]));
  const frame = (more = {}) => {
    room.apply(message({ case: "frame", value: { revision: 1n, positions: [0, 0, 0], ...more } }));
    return room.script?.rate;
  };
  assert.equal(frame({ script: { rate: 5 } }), 5);
  assert.equal(frame(), undefined);
  assert.equal(frame({ script: { rate: 5 } }), 5);
  // A frame that is not shown leaves the script, too.
  assert.equal(frame({ positions: [0], script: { rate: 7 } }), 5);
  room.apply(snapshot(2n, [8], [0, 0, 0]));
  assert.equal(room.script, undefined);
});

test("the default role is spectator", () => {
  const room = new Room();
  assert.equal(room.mayDrive, false);
  room.apply(message({ case: "welcome", value: { role: Role.DRIVER } }));
  assert.equal(room.mayDrive, true);
});
