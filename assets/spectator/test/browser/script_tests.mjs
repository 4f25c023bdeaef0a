// Tests of timeline scripts, with states that the mock server adds to recorded frames.

import assert from "node:assert/strict";
import { Server, TOKENS } from "./server.mjs";
import { atomsOf, FILE } from "./structures.mjs";

const { symbols, positions } = atomsOf(FILE);
const ATOM = symbols.indexOf("O");
const POINT = positions.slice(3 * ATOM, 3 * ATOM + 3);
const base64 = (bytes) => Buffer.from(bytes).toString("base64");
const OPACITIES = symbols.map((symbol) => (symbol === "O" ? 255 : symbol === "N" ? 0 : 64));
// Bonds of nitrogen are not drawn, the others are faded.
const BONDS = {
  bondOpacities: base64([0, 0, 64, 255]),
  bondFocuses: base64(symbols.map((symbol) => (symbol === "N" ? 0 : 2))),
};

// States of the first recorded frames.
const STATES = {
  0: {
    labels: [
      { text: "a <b>callout</b>\nof two lines", point: POINT, height: 0.5, color: 0xffffffff, background: 0x10121ad6 },
      { text: "a text", place: [0.25, 0.1], height: 0.06, color: 0x00ff00ff, background: 0xff0000ff },
      { text: "behind the eye", point: [0, 0, 1e6], height: 1 },
      { text: "no place", height: 1 },
    ],
  },
  2: { opacities: base64(OPACITIES), ...BONDS },
  3: { opacities: base64([0]) },
  4: { opacities: base64(symbols.map(() => 0).concat(0, 0, 0)), bondOpacities: base64([0, 0, 0, 0]) },
  5: {
    opacities: base64(OPACITIES),
    ...BONDS,
    labels: [
      { text: "oxygen", point: POINT, height: 0.6, color: 0xffffffff, background: 0x10121ad6 },
      { text: "Nitrogen is not drawn.", place: [0.5, 0.9], height: 0.05, color: 0xffb81aff, background: 0x10121ad6 },
    ],
  },
  6: { to: { target: [1, 2, 3], orientation: [0, 0.6, 0, 0.8], distance: 25 }, progress: 1 },
};
const isRed = (red, green, blue) => red > 120 && green < 0.5 * red && blue < 0.5 * red;
const isBlue = (red, green, blue) => blue > 100 && red < 0.6 * blue;
// Carbon and hydrogen; pixels at edges are darker.
const isGray = (red, green, blue) => Math.min(red, green, blue) > 100 && Math.max(red, green, blue) < 1.15 * Math.min(red, green, blue);

// Runs a test on recorded frames of the mock; `show` shows a frame, of which the picture is still.
async function onRecording(open, test) {
  const server = await Server.start(FILE, 0, ["--script", JSON.stringify(STATES)]);
  try {
    const driver = await open({ link: server.link, token: TOKENS.driver });
    const visitor = await open({ link: server.link });
    await driver.page.getByRole("button", { name: "Run" }).click();
    await visitor.until((spectator) => spectator.timeline.length > 10);
    await driver.page.getByRole("button", { name: "Stop" }).click();
    await visitor.until((spectator) => spectator.activity === 0);
    // Presses a key on the track, and waits until the frame at a position is drawn.
    const press = async (key, position) => {
      const before = await visitor.inspect("pictures");
      await visitor.page.keyboard.press(key);
      const isDrawn = ({ timeline, pictures }, [wanted, old]) => timeline.shown && timeline.position === wanted && pictures > old;
      await visitor.until(isDrawn, [position, before]);
    };
    const show = async (position) => {
      await visitor.page.getByRole("slider", { name: /^Frame/ }).focus();
      await press("Home", 0);
      for (let step = 1; step <= position; step++) await press("ArrowRight", step);
      await visitor.untilStill();
    };
    const count = async (hasColor) => (await visitor.halves(hasColor)).reduce((sum, half) => sum + half);
    await test({ visitor, show, count });
  } finally {
    await server.kill("SIGTERM");
  }
}

// Texts, centers and letter heights of the labels that are shown, pixels of the page.
const labels = (visitor) =>
  visitor.page.evaluate(() =>
    [...document.querySelectorAll("#script-labels span")].filter((label) => !label.hidden).map((label) => {
      const { left, top, width, height } = label.getBoundingClientRect();
      return { text: label.textContent, x: left + width / 2, y: top + height / 2, height, letters: parseFloat(getComputedStyle(label).fontSize) };
    }),
  );

