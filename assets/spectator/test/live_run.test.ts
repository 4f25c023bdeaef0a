// State of a run of rigid bodies, the set of its bodies, and the normals of their meshes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { BodySet, meshRadius } from "../src/live/body_set";
import { arrowLength } from "../src/live/contact_marks";
import { meshNormals } from "../src/live/mesh_normals";
import type { Body, BodyState, Frame, ServerMessage } from "../src/live/messages";
import { Quality } from "../src/live/quality";
import { Run } from "../src/live/run";

const zero = { x: 0, y: 0, z: 0 };
const state = (body_id: number, z: number, is_environment = false): BodyState => ({
  body_id,
  position: { x: 0, y: 0, z },
  velocity: zero,
  orientation: { w: 1, ...zero },
  angular_velocity: zero,
  is_environment,
});
const frame = (frame_id: number): { type: "frame"; data: Frame } => ({
  type: "frame",
  data: { frame_id, simulation_time: frame_id * 0.016, states: [state(7, 0, true), state(9, 2)], collisions: [] },
});
const metadata: ServerMessage = { type: "metadata", bodies: [], assets: [] };
const running = (): Run => {
  const run = new Run();
  run.begin();
  run.apply(metadata);
  run.started();
  return run;
};

test("[17] a run goes from disconnected over connecting and simulating to complete, and again", () => {
  const run = new Run();
  assert.equal(run.phase, "disconnected");
  for (let i = 0; i < 2; i++) {
    run.begin();
    assert.deepEqual([run.phase, run.frame, run.time, run.message], ["connecting", undefined, 0, ""]);
    run.apply(metadata);
    run.started();
    assert.equal(run.phase, "simulating");
    for (const number of [0, 1, 2]) run.apply(frame(number));
    assert.deepEqual([run.frame, run.time, run.bodies], [2, 0.032, 2]);
    run.apply({ type: "complete", total_frames: 3, elapsed_s: 0.032 });
    run.closed(1000, "");
    assert.deepEqual([run.phase, run.message], ["complete", "3 frames in 0.032 s."]);
  }
});

test("[17] a disconnect in the run is told with its code, and one can start again", () => {
  const run = running();
  run.apply(frame(0));
  run.closed(1006, "");
  assert.equal(run.phase, "error");
  assert.match(run.message, /^Disconnected during the run \(code 1006\): ./);
  run.begin();
  assert.equal(run.phase, "connecting");
});

test("an error of the server is shown whole, and is not replaced by the close after it", () => {
  const run = new Run();
  run.begin();
  run.apply({ type: "error", message: "Asset 'x' not found" });
  run.closed(1008, "refused");
  assert.deepEqual([run.phase, run.message], ["error", "Asset 'x' not found"]);
  const later = running();
  later.apply({ type: "error", message: "The engine failed" });
  assert.equal(later.phase, "simulating");
  later.closed(1011, "");
  assert.equal(later.message, "Disconnected during the run (code 1011): The engine failed");
});

test("a connection that is refused ends in an error with its code", () => {
  const run = new Run();
  run.begin();
  run.closed(1006, "");
  assert.match(run.message, /^No connection \(code 1006\)/);
  assert.equal(run.phase, "error");
});

test("[21] frames that were left out are counted", () => {
  const run = running();
  for (const number of [0, 1, 5, 6]) run.apply(frame(number));
  assert.deepEqual([run.received, run.skipped, run.frame], [4, 3, 6]);
});

test("messages after the end change nothing", () => {
  const run = running();
  run.apply({ type: "complete", total_frames: 0, elapsed_s: 0 });
  run.apply(frame(3));
  assert.deepEqual([run.phase, run.frame], ["complete", undefined]);
});

const body = (body_id: number, asset_id: number, asset_name: string): Body => ({ body_id, asset_id, asset_name, mass: 1, restitution: 0, friction: 0, is_environment: asset_name === "ground" });
const cube = { asset_id: 3, name: "cube", positions: [3, 0, 0, 0, 4, 0, 0, 0, 0], vertex_count: 3 };

