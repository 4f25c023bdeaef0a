// Opacities of a script.

import assert from "node:assert/strict";
import { test } from "node:test";
import { opacitiesOf } from "../src/script_opacities";

test("nothing is drawn differently if all atoms are opaque", () => {
  assert.equal(opacitiesOf(undefined, 3), undefined);
  assert.equal(opacitiesOf(new Uint8Array(0), 3), undefined);
  assert.equal(opacitiesOf(Uint8Array.of(255, 255, 255), 3), undefined);
  // The only faint one belongs to no atom.
  assert.equal(opacitiesOf(Uint8Array.of(255, 255, 255, 0), 3), undefined);
});

test("there is one opacity for each atom, whatever arrives", () => {
  assert.deepEqual([...opacitiesOf(Uint8Array.of(0, 128, 255), 3)!], [0, 128, 255]);
  assert.deepEqual([...opacitiesOf(Uint8Array.of(9), 3)!], [9, 255, 255]);
  assert.deepEqual([...opacitiesOf(Uint8Array.of(1, 2, 3, 4), 3)!], [1, 2, 3]);
  assert.equal(opacitiesOf(Uint8Array.of(1, 2), 0), undefined);
});
