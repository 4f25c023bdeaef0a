// Opacities of a script.

import assert from "node:assert/strict";
import { test } from "node:test";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { bondOpacitiesOf, haveSameBondOpacities, opacitiesOf } from "../src/script_opacities";
import { ScriptStateSchema } from "../src/wire/session_pb";

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

test("a bond is in the focuses of both its atoms and in its own, whatever arrives", () => {
  const state = (fields: MessageInitShape<typeof ScriptStateSchema>) => create(ScriptStateSchema, fields);
  assert.equal(bondOpacitiesOf(undefined), undefined);
  assert.equal(bondOpacitiesOf(state({})), undefined);
  assert.equal(bondOpacitiesOf(state({ bondOpacities: Uint8Array.of(255, 255, 255, 255) })), undefined);
  const script = state({
    bondOpacities: Uint8Array.of(10, 20, 30, 40),
    bondFocuses: Uint8Array.of(3, 1, 2),
    focusedBonds: [2, 1, 3, 0, 4, 2, 7],
  });
  const opacity = bondOpacitiesOf(script)!;
  assert.equal(opacity(0, 0), 40);
  assert.equal(opacity(0, 1), 20);
  assert.equal(opacity(2, 0), 30);
  assert.equal(opacity(1, 2), 40);
  assert.equal(opacity(4, 0), 30);
  assert.equal(opacity(8, 9), 10);
  assert.equal(bondOpacitiesOf(state({ bondOpacities: Uint8Array.of(7) }))!(0, 1), 7);
  assert.ok(haveSameBondOpacities(undefined, state({ opacities: Uint8Array.of(1) })));
  assert.ok(!haveSameBondOpacities(undefined, script));
});
