// Tests of the page of rigid bodies.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Server, TOKENS } from "./server.mjs";
import { FILE } from "./structures.mjs";

// Opens the page, and waits until it has the assets.
async function openLive({ open, world }, { server = world.server, ...options } = {}) {
  const visitor = await open({ link: `${server.link}live`, token: TOKENS.driver, draws: false, ...options });
  await visitor.until(() => window.live?.assets.length > 0);
  return visitor;
}

const text = (visitor, selector) => visitor.page.textContent(selector);
const phaseIs = (visitor, phase) => visitor.until((_, wanted) => window.live.run.phase === wanted, phase);
const messageMatches = (visitor, pattern) =>
  visitor.until((_, source) => new RegExp(source).test(document.getElementById("message").textContent), pattern.source);
const frameIs = (visitor, frame) => visitor.until((_, least) => window.live.run.frame >= least, frame);

// Fills the form of a new object and adds it.
async function addObject(visitor, { asset, position = [0, 0, 0], type = "inertial", ...numbers }) {
  const { page } = visitor;
  await page.selectOption("#asset", asset);
  await page.selectOption("#type", type);
  for (const axis of [0, 1, 2]) await page.fill(`#position-${axis}`, String(position[axis]));
  for (const [name, value] of Object.entries(numbers)) await page.fill(`#${name}`, String(value));
  await page.click("#add");
}

// A ball at rest above the ground, without gravity.
async function startBall(visitor) {
  await visitor.page.click("[data-gravity='0']");
  await addObject(visitor, { asset: "ground", type: "environment" });
  await addObject(visitor, { asset: "sphere", position: [0, 0, 2] });
  await visitor.page.click("#start");
  await frameIs(visitor, 5);
}

// Number of pixels of the view with the color of contacts.
const marks = async (visitor) => {
  const [left, right] = await visitor.halves((red, green, blue) => red > 200 && green < 110 && blue < 100 && red - green > 120);
  return left + right;
};

