// Preview of bodies, and packings, on the page of rigid bodies.

import assert from "node:assert/strict";
import { test } from "node:test";
import { draft, type Triple } from "../src/live/body_draft";
import { packRequest, parsePackMessage } from "../src/live/pack_messages";
import { Packing } from "../src/live/packing";
import { previewSet } from "../src/live/preview";
import { rotationOf } from "../src/live/rotation";

// A vector turned by pitch, roll and yaw.
function turned(angles: Triple, [x, y, z]: Triple): Triple {
  const q = rotationOf(angles);
  const [tx, ty, tz] = [2 * (q.y * z - q.z * y), 2 * (q.z * x - q.x * z), 2 * (q.x * y - q.y * x)];
  const result = [x + q.w * tx + q.y * tz - q.z * ty, y + q.w * ty + q.z * tx - q.x * tz, z + q.w * tz + q.x * ty - q.y * tx];
  return result.map((value) => Math.round(value * 1e6) / 1e6 + 0) as Triple;
}

test("[3] pitch turns z to x, roll turns y to z, yaw turns x to y", () => {
  assert.deepEqual(turned([90, 0, 0], [0, 0, 1]), [1, 0, 0]);
  assert.deepEqual(turned([0, 90, 0], [0, 1, 0]), [0, 0, 1]);
  assert.deepEqual(turned([0, 0, 90], [1, 0, 0]), [0, 1, 0]);
});

test("[3] a body rolls first, then it pitches, then it yaws, about axes of the world", () => {
  // y rolls to z, which pitches to x, which yaws to y.
  assert.deepEqual(turned([90, 90, 90], [0, 1, 0]), [0, 1, 0]);
  assert.deepEqual(turned([90, 90, 0], [0, 1, 0]), [1, 0, 0]);
});

const cube = { asset_id: 3, name: "cube", positions: [1, 0, 0, 0, 1, 0, 0, 0, 1], vertex_count: 3 };

test("a preview has the bodies whose assets are known, where they will begin", () => {
  const drafts = [draft("sphere"), draft("cube", { position: [0, 0, 0], orientation: [0, 0, 180] }), draft("cube", { isEnvironment: true })];
  const set = previewSet(drafts, new Map([["cube", cube]]));
  assert.deepEqual([...set.bodies.keys()], [1, 2]);
  assert.deepEqual(set.state(1)!.position, { x: 0, y: 0, z: 0 });
  assert.equal(set.state(1)!.orientation.z, 1);
  assert.ok(set.state(2)!.is_environment);
  assert.deepEqual([...set.assets.keys()], [3]);
  assert.equal(previewSet([], new Map()).extent(), undefined);
});

test("[22] a packing shows its steps, and ends with a structure", () => {
  const packing = new Packing();
  packing.begin();
  packing.apply({ type: "packing", numbers: [8, 1, 1], cell: [[3, 0, 4], [0, 6, 0], [0, 0, 7]] });
  assert.deepEqual([packing.phase, packing.edges], ["packing", [5, 6, 7]]);
  packing.apply({ type: "frame", data: { frame_id: 0, step: 12, overlaps: 3, positions: [0, 0, 0, 1, 0, 0, 0, 1, 0] } });
  assert.equal(packing.text, "Step 12 · 3 overlaps");
  packing.apply({ type: "complete", total_frames: 1, elapsed_s: 0.5, structure: "3\n…" });
  packing.closed(1000, "");
  assert.deepEqual([packing.phase, packing.structure, packing.text], ["complete", "3\n…", "Packed in 0.500 s."]);
});

test("[22] an error of a packing is shown whole, and a lost connection with its code", () => {
  const packing = new Packing();
  packing.begin();
  packing.apply({ type: "error", message: "no room for 5 molecules" });
  packing.closed(1008, "");
  assert.deepEqual([packing.phase, packing.text], ["error", "no room for 5 molecules"]);
  packing.begin();
  packing.closed(1006, "");
  assert.match(packing.text, /^Disconnected \(code 1006\)/);
});

test("[22] messages of a packing are read, and others are left out", () => {
  const molecules = [{ name: "water", number: 3 }];
  assert.deepEqual(packRequest({ molecules, density: 0.9, seed: 0 }), { type: "pack", molecules, density: 0.9, seed: 0 });
  for (const text of ["", "[]", '{"type":"frame"}', '{"type":"frame","data":{"states":[]}}', '{"type":"packing"}', '{"type":"constructor"}']) {
    assert.equal(parsePackMessage(text), undefined, text);
  }
  assert.equal(parsePackMessage('{"type":"frame","data":{"positions":[]}}')?.type, "frame");
});
