// Tests of the page of trainings with a feed.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TOKENS } from "./server.mjs";
import { status, step, TelemetryServer, validation, withFolder } from "./telemetry_server.mjs";
import { eventually } from "./wait.mjs";

// Interval between two steps, ms: longer than the least between two events of progress.
const STEP_INTERVAL = 120;

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

// Feeds steps, each of which becomes an event.
async function feedSteps(server, first, count, every = 25) {
  for (let i = 0; i < count; i++) {
    server.feed(step(first + i * every));
    await pause(STEP_INTERVAL);
  }
}

// Runs a test with a server, which ends with it.
const withServer = (options, test) => async (context) => {
  const server = await TelemetryServer.start(options);
  const open = (more = {}) => context.open({ link: server.link, draws: false, ...more });
  try {
    await test({ server, open });
  } catch (error) {
    error.stack += `\nthe output of the server of trainings:\n${server.output}`;
    throw error;
  } finally {
    await server.kill();
  }
};

const text = (visitor, selector) => visitor.page.textContent(selector);

// Number of pixels on a canvas that have the color of a variable of the style sheet.
const pixelsOf = (visitor, selector, variable) =>
  visitor.page.evaluate(
    ([selector, variable]) => {
      const canvas = document.querySelector(selector);
      const probe = document.createElement("canvas").getContext("2d");
      probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
      probe.fillRect(0, 0, 1, 1);
      const wanted = probe.getImageData(0, 0, 1, 1).data;
      const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
      let found = 0;
      for (let i = 0; i < pixels.length; i += 4) {
        if (pixels[i + 3] > 200 && [0, 1, 2].every((k) => Math.abs(pixels[i + k] - wanted[k]) < 12)) found += 1;
      }
      return found;
    },
    [selector, variable],
  );

