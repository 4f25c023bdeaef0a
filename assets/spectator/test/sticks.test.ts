// Sticks of double, triple and aromatic bonds.

import assert from "node:assert/strict";
import { test } from "node:test";
import { create } from "@bufbuild/protobuf";
import { sticksOf } from "../src/scene/sticks";
import { BondsSchema } from "../src/wire/session_pb";

const chain = create(BondsSchema, {
  atoms: [0, 1, 1, 2, 2, 3, 3, 4],
  limits: [165, 188, 165, 188, 165, 188, 165, 188],
  orders: new Uint8Array([1, 2, 3, 5]),
});

test("a double bond has two sticks, a triple bond three, an aromatic bond a dashed second one", () => {
  const { sticks, rows } = sticksOf(chain, 5, true);
  assert.equal(sticks, 1 + 2 + 3 + 2);
  assert.deepEqual([...rows["lane"]!.values], [
    [0, 1, 0],
    [0, 2, 0],
    [1, 2, 0],
    [0, 3, 0],
    [1, 3, 0],
    [2, 3, 0],
    [0, 2, 0],
    [1, 2, 1],
  ].flat());
  assert.deepEqual([...rows["limits"]!.values.slice(0, 2)], [...new Float32Array([1.65, 1.88])]);
});

test("parallel sticks lie in the plane of a neighboring atom", () => {
  const { rows } = sticksOf(chain, 5, true);
  // The double bond between 1 and 2.
  assert.deepEqual([...rows["atoms"]!.values.slice(3, 6)], [1, 2, 0]);
});

test("the second stick of an aromatic bond is inside the ring", () => {
  // Atom 2 hangs on the ring bond 0–1, of which 3 and 4 go on.
  const orders = new Uint8Array([1, 5, 5, 5]);
  const ring = create(BondsSchema, {
    atoms: [0, 2, 0, 1, 0, 3, 1, 4],
    limits: [165, 188, 165, 188, 165, 188, 165, 188],
    orders,
  });
  const { rows } = sticksOf(ring, 5, true);
  assert.deepEqual([...rows["atoms"]!.values.slice(3, 6)], [0, 1, 3]);
});

test("both halves of a bond through a face lie in one plane", () => {
  // Atoms 0 and 1 through the face along a; 2 is beside atom 1, through the face along b.
  const crossing = create(BondsSchema, {
    atoms: [0, 1, 1, 2],
    limits: [165, 188, 165, 188],
    shifts: [1, 0, 0, 0, 1, 0],
    orders: new Uint8Array([2, 1]),
  });
  const { rows } = sticksOf(crossing, 3, true);
  const row = (name: string, stick: number, size: number) =>
    [...rows[name]!.values.slice(size * stick, size * (stick + 1))].map((x) => x + 0);
  assert.deepEqual([row("atoms", 0, 3), row("planeShift", 0, 3)], [[0, 1, 2], [1, 1, 0]]);
  assert.deepEqual([row("atoms", 1, 3), row("planeShift", 1, 3)], [[1, 0, 2], [0, 1, 0]]);
});

test("without orders every bond is one stick, and two halves through a face", () => {
  assert.equal(sticksOf(chain, 5, false).sticks, 4);
  const crossing = create(BondsSchema, { atoms: [0, 1], limits: [165, 188], shifts: [1, 0, 0] });
  const { sticks, rows } = sticksOf(crossing, 2, true);
  assert.equal(sticks, 2);
  assert.deepEqual([...rows["shift"]!.values].map((x) => x + 0), [1, 0, 0, 1, -1, 0, 0, 1]);
});
