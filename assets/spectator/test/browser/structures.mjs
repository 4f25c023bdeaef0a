// Structures of the tests.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const structures = join(here, "../../../structures");
export const FILE = join(structures, "caffeine.xyz");
// Benzene (its ring first), ethene and nitrogen beside one another.
export const ORDERS = join(here, "orders.xyz");
// Pairs of bonded atoms in it.
export const [ETHENE, NITROGEN] = [[12, 13], [18, 19]];

// Symbols and positions (Å) of a file.
export function atomsOf(file) {
  const [count, , ...lines] = readFileSync(file, "utf8").split("\n");
  const rows = lines.slice(0, Number(count)).map((line) => line.trim().split(/\s+/));
  return { symbols: rows.map((row) => row[0]), positions: rows.flatMap((row) => row.slice(1, 4).map(Number)) };
}
