// Ray casting to atoms.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Ray, Vector3 } from "three";
import { pick } from "../src/pick";
import { pack } from "../src/vectors";

const positions = pack([0, 0, 0, 0, 0, -4, 3, 0, 0]);
const numbers = new Uint8Array([6, 6, 1]);
const from = (x: number, y: number) => new Ray(new Vector3(x, y, 10), new Vector3(0, 0, -1));

test("the nearer of two atoms on the ray is picked", () => {
  assert.equal(pick(from(0.3, 0.2), positions, numbers, () => 0.5), 0);
});

test("an atom is missed outside its radius, and picked within the slack", () => {
  assert.equal(pick(from(3, 0.7), positions, numbers, () => 0.5), undefined);
  assert.equal(pick(from(3, 0.7), positions, numbers, () => 0.5, 0.05), 2);
});

test("a hit precedes a near miss", () => {
  assert.equal(pick(from(0.3, 0), positions, numbers, (number) => (number === 1 ? 2.6 : 0.5), 0.5), 0);
});

test("an atom of opacity 0 is not picked; atoms without an opacity are", () => {
  const hit = (...opacities: number[]) => pick(from(0.3, 0.2), positions, numbers, () => 0.5, 0, Uint8Array.from(opacities));
  assert.equal(hit(0), 1);
  assert.equal(hit(1, 0), 0);
  assert.equal(hit(0, 0, 0), undefined);
  assert.equal(hit(), 0);
});

test("atoms behind the eye are not picked", () => {
  const away = new Ray(new Vector3(0, 0, 10), new Vector3(0, 0, 1));
  assert.equal(pick(away, positions, numbers, () => 0.5), undefined);
});
