// Driver of one page in the browser: input, screenshots, and errors of the console.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
];
const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

export const openBrowser = (...flags) =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...FLAGS, ...flags] });

export class Visitor {
  // Console messages, errors, and violations of the content security policy, none of which are allowed.
  consoleErrors = [];
  // Console messages about a lost connection are allowed while the server is down.
  mayDisconnect = false;

  static async open(browser, link, { token, phone = false, draws = true } = {}) {
    const visitor = new Visitor();
    visitor.context = await browser.newContext(phone ? PHONE : DESKTOP);
    const page = (visitor.page = await visitor.context.newPage());
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
      );
    });
    page.on("console", (message) => {
      const text = message.text();
      if (visitor.mayDisconnect && /WebSocket connection|ERR_CONNECTION/.test(text)) return;
      if (["error", "warning"].includes(message.type())) visitor.consoleErrors.push(text);
    });
    page.on("pageerror", (error) => visitor.consoleErrors.push(String(error.stack)));
    await page.goto(link + (token ? `#token=${token}` : ""));
    if (draws) await visitor.until((spectator) => spectator?.atoms > 0 && spectator.pictures > 0);
    return visitor;
  }

  // A property of window.spectator.
  inspect(name) {
    return this.page.evaluate((key) => window.spectator[key], name);
  }

  // What the page shows, for the report of a failed test.
  async describe() {
    try {
      return await this.page.evaluate(() => {
        if (window.training) return JSON.stringify(window.training) + document.getElementById("head").innerText;
        if (window.live) return JSON.stringify({ run: window.live.run, pictures: window.live.pictures }) + document.getElementById("panel").innerText;
        const { activity, frame, energy, pictures } = window.spectator;
        const [connection, toasts] = ["connection", "toasts"].map((id) => document.getElementById(id).innerText);
        return JSON.stringify({ activity, frame, energy, pictures, connection, toasts });
      });
    } catch (error) {
      return String(error);
    }
  }

  // Waits until a condition of the page is true. It is polled from outside, since the content security policy
  // forbids it inside the page.
  async until(condition, argument, timeout = 30_000) {
    const check = `(${condition})(window.spectator, ${JSON.stringify(argument ?? null)})`;
    const end = performance.now() + timeout;
    while (!(await this.page.evaluate(check))) {
      if (performance.now() > end) throw new Error(`after ${timeout} ms still not: ${condition}`);
      await this.page.waitForTimeout(30);
    }
  }

  // Waits until numbers are shown, and layout and view have been stable for several polls.
  async untilSettled(timeout = 30_000) {
    const end = performance.now() + timeout;
    for (let before, same = 0; same < 10; ) {
      const now = await this.page.evaluate(() => {
        const { camera, activity, frame, positions } = window.spectator;
        const sizes = ["canvas", "head", "connection", "summary"].map((id) => document.getElementById(id).getBoundingClientRect().height);
        const energy = document.getElementById("energy").textContent;
        return /eV/.test(energy) && activity === 0 ? JSON.stringify([sizes, camera, frame, positions]) : undefined;
      });
      same = now !== undefined && now === before ? same + 1 : 0;
      before = now;
      if (performance.now() > end) throw new Error(`after ${timeout} ms still not settled: ${now}`);
      await this.page.waitForTimeout(50);
    }
  }

  // Waits until no picture was drawn for half a second, so that the last one is sharp.
  async untilStill(timeout = 30_000) {
    const end = performance.now() + timeout;
    for (let before = -1, same = 0; same < 10; ) {
      const pictures = await this.inspect("pictures");
      same = pictures === before ? same + 1 : 0;
      before = pictures;
      if (performance.now() > end) throw new Error(`after ${timeout} ms still drawing`);
      await this.page.waitForTimeout(50);
    }
  }

  // Position of an atom on the page.
  screenPosition(atom) {
    return this.page.evaluate((index) => window.spectator.screen(index), atom);
  }

  // Drags an atom by a number of pixels, and calls `meanwhile` before the release.
  async drag(atom, by, meanwhile = async () => {}) {
    const at = await this.screenPosition(atom);
    await this.page.mouse.move(at.x, at.y);
    await this.page.mouse.down();
    await this.page.mouse.move(at.x + by.x, at.y + by.y, { steps: 8 });
    await meanwhile();
    await this.page.mouse.up();
  }

  // Writes a screenshot into the folder of SCREENSHOTS, if it is set.
  async screenshot(name) {
    const folder = process.env.SCREENSHOTS;
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  // Number of pixels in the left and right half of the scene whose red, green and blue meet a condition.
  async halves(hasColor) {
    const image = await this.page.locator("#canvas").screenshot();
    const count = `(async (data) => {
      const image = new Image();
      image.src = "data:image/png;base64," + data;
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.width, image.height];
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      const pixels = context.getImageData(0, 0, image.width, image.height).data;
      const found = [0, 0];
      for (let i = 0; i < pixels.length; i += 4) {
        const half = (i / 4) % image.width < image.width / 2 ? 0 : 1;
        if ((${hasColor})(...pixels.slice(i, i + 3))) found[half] += 1;
      }
      return found;
    })(${JSON.stringify(image.toString("base64"))})`;
    return this.page.evaluate(count);
  }

  // Color at the center of an atom.
  async colorAt(atom) {
    const [color] = await this.colors([await this.screenPosition(atom)]);
    return color;
  }

  // Colors at positions of the page.
  async colors(places) {
    const screenshot = await this.page.screenshot({ scale: "css" });
    const look = async ([data, places]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.width, image.height];
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      const pixels = context.getImageData(0, 0, image.width, image.height).data;
      return places.map(({ x, y }) => {
        const start = 4 * (Math.floor(y) * image.width + Math.floor(x));
        return [...pixels.slice(start, start + 3)];
      });
    };
    return this.page.evaluate(look, [screenshot.toString("base64"), places]);
  }

  // Number of parallel sticks at fractions of the length of a bond: bright stretches of a line across it.
  async sticks([one, other], shares) {
    const [from, to] = [await this.screenPosition(one), await this.screenPosition(other)];
    const [x, y] = [to.x - from.x, to.y - from.y];
    // A quarter of the length of the bond to either side, in steps of half a pixel.
    const steps = Math.ceil(Math.hypot(x, y));
    const across = Array.from({ length: steps + 1 }, (_, step) => 0.5 * (step / steps) - 0.25);
    const places = shares.flatMap((share) =>
      across.map((aside) => ({ x: from.x + share * x - aside * y, y: from.y + share * y + aside * x })),
    );
    const bright = (await this.colors(places)).map((color) => Math.max(...color) > 80);
    return shares.map((_, index) => {
      const line = bright.slice(index * across.length, (index + 1) * across.length);
      return line.filter((drawn, step) => drawn && !line[step - 1]).length;
    });
  }

  async close() {
    await this.context.close();
  }
}