export const liveTests = {
  "bodies bounce, are stopped, and bounce again": async (context) => {
    const visitor = await openLive(context);
    assert.equal(await text(visitor, "#status"), "Disconnected");
    assert.equal((await text(visitor, "#list-empty")).trim(), "No objects added yet.");
    await visitor.page.click("[data-preset=cubes]");
    await frameIs(visitor, 60);
    assert.equal(await text(visitor, "#status"), "Simulating");
    assert.equal(await text(visitor, "#bodies"), "19");
    assert.match(await text(visitor, "#time"), /^\d+\.\d{3}$/);
    await visitor.screenshot("live");
    await visitor.page.click("#stop");
    await messageMatches(visitor, /^\d+ frames in \d+\.\d{3} s\.$/);
    assert.equal(await text(visitor, "#status"), "Complete");
    await visitor.page.click("#start");
    await phaseIs(visitor, "simulating");
    await frameIs(visitor, 1);
  },

  "a zero that is entered is sent as a zero, and a wrong number is not added": async (context) => {
    const visitor = await openLive(context);
    await addObject(visitor, { asset: "cube", position: [0, 0, 0], restitution: 0, friction: 0 });
    const [body] = await visitor.page.evaluate(() => window.live.objects);
    assert.deepEqual([body.position, body.restitution, body.friction], [[0, 0, 0], 0, 0]);
    await addObject(visitor, { asset: "cube", mass: 0 });
    assert.match(await text(visitor, "#object-problem"), /Mass: expected more than 0, found 0/);
    await addObject(visitor, { asset: "cube", mass: 1, restitution: "" });
    assert.match(await text(visitor, "#object-problem"), /Restitution: expected a number/);
    assert.equal(await visitor.page.evaluate(() => window.live.objects.length), 1);
    await visitor.page.selectOption("#type", "environment");
    assert.ok(await visitor.page.locator("#mass").isHidden(), "only bodies that move have a mass");
    await visitor.page.getByLabel("Remove cube").click();
    assert.ok(await visitor.page.locator("#list-empty").isVisible());
  },

  "an error of the server is shown whole, and a run can be started after it": async (context) => {
    const visitor = await openLive(context);
    await visitor.page.click("#start");
    await messageMatches(visitor, /^'configure' must include at least one object$/);
    assert.equal(await text(visitor, "#status"), "Error");
    await addObject(visitor, { asset: "sphere" });
    await visitor.page.click("#start");
    await frameIs(visitor, 2);
  },

  "a body is dragged with the mouse": async (context) => {
    const visitor = await openLive(context);
    await startBall(visitor);
    const [ball] = await visitor.page.evaluate(() => window.live.moving);
    const at = await visitor.page.evaluate((body) => window.live.screen(body), ball);
    const { mouse } = visitor.page;
    await mouse.move(at.x, at.y);
    await mouse.down();
    await mouse.move(at.x, at.y - 150, { steps: 6 });
    await visitor.until((_, body) => window.live.position(body).z > 2.4, ball);
    await visitor.screenshot("live-drag");
    await mouse.up();
  },

  "the right button pans the view, and the wheel zooms it": async (context) => {
    const visitor = await openLive(context);
    await startBall(visitor);
    const [ball] = await visitor.page.evaluate(() => window.live.moving);
    const before = await visitor.page.evaluate((body) => [window.live.screen(body), window.live.position(body)], ball);
    const { mouse } = visitor.page;
    const distance = await visitor.page.evaluate(() => window.live.distance);
    await mouse.move(500, 60);
    await mouse.down({ button: "right" });
    await mouse.move(620, 130, { steps: 4 });
    await mouse.up({ button: "right" });
    await mouse.wheel(0, -400);
    await visitor.until((_, before) => window.live.distance < 0.95 * before, distance);
    await visitor.page.waitForTimeout(500);
    const after = await visitor.page.evaluate((body) => [window.live.screen(body), window.live.position(body)], ball);
    assert.ok(Math.hypot(after[1].x - before[1].x, after[1].z - before[1].z) < 0.01, "the body stays");
    assert.ok(Math.hypot(after[0].x - before[0].x, after[0].y - before[0].y) > 20, "the view does not");
  },

  "an object is added to the run": async (context) => {
    const visitor = await openLive(context);
    await startBall(visitor);
    await addObject(visitor, { asset: "cube", position: [1.5, 0, 2] });
    await visitor.until(() => window.live.run.bodies === 3 && window.live.moving.length === 2);
    assert.equal(await visitor.page.evaluate(() => window.live.objects.length), 2, "the list has what a run begins with");
  },

  "contacts are drawn on request": async (context) => {
    const visitor = await openLive(context);
    await addObject(visitor, { asset: "ground", type: "environment" });
    await addObject(visitor, { asset: "cube", position: [0, 0, 0.5], restitution: 0 });
    await visitor.page.click("#start");
    await visitor.until(() => window.live.run.contacts > 0);
    const without = await marks(visitor);
    await visitor.page.click("#contacts");
    await visitor.page.waitForTimeout(700);
    const shown = await marks(visitor);
    assert.ok(without < 20 && shown > without + 50, `${without} and ${shown} pixels`);
    await visitor.screenshot("live-contacts");
  },

  "a disconnect in the run is told with its code": async (context) => {
    const server = await Server.start(FILE);
    const visitor = await openLive(context, { server });
    visitor.mayDisconnect = true;
    await visitor.page.click("[data-preset=cubes]");
    await frameIs(visitor, 5);
    await server.kill();
    await messageMatches(visitor, /^Disconnected during the run \(code 1006\)/);
  },

  "a finger drags a body, and two zoom the view": async (context) => {
    const visitor = await openLive(context, { phone: true });
    await startBall(visitor);
    const [ball] = await visitor.page.evaluate(() => window.live.moving);
    const touch = await visitor.context.newCDPSession(visitor.page);
    const send = (type, ...touchPoints) => touch.send("Input.dispatchTouchEvent", { type, touchPoints });
    const at = await visitor.page.evaluate((body) => window.live.screen(body), ball);
    await send("touchStart", at);
    for (let i = 1; i <= 5; i++) await send("touchMove", { x: at.x, y: at.y - 20 * i });
    await visitor.until((_, body) => window.live.position(body).z > 2.3, ball);
    await send("touchEnd");
    const [above, below] = [{ x: 60, y: 60, id: 1 }, { x: 60, y: 120, id: 2 }];
    const before = await visitor.page.evaluate(() => window.live.distance);
    await send("touchStart", above, below);
    for (let i = 1; i <= 5; i++) await send("touchMove", above, { ...below, y: 120 + 20 * i });
    await send("touchEnd");
    await visitor.until((_, least) => window.live.distance < 0.8 * least, before);
  },

  "a phone shows the view above the panel": async (context) => {
    const visitor = await openLive(context, { phone: true });
    await visitor.page.tap("[data-preset=spheres]");
    await frameIs(visitor, 40);
    const box = (selector) => visitor.page.locator(selector).boundingBox();
    const [view, bar, panel] = [await box("#canvas"), await box("#bar"), await box("#panel")];
    assert.ok(view.height > 300 && bar.y >= view.y + view.height - 1 && panel.y >= bar.y + bar.height - 1);
    assert.equal(await visitor.page.evaluate(() => document.documentElement.scrollWidth), 390, "nothing is wider than the screen");
    for (const selector of ["#stop", "#contacts", "[data-preset=cubes]"]) assert.ok((await box(selector)).height >= 44, selector);
    await visitor.screenshot("live-phone");
    await visitor.page.tap("#stop");
    await phaseIs(visitor, "complete");
  },

  "molecules are packed around another, and the droplet is offered as a file": async (context) => {
    const visitor = await openLive(context);
    const { page } = visitor;
    await page.fill("#kinds input", "");
    await page.selectOption("#around", "caffeine");
    await page.fill("#shell", "0");
    await page.click("#start-pack");
    assert.match(await text(visitor, "#pack-text"), /^Shell: expected more than 0/);
    await page.fill("#shell", "4");
    await page.click("#start-pack");
    await visitor.until(() => /^Packed in \d/.test(document.getElementById("pack-text").textContent));
    await visitor.screenshot("live-droplet");
    const [file] = await Promise.all([page.waitForEvent("download"), page.click("#download")]);
    const lines = readFileSync(await file.path(), "utf8").split("\n");
    // Caffeine comes first, with 24 atoms.
    const atoms = Number(lines[0]);
    assert.ok(atoms > 60 && (atoms - 24) % 3 === 0, lines[0]);
    assert.doesNotMatch(lines[1], /Lattice/);
    // In a box, a number and a density contradict each other, and the server says so.
    await page.fill("#shell", "");
    await page.fill("#box", "14");
    await page.fill("#kinds input", "20");
    await page.click("#start-pack");
    await visitor.until(() => /leave out one of them/.test(document.getElementById("pack-text").textContent));
  },
};
