// Tests of the drawn scene: atoms, colors, bonds, forces, markers.

import assert from "node:assert/strict";
import { joinAsHeadset } from "./headset.mjs";
import { Server, TOKENS } from "./server.mjs";
import { atomsOf, ETHENE, FILE, NITROGEN, ORDERS } from "./structures.mjs";
import { openBrowser, Visitor } from "./visitor.mjs";
import { farthest } from "./wait.mjs";

export const sceneTests = {
  "the page draws every atom at its position in the file": async ({ open }) => {
    const { symbols, positions } = atomsOf(FILE);
    const visitor = await open();
    assert.equal(await visitor.inspect("atoms"), symbols.length);
    assert.ok(farthest(await visitor.inspect("positions"), positions) < 2e-3);
    assert.equal(await visitor.page.title(), `${await visitor.page.textContent("#title")} · mlipview`);
    assert.match(await visitor.page.textContent("#about"), /24 atoms/);
    await visitor.until((spectator) => spectator.bonds === 25);
    await visitor.screenshot("watching");
  },

  "atoms are drawn in the colors of their elements": async ({ open }) => {
    const { symbols } = atomsOf(FILE);
    const visitor = await open();
    // Atoms in front of all others, whose central pixel is their own.
    const seen = new Map();
    for (const [atom, symbol] of symbols.entries()) {
      if (!seen.has(symbol)) seen.set(symbol, await visitor.colorAt(atom));
    }
    const [red, green, blue] = seen.get("O");
    assert.ok(red > 150 && green < 90 && blue < 90, `oxygen is ${seen.get("O")}`);
    const nitrogen = seen.get("N");
    assert.ok(nitrogen[2] > 150 && nitrogen[0] < 110, `nitrogen is ${nitrogen}`);
  },

  "double, triple and aromatic bonds have the number of sticks of their order": async ({ open }) => {
    const server = await Server.start(ORDERS);
    try {
      const visitor = await open({ link: server.link });
      await visitor.until((spectator) => spectator.bonds === 18);
      const canvas = await visitor.page.locator("#canvas").boundingBox();
      await visitor.page.mouse.move(canvas.x + canvas.width / 2, canvas.y + canvas.height / 2);
      await visitor.page.mouse.wheel(0, -200);
      await visitor.untilStill();
      // Between the balls, longer than a dash and a gap.
      const shares = Array.from({ length: 13 }, (_, step) => 0.44 + 0.01 * step);
      const seen = async (bond) => [...new Set(await visitor.sticks(bond, shares))].sort();
      await visitor.screenshot("orders");
      assert.deepEqual(await seen(ETHENE), [2]);
      assert.deepEqual(await seen(NITROGEN), [3]);
      // One stick is solid, the other dashed, so that gaps show one. Samples at the edges of dashes vary.
      for (let atom = 0; atom < 6; atom++) {
        const counts = await seen([atom, (atom + 1) % 6]);
        assert.ok(counts.includes(1) && counts.includes(2), `aromatic bond ${atom}: ${counts}`);
      }
      const before = await visitor.inspect("pictures");
      await visitor.page.getByLabel("Bond orders").uncheck();
      await visitor.until((spectator, old) => spectator.pictures > old, before);
      await visitor.untilStill();
      await visitor.screenshot("orders-hidden");
      for (const bond of [ETHENE, NITROGEN, [0, 1]]) assert.deepEqual(await seen(bond), [1]);
    } finally {
      await server.kill("SIGTERM");
    }
  },

  "forces are requested when their arrows are enabled": async ({ open }) => {
    const visitor = await open();
    const before = await visitor.inspect("pictures");
    await visitor.page.getByLabel("Force arrows").check();
    await visitor.until((spectator, old) => spectator.forces > 0 && spectator.pictures > old, before);
    await visitor.screenshot("forces");
  },

  "nothing is drawn while nothing changes": async ({ open }) => {
    const driver = await open({ token: TOKENS.driver });
    await driver.page.getByRole("button", { name: "Stop" }).click();
    await driver.until((spectator) => spectator.activity === 0);
    await driver.page.waitForTimeout(1000);
    const before = await driver.inspect("pictures");
    await driver.page.waitForTimeout(1500);
    assert.ok((await driver.inspect("pictures")) - before <= 2);
  },

  "a person in a headset has markers of head and hands": async ({ open, world }) => {
    const visitor = await open();
    await visitor.untilSettled();
    const isMagenta = (red, green, blue) => Math.min(red, blue) > 90 && green < 0.5 * Math.min(red, blue);
    assert.deepEqual(await visitor.halves(isMagenta), [0, 0]);
    // In front of the molecule: the head on the left, one hand above and one below on the right.
    const { position, orientation, distance } = await visitor.inspect("camera");
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
    await visitor.until(() => [...document.querySelectorAll("#labels span")].some((label) => label.textContent === "Magda"));
    const [head, hands] = await visitor.halves(isMagenta);
    await visitor.screenshot("somebody-in-a-headset");
    assert.ok(head > 30 && hands > 30, `${head} pixels of a head, ${hands} of hands`);
  },

  "without WebGL the page reports it, and the numbers work": async ({ world }) => {
    const blind = await openBrowser("--disable-3d-apis");
    try {
      const visitor = await Visitor.open(blind, world.server.link, { draws: false });
      await visitor.page.getByText("This browser cannot draw the atoms").waitFor();
      await visitor.until(() => /eV/.test(document.getElementById("energy").textContent));
      await visitor.until(() => /24 atoms/.test(document.getElementById("about").textContent));
      await visitor.screenshot("without-webgl");
      assert.deepEqual(visitor.consoleErrors, []);
    } finally {
      await blind.close();
    }
  },
};
