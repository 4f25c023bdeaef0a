// Tests of running and dragging: start, stop, relaxation, atoms in a hand.

import assert from "node:assert/strict";
import { TOKENS } from "./server.mjs";
import { eventually } from "./wait.mjs";

export const simulationTests = {
  "a spectator follows what a driver starts and stops": async ({ open }) => {
    const visitor = await open();
    const driver = await open({ token: TOKENS.driver });
    const before = { frame: await visitor.inspect("frame"), positions: await visitor.inspect("positions") };
    await driver.page.getByRole("button", { name: "Run" }).click();
    await visitor.until((spectator, frame) => spectator.frame > frame + 20 && spectator.activity === 1, before.frame);
    // The picture may be some frames behind on a slow machine.
    const moved = (spectator, places) => spectator.positions.some((place, index) => Math.abs(place - places[index]) > 0.01);
    await visitor.until(moved, before.positions);
    await visitor.until(() => /Running dynamics/.test(document.getElementById("state").textContent));
    await driver.page.getByRole("slider", { name: "Temperature" }).fill("600");
    assert.match(await driver.page.textContent("#temperature-wanted"), /600 K/);
    await visitor.page.waitForTimeout(1500);
    await driver.screenshot("driving");
    await visitor.screenshot("following");
    await driver.page.getByRole("button", { name: "Stop" }).click();
    await visitor.until((spectator) => spectator.activity === 0);
    assert.ok(Number.isFinite(await visitor.inspect("energy")));
  },

  "a relaxation lowers the energy": async ({ open }) => {
    const driver = await open({ token: TOKENS.driver });
    await driver.drag(0, { x: 50, y: -30 });
    await driver.until((spectator) => Number.isFinite(spectator.energy));
    const before = await driver.inspect("energy");
    await driver.page.getByRole("button", { name: "Relax" }).click();
    await driver.until((spectator, energy) => spectator.energy < energy - 0.01, before);
    await driver.page.getByRole("button", { name: "Stop" }).click();
    await driver.until((spectator) => spectator.activity === 0);
  },

  "a driver drags an atom, and all pages show its motion and the energy": async ({ open }) => {
    const visitor = await open();
    const driver = await open({ token: TOKENS.driver });
    await driver.page.getByRole("button", { name: "Stop" }).click();
    await driver.until((spectator) => spectator.activity === 0 && Number.isFinite(spectator.energy));
    const atom = 2;
    const before = { energy: await driver.inspect("energy"), positions: await driver.inspect("positions"), at: await driver.screenPosition(atom) };
    await driver.drag(atom, { x: 60, y: 40 }, async () => {
      // The atom is under the pointer.
      const wanted = { atom, x: before.at.x + 60, y: before.at.y + 40 };
      await driver.until((spectator, { atom, x, y }) => {
        const at = spectator.screen(atom);
        return Math.hypot(at.x - x, at.y - y) < 2;
      }, wanted);
      await visitor.until((spectator, old) => Math.abs(spectator.energy - old) > 0.01, before.energy);
      await driver.screenshot("dragging");
      await visitor.screenshot("watching-a-drag");
    });
    const moved = await visitor.inspect("positions");
    const by = Math.hypot(...[0, 1, 2].map((axis) => moved[3 * atom + axis] - before.positions[3 * atom + axis]));
    assert.ok(by > 0.1, `it moved by ${by} Å`);
    // The last frame reaches both pages at different times.
    const shown = await eventually(async () => {
      const [one, other] = await Promise.all([visitor, driver].map((visitor) => visitor.page.textContent("#energy")));
      return one === other ? one : undefined;
    });
    assert.match(shown, /eV/);
  },

  "a driver pulls an atom of a running simulation": async ({ open }) => {
    const driver = await open({ token: TOKENS.driver });
    await driver.page.getByRole("radio", { name: "pulls it" }).check();
    await driver.page.getByRole("button", { name: "Run" }).click();
    await driver.until((spectator) => spectator.activity === 1);
    const frame = await driver.inspect("frame");
    await driver.drag(1, { x: -90, y: -60 }, async () => {
      await driver.until((spectator, old) => spectator.frame > old + 20, frame);
      await driver.screenshot("pulling");
    });
    await driver.page.getByRole("button", { name: "Stop" }).click();
    await driver.until((spectator) => spectator.activity === 0);
  },
};