function assertAt(label, x, y) {
  assert.ok(Math.hypot(label.x - x, label.y - y) < 2, `${label.text} is at ${label.x}, ${label.y} instead of ${x}, ${y}`);
}

export const scriptTests = {
  "labels of a script are at their points and places, and leave with their frame": async ({ open }) => {
    await onRecording(open, async ({ visitor, show }) => {
      await show(0);
      const canvas = await visitor.page.locator("#canvas").boundingBox();
      const [callout, text, ...others] = await labels(visitor);
      assert.deepEqual(others, []);
      assert.equal(callout.text, "a <b>callout</b>\nof two lines");
      const atom = await visitor.screenPosition(ATOM);
      assertAt(callout, atom.x, atom.y);
      assertAt(text, canvas.x + 0.25 * canvas.width, canvas.y + 0.1 * canvas.height);
      assert.ok(Math.abs(text.letters - 0.06 * canvas.height) < 0.1);
      assert.ok(Math.abs(callout.height / callout.letters - (2 * 1.2 + 0.5)) < 0.05, "two lines and the margins");
      assert.ok(await visitor.page.getByLabel("Viewpoints of others").isChecked());
      await visitor.page.getByLabel("Viewpoints of others").uncheck();
      await visitor.screenshot("script-labels");
      // They stay at their points while the view rotates.
      await visitor.page.mouse.move(canvas.x + 60, canvas.y + 300);
      await visitor.page.mouse.down();
      await visitor.page.mouse.move(canvas.x + 160, canvas.y + 340, { steps: 5 });
      await visitor.page.mouse.up();
      await visitor.untilStill();
      const [turned, still] = await labels(visitor);
      const there = await visitor.screenPosition(ATOM);
      assert.ok(Math.hypot(there.x - atom.x, there.y - atom.y) > 10, "the view has rotated");
      assertAt(turned, there.x, there.y);
      assertAt(still, text.x, text.y);
      await show(1);
      assert.deepEqual(await labels(visitor), []);
      await show(0);
      assert.equal((await labels(visitor)).length, 2);
      await visitor.page.getByRole("button", { name: "Follow" }).click();
      await visitor.until((spectator) => !spectator.timeline.shown);
      await visitor.untilStill();
      assert.deepEqual(await labels(visitor), []);
    });
  },

  "atoms of a script fade, and atoms of opacity 0 are not drawn": async ({ open }) => {
    await onRecording(open, async ({ visitor, show, count }) => {
      await show(1);
      const whole = [await count(isRed), await count(isBlue), await count(isGray)];
      assert.ok(whole.every((pixels) => pixels > 300), String(whole));
      await show(2);
      await visitor.screenshot("script-opacities");
      const faded = [await count(isRed), await count(isBlue), await count(isGray)];
      // Bonds of oxygen fade.
      assert.ok(faded[0] > 0.5 * whole[0] && faded[0] < whole[0], `red: ${faded[0]} of ${whole[0]}`);
      assert.equal(faded[1], 0);
      assert.ok(faded[2] < 0.5 * whole[2], `gray: ${faded[2]} of ${whole[2]}`);
      // Too few opacities: the other atoms are opaque. Too many: the picture is empty, without an error.
      await show(3);
      assert.ok((await count(isBlue)) > 0.5 * whole[1]);
      await show(4);
      assert.equal((await count(isRed)) + (await count(isBlue)), 0);
      // The symbol of a button is gray.
      assert.ok((await count(isGray)) < 0.01 * whole[2]);
      await show(5);
      await visitor.screenshot("script-labels-and-opacities");
      await show(1);
      assert.ok((await count(isGray)) > 0.9 * whole[2]);
    });
  },

  "a script moves the camera": async ({ open }) => {
    await onRecording(open, async ({ visitor, show }) => {
      await show(6);
      const { position, orientation, distance } = await visitor.inspect("camera");
      assert.ok(Math.abs(distance - 25) < 1e-6);
      assert.ok(orientation.every((value, index) => Math.abs(value - [0, 0.6, 0, 0.8][index]) < 1e-6), String(orientation));
      // The eye is 25 Å from the target along the turned z axis, (0.96, 0, 0.28).
      assert.ok(position.every((value, axis) => Math.abs(value - [1 + 24, 2, 3 + 7][axis]) < 1e-5), String(position));
    });
  },
};
