// Simulation of the mock server: atoms on springs to their initial positions, with random motion.

import { readFileSync } from "node:fs";
import { ELEMENTS } from "../../src/elements";
import { covalentRadius } from "../../src/appearance";

export interface Hand {
  person: number;
  hand: number;
  atoms: number[];
  target: number[];
  holds: boolean;
}

export class Simulation {
  readonly positions: Float64Array;
  readonly forces: Float64Array;
  energy = 0;
  step = 0;
  temperature = 300;
  activity: "idle" | "dynamics" | "relaxation" = "idle";
  hands: Hand[] = [];
  private readonly rest: Float64Array;

  constructor(
    readonly title: string,
    readonly numbers: Uint8Array,
    positions: number[],
    readonly cell: number[] | undefined,
  ) {
    this.positions = Float64Array.from(positions);
    this.rest = this.positions.slice();
    this.forces = new Float64Array(positions.length);
    this.evaluate();
  }

  // Reads extended XYZ, or creates a block of atoms for a name such as "atoms:1000".
  static read(source: string): Simulation {
    const many = /^atoms:(\d+)$/.exec(source);
    if (many) return Simulation.block(Number(many[1]));
    const [count = "", comment = "", ...lines] = readFileSync(source, "utf8").split("\n");
    const symbols = new Map(ELEMENTS.map((row, index) => [row[0], index + 1]));
    const rows = lines.slice(0, Number(count)).map((line) => line.trim().split(/\s+/));
    const numbers = Uint8Array.from(rows, (row) => symbols.get(row[0]!) ?? 0);
    const lattice = /Lattice="([^"]*)"/.exec(comment)?.[1]?.trim().split(/\s+/).map(Number);
    const title = /name="?([^"\s]+)"?/.exec(comment)?.[1] ?? source.replace(/.*\//, "").replace(/\.xyz$/, "");
    return new Simulation(title, numbers, rows.flatMap((row) => row.slice(1, 4).map(Number)), lattice);
  }

  private static block(count: number): Simulation {
    const side = Math.ceil(Math.cbrt(count));
    const positions: number[] = [];
    for (let i = 0; i < count; i++) {
      const at = [i % side, Math.floor(i / side) % side, Math.floor(i / side / side)];
      positions.push(...at.map((n) => n * 2.6 + Math.random() * 0.4));
    }
    const numbers = Uint8Array.from({ length: count }, (_, i) => [8, 1, 1][i % 3]!);
    return new Simulation(`${count} atoms`, numbers, positions, undefined);
  }

  // Returns to an earlier state.
  restore(state: { positions: Float64Array; step: number }): void {
    this.positions.set(state.positions);
    this.step = state.step;
    this.evaluate();
  }

  // One step, or the motion of held atoms.
  advance(): void {
    const runs = this.activity !== "idle";
    const shake = this.activity === "dynamics" ? 0.02 * Math.sqrt(this.temperature / 300) : 0;
    if (runs) {
      this.step += 1;
      for (let i = 0; i < this.positions.length; i++) {
        this.positions[i]! += 0.05 * this.forces[i]! + shake * (Math.random() - 0.5) * 2;
      }
    }
    for (const { atoms, target, holds } of this.hands) {
      for (const atom of atoms) {
        for (let axis = 0; axis < 3; axis++) {
          const i = 3 * atom + axis;
          if (holds) this.positions[i] = target[axis]!;
          else if (runs) this.positions[i]! += 0.05 * Math.max(-5, Math.min(5, target[axis]! - this.positions[i]!));
        }
      }
    }
    this.evaluate();
  }

  // Bonds by distance of small structures, with their lengths, 0.01 Å.
  bonds(): { atoms: number[]; limits: number[] } {
    const atoms: number[] = [];
    const limits: number[] = [];
    const count = this.numbers.length;
    if (count > 3000) return { atoms, limits };
    for (let i = 0; i < count; i++) {
      for (let j = i + 1; j < count; j++) {
        const apart = Math.hypot(
          ...[0, 1, 2].map((axis) => this.positions[3 * i + axis]! - this.positions[3 * j + axis]!),
        );
        const length = covalentRadius(this.numbers[i]!) + covalentRadius(this.numbers[j]!);
        if (apart >= 1.3 * length) continue;
        atoms.push(i, j);
        limits.push(Math.round(110 * length), Math.round(130 * length));
      }
    }
    return { atoms, limits };
  }

  private evaluate(): void {
    const spring = 2;
    this.energy = -100;
    for (let i = 0; i < this.positions.length; i++) {
      const off = this.positions[i]! - this.rest[i]!;
      this.forces[i] = -spring * off;
      this.energy += 0.5 * spring * off * off;
    }
  }
}
