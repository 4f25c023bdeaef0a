// Makes src/wire/session_pb.ts from proto/session.proto; with --check, says whether it is up to date.

import { execFileSync } from "node:child_process";
import { readFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const page = join(dirname(fileURLToPath(import.meta.url)), "..");
const wanted = join(page, "src", "wire");
const check = process.argv.includes("--check");
const out = check ? mkdtempSync(join(tmpdir(), "mlipview-wire-")) : wanted;

const template = JSON.stringify({
  version: "v2",
  plugins: [{ local: join(page, "node_modules/.bin/protoc-gen-es"), out, opt: ["target=ts"] }],
});
execFileSync(
  join(page, "node_modules/.bin/buf"),
  // The page needs no other messages.
  ["generate", "--template", template, "--path", join(page, "../../proto/session.proto"), join(page, "../../proto")],
  { stdio: "inherit" },
);
if (check) {
  const same = readFileSync(join(out, "session_pb.ts")).equals(readFileSync(join(wanted, "session_pb.ts")));
  rmSync(out, { recursive: true });
  if (!same) {
    console.error("src/wire/session_pb.ts is not made from proto/session.proto: npm run wire");
    process.exit(1);
  }
  console.log("src/wire is made from proto/session.proto");
}
