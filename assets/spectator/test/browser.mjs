// Tests of the page in a browser with a server.
//
// Usage: node test/browser.mjs [WORD …]   (only tests whose name has one of the words)
// MLIPVIEW_BINARY: the program to test, or "mock" [default: target/debug/mlipview]
// CHROMIUM: the browser [default: /usr/bin/chromium]. SCREENSHOTS: a folder for screenshots.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Server, TOKENS } from "./browser/server.mjs";
import { openBrowser, Visitor } from "./browser/visitor.mjs";
import { joinAsHeadset } from "./browser/headset.mjs";

const structures = join(dirname(fileURLToPath(import.meta.url)), "../../structures");
const FILE = join(structures, "caffeine.xyz");
// Benzene (its ring first), ethene and nitrogen beside one another.
const ORDERS = join(dirname(fileURLToPath(import.meta.url)), "browser/orders.xyz");
const [ETHENE, NITROGEN] = [[12, 13], [18, 19]];

// Symbols and positions (Å) of a file.
function atomsOf(file) {
  const [count, , ...lines] = readFileSync(file, "utf8").split("\n");
  const rows = lines.slice(0, Number(count)).map((line) => line.trim().split(/\s+/));
  return { symbols: rows.map((row) => row[0]), positions: rows.flatMap((row) => row.slice(1, 4).map(Number)) };
}

