// Tests of roles, tokens and reconnects.

import assert from "node:assert/strict";
import { Server, TOKENS } from "./server.mjs";
import { FILE } from "./structures.mjs";
import { farthest } from "./wait.mjs";

export const connectionTests = {
  "a spectator gets an explanation why atoms cannot be dragged": async ({ open }) => {
    const visitor = await open();
    await visitor.untilSettled();
    const before = await visitor.inspect("positions");
    assert.ok(await visitor.page.getByRole("button", { name: "Run" }).isDisabled());
    assert.match(await visitor.page.textContent("#permission"), /You are watching.*owner.*link/);
    await visitor.drag(3, { x: 40, y: 20 });
    await visitor.page.getByRole("log").getByText("You are watching").waitFor();
    await visitor.screenshot("refused");
    assert.ok(farthest(await visitor.inspect("positions"), before) < 1e-6);
    assert.equal(await visitor.inspect("role"), "watching");
  },

  "an owner admits a spectator, who then drives": async ({ open }) => {
    const owner = await open({ token: TOKENS.owner });
    const visitor = await open();
    await visitor.page.getByLabel("Your name").fill("Ada");
    await visitor.page.getByLabel("Your name").press("Enter");
    await owner.page.getByRole("button", { name: "Let drive: Ada" }).click();
    await visitor.until((spectator) => spectator.role === "driver");
    assert.ok(await visitor.page.getByRole("button", { name: "Run" }).isEnabled());
    await owner.screenshot("owner");
    await owner.page.getByRole("button", { name: /Take the controls from: Ada/ }).click();
    await visitor.until((spectator) => spectator.role === "watching");
    await owner.page.getByRole("button", { name: "Disconnect Ada" }).click();
    await visitor.until((spectator) => spectator.connection === "ended");
    await visitor.screenshot("removed");
    await visitor.page.getByRole("button", { name: "Connect again" }).click();
    await visitor.until((spectator) => spectator.connection === "connected");
  },

  "the page reconnects after a restart of the server and keeps its view": async ({ open, world }) => {
    const visitor = await open();
    const driver = await open({ token: TOKENS.driver });
    visitor.mayDisconnect = driver.mayDisconnect = true;
    await visitor.page.locator("#canvas").focus();
    for (let i = 0; i < 5; i++) await visitor.page.keyboard.press("ArrowLeft");
    const camera = await visitor.inspect("camera");
    const pictures = await visitor.inspect("pictures");
    await world.server.kill();
    await visitor.until((spectator) => spectator.connection === "waiting");
    await visitor.until(() => /Trying again in \d+ s/.test(document.getElementById("state").textContent));
    assert.ok(await visitor.page.getByRole("button", { name: "Try now" }).isVisible());
    assert.ok(await driver.page.getByRole("button", { name: "Run" }).isDisabled());
    await visitor.screenshot("waiting");
    await visitor.page.waitForTimeout(2500);
    world.server = await Server.start(FILE, world.server.port);
    await visitor.until((spectator) => spectator.connection === "connected", null, 40_000);
    await visitor.until((spectator, old) => spectator.pictures > old && spectator.atoms === 24, pictures);
    assert.deepEqual(await visitor.inspect("camera"), camera);
    await driver.until((spectator) => spectator.role === "driver");
    const frame = await driver.inspect("frame");
    await driver.page.getByRole("button", { name: "Run" }).click();
    await visitor.until((spectator) => spectator.activity === 1);
    assert.ok(Number.isFinite(frame));
    await driver.page.getByRole("button", { name: "Stop" }).click();
  },

  "an unknown token is reported, and watching is offered": async ({ open }) => {
    const visitor = await open({ token: "a-token-of-yesterday", draws: false });
    await visitor.until((spectator) => spectator?.connection === "ended");
    assert.match(await visitor.page.textContent("#state"), /Unknown token/);
    await visitor.screenshot("unknown-token");
    await visitor.page.getByRole("button", { name: "Only watch" }).click();
    await visitor.until((spectator) => spectator.atoms === 24 && spectator.role === "watching");
  },

  "the token is removed from the address and kept for the tab": async ({ open }) => {
    const driver = await open({ token: TOKENS.driver });
    assert.ok(!driver.page.url().includes("token"));
    await driver.page.reload();
    await driver.until((spectator) => spectator.role === "driver");
  },
};
