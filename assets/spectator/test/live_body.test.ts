// Bodies of the page of rigid bodies: fields, drafts, assets, presets and messages.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LiveAddress } from "../src/live/address";
import { assetNames, groupAssets } from "../src/live/assets";
import { draft, toWire } from "../src/live/body_draft";
import { parseMessage } from "../src/live/messages";
import { FieldError, readNumber } from "../src/live/number";
import { presetsFor } from "../src/live/presets";
import { configureMessage, EARTH, startMessage, type Setup } from "../src/live/setup";

const ASSETS = ["cube", "large_cube", "sphere", "cylinder", "ground", "molecule:water", "molecule:benzene", "molecule:methane", "molecule:ammonia"];
const setup = (more: Partial<Setup> = {}): Setup => ({ bodies: [], gravity: EARTH, units: "m", cell: undefined, seed: 1, timestep: 16, duration: 30, ...more });

test("[17] a zero stays zero, and an empty field is no number", () => {
  assert.equal(readNumber("x", "0"), 0);
  assert.equal(readNumber("Restitution", "0", { min: 0, max: 1 }), 0);
  assert.equal(readNumber("x", " -1,5 "), -1.5);
  for (const text of ["", " ", "x", "Infinity", "1 2"]) assert.throws(() => readNumber("x", text), FieldError, text);
});

test("numbers outside of a range are refused with the name of the field", () => {
  assert.throws(() => readNumber("Mass", "0", { min: 0, open: true }), /^Error: Mass: expected more than 0, found 0\.$/);
  assert.throws(() => readNumber("Friction", "-0.1", { min: 0 }), /Friction: expected at least 0/);
  assert.throws(() => readNumber("Duration", "301", { min: 1, max: 300 }), /Duration: expected at most 300/);
  assert.equal(readNumber("Duration", "300", { min: 1, max: 300 }), 300);
});

test("[3] a body that moves is sent with all its numbers, zeros too, and angles in radians", () => {
  const body = toWire(draft("cube", { position: [0, 0, 0], orientation: [90, 0, -180], restitution: 0, friction: 0 }));
  assert.deepEqual(body, {
    asset_name: "cube",
    position: [0, 0, 0],
    orientation: [Math.PI / 2, 0, -Math.PI],
    object_type: "inertial",
    mass: 10,
    restitution: 0,
    friction: 0,
  });
});

test("a body may be sent with velocities, and without a mass", () => {
  const body = toWire(draft("molecule:water", { mass: undefined, velocity: [0, 0, 1], angularVelocity: [1, 0, 0] }));
  assert.ok(!("mass" in body));
  assert.deepEqual([body.velocity, body.angular_velocity], [[0, 0, 1], [1, 0, 0]]);
});

test("[3] a body of the environment is sent without mass, restitution and friction", () => {
  const body = toWire(draft("ground", { isEnvironment: true }));
  assert.deepEqual(Object.keys(body), ["asset_name", "position", "orientation", "object_type"]);
  assert.equal(body.object_type, "environment");
});

test("[8, 19] a setup becomes the messages configure and start", () => {
  const configure = configureMessage(setup({ bodies: [draft("cube")], units: "Å", gravity: [0, 0, 0], cell: [10, 10, 12] }));
  assert.equal(configure.type, "configure");
  assert.equal(configure.objects.length, 1);
  assert.deepEqual([configure.units, configure.gravity, configure.cell, configure.seed], ["Å", [0, 0, 0], [10, 10, 12], 1]);
  assert.ok(!("cell" in configureMessage(setup())));
  assert.deepEqual(startMessage(setup({ timestep: 33, duration: 5 })), { type: "start", timestep_ms: 33, duration_s: 5 });
});

test("[1] assets are in two groups, and molecules by name", () => {
  const names = assetNames([{ asset_id: 1, name: "cube" }, { asset_id: 2, name: "molecule:water" }, null, { asset_id: 3 }, { name: "molecule:benzene" }]);
  assert.deepEqual(names, ["cube", "molecule:water", "molecule:benzene"]);
  const groups = groupAssets(names);
  assert.deepEqual(groups.map(({ label }) => label), ["Shapes", "Molecules"]);
  assert.deepEqual(groups[1]!.assets.map(({ label }) => label), ["benzene", "water"]);
  assert.deepEqual(assetNames({ error: "x" }), []);
  assert.deepEqual(groupAssets([]), []);
});

test("each preset is a setup that the server can take, and is the same each time", () => {
  const presets = presetsFor(ASSETS);
  assert.equal(presets.length, 6);
  for (const preset of presets) {
    const { bodies, cell, timestep, duration } = preset.setup();
    assert.ok(bodies.length >= 10 && bodies.length <= 200, preset.key);
    assert.ok(bodies.every(({ asset }) => preset.assets.includes(asset)), preset.key);
    assert.ok(cell || bodies.some(({ isEnvironment }) => isEnvironment));
    assert.ok(bodies.some(({ isEnvironment }) => !isEnvironment));
    assert.ok(bodies.every(({ mass = 1, restitution, friction }) => mass > 0 && restitution >= 0 && restitution <= 1 && friction >= 0));
    assert.ok(bodies.flatMap(({ position, orientation }) => [...position, ...orientation]).every(Number.isFinite));
    assert.deepEqual([timestep, duration], [16, 30]);
    assert.deepEqual(preset.setup(), preset.setup());
  }
  assert.deepEqual(presetsFor(["ground", "cube"]).map(({ key }) => key), ["cubes"]);
});

test("only messages with what the page needs are read", () => {
  for (const text of ["", "{", "[]", "null", "3", '{"type":"x"}', '{"type":"frame"}', '{"type":"frame","data":null}', '{"type":"frame","data":{"frame_id":1}}', '{"type":"error"}', '{"type":"complete"}', '{"type":"metadata","bodies":1,"assets":[]}', '{"type":"toString"}']) {
    assert.equal(parseMessage(text), undefined, text);
  }
  assert.deepEqual(parseMessage('{"type":"error","message":"no"}'), { type: "error", message: "no" });
  assert.equal(parseMessage('{"type":"metadata","bodies":[],"assets":[]}')?.type, "metadata");
});

test("the token of the fragment is stored, and sent to the WebSocket only", () => {
  const stored = new Map<string, string>();
  const storage = { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => void stored.set(key, value) };
  const address = new LiveAddress(new URL("https://a.example/live#token=a%20b"), storage);
  assert.equal(address.socket, "wss://a.example/api/v1/live?token=a+b");
  assert.equal(address.assets, "https://a.example/api/v1/live/assets");
  assert.equal(address.withoutToken, "/live");
  assert.equal(new LiveAddress(new URL("http://a.example:8/live"), { ...storage, getItem: () => null }).socket, "ws://a.example:8/api/v1/live");
});
