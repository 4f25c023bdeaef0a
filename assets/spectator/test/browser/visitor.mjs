// Somebody with a browser: opens the page, looks, presses, and remembers what went wrong.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
];
const DESK = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

export const openBrowser = (...flags) =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: [...FLAGS, ...flags] });

export class Visitor {
  // What must not happen: messages in the console, errors, breaches of the content security policy.
  complaints = [];
  // While the server is away the browser says so in the console.
  mayLoseTheLine = false;

  static async open(browser, link, { token, phone = false, draws = true } = {}) {
    const visitor = new Visitor();
    visitor.context = await browser.newContext(phone ? PHONE : DESK);
    const page = (visitor.page = await visitor.context.newPage());
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
      );
    });
    page.on("console", (message) => {
      const text = message.text();
      if (visitor.mayLoseTheLine && /WebSocket connection|ERR_CONNECTION/.test(text)) return;
      if (["error", "warning"].includes(message.type())) visitor.complaints.push(text);
    });
    page.on("pageerror", (error) => visitor.complaints.push(String(error.stack)));
    await page.goto(link + (token ? `#token=${token}` : ""));
    if (draws) await visitor.until((spectator) => spectator?.atoms > 0 && spectator.pictures > 0);
    return visitor;
  }

  // What window.spectator has under a name.
  see(name) {
    return this.page.evaluate((key) => window.spectator[key], name);
  }

  // Until this is true of window.spectator. It is asked from outside: in the page the policy would
  // forbid it.
  async until(condition, argument, timeout = 30_000) {
    const check = `(${condition})(window.spectator, ${JSON.stringify(argument ?? null)})`;
    const end = performance.now() + timeout;
    while (!(await this.page.evaluate(check))) {
      if (performance.now() > end) throw new Error(`after ${timeout} ms still not: ${condition}`);
      await this.page.waitForTimeout(30);
    }
  }

  // Until numbers are shown and nothing has changed its size or place, nor the view, for some looks on
  // end.
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

  // Until no picture was drawn for half a second: the last is as fine as this machine draws what rests.
  async untilStill(timeout = 30_000) {
    const end = performance.now() + timeout;
    for (let before = -1, same = 0; same < 10; ) {
      const pictures = await this.see("pictures");
      same = pictures === before ? same + 1 : 0;
      before = pictures;
      if (performance.now() > end) throw new Error(`after ${timeout} ms still drawing`);
      await this.page.waitForTimeout(50);
    }
  }

  // Where an atom is seen.
  place(atom) {
    return this.page.evaluate((index) => window.spectator.screen(index), atom);
  }

  // Presses on an atom, moves by so many pixels, and does something before it lets go.
  async drag(atom, by, meanwhile = async () => {}) {
    const at = await this.place(atom);
    await this.page.mouse.move(at.x, at.y);
    await this.page.mouse.down();
    await this.page.mouse.move(at.x + by.x, at.y + by.y, { steps: 8 });
    await meanwhile();
    await this.page.mouse.up();
  }

  async picture(name) {
    const folder = process.env.SCREENSHOTS;
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  // How many pixels of the scene's left and right half have a color: it is told red, green and blue.
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

  // Red, green and blue where an atom is seen in front of all others.
  async colorAt(atom) {
    const [color] = await this.colors([await this.place(atom)]);
    return color;
  }

  // Red, green and blue at places of the page.
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

  // How many sticks side by side a bond is seen to have at shares of its length: stretches of a line
  // across it that are brighter than the background.
  async sticks([one, other], shares) {
    const [from, to] = [await this.place(one), await this.place(other)];
    const [x, y] = [to.x - from.x, to.y - from.y];
    // A quarter of the bond's length to either side, in steps of half a pixel.
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

  async leave() {
    await this.context.close();
  }
}