test("[20] bodies that are added later are merged by their identifiers", () => {
  const set = new BodySet();
  const ground = { ...cube, asset_id: 1, name: "ground" };
  set.add({ type: "metadata", bodies: [body(7, 1, "ground"), body(9, 3, "cube")], assets: [ground, cube] });
  set.add({ type: "metadata", bodies: [body(9, 3, "cube"), body(4, 3, "cube")], assets: [] });
  assert.deepEqual([...set.bodies.keys()], [7, 9, 4]);
  const groups = set.groups().map(({ asset, isEnvironment, bodies }) => [asset.name, isEnvironment, bodies.map(({ body_id }) => body_id)]);
  assert.deepEqual(groups, [["ground", true, [7]], ["cube", false, [9, 4]]]);
});

test("the extent is that of what moves, down to the ground", () => {
  const set = new BodySet();
  assert.equal(set.extent(), undefined);
  set.add({ type: "metadata", bodies: [body(7, 1, "ground"), body(9, 3, "cube")], assets: [cube] });
  set.apply({ ...frame(0).data, states: [state(7, 0, true), state(9, 10)] });
  assert.equal(meshRadius(cube.positions), 4);
  const { center, radius } = set.extent()!;
  assert.deepEqual(center, [0, 0, 7]);
  assert.ok(Math.abs(radius - Math.hypot(4, 4, 7)) < 1e-9);
});

test("normals are sharp over the edges of a cube and smooth over flat angles", () => {
  const roof = (angle: number) => {
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    // Two triangles with the edge x from 0 to 1, the second turned up by the angle.
    return [0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, c, s];
  };
  const sharp = meshNormals(roof(Math.PI / 2));
  assert.deepEqual([...sharp.slice(0, 3)].map(Math.round), [0, 0, 1]);
  assert.deepEqual([...sharp.slice(9, 12)].map(Math.round), [0, -1, 0]);
  const smooth = meshNormals(roof(0.2));
  for (let i = 0; i < 3; i++) assert.ok(Math.abs(smooth[i]! - smooth[9 + i]!) < 1e-6);
  assert.ok(Math.abs(Math.hypot(...smooth.slice(0, 3)) - 1) < 1e-6);
  assert.ok(Math.abs(smooth[1]! + Math.sin(0.1)) < 1e-6);
});

test("a triangle without an area has no normal, and is no error", () => {
  assert.deepEqual([...meshNormals([0, 0, 0, 0, 0, 0, 0, 0, 0])], [0, 0, 0, 0, 0, 0, 0, 0, 0]);
  assert.equal(meshNormals([]).length, 0);
});

test("arrows of contacts grow with the impulse, and less and less", () => {
  assert.equal(arrowLength(0, 1), 2);
  assert.ok(arrowLength(10, 1) > arrowLength(1, 1) && arrowLength(1000, 1) < 12);
  assert.equal(arrowLength(-1, 1), 2);
});

test("slow pictures become coarser, then lose their shadows; fast ones and pauses change nothing", () => {
  const quality = new Quality();
  let now = 0;
  const draw = (count: number, interval: number, isLate = true) => {
    for (let i = 0; i < count; i++) quality.measure((now += interval), isLate);
    return quality.level;
  };
  assert.deepEqual(draw(200, 16), { scale: 2, shadows: true });
  assert.deepEqual(draw(200, 2000), { scale: 2, shadows: true });
  assert.deepEqual(draw(200, 100, false), { scale: 2, shadows: true });
  assert.deepEqual(draw(30, 60), { scale: 1, shadows: true });
  assert.deepEqual(draw(500, 200), { scale: 0.7, shadows: false });
  assert.deepEqual(draw(500, 16), { scale: 0.7, shadows: false });
});
