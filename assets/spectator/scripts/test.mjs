// Bundles test/*.test.ts and runs them with node's own test runner.

import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const page = join(dirname(fileURLToPath(import.meta.url)), "..");
const tests = readdirSync(join(page, "test")).filter((name) => name.endsWith(".test.ts"));
const built = join(page, ".built", "tests");
rmSync(built, { recursive: true, force: true });
await build({
  absWorkingDir: page,
  entryPoints: tests.map((name) => join("test", name)),
  outdir: built,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  loader: { ".glsl": "text" },
  logLevel: "warning",
});
const files = tests.map((name) => join(built, name.replace(/\.ts$/, ".mjs")));
process.exit(spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" }).status ?? 1);