export const trainingTests = {
  "a training is shown with numbers, curves, progress and log": withServer({}, async ({ server, open }) => {
    const visitor = await open();
    await visitor.until(() => window.training?.connection === "connected");
    server.feed(status("running", "first epoch"));
    await feedSteps(server, 0, 12);
    server.feed(validation(275), { callback: "log", level: "warning", message: "a large force", source: "data" });
    await visitor.until(() => document.getElementById("force-now").textContent !== "–" && window.training.step === 275);
    assert.equal(await text(visitor, "#title"), "ethanol");
    assert.equal(await text(visitor, "#status"), "Training");
    assert.match(await text(visitor, "#where"), /27 % · epoch 2 of 4 · step 25 of 250/);
    await visitor.until(() => / left$/.test(document.getElementById("left").textContent));
    assert.match(await text(visitor, "#loss-now"), /^0\.1\d+$/);
    assert.match(await text(visitor, "#force-now"), /^0\.1\d+$/);
    assert.match(await text(visitor, "#energy-now"), /^4\.\d+$/);
    assert.ok((await pixelsOf(visitor, "#loss-chart canvas", "--blue")) > 100);
    assert.ok((await pixelsOf(visitor, "#error-chart canvas", "--violet")) > 5);
    await visitor.until(() => document.getElementById("cpu").textContent.endsWith("%"));
    await visitor.page.getByLabel("Level").selectOption("warning");
    assert.deepEqual(await visitor.page.locator("#log li span").allTextContents(), ["a large force"]);
    await visitor.screenshot("training");
    assert.ok(await visitor.page.locator("#controls").isHidden(), "spectators have no buttons");
  }),

  "a late client of a training sees the whole curve, and reads it by pointer and keys": withServer({}, async ({ server, open }) => {
    const early = await open();
    await early.until(() => window.training?.connection === "connected");
    server.feed(status("running"));
    await feedSteps(server, 0, 20);
    await early.until(() => window.training.step === 475);
    const late = await open({ phone: true });
    await late.until(() => window.training?.step === 475);
    const losses = (visitor) => visitor.page.evaluate(() => window.training.losses);
    assert.equal(await losses(late), await losses(early));
    assert.ok((await losses(late)) >= 15);
    const width = await late.page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(width, 390, "the page fits the phone");
    const chart = early.page.locator("#loss-chart canvas");
    await chart.hover({ position: { x: 60, y: 100 } });
    await early.until(() => document.querySelector("#loss-chart .at").textContent === "at step 0");
    await early.page.mouse.move(5, 5);
    await chart.focus();
    await early.page.keyboard.press("Home");
    await early.until(() => /at step 0: training 0\.804/.test(document.querySelector("#loss-chart canvas").getAttribute("aria-label")));
    await early.page.keyboard.press("Escape");
    await early.until(() => document.querySelector("#loss-chart .at").textContent === "at step 475");
    await late.screenshot("training-phone");
  }),

  "a driver of a training pauses, resumes, sets the learning rate and stops": withServer({ options: ["--commands"] }, async ({ server, open }) => {
    const driver = await open({ token: TOKENS.driver });
    server.feed(status("running"));
    await driver.until(() => window.training?.status === "running" && !document.getElementById("pause").disabled);
    assert.ok(!driver.page.url().includes("token"));
    const received = (name) => eventually(() => server.commands.find((command) => command.command === name));
    await driver.page.getByRole("button", { name: "Pause" }).click();
    await received("pause");
    await driver.page.getByRole("log").getByText("Pause: sent to the trainer").waitFor();
    server.feed(status("paused"));
    await driver.page.getByRole("button", { name: "Resume" }).waitFor();
    assert.equal(await driver.page.evaluate(() => document.activeElement.id), "resume");
    await driver.page.keyboard.press("Enter");
    await received("resume");
    const rate = driver.page.getByLabel("Learning rate", { exact: true });
    await rate.fill("fast");
    await rate.press("Enter");
    await driver.page.getByText("Invalid learning rate").waitFor();
    await rate.fill("5e-4");
    await rate.press("Enter");
    assert.deepEqual((await received("set_learning_rate")).args, { learning_rate: 5e-4 });
    await driver.page.getByRole("button", { name: "Sample" }).click();
    await driver.page.getByRole("button", { name: "Checkpoint" }).click();
    await received("sample");
    await received("checkpoint");
    await driver.page.getByRole("button", { name: "Stop …" }).click();
    await driver.screenshot("training-stop");
    await driver.page.getByRole("button", { name: "Go on training" }).click();
    await pause(300);
    assert.ok(!server.commands.some((command) => command.command === "stop"));
    await driver.page.getByRole("button", { name: "Stop …" }).click();
    await driver.page.getByRole("button", { name: "Stop it" }).click();
    await received("stop");
    server.feed(status("stopped"));
    await driver.until(() => window.training.status === "stopped" && document.getElementById("stop").disabled);
  }),

  "a driver of a training that takes no commands is told why": withServer({}, async ({ server, open }) => {
    const driver = await open({ token: TOKENS.driver });
    server.feed(status("running"));
    await driver.until(() => window.training?.status === "running" && !document.getElementById("pause").disabled);
    await driver.page.getByRole("button", { name: "Pause" }).click();
    await driver.page.getByRole("log").getByText(/Pause was rejected: \w+/).waitFor();
  }),

  "samples of a training are drawn": (context) =>
    withFolder((folder) => {
      mkdirSync(join(folder, "samples"));
      const water = (x) => `3\nProperties=species:S:1:pos:R:3\nO ${x} 0 0\nH 0.76 0.59 0\nH -0.76 0.59 0\n`;
      writeFileSync(join(folder, "samples/1.xyz"), water(0) + water(0.1));
      return withServer({ folder }, async ({ server, open }) => {
        const visitor = await open();
        server.feed(status("running"), step(5));
        server.feed({ callback: "sample", kind: "default", path: "samples/1.xyz", prompt: "relaxed water" });
        await visitor.page.getByRole("link", { name: /relaxed water/ }).waitFor();
        const picture = visitor.page.getByRole("img", { name: "Last frame, 3 atoms" });
        await picture.scrollIntoViewIfNeeded();
        const red = () =>
          picture.evaluate((canvas) => {
            const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
            let found = 0;
            for (let i = 0; i < pixels.length; i += 4) if (pixels[i] > 200 && pixels[i + 1] < 60) found += 1;
            return found > 50 ? found : undefined;
          });
        await eventually(red);
        await visitor.screenshot("training-sample");
      })(context);
    }),

  "the page of a training reconnects after a restart of the server and keeps its curve": (context) =>
    withFolder(async (folder) => {
      let server = await TelemetryServer.start({ folder });
      try {
        const visitor = await context.open({ link: server.link, draws: false });
        visitor.mayDisconnect = true;
        server.feed(status("running"));
        await feedSteps(server, 0, 8);
        await visitor.until(() => window.training?.step === 175);
        const before = await visitor.page.evaluate(() => window.training.losses);
        await server.kill();
        await visitor.until(() => window.training.connection === "waiting");
        await visitor.until(() => /Trying again in \d+ s/.test(document.getElementById("connection-text").textContent));
        assert.ok(await visitor.page.getByRole("button", { name: "Try now" }).isVisible());
        server = await TelemetryServer.start({ port: server.port, folder });
        await visitor.until(() => window.training.connection === "connected", null, 40_000);
        await feedSteps(server, 200, 4);
        await visitor.until(() => window.training.step === 275);
        assert.equal(await visitor.page.evaluate(() => window.training.losses), before + 4);
        assert.equal(await text(visitor, "#connection-text"), "Live");
      } finally {
        await server.kill();
      }
    }),

  "the page of a training forgets the curve of another run with the same numbers": async (context) => {
    let server = await TelemetryServer.start();
    try {
      const visitor = await context.open({ link: server.link, draws: false });
      visitor.mayDisconnect = true;
      server.feed(status("running"));
      await feedSteps(server, 500, 6);
      await visitor.until(() => window.training?.step === 625);
      await server.kill();
      server = await TelemetryServer.start({ port: server.port });
      server.feed(status("running"));
      await feedSteps(server, 0, 12);
      await visitor.until(() => window.training.step === 275, null, 40_000);
      await visitor.until(() => window.training.losses === 12);
    } finally {
      await server.kill();
    }
  },

  "an unknown token for a training is reported, and watching is offered": withServer({}, async ({ server, open }) => {
    server.feed(status("running"));
    const visitor = await open({ token: "a-token-of-yesterday" });
    await visitor.until(() => window.training?.connection === "ended");
    // The text is drawn in the next picture.
    await visitor.until(() => /token/i.test(document.querySelector("#connection-text").textContent));
    await visitor.page.getByRole("button", { name: "Only watch" }).click();
    await visitor.until(() => window.training.status === "running");
  }),
};
