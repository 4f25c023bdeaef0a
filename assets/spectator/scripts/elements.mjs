// Makes src/elements.ts from crates/core/src/chem/element, the one table of elements; with --check, says whether
// it is up to date.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const page = join(dirname(fileURLToPath(import.meta.url)), "..");
const chem = join(page, "../../crates/core/src/chem/element");
const wanted = join(page, "src/elements.ts");

const row = /^\s*(\d+) \w+\s+"(\w+)",\s+"\w+",\s+[\d.]+,\s+([\d.]+),\s+([\d.]+),\s+0x([0-9A-F]{6}),/gm;
const rows = [...readFileSync(join(chem, "table.rs"), "utf8").matchAll(row)];
if (rows.length !== 118 || rows.some((found, index) => Number(found[1]) !== index + 1)) {
  throw new Error(`crates/core/src/chem/element/table.rs: expected the elements 1 to 118, found ${rows.length} rows`);
}

// The elements that are no metals, as a Rust pattern: 1 | 2 | 5..=10 | …
const pattern = /fn is_metal\(self\)[^{]*\{\s*!matches!\(self\.0, ([^)]*)\)/.exec(
  readFileSync(join(chem, "mod.rs"), "utf8"),
);
if (!pattern) throw new Error("crates/core/src/chem/element/mod.rs: is_metal is not written as it was");
const notMetals = new Set(
  pattern[1].split("|").flatMap((part) => {
    const [first, last = first] = part.trim().split("..=").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }),
);

const lines = rows.map(([, number, symbol, covalent, vanDerWaals, color]) => {
  const metal = !notMetals.has(Number(number));
  const short = (text) => String(Number(text));
  return `  ["${symbol}", ${short(covalent)}, ${short(vanDerWaals)}, 0x${color.toLowerCase()}, ${metal}],`;
});
const text = `// The elements, made by scripts/elements.mjs from crates/core/src/chem/element, where the sources are named.

// Symbol, covalent radius (Å), van der Waals radius (Å), color (sRGB), whether it is a metal.
export type ElementRow = readonly [string, number, number, number, boolean];

// In the order of their atomic numbers, hydrogen first.
export const ELEMENTS: readonly ElementRow[] = [
${lines.join("\n")}
];
`;

if (!process.argv.includes("--check")) {
  writeFileSync(wanted, text);
} else if (readFileSync(wanted, "utf8") === text) {
  console.log("src/elements.ts is made from crates/core/src/chem/element");
} else {
  console.error("src/elements.ts is not made from crates/core/src/chem/element: npm run elements");
  process.exit(1);
}
