// Bundles the pages, of a simulation, of trainings and of rigid bodies, into dist/; with --check, compares dist/ with a new bundle.

import { build } from "esbuild";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const page = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(page, "dist");

const bundle = await build({
  absWorkingDir: page,
  entryPoints: { spectator: "src/main.ts", training: "src/training/main.ts", live: "src/live/main.ts" },
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022"],
  loader: { ".glsl": "text" },
  legalComments: "none",
  charset: "utf8",
  logLevel: "warning",
  write: false,
});
const style = await build({
  absWorkingDir: page,
  entryPoints: { spectator: "style.css", training: "training.css", live: "live.css" },
  outdir: "dist",
  minify: true,
  bundle: true,
  charset: "utf8",
  write: false,
});
const BANNER = "/*! three.js (MIT), protobuf-es (Apache-2.0 AND BSD-3-Clause): see licenses.txt */\n";
const LIVE_BANNER = "/*! three.js (MIT): see licenses.txt */\n";
const output = (made, name) => made.outputFiles.find((file) => basename(file.path) === name).text;
const made = new Map([
  ["index.html", readFileSync(join(page, "index.html"))],
  ["training.html", readFileSync(join(page, "training.html"))],
  ["live.html", readFileSync(join(page, "live.html"))],
  ["spectator.js", Buffer.from(BANNER + output(bundle, "spectator.js"))],
  // Without packages of others, which its size shows.
  ["training.js", Buffer.from(output(bundle, "training.js"))],
  ["live.js", Buffer.from(LIVE_BANNER + output(bundle, "live.js"))],
  ["spectator.css", Buffer.from(output(style, "spectator.css"))],
  ["training.css", Buffer.from(output(style, "training.css"))],
  ["live.css", Buffer.from(output(style, "live.css"))],
  ["licenses.txt", licenses(["three", "@bufbuild/protobuf"])],
]);

// Licenses of the packages in the bundle, which require their distribution.
function licenses(names) {
  const parts = names.map((name) => {
    const { version, license } = JSON.parse(readFileSync(packaged(name, "package.json"), "utf8"));
    return `${name} ${version} (${license})\n\n${textOf(name)}\n`;
  });
  return Buffer.from(parts.join(`\n${"-".repeat(80)}\n\n`));
}

function textOf(name) {
  if (name !== "@bufbuild/protobuf") return readFileSync(packaged(name, "LICENSE"), "utf8").trim();
  // It has no LICENSE file: its license is Apache-2.0, and one of its files has another license.
  const apache = readFileSync(join(page, "../../LICENSE-APACHE"), "utf8").trim();
  const varint = readFileSync(packaged(name, "dist/esm/wire/varint.js"), "utf8");
  const notice = /^(\/\/.*\n)+/.exec(varint)[0].replace(/^\/\/ ?/gm, "").trim();
  return `${apache}\n\nwire/varint:\n\n${notice}`;
}

function packaged(name, file) {
  return join(page, "node_modules", name, file);
}

if (process.argv.includes("--check")) {
  const stale = [...made].filter(([name, bytes]) => {
    try {
      return !readFileSync(join(dist, name)).equals(bytes);
    } catch {
      return true;
    }
  });
  const extra = readdirSync(dist).filter((name) => !made.has(name));
  if (stale.length + extra.length > 0) {
    console.error(`dist is not made from its source (${[...stale.map(([n]) => n), ...extra].join(", ")}): npm run build`);
    process.exit(1);
  }
  console.log("dist is made from its source");
} else {
  mkdirSync(dist, { recursive: true });
  for (const [name, bytes] of made) {
    writeFileSync(join(dist, name), bytes);
    console.log(`${name.padEnd(14)} ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped`);
  }
}
