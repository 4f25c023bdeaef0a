// Lines and cones other than bonds and arrows, collected for each picture.

import { Vector3 } from "three";
import { rgb } from "../appearance";
import type { Triple } from "../vectors";
import type { Impostors } from "./impostors";

// Flags, as in shaders/line.vert.glsl.
const RADIUS_IN_PIXELS = 1;
const DASHED = 2;
// Colors of the cell vectors a, b and c, and of the other edges.
const AXIS_COLORS = [0xe1554b, 0x5fb955, 0x5582eb];
const EDGE_COLOR = 0xa5a5a5;

export class Lines {
  private numbers: number[] = [];

  // A line; width in pixels.
  line(from: Vector3, to: Vector3, width: number, color: number, dashed = false): void {
    this.push(from, to, [width / 2, width / 2], color, RADIUS_IN_PIXELS | (dashed ? DASHED : 0));
  }

  // A cone with these radii at its ends, Å.
  cone(from: Vector3, to: Vector3, radii: [number, number], color: number): void {
    this.push(from, to, radii, color, 0);
  }

  // Edges of the cell; the vectors at the origin are red, green and blue.
  cell(values: readonly number[]): void {
    const vectors = [0, 3, 6].map((row) => new Vector3().fromArray(values as number[], row));
    vectors.forEach((vector, axis) => {
      const one = vectors[(axis + 1) % 3]!;
      const other = vectors[(axis + 2) % 3]!;
      const corners = [new Vector3(), one.clone(), other.clone(), one.clone().add(other)];
      corners.forEach((corner, index) => {
        const color = index === 0 ? AXIS_COLORS[axis]! : EDGE_COLOR;
        this.line(corner, corner.clone().add(vector), 1.6, color);
      });
    });
  }

  // Moves all collected lines to the quads to draw.
  drawWith(impostors: Impostors): void {
    const count = this.numbers.length / 12;
    const part = (first: number) => {
      const values = new Float32Array(4 * count);
      for (let i = 0; i < count; i++) values.set(this.numbers.slice(12 * i + first, 12 * i + first + 4), 4 * i);
      return { values, size: 4 };
    };
    impostors.fill(count, { from: part(0), to: part(4), colorFlags: part(8) });
    this.numbers = [];
  }

  private push(from: Vector3, to: Vector3, radii: [number, number], color: number, flags: number): void {
    const at = (point: Vector3): Triple => [point.x, point.y, point.z];
    this.numbers.push(...at(from), radii[0], ...at(to), radii[1], ...rgb(color), flags);
  }
}
