// Tests of keys, touch and small windows.

import assert from "node:assert/strict";
import { farthest } from "./wait.mjs";

export const inputTests = {
  "keys rotate, pan and fit the view": async ({ open }) => {
    const visitor = await open();
    await visitor.page.locator("#canvas").focus();
    const first = await visitor.inspect("camera");
    await visitor.page.keyboard.press("ArrowRight");
    const turned = await visitor.inspect("camera");
    assert.ok(farthest(first.position, turned.position) > 0.1);
    await visitor.page.keyboard.press("-");
    assert.ok((await visitor.inspect("camera")).distance > turned.distance);
    await visitor.page.keyboard.press("f");
    for (let atom = 0; atom < 24; atom++) {
      const at = await visitor.screenPosition(atom);
      assert.ok(at.x > 320 && at.x < 1280 && at.y > 0 && at.y < 800);
    }
  },

  "a phone shows the scene, and the panel on request": async ({ open }) => {
    const visitor = await open({ phone: true });
    await visitor.screenshot("phone");
    const scene = await visitor.page.locator("#canvas").boundingBox();
    assert.ok(scene.height > 500);
    assert.ok(!(await visitor.page.locator("#body").isVisible()));
    await visitor.page.getByRole("button", { name: "Show or hide details" }).tap();
    assert.ok(await visitor.page.locator("#body").isVisible());
    await visitor.screenshot("phone-open");
    for (const target of await visitor.page.locator("button:visible, input[type=range]:visible, .segments label:visible, .switch:visible").all()) {
      const box = await target.boundingBox();
      assert.ok(box.height >= 44, `${await target.textContent()} is ${box.height} pixels high`);
    }
    const wide = await visitor.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `the page is ${wide} pixels wide`);
  },

  "numbers do not change the size of the scene on a phone": async ({ open }) => {
    const visitor = await open({ phone: true });
    await visitor.untilSettled();
    const [empty, full] = await visitor.page.evaluate(() => {
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

  "touch rotates the view": async ({ open }) => {
    const visitor = await open({ phone: true });
    await visitor.untilSettled();
    const before = await visitor.inspect("camera");
    const touch = await visitor.context.newCDPSession(visitor.page);
    const at = (x, y, id = 0) => ({ x, y, id });
    const send = (type, ...touchPoints) => touch.send("Input.dispatchTouchEvent", { type, touchPoints });
    await send("touchStart", at(20, 100));
    await send("touchMove", at(120, 140));
    await send("touchEnd");
    const turned = await visitor.inspect("camera");
    assert.ok(farthest(before.position, turned.position) > 0.5);
    assert.ok(Math.abs(before.distance - turned.distance) < 1e-9);
    await send("touchStart", at(150, 300), at(240, 300, 1));
    await send("touchMove", at(110, 300), at(280, 300, 1));
    await send("touchEnd");
    assert.ok((await visitor.inspect("camera")).distance < 0.7 * turned.distance);
  },
};
