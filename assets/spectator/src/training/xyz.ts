// Reader of the last frame of an extended XYZ file.

import { ELEMENTS } from "../elements";

export interface Atoms {
  // Atomic numbers; 0 for an unknown symbol.
  numbers: number[];
  // x, y, z of each atom, Å.
  positions: number[];
  // The three vectors of the cell, Å.
  cell: number[] | undefined;
  frames: number;
}

// Maximum number of atoms that are read.
export const MAX_ATOMS = 20_000;
const NUMBERS = new Map(ELEMENTS.map(([symbol], index) => [symbol.toLowerCase(), index + 1]));

// The last complete frame; undefined if there is none, or it has more than MAX_ATOMS atoms.
export function lastFrame(text: string): Atoms | undefined {
  const lines = text.split(/\r?\n/);
  let [start, frames] = [-1, 0];
  for (let at = 0; at < lines.length; ) {
    const count = Number(lines[at]!.trim() || NaN);
    if (!Number.isInteger(count) || count < 0 || at + count + 2 > lines.length) break;
    start = at;
    frames += 1;
    at += count + 2;
  }
  if (start < 0) return undefined;
  const count = Number(lines[start]);
  if (count > MAX_ATOMS) return undefined;
  const comment = lines[start + 1]!;
  const columns = columnsOf(comment);
  const atoms: Atoms = { numbers: [], positions: [], cell: cellOf(comment), frames };
  for (const line of lines.slice(start + 2, start + 2 + count)) {
    const values = line.trim().split(/\s+/);
    const position = [0, 1, 2].map((axis) => Number(values[columns.position + axis] ?? NaN));
    if (!position.every(Number.isFinite)) return undefined;
    const species = values[columns.species] ?? "";
    atoms.numbers.push(NUMBERS.get(species.toLowerCase()) ?? (/^\d+$/.test(species) ? Number(species) : 0));
    atoms.positions.push(...position);
  }
  return atoms;
}

// Columns of the species and of x, by the key Properties: species:S:1:pos:R:3.
function columnsOf(comment: string): { species: number; position: number } {
  const found = { species: 0, position: 1 };
  const parts = /Properties\s*=\s*"?([^\s"]+)/i.exec(comment)?.[1]?.split(":") ?? [];
  let column = 0;
  for (let i = 0; i + 2 < parts.length; i += 3) {
    const name = parts[i]!.toLowerCase();
    if (name === "species" || name === "z" || name === "numbers") found.species = column;
    if (name === "pos" || name === "positions") found.position = column;
    column += Number(parts[i + 2]) || 1;
  }
  return found;
}

function cellOf(comment: string): number[] | undefined {
  const text = /Lattice\s*=\s*(?:"([^"]*)"|\{([^}]*)\})/i.exec(comment);
  const values = (text?.[1] ?? text?.[2] ?? "").trim().split(/[\s,]+/).map(Number);
  return values.length === 9 && values.every(Number.isFinite) ? values : undefined;
}
