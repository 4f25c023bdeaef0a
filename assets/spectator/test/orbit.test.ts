// The orbit camera.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Vector2, Vector3 } from "three";
import { Orbit } from "../src/orbit";
import { initialRotation, principalRotation } from "../src/initial_view";

const WINDOW = new Vector2(800, 600);

function somewhere(): Orbit {
  const orbit = new Orbit();
  orbit.target.set(1, -2, 3);
  orbit.rotate(0.7, -0.4);
  orbit.roll(0.2);
  orbit.distance = 30;
  return orbit;
}

test("the target is at the center of the window, and its ray passes through the target", () => {
  const orbit = somewhere();
  const middle = orbit.project(orbit.target, WINDOW)!;
  assert.ok(middle.distanceTo(new Vector2(400, 300)) < 1e-6);
  assert.ok(orbit.rayAt(middle, WINDOW).distanceToPoint(orbit.target) < 1e-9);
});

test("a ray passes through the point that is projected to its origin", () => {
  const orbit = somewhere();
  const point = new Vector3(3, -4, 5);
  const at = orbit.project(point, WINDOW)!;
  assert.ok(orbit.rayAt(at, WINDOW).distanceToPoint(point) < 1e-6);
});

test("points behind the eye are not projected", () => {
  const orbit = new Orbit();
  assert.equal(orbit.project(new Vector3(0, 0, 25), WINDOW), undefined);
});

test("rotating to the right moves the front to the right, and keeps the distance", () => {
  const orbit = new Orbit();
  orbit.rotate(0.1, 0);
  assert.ok(orbit.project(new Vector3(0, 0, 5), WINDOW)!.x > 400);
  assert.ok(Math.abs(orbit.eye().length() - 20) < 1e-9);
});

test("panning moves the picture by a fraction of its height", () => {
  const orbit = somewhere();
  const before = orbit.target.clone();
  orbit.pan(0.25, 0.1);
  const at = orbit.project(before, WINDOW)!;
  assert.ok(Math.abs(at.x - 550) < 1e-6 && Math.abs(at.y - 240) < 1e-6);
});

test("zooming keeps the point under the pointer", () => {
  const orbit = somewhere();
  const position = new Vector2(610, 170);
  const sight = orbit.rayAt(position, WINDOW);
  const share = [(position.x - 400) / 600, (300 - position.y) / 600] as const;
  const facing = new Vector3(0, 0, 1).applyQuaternion(orbit.rotation);
  const depth = orbit.target.clone().sub(sight.origin).dot(facing) / sight.direction.dot(facing);
  const point = sight.at(depth, new Vector3());
  orbit.zoom(1.7, ...share);
  assert.ok(orbit.project(point, WINDOW)!.distanceTo(position) < 1e-6);
});

test("fitting shows every point at any aspect ratio", () => {
  const points = Array.from({ length: 90 }, (_, i) => 20 * Math.sin(i * i));
  for (const [width, height] of [[800, 600], [390, 844], [1600, 300]] as const) {
    const orbit = somewhere();
    orbit.fit(points, width / height);
    for (let i = 0; i < points.length; i += 3) {
      const at = orbit.project(new Vector3().fromArray(points, i), new Vector2(width, height))!;
      assert.ok(at.x >= 0 && at.x <= width && at.y >= 0 && at.y <= height);
    }
  }
});

test("NaN points do not move the eye", () => {
  const orbit = somewhere();
  const before = orbit.eye();
  orbit.fit([NaN, 0, 0], 1);
  assert.deepEqual(orbit.eye(), before);
});

test("the longest axis points right and the shortest to the eye", () => {
  const turned = principalRotation([0, 0, 5, 0, 0, -5, 2, 0, 0, -2, 0, 0]);
  assert.ok(Math.abs(new Vector3(0, 0, 1).applyQuaternion(turned).x) > 0.999);
  assert.ok(Math.abs(new Vector3(1, 0, 0).applyQuaternion(turned).y) > 0.999);
  assert.ok(Math.abs(new Vector3(0, 1, 0).applyQuaternion(turned).z) > 0.999);
});

test("a slab has its surface upwards and is viewed from above", () => {
  const slab = [0, 0, 0, 10, 0, 0, 0, 10, 0, 5, 5, 8];
  const up = new Vector3(0, 0, 1).applyQuaternion(initialRotation(slab, [true, true, false]).invert());
  assert.ok(up.y > 0.9 && up.z > 0.1);
});
