// Camera of a script: poses, and the orbit that follows them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { Quaternion, Vector3 } from "three";
import { Orbit, type CameraPose } from "../src/orbit";
import { poseBetween, poseOfScript, ScriptCamera } from "../src/script_camera";
import { ScriptStateSchema } from "../src/wire/session_pb";

const script = (init: MessageInitShape<typeof ScriptStateSchema>) => create(ScriptStateSchema, init);
const about = (axis: Vector3, angle: number) => new Quaternion().setFromAxisAngle(axis, angle);
const Y = new Vector3(0, 1, 0);
const one: CameraPose = { target: new Vector3(0, 0, 0), rotation: new Quaternion(), distance: 10 };
const other: CameraPose = { target: new Vector3(4, -2, 8), rotation: about(Y, 1), distance: 40 };
const FROM = { target: [0, 0, 0], orientation: [0, 0, 0, 1], distance: 10 };
const TO = { target: [4, -2, 8], orientation: about(Y, 1).toArray(), distance: 40 };

function assertSame(found: CameraPose, expected: CameraPose): void {
  assert.ok(found.target.distanceTo(expected.target) < 1e-9, `${found.target.toArray()}`);
  assert.ok(found.rotation.angleTo(expected.rotation) < 1e-6, `${found.rotation.toArray()}`);
  assert.ok(Math.abs(found.distance - expected.distance) < 1e-9, `${found.distance}`);
}

test("halfway, the target is on the line, the rotation half of the arc, the distance the geometric mean", () => {
  const middle = poseBetween(one, other, 0.5);
  assertSame(middle, { target: new Vector3(2, -1, 4), rotation: about(Y, 0.5), distance: 20 });
  assertSame(poseBetween(one, other, 0), one);
  assertSame(poseBetween(one, other, 1), other);
  assertSame(poseBetween(one, other, 1.7), other);
});

test("the rotation takes the shortest arc, whatever the signs of the quaternions", () => {
  const { x, y, z, w } = other.rotation;
  const opposite = { ...other, rotation: new Quaternion(-x, -y, -z, -w) };
  assertSame(poseBetween(one, opposite, 0.25), poseBetween(one, other, 0.25));
  assert.ok(poseBetween(one, opposite, 0.25).rotation.angleTo(one.rotation) < 0.26);
});

test("without a first pose the way begins where the user left the camera", () => {
  const free = { ...one, distance: 90 };
  const pose = poseOfScript(script({ to: TO, progress: 0.5 }), free)!;
  assert.ok(Math.abs(pose.distance - 60) < 1e-9);
  assertSame(poseOfScript(script({ from: FROM, to: TO, progress: 0.5 }), free)!, poseBetween(one, other, 0.5));
  assert.equal(poseOfScript(script({ labels: [{ text: "free" }] }), free), undefined);
});

test("invalid poses are ignored", () => {
  const invalid = [
    { to: { ...TO, target: [1, 2] } },
    { to: { ...TO, orientation: [0, 0, 1] } },
    { to: { ...TO, orientation: [0, 0, 0, 0] } },
    { to: { ...TO, target: [1, NaN, 2] } },
    { to: { ...TO, distance: 0 } },
    { to: { ...TO, distance: Infinity } },
    { from: { ...FROM, distance: -1 }, to: TO },
    { to: TO, progress: NaN },
  ];
  for (const init of invalid) assert.equal(poseOfScript(script({ progress: 1, ...init }), one), undefined);
});

test("the pose of the user is kept while a script plays, and forgotten without one", () => {
  const orbit = new Orbit();
  const camera = new ScriptCamera();
  orbit.pose = one;
  assert.equal(camera.follow(script({ labels: [{ text: "before" }] }), orbit), false);
  const halfway = script({ to: TO, progress: 0.5 });
  assert.equal(camera.follow(halfway, orbit), true);
  assertSame(orbit.pose, poseBetween(one, other, 0.5));
  camera.follow(script({ to: TO, progress: 1 }), orbit);
  camera.follow(script({ to: TO, progress: 0.25 }), orbit);
  assertSame(orbit.pose, poseBetween(one, other, 0.25));
  // The user turns the view of a frame: it stays, since no other frame has arrived.
  const last = script({ to: TO, progress: 0 });
  camera.follow(last, orbit);
  orbit.rotate(0.3, 0.1);
  const turned = orbit.pose;
  assert.equal(camera.follow(last, orbit), false);
  assertSame(orbit.pose, turned);
  assert.equal(camera.follow(undefined, orbit), false);
  camera.follow(script({ to: TO, progress: 0.5 }), orbit);
  assertSame(orbit.pose, poseBetween(turned, other, 0.5));
});

test("a script does not move the orbit out of its limits", () => {
  const orbit = new Orbit();
  const camera = new ScriptCamera();
  for (const distance of [1e-300, 1e300]) {
    camera.follow(script({ to: { ...TO, distance }, progress: 0.9 }), orbit);
    assert.ok(orbit.distance >= 0.5 && orbit.distance <= 1e5);
  }
});