// Polls until `look` returns a value.
async function eventually(look, timeout = 15_000) {
  const end = performance.now() + timeout;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > end) throw new Error(`after ${timeout} ms still not: ${look}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const farthest = (one, other) => Math.max(...one.map((value, index) => Math.abs(value - other[index])));

const tests = {
  "the page draws every atom at its position in the file": async ({ open }) => {
    const { symbols, positions } = atomsOf(FILE);
    const guest = await open();
    assert.equal(await guest.see("atoms"), symbols.length);
    assert.ok(farthest(await guest.see("positions"), positions) < 2e-3);
    assert.equal(await guest.page.title(), `${await guest.page.textContent("#title")} · mlipview`);
    assert.match(await guest.page.textContent("#about"), /24 atoms/);
    await guest.until((spectator) => spectator.bonds === 25);
    await guest.picture("watching");
  },

  "atoms are drawn in the colors of their elements": async ({ open }) => {
    const { symbols } = atomsOf(FILE);
    const guest = await open();
    // Atoms in front of all others, whose central pixel is their own.
    const seen = new Map();
    for (const [atom, symbol] of symbols.entries()) {
      if (!seen.has(symbol)) seen.set(symbol, await guest.colorAt(atom));
    }
    const [red, green, blue] = seen.get("O");
    assert.ok(red > 150 && green < 90 && blue < 90, `oxygen is ${seen.get("O")}`);
    const nitrogen = seen.get("N");
    assert.ok(nitrogen[2] > 150 && nitrogen[0] < 110, `nitrogen is ${nitrogen}`);
  },

  "double, triple and aromatic bonds have the number of sticks of their order": async ({ open }) => {
    const server = await Server.start(ORDERS);
    try {
      const guest = await open({ link: server.link });
      await guest.until((spectator) => spectator.bonds === 18);
      const canvas = await guest.page.locator("#canvas").boundingBox();
      await guest.page.mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
      await guest.page.mouse.wheel(0, -200);
      await guest.untilStill();
      // Between the balls, longer than a dash and a gap.
      const shares = Array.from({ length: 13 }, (_, step) => 0.44 + 0.01 * step);
      const seen = async (bond) => [...new Set(await guest.sticks(bond, shares))].sort();
      await guest.picture("orders");
      assert.deepEqual(await seen(ETHENE), [2]);
      assert.deepEqual(await seen(NITROGEN), [3]);
      // One stick is solid, the other dashed, so that gaps show one. Samples at the edges of dashes vary.
      for (let atom = 0; atom < 6; atom++) {
        const counts = await seen([atom, (atom + 1) % 6]);
        assert.ok(counts.includes(1) && counts.includes(2), `aromatic bond ${atom}: ${counts}`);
      }
      const before = await guest.see("pictures");
      await guest.page.getByLabel("Bond orders").uncheck();
      await guest.until((spectator, old) => spectator.pictures > old, before);
      await guest.untilStill();
      await guest.picture("orders-hidden");
      for (const bond of [ETHENE, NITROGEN, [0, 1]]) assert.deepEqual(await seen(bond), [1]);
    } finally {
      await server.kill("SIGTERM");
    }
  },

  "a spectator follows what a driver starts and stops": async ({ open }) => {
    const guest = await open();
    const driver = await open({ token: TOKENS.driver });
    const before = { frame: await guest.see("frame"), positions: await guest.see("positions") };
    await driver.page.getByRole("button", { name: "Run" }).click();
    await guest.until((spectator, frame) => spectator.frame > frame + 20 && spectator.activity === 1, before.frame);
    // The picture may be some frames behind on a slow machine.
    const moved = (spectator, places) => spectator.positions.some((place, index) => Math.abs(place - places[index]) > 0.01);
    await guest.until(moved, before.positions);
    await guest.until(() => /Running dynamics/.test(document.getElementById("state").textContent));
    await driver.page.getByRole("slider", { name: "Temperature" }).fill("600");
    assert.match(await driver.page.textContent("#temperature-wanted"), /600 K/);
    await guest.page.waitForTimeout(1500);
    await driver.picture("driving");
    await guest.picture("following");
    await driver.page.getByRole("button", { name: "Stop" }).click();
    await guest.until((spectator) => spectator.activity === 0);
    assert.ok(Number.isFinite(await guest.see("energy")));
  },

  "a relaxation lowers the energy": async ({ open }) => {
    const driver = await open({ token: TOKENS.driver });
    await driver.drag(0, { x: 50, y: -30 });
    await driver.until((spectator) => Number.isFinite(spectator.energy));
    const before = await driver.see("energy");
    await driver.page.getByRole("button", { name: "Relax" }).click();
    await driver.until((spectator, energy) => spectator.energy < energy - 0.01, before);
    await driver.page.getByRole("button", { name: "Stop" }).click();
    await driver.until((spectator) => spectator.activity === 0);
  },

  "a driver drags an atom, and all pages show its motion and the energy": async ({ open }) => {
    const guest = await open();
    const driver = await open({ token: TOKENS.driver });
    await driver.page.getByRole("button", { name: "Stop" }).click();
    await driver.until((spectator) => spectator.activity === 0 && Number.isFinite(spectator.energy));
    const atom = 2;
    const before = { energy: await driver.see("energy"), positions: await driver.see("positions"), at: await driver.place(atom) };
    await driver.drag(atom, { x: 60, y: 40 }, async () => {
      // The atom is under the pointer.
      const wanted = { atom, x: before.at.x + 60, y: before.at.y + 40 };
      await driver.until((spectator, { atom, x, y }) => {
        const at = spectator.screen(atom);
        return Math.hypot(at.x - x, at.y - y) < 2;
      }, wanted);
      await guest.until((spectator, old) => Math.abs(spectator.energy - old) > 0.01, before.energy);
      await driver.picture("dragging");
      await guest.picture("watching-a-drag");
    });
    const moved = await guest.see("positions");
    const by = Math.hypot(...[0, 1, 2].map((axis) => moved[3 * atom + axis] - before.positions[3 * atom + axis]));
    assert.ok(by > 0.1, `it moved by ${by} Å`);
    // The last frame reaches both pages at different times.
    const shown = await eventually(async () => {
      const [one, other] = await Promise.all([guest, driver].map((visitor) => visitor.page.textContent("#energy")));
      return one === other ? one : undefined;
    });
    assert.match(shown, /eV/);
  },

  "a driver pulls an atom of a running simulation": async ({ open }) => {
    const driver = await open({ token: TOKENS.driver });
    await driver.page.getByRole("radio", { name: "pulls it" }).check();
    await driver.page.getByRole("button", { name: "Run" }).click();
    await driver.until((spectator) => spectator.activity === 1);
    const frame = await driver.see("frame");
    await driver.drag(1, { x: -90, y: -60 }, async () => {
      await driver.until((spectator, old) => spectator.frame > old + 20, frame);
      await driver.picture("pulling");
    });
    await driver.page.getByRole("button", { name: "Stop" }).click();
    await driver.until((spectator) => spectator.activity === 0);
  },

  "a spectator gets an explanation why atoms cannot be dragged": async ({ open }) => {
    const guest = await open();
    await guest.untilSettled();
    const before = await guest.see("positions");
    assert.ok(await guest.page.getByRole("button", { name: "Run" }).isDisabled());
    assert.match(await guest.page.textContent("#permission"), /You are watching.*owner.*link/);
    await guest.drag(3, { x: 40, y: 20 });
    await guest.page.getByRole("log").getByText("You are watching").waitFor();
    await guest.picture("refused");
    assert.ok(farthest(await guest.see("positions"), before) < 1e-6);
    assert.equal(await guest.see("role"), "watching");
  },

  "an owner admits a spectator, who then drives": async ({ open }) => {
    const owner = await open({ token: TOKENS.owner });
    const guest = await open();
    await guest.page.getByLabel("Your name").fill("Ada");
    await guest.page.getByLabel("Your name").press("Enter");
    await owner.page.getByRole("button", { name: "Let drive: Ada" }).click();
    await guest.until((spectator) => spectator.role === "driver");
    assert.ok(await guest.page.getByRole("button", { name: "Run" }).isEnabled());
    await owner.picture("owner");
    await owner.page.getByRole("button", { name: /Take the controls from: Ada/ }).click();
    await guest.until((spectator) => spectator.role === "watching");
    await owner.page.getByRole("button", { name: "Disconnect Ada" }).click();
    await guest.until((spectator) => spectator.connection === "ended");
    await guest.picture("removed");
    await guest.page.getByRole("button", { name: "Connect again" }).click();
    await guest.until((spectator) => spectator.connection === "connected");
  },

  "forces are requested when their arrows are enabled": async ({ open }) => {
    const guest = await open();
    const before = await guest.see("pictures");
    await guest.page.getByLabel("Force arrows").check();
    await guest.until((spectator, old) => spectator.forces > 0 && spectator.pictures > old, before);
    await guest.picture("forces");
  },

  "nothing is drawn while nothing changes": async ({ open }) => {
    const driver = await open({ token: TOKENS.driver });
    await driver.page.getByRole("button", { name: "Stop" }).click();
    await driver.until((spectator) => spectator.activity === 0);
    await driver.page.waitForTimeout(1000);
    const before = await driver.see("pictures");
    await driver.page.waitForTimeout(1500);
    assert.ok((await driver.see("pictures")) - before <= 2);
  },

  "keys rotate, pan and fit the view": async ({ open }) => {
    const guest = await open();
    await guest.page.locator("#canvas").focus();
    const first = await guest.see("camera");
    await guest.page.keyboard.press("ArrowRight");
    const turned = await guest.see("camera");
    assert.ok(farthest(first.position, turned.position) > 0.1);
    await guest.page.keyboard.press("-");
    assert.ok((await guest.see("camera")).distance > turned.distance);
    await guest.page.keyboard.press("f");
    for (let atom = 0; atom < 24; atom++) {
      const at = await guest.place(atom);
      assert.ok(at.x > 320 && at.x < 1280 && at.y > 0 && at.y < 800);
    }
  },

  "a phone shows the scene, and the panel on request": async ({ open }) => {
    const guest = await open({ phone: true });
    await guest.picture("phone");
    const scene = await guest.page.locator("#canvas").boundingBox();
    assert.ok(scene.height > 500);
    assert.ok(!(await guest.page.locator("#body").isVisible()));
    await guest.page.getByRole("button", { name: "Show or hide details" }).tap();
    assert.ok(await guest.page.locator("#body").isVisible());
    await guest.picture("phone-open");
    for (const target of await guest.page.locator("button:visible, input[type=range]:visible, .segments label:visible, .switch:visible").all()) {
      const box = await target.boundingBox();
      assert.ok(box.height >= 44, `${await target.textContent()} is ${box.height} pixels high`);
    }
    const wide = await guest.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `the page is ${wide} pixels wide`);
  },

  "numbers do not change the size of the scene on a phone": async ({ open }) => {
    const guest = await open({ phone: true });
    await guest.untilSettled();
    const [empty, full] = await guest.page.evaluate(() => {
      const [scene, summary] = ["canvas", "summary"].map((id) => document.getElementById(id));
      const words = summary.textContent;
      return ["", words].map((text) => {
        summary.textContent = text;
        return { words: text.length, height: scene.getBoundingClientRect().height };
      });
    });
    assert.ok(empty.words === 0 && full.words > 0);
    assert.equal(empty.height, full.height);
  },

  "a person in a headset has markers of head and hands": async ({ open, world }) => {
    const guest = await open();
    await guest.untilSettled();
    const isMagenta = (red, green, blue) => Math.min(red, blue) > 90 && green < 0.5 * Math.min(red, blue);
    assert.deepEqual(await guest.halves(isMagenta), [0, 0]);
    // In front of the molecule: the head on the left, one hand above and one below on the right.
    const { position, orientation, distance } = await guest.see("camera");
    const [x, y, z, w] = orientation;
    const right = [1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)];
    const up = [2 * (x * y - z * w), 1 - 2 * (x * x + z * z), 2 * (y * z + x * w)];
    const back = [2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y)];
    const before = (aside, above) => ({
      position: position.map((value, axis) => value + distance * (0.12 * aside * right[axis] + 0.08 * above * up[axis] - 0.5 * back[axis])),
      orientation,
    });
    const headset = await open({ token: TOKENS.driver });
    await joinAsHeadset(headset.page, `${world.server.link.replace("http", "ws")}ws?room=main&token=${TOKENS.driver}`, {
      name: "Magda",
      color: 0xff00ff,
      head: before(-1, 0),
      hands: [before(1, 1), before(1, -1)],
    });
    await guest.until(() => [...document.querySelectorAll("#labels span")].some((label) => label.textContent === "Magda"));
    const [head, hands] = await guest.halves(isMagenta);
    await guest.picture("somebody-in-a-headset");
    assert.ok(head > 30 && hands > 30, `${head} pixels of a head, ${hands} of hands`);
  },

  "touch rotates the view": async ({ open }) => {
    const guest = await open({ phone: true });
    await guest.untilSettled();
    const before = await guest.see("camera");
    const touch = await guest.context.newCDPSession(guest.page);
    const at = (x, y, id = 0) => ({ x, y, id });
    const send = (type, ...touchPoints) => touch.send("Input.dispatchTouchEvent", { type, touchPoints });
    await send("touchStart", at(20, 100));
    await send("touchMove", at(120, 140));
    await send("touchEnd");
    const turned = await guest.see("camera");
    assert.ok(farthest(before.position, turned.position) > 0.5);
    assert.ok(Math.abs(before.distance - turned.distance) < 1e-9);
    await send("touchStart", at(150, 300), at(240, 300, 1));
    await send("touchMove", at(110, 300), at(280, 300, 1));
    await send("touchEnd");
    assert.ok((await guest.see("camera")).distance < 0.7 * turned.distance);
  },

  "the page reconnects after a restart of the server and keeps its view": async ({ open, world }) => {
    const guest = await open();
    const driver = await open({ token: TOKENS.driver });
    guest.mayLoseTheLine = driver.mayLoseTheLine = true;
    await guest.page.locator("#canvas").focus();
    for (let i = 0; i < 5; i++) await guest.page.keyboard.press("ArrowLeft");
    const camera = await guest.see("camera");
    const pictures = await guest.see("pictures");
    await world.server.kill();
    await guest.until((spectator) => spectator.connection === "waiting");
    await guest.until(() => /Trying again in \d+ s/.test(document.getElementById("state").textContent));
    assert.ok(await guest.page.getByRole("button", { name: "Try now" }).isVisible());
    assert.ok(await driver.page.getByRole("button", { name: "Run" }).isDisabled());
    await guest.picture("waiting");
    await guest.page.waitForTimeout(2500);
    world.server = await Server.start(FILE, world.server.port);
    await guest.until((spectator) => spectator.connection === "connected", null, 40_000);
    await guest.until((spectator, old) => spectator.pictures > old && spectator.atoms === 24, pictures);
    assert.deepEqual(await guest.see("camera"), camera);
    await driver.until((spectator) => spectator.role === "driver");
    const frame = await driver.see("frame");
    await driver.page.getByRole("button", { name: "Run" }).click();
    await guest.until((spectator) => spectator.activity === 1);
    assert.ok(Number.isFinite(frame));
    await driver.page.getByRole("button", { name: "Stop" }).click();
  },

  "without WebGL the page reports it, and the numbers work": async () => {
    const blind = await openBrowser("--disable-3d-apis");
    try {
      const guest = await Visitor.open(blind, world.server.link, { draws: false });
      await guest.page.getByText("This browser cannot draw the atoms").waitFor();
      await guest.until(() => /eV/.test(document.getElementById("energy").textContent));
      await guest.until(() => /24 atoms/.test(document.getElementById("about").textContent));
      await guest.picture("without-webgl");
      assert.deepEqual(guest.complaints, []);
    } finally {
      await blind.close();
    }
  },

  "an unknown token is reported, and watching is offered": async ({ open }) => {
    const guest = await open({ token: "a-token-of-yesterday", draws: false });
    await guest.until((spectator) => spectator?.connection === "ended");
    assert.match(await guest.page.textContent("#state"), /Unknown token/);
    await guest.picture("unknown-token");
    await guest.page.getByRole("button", { name: "Only watch" }).click();
    await guest.until((spectator) => spectator.atoms === 24 && spectator.role === "watching");
  },

  "the token is removed from the address and kept for the tab": async ({ open }) => {
    const driver = await open({ token: TOKENS.driver });
    assert.ok(!driver.page.url().includes("token"));
    await driver.page.reload();
    await driver.until((spectator) => spectator.role === "driver");
  },
};

const words = process.argv.slice(2);
const world = { server: await Server.start(FILE) };
const browser = await openBrowser();
// Runs a test; returns whether it has passed.
async function run(name, test) {
  const visitors = [];
  const open = async ({ link = world.server.link, ...options } = {}) => {
    const visitor = await Visitor.open(browser, link, options);
    visitors.push(visitor);
    return visitor;
  };
  const began = performance.now();
  let well = true;
  try {
    await test({ open, world });
    assert.deepEqual(visitors.flatMap((visitor) => visitor.complaints), []);
    console.log(`ok      ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    well = false;
    console.log(`FAILED  ${name}\n${error.stack}\n${visitors.flatMap((visitor) => visitor.complaints).join("\n")}`);
    for (const [index, visitor] of visitors.entries()) await visitor.picture(`failed-${index}`).catch(() => {});
  }
  for (const visitor of visitors) await visitor.leave();
  return well;
}

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
  // Software rendering on a busy CPU can delay a browser by seconds: a failed test is repeated once.
  if (!(await run(name, test)) && !(await run(name, test))) failed += 1;
}
await browser.close();
await world.server.kill("SIGTERM");
console.log(failed === 0 ? "All tests end well." : `${failed} failed.`);
process.exit(failed === 0 ? 0 : 1);
