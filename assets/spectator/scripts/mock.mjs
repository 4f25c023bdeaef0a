// Bundles the mock server into .built/mock.mjs; run as a program, it starts it too.

import { build } from "esbuild";
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const page = join(dirname(fileURLToPath(import.meta.url)), "..");

export async function buildMock() {
  const outfile = join(page, ".built", "mock.mjs");
  await build({
    absWorkingDir: page,
    entryPoints: ["test/mock/server.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["ws"],
    logLevel: "warning",
  });
  return outfile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await buildMock();
  spawn(process.execPath, [server, ...process.argv.slice(2)], { stdio: "inherit" });
}
