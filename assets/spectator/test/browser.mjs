// Tests of the page in a browser with a server.
//
// Usage: node test/browser.mjs [WORD …]   (only tests whose name has one of the words)
// MLIPVIEW_BINARY: the program to test, or "mock" [default: target/debug/mlipview]
// CHROMIUM: the browser [default: /usr/bin/chromium]. SCREENSHOTS: a folder for screenshots.

import assert from "node:assert/strict";
import { connectionTests } from "./browser/connection_tests.mjs";
import { inputTests } from "./browser/input_tests.mjs";
import { lammpsTests } from "./browser/lammps_tests.mjs";
import { liveTests } from "./browser/live_tests.mjs";
import { sceneTests } from "./browser/scene_tests.mjs";
import { scriptTests } from "./browser/script_tests.mjs";
import { Server } from "./browser/server.mjs";
import { simulationTests } from "./browser/simulation_tests.mjs";
import { timelineTests } from "./browser/timeline_tests.mjs";
import { trainingTests } from "./browser/training_tests.mjs";
import { FILE } from "./browser/structures.mjs";
import { openBrowser, Visitor } from "./browser/visitor.mjs";

// The mock has no trainings, no rigid bodies and follows no other program.
const ofOthers = process.env.MLIPVIEW_BINARY === "mock" ? {} : { ...trainingTests, ...liveTests, ...lammpsTests };
const tests = { ...sceneTests, ...simulationTests, ...timelineTests, ...scriptTests, ...connectionTests, ...inputTests, ...ofOthers };
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
  let passed = true;
  try {
    await test({ open, world });
    assert.deepEqual(visitors.flatMap((visitor) => visitor.consoleErrors), []);
    console.log(`ok      ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    passed = false;
    console.log(`FAILED  ${name}\n${error.stack}\n${visitors.flatMap((visitor) => visitor.consoleErrors).join("\n")}`);
    console.log(`the server's output:\n${world.server.output}\nits health: ${await world.server.health()}`);
    for (const [index, visitor] of visitors.entries()) {
      console.log(`page ${index}: ${await visitor.describe()}`);
      await visitor.screenshot(`failed-${index}`).catch(() => {});
    }
  }
  for (const visitor of visitors) await visitor.close();
  return passed;
}

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
  // Software rendering on a busy CPU can delay a browser by seconds: a failed test is repeated once.
  if (!(await run(name, test)) && !(await run(name, test))) failed += 1;
}
await browser.close();
await world.server.kill("SIGTERM");
console.log(failed === 0 ? "All tests passed." : `${failed} failed.`);
process.exit(failed === 0 ? 0 : 1);
