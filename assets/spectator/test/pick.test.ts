// Which atom a line of sight meets.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Ray, Vector3 } from "three";
import { pick } from "../src/pick";
import { pack } from "../src/vectors";

const places = pack([0, 0, 0, 0, 0, -4, 3, 0, 0]);
const numbers = new Uint8Array([6, 6, 1]);
const from = (x: number, y: number) => new Ray(new Vector3(x, y, 10), new Vector3(0, 0, -1));

test("of two atoms behind each other the nearer is met", () => {
  assert.equal(pick(from(0.3, 0.2), places, numbers, () => 0.5), 0);
});

test("an atom is missed beside its radius, and met within the slack", () => {
  assert.equal(pick(from(3, 0.7), places, numbers, () => 0.5), undefined);
  assert.equal(pick(from(3, 0.7), places, numbers, () => 0.5, 0.05), 2);
});

test("what is met in earnest goes before what is almost met", () => {
  assert.equal(pick(from(0.3, 0), places, numbers, (number) => (number === 1 ? 2.6 : 0.5), 0.5), 0);
});

test("nothing is met behind the eye", () => {
  const away = new Ray(new Vector3(0, 0, 10), new Vector3(0, 0, 1));
  assert.equal(pick(away, places, numbers, () => 0.5), undefined);
});
