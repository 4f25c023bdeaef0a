// Tests of the timeline bar: scrubbing, stepping, playing, and following again.

import assert from "node:assert/strict";
import { TOKENS } from "./server.mjs";
import { farthest } from "./wait.mjs";

// Runs dynamics until the timeline has a number of frames, some of which earlier tests may have left.
async function record(driver, frames = 80) {
  await driver.page.getByRole("button", { name: "Run" }).click();
  await driver.until(({ activity, timeline }, count) => activity === 1 && timeline.length > count, frames);
}

// Ends the run, and waits for its last frame.
async function stop(driver) {
  await driver.page.getByRole("button", { name: "Stop" }).click();
  await driver.until((spectator) => spectator.activity === 0 && !spectator.timeline.shown);
  await driver.untilStill();
}

// A position of the page on the track.
async function onTrack(visitor, fraction) {
  const box = await visitor.page.locator("#track").boundingBox();
  return { x: box.x + fraction * box.width, y: box.y + box.height / 2 };
}

const track = (visitor) => visitor.page.getByRole("slider", { name: /^Frame/ });

export const timelineTests = {
  "a spectator looks back while others follow, and follows again": async ({ open }) => {
    const driver = await open({ token: TOKENS.driver });
    const visitor = await open();
    await record(driver);
    await visitor.until((spectator) => spectator.timeline.length > 40);
    const { x, y } = await onTrack(visitor, 0.25);
    await visitor.page.mouse.click(x, y);
    await visitor.until((spectator) => spectator.timeline.looksBack);
    await visitor.page.getByText("Looking back", { exact: true }).waitFor();
    // The recorded frame may not be drawn yet.
    await visitor.untilStill();
    await visitor.screenshot("looking-back");
    const seen = await visitor.inspect("positions");
    const frame = await driver.inspect("frame");
    await driver.until((spectator, old) => spectator.frame > old + 10 && !spectator.timeline.shown, frame);
    assert.deepEqual(await visitor.inspect("positions"), seen);
    // Atoms of a recorded frame cannot be dragged; the run goes on.
    await visitor.page.getByRole("button", { name: "Follow" }).click();
    await visitor.until((spectator) => !spectator.timeline.shown && spectator.activity === 1);
    await visitor.until((spectator, old) => spectator.frame > old, frame);
    await stop(driver);
  },

  "a driver scrubs for everyone, and returns to the newest frame": async ({ open }) => {
    const driver = await open({ token: TOKENS.driver });
    const visitor = await open();
    await record(driver);
    await stop(driver);
    await visitor.until((spectator, frame) => spectator.frame === frame, await driver.inspect("frame"));
    await visitor.untilStill();
    const newest = await visitor.inspect("positions");
    const [from, to] = [await onTrack(driver, 0.9), await onTrack(driver, 0.1)];
    await driver.page.mouse.move(from.x, from.y);
    await driver.page.mouse.down();
    await driver.page.mouse.move(to.x, to.y, { steps: 20 });
    await driver.page.mouse.up();
    for (const page of [driver, visitor]) {
      await page.until(({ timeline }) => timeline.shown && !timeline.looksBack && timeline.position < 0.2 * timeline.length);
      await page.page.getByText("Shown to everyone").waitFor();
    }
    await driver.screenshot("scrubbing");
    assert.ok(await visitor.page.getByRole("button", { name: "Follow" }).isDisabled());
    await driver.page.getByRole("button", { name: "Live" }).click();
    await visitor.until((spectator) => !spectator.timeline.shown);
    await visitor.until((spectator, places) => spectator.positions.every((place, index) => Math.abs(place - places[index]) < 1e-3), newest);
  },

  "keys on the track step, and go to the ends": async ({ open }) => {
    const driver = await open({ token: TOKENS.driver });
    await record(driver, 30);
    await stop(driver);
    // The last frames are in the next summary.
    await driver.page.waitForTimeout(700);
    const visitor = await open();
    await visitor.until((spectator) => spectator.timeline.length > 30);
    await track(visitor).focus();
    const at = (position) => visitor.until(({ timeline }, wanted) => timeline.shown && timeline.position === wanted, position);
    await visitor.page.keyboard.press("Home");
    await at(0);
    await visitor.page.keyboard.press("ArrowRight");
    await at(1);
    await visitor.page.keyboard.press("Shift+ArrowRight");
    await at(11);
    await visitor.page.keyboard.press("ArrowLeft");
    await at(10);
    await visitor.until(() => {
      const track = document.getElementById("track");
      return /^Frame 10 \/ \d+/.test(track.getAttribute("aria-valuetext")) && track.getAttribute("aria-valuenow") === "10";
    });
    await visitor.page.keyboard.press("End");
    const { length } = await visitor.inspect("timeline");
    await at(length - 1);
    await visitor.page.keyboard.press("Escape");
    await visitor.until((spectator) => !spectator.timeline.shown);
    // Nobody else has seen it.
    assert.equal((await driver.inspect("timeline")).shown, false);
  },

  "frames are played for the room, and by a spectator for himself": async ({ open }) => {
    const driver = await open({ token: TOKENS.driver });
    const visitor = await open();
    await record(driver);
    await stop(driver);
    await visitor.until((spectator) => spectator.timeline.length > 80);
    await visitor.page.getByLabel("Speed").selectOption("60");
    await visitor.page.getByRole("button", { name: "Play" }).click();
    await visitor.until(({ timeline }) => timeline.looksBack && timeline.plays && timeline.position > 10);
    assert.equal((await driver.inspect("timeline")).shown, false);
    await visitor.page.getByRole("button", { name: "Pause" }).click();
    const { position } = await visitor.inspect("timeline");
    await visitor.page.waitForTimeout(400);
    assert.ok((await visitor.inspect("timeline")).position <= position + 4);
    await visitor.page.getByRole("button", { name: "Follow" }).click();

    await driver.page.getByLabel("At the end").selectOption("loop");
    await driver.page.getByRole("button", { name: "First frame" }).click();
    await driver.until(({ timeline }) => timeline.shown && timeline.position === 0);
    await driver.page.getByRole("button", { name: "Play" }).click();
    await visitor.until(({ timeline }) => timeline.shown && !timeline.looksBack && timeline.plays && timeline.position > 5);
    await driver.page.getByRole("button", { name: "Pause" }).click();
    await visitor.until(({ timeline }) => timeline.shown && !timeline.plays);
    await driver.page.getByRole("button", { name: "Live" }).click();
    await visitor.until((spectator) => !spectator.timeline.shown);
  },

  "a driver continues from an earlier frame": async ({ open }) => {
    const driver = await open({ token: TOKENS.driver });
    await record(driver);
    await stop(driver);
    assert.ok(await driver.page.getByRole("button", { name: "Continue from here" }).isDisabled());
    const { x, y } = await onTrack(driver, 0.5);
    await driver.page.mouse.click(x, y);
    await driver.until(({ timeline }) => timeline.shown);
    await driver.page.waitForTimeout(300);
    const shown = await driver.inspect("positions");
    const { position } = await driver.inspect("timeline");
    await driver.page.getByRole("button", { name: "Continue from here" }).click();
    await driver.until((spectator) => !spectator.timeline.shown && spectator.activity === 0);
    assert.ok(farthest(await driver.inspect("positions"), shown) < 1e-3);
    // The timeline ends there, with the frame that continues.
    await driver.until(({ timeline }, at) => timeline.length <= at + 3, position);
  },

  "a driver plays a range in a loop, smoothly, and then all frames": async ({ open }) => {
    const driver = await open({ token: TOKENS.driver });
    const visitor = await open();
    await record(driver);
    await stop(driver);
    await visitor.until((spectator) => spectator.timeline.length > 80);
    // The last frames are in the next summary.
    await driver.page.waitForTimeout(700);
    assert.ok(await visitor.page.getByLabel("Smooth").isHidden());
    assert.ok(await driver.page.getByRole("button", { name: "Range start" }).isDisabled());
    const [from, to] = [await onTrack(driver, 0.3), await onTrack(driver, 0.5)];
    await driver.page.keyboard.down("Shift");
    await driver.page.mouse.move(to.x, to.y);
    await driver.page.mouse.down();
    await driver.page.mouse.move(from.x, from.y, { steps: 5 });
    await driver.page.mouse.up();
    await driver.page.keyboard.up("Shift");
    const { range, shown, length } = await driver.inspect("timeline");
    assert.ok(!shown, "marking shows no frame");
    assert.ok(Math.abs(range[0] / length - 0.3) < 0.05 && Math.abs(range[1] / length - 0.5) < 0.05, String(range));
    await driver.page.getByLabel("At the end").selectOption("loop");
    await driver.page.getByLabel("Smooth").check();
    await driver.page.getByLabel("Speed").selectOption("60");
    await driver.page.getByRole("button", { name: "Play" }).click();
    // Everybody sees the range, and frames of it again and again.
    const positions = new Set();
    let rounds = 0;
    for (let last = -1; rounds < 2; ) {
      await visitor.until(({ timeline }, old) => timeline.plays && timeline.position !== old, last);
      const seen = await visitor.inspect("timeline");
      assert.deepEqual(seen.range.map(Math.round), range);
      assert.ok(seen.position >= range[0] && seen.position <= range[1], `${seen.position}`);
      if (seen.position < last) rounds += 1;
      last = seen.position;
      positions.add(last);
    }
    assert.ok(positions.size > 2);
    await driver.screenshot("range");
    await driver.page.getByRole("button", { name: "All frames" }).click();
    await visitor.until(({ timeline }, end) => timeline.range === undefined && timeline.position > end, range[1]);
    await driver.page.getByRole("button", { name: "Live" }).click();
    await visitor.until((spectator) => !spectator.timeline.shown);
  },

  "a spectator plays a range, and looks at a run that was left": async ({ open }) => {
    const driver = await open({ token: TOKENS.driver });
    const visitor = await open();
    await record(driver);
    await stop(driver);
    await visitor.until((spectator) => spectator.timeline.length > 80);
    const runs = visitor.page.getByLabel("Runs");
    // Hidden, as long as there is one; earlier tests may have left some.
    const before = await runs.locator("option").count();
    assert.equal(await runs.isHidden(), before < 2);
    await track(visitor).focus();
    await visitor.page.keyboard.press("Home");
    await visitor.page.keyboard.press("Shift+ArrowRight");
    await visitor.until(({ timeline }) => timeline.shown && timeline.position === 10);
    await visitor.page.getByRole("button", { name: "Range end" }).click();
    await visitor.page.getByLabel("At the end").selectOption("loop");
    await visitor.page.getByRole("button", { name: "Play" }).click();
    await visitor.until(({ timeline }) => timeline.plays && timeline.position > 5);
    await visitor.until(({ timeline }) => timeline.plays && timeline.position < 5);
    assert.deepEqual((await visitor.inspect("timeline")).range, [0, 10]);
    assert.equal((await driver.inspect("timeline")).range, undefined);
    await visitor.page.getByRole("button", { name: "Follow" }).click();
    await visitor.until((spectator) => !spectator.timeline.shown);

    const { x, y } = await onTrack(driver, 0.3);
    await driver.page.mouse.click(x, y);
    await driver.until(({ timeline }) => timeline.shown);
    await driver.page.getByRole("button", { name: "Continue from here" }).click();
    await driver.until((spectator) => !spectator.timeline.shown);
    await driver.page.getByRole("button", { name: "Run" }).click();
    await visitor.until((_, count) => document.getElementById("runs").options.length > count, before);
    await runs.waitFor();
    await stop(driver);
    const texts = await runs.locator("option").allTextContents();
    assert.equal(texts.length, before + 1);
    assert.match(texts[0], /^\d+ frames? from frame \d+, now$/);
    assert.match(texts.at(-1), /^\d+ frames from the start$/);
    await runs.selectOption({ index: 1 });
    await visitor.until(({ timeline }) => timeline.looksBack && timeline.position === undefined);
    await visitor.page.getByText("Frame of another run").waitFor();
    await visitor.screenshot("another-run");
    assert.equal((await driver.inspect("timeline")).shown, false);
    await runs.selectOption({ index: 0 });
    await visitor.until((spectator) => !spectator.timeline.shown);
  },

  "a driver looks back alone if the switch is off": async ({ open }) => {
    const driver = await open({ token: TOKENS.driver });
    const visitor = await open();
    await record(driver);
    await driver.page.getByLabel("For everyone").uncheck();
    const { x, y } = await onTrack(driver, 0.3);
    await driver.page.mouse.click(x, y);
    await driver.until(({ timeline }) => timeline.looksBack);
    await visitor.until((spectator) => spectator.activity === 1 && !spectator.timeline.shown);
    await driver.page.getByRole("button", { name: "Follow" }).click();
    await driver.until((spectator) => !spectator.timeline.shown);
    await stop(driver);
  },

  "fingers scrub on a phone": async ({ open }) => {
    const driver = await open({ token: TOKENS.driver });
    await record(driver);
    const visitor = await open({ phone: true });
    await visitor.until((spectator) => spectator.timeline.length > 80);
    const touch = await visitor.context.newCDPSession(visitor.page);
    const send = (type, ...touchPoints) => touch.send("Input.dispatchTouchEvent", { type, touchPoints });
    const [from, to] = [await onTrack(visitor, 0.8), await onTrack(visitor, 0.3)];
    await send("touchStart", { ...from, id: 0 });
    await send("touchMove", { ...to, id: 0 });
    await send("touchEnd");
    await visitor.until(({ timeline }) => timeline.looksBack && Math.abs(timeline.position / timeline.length - 0.3) < 0.1);
    await visitor.screenshot("phone-looking-back");
    assert.ok((await visitor.page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
    await visitor.page.getByRole("button", { name: "Follow" }).tap();
    await visitor.until((spectator) => !spectator.timeline.shown);
    await stop(driver);
  },
};
