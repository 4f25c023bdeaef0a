// Positions in 16 bits: value = origin + extent · number / 65535.

import assert from "node:assert/strict";
import { test } from "node:test";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { asF32, asU16, pack, positionOf, readFloats, readPositions, unpack } from "../src/vectors";
import { ServerResultSchema, VectorsSchema } from "../src/wire/session_pb";

test("sixteen-bit numbers become positions within their bounding box", () => {
  const numbers = new Uint16Array([0, 32768, 65535]);
  const positions = { numbers, origin: [-1, 0, 2] as [number, number, number], extent: [1, 2, 4] as [number, number, number] };
  assert.deepEqual(positionOf(positions, 0), [-1, (2 * 32768) / 65535, 6]);
});

test("packing loses at most half a 65535th of the extent", () => {
  const values = Array.from({ length: 300 }, (_, i) => Math.sin(i * 12.9898) * (i % 3 === 1 ? 200 : 3));
  const positions = pack(values);
  const found = unpack(positions);
  values.forEach((value, i) => {
    assert.ok(Math.abs(found[i]! - value) <= positions.extent[i % 3]! / 65535 / 2 + 1e-5);
  });
});

test("a flat structure, one atom and no atoms are packed", () => {
  assert.deepEqual([...unpack(pack([1, 2, 3, 1, 5, 3]))], [1, 2, 3, 1, 5, 3]);
  assert.deepEqual([...unpack(pack([4, 5, 6]))], [4, 5, 6]);
  assert.equal(pack([]).numbers.length, 0);
});

test("aligned bytes are viewed, others are copied", () => {
  const bytes = new Uint8Array([9, 1, 0, 2, 0, 0, 0, 128, 63, 9]);
  const even = bytes.subarray(2, 4);
  assert.equal(asU16(even).buffer, bytes.buffer);
  assert.deepEqual([...asU16(bytes.subarray(1, 5))], [1, 2]);
  assert.notEqual(asU16(bytes.subarray(1, 5)).buffer, bytes.buffer);
  assert.deepEqual([...asF32(bytes.subarray(5, 9))], [1]);
});

test("positions are read from every format, and refused if their number differs", () => {
  const { numbers, origin, extent } = pack([0, 0, 0, 1, 2, 3]);
  const wire = new Uint8Array(numbers.buffer);
  const message = create(ServerResultSchema, {
    payload: { case: "frame", value: { compactPositions: { u16: wire, origin, extent } } },
  });
  const back = fromBinary(ServerResultSchema, toBinary(ServerResultSchema, message));
  assert.ok(back.payload.case === "frame");
  assert.deepEqual(positionOf(readPositions(back.payload.value.compactPositions, [], 2)!, 1), [1, 2, 3]);
  assert.equal(readPositions(back.payload.value.compactPositions, [], 3), undefined);
  assert.deepEqual([...unpack(readPositions(undefined, [1, 2, 3], 1)!)], [1, 2, 3]);
  assert.equal(readPositions(undefined, [1, 2, 3], 2), undefined);
  const floats = create(VectorsSchema, { f32: new Uint8Array(new Float32Array([1, 2, 3]).buffer) });
  assert.deepEqual([...unpack(readPositions(floats, [], 1)!)], [1, 2, 3]);
  assert.deepEqual([...readFloats(floats, [], 1)!], [1, 2, 3]);
  assert.equal(readFloats(undefined, [], 1), undefined);
});

test("packed positions without a complete box are refused", () => {
  const vectors = create(VectorsSchema, { u16: new Uint8Array(6), origin: [0, 0], extent: [1, 1, 1] });
  assert.equal(readPositions(vectors, [], 1), undefined);
});
