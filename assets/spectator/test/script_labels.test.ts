// Places of the labels of a script in the picture.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Vector2, Vector3 } from "three";
import { Orbit } from "../src/orbit";
import { placeOf } from "../src/script_labels";

const WINDOW = new Vector2(800, 600);
const CLIP = [0.1, 100] as const;
const at = (label: { point?: number[]; place?: number[]; height?: number }, orbit = new Orbit(), clip: readonly [number, number] = CLIP) =>
  placeOf({ point: [], place: [], height: 1, ...label }, orbit, WINDOW, clip);

test("a label at a point is at its projection, with the height of its letters at this depth", () => {
  const orbit = new Orbit();
  orbit.rotate(0.4, 0.2);
  const point = [3, -1, 2];
  const place = at({ point, height: 0.8 }, orbit)!;
  const expected = orbit.project(new Vector3().fromArray(point), WINDOW)!;
  assert.ok(Math.hypot(place.x - expected.x, place.y - expected.y) < 1e-9);
  // A vertical line of this length through the point is as high.
  const up = new Vector3(0, 0.8, 0).applyQuaternion(orbit.rotation);
  const top = orbit.project(new Vector3().fromArray(point).add(up), WINDOW)!;
  assert.ok(Math.abs(expected.y - top.y - place.height) < 1e-9);
});

test("letters at a point have a smallest and a largest height", () => {
  assert.ok(Math.abs(at({ point: [0, 0, 0], height: 1e-6 })!.height - 600 / 45) < 1e-9);
  assert.ok(Math.abs(at({ point: [0, 0, 0], height: 1e6 })!.height - 600 / 7.5) < 1e-9);
});

test("a label behind the eye, or out of the clip range, is hidden", () => {
  assert.equal(at({ point: [0, 0, 25] }), undefined);
  assert.equal(at({ point: [0, 0, -85] }), undefined);
  assert.equal(at({ point: [0, 0, 12] }, new Orbit(), [9, 100]), undefined);
  assert.ok(at({ point: [0, 0, 10] }, new Orbit(), [9, 100]));
});

test("a label at a place is at fractions of the picture", () => {
  assert.deepEqual(at({ place: [0.25, 0.9], height: 0.05 }), { x: 200, y: 540, height: 30 });
  assert.equal(at({ place: [0.5, 0.5], height: 1e9 })!.height, 600);
});

test("invalid labels are not drawn", () => {
  assert.equal(at({}), undefined);
  assert.equal(at({ point: [1, 2] }), undefined);
  assert.equal(at({ point: [1, 2], place: [0.5, 0.5] }), undefined);
  assert.equal(at({ place: [0.5] }), undefined);
  assert.equal(at({ place: [0.5, NaN] }), undefined);
  assert.equal(at({ place: [0.5, 0.5], height: 0 }), undefined);
  assert.equal(at({ place: [0.5, 0.5], height: Infinity }), undefined);
});
