// Projection of atoms onto the plane of a picture, in which they spread most.

import type { Atoms } from "./xyz";

type Vector = [number, number, number];

export interface Projection {
  // Right, up and toward the observer, Å, from the center of the picture.
  x: number[];
  y: number[];
  z: number[];
  // Size of all, Å.
  width: number;
  height: number;
  // Edges of the cell, right and up.
  edges: [[number, number], [number, number]][];
}

// Tilt of molecules, radians, so that flat ones show their depth.
const TILT = 0.42;
// Rotation of cells about the vertical and the horizontal axis, radians.
const YAW = 0.35;
const PITCH = 0.25;
// Space around atoms, Å.
const BORDER = 0.8;

export function project(atoms: Atoms): Projection {
  const points: Vector[] = [];
  for (let i = 0; i < atoms.numbers.length; i++) points.push(at(atoms.positions, i));
  const corners = atoms.cell ? cornersOf(atoms.cell) : [];
  const axes = atoms.cell ? cellAxes() : moleculeAxes(points);
  const seen = [...points, ...corners.map(({ point }) => point)].map((point) => axes.map((axis) => dot(axis, point)) as Vector);
  const range = (axis: number) => {
    let [low, high] = [Infinity, -Infinity];
    for (const point of seen) {
      low = Math.min(low, point[axis]!);
      high = Math.max(high, point[axis]!);
    }
    return [(low + high) / 2, high - low] as const;
  };
  const [[middleX, width], [middleY, height]] = [range(0), range(1)];
  const centered = seen.map(([x, y, z]): Vector => [x - middleX, y - middleY, z]);
  const shown = centered.slice(0, points.length);
  const ends = centered.slice(points.length);
  const edges = corners.flatMap(({ index }) =>
    [1, 2, 4].filter((bit) => (index & bit) === 0).map((bit) => [flat(ends[index]!), flat(ends[index | bit]!)] as [[number, number], [number, number]]),
  );
  return {
    x: shown.map((point) => point[0]),
    y: shown.map((point) => point[1]),
    z: shown.map((point) => point[2]),
    width: width + 2 * BORDER,
    height: height + 2 * BORDER,
    edges,
  };
}

const at = (values: readonly number[], index: number): Vector => [values[3 * index]!, values[3 * index + 1]!, values[3 * index + 2]!];
const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const flat = ([x, y]: Vector): [number, number] => [x, y];

// The corners of a cell; the bits of an index are the vectors from the origin to the corner.
function cornersOf(cell: readonly number[]): { index: number; point: Vector }[] {
  return Array.from({ length: 8 }, (_, index) => {
    const point: Vector = [0, 0, 0];
    for (let k = 0; k < 3; k++) if (index & (1 << k)) for (let axis = 0; axis < 3; axis++) point[axis]! += cell[3 * k + axis]!;
    return { index, point };
  });
}

// Axes of the picture for a cell: x to the right, y into the depth, z up, slightly rotated.
function cellAxes(): Vector[] {
  const [sinYaw, cosYaw, sinPitch, cosPitch] = [Math.sin(YAW), Math.cos(YAW), Math.sin(PITCH), Math.cos(PITCH)];
  return [
    [cosYaw, -sinYaw, 0],
    [sinPitch * sinYaw, sinPitch * cosYaw, cosPitch],
    [-cosPitch * sinYaw, -cosPitch * cosYaw, sinPitch],
  ];
}

// Axes of the picture for a molecule: its principal axes, tilted about the longest.
function moleculeAxes(points: readonly Vector[]): Vector[] {
  const matrix = scatterMatrix(points);
  const right = mainAxis(matrix, undefined);
  const up = mainAxis(matrix, right);
  const toward = cross(right, up);
  const [sin, cos] = [Math.sin(TILT), Math.cos(TILT)];
  const turned = (a: Vector, b: Vector, s: number, c: number): Vector => [0, 1, 2].map((k) => c * a[k]! + s * b[k]!) as Vector;
  return [right, turned(up, toward, sin, cos), turned(toward, up, -sin, cos)];
}

// Σ (r − r̄)(r − r̄)ᵀ, Å².
function scatterMatrix(points: readonly Vector[]): Vector[] {
  const mean: Vector = [0, 0, 0];
  for (const point of points) for (let k = 0; k < 3; k++) mean[k]! += point[k]! / points.length;
  const sums: Vector[] = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
  for (const point of points) {
    for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) sums[i]![j]! += (point[i]! - mean[i]!) * (point[j]! - mean[j]!);
  }
  return sums;
}

// The direction of the largest spread, perpendicular to another one if it is given, by power iteration. Where all
// directions are equal it is that of the start.
function mainAxis(matrix: readonly Vector[], not: Vector | undefined): Vector {
  const starts: Vector[] = [[1, 0.13, 0.07], [0.07, 1, 0.13], [0.13, 0.07, 1]];
  const without = (vector: Vector): Vector => {
    const along = not ? dot(vector, not) : 0;
    return vector.map((value, k) => value - along * (not?.[k] ?? 0)) as Vector;
  };
  let axis = starts.map(without).sort((one, other) => dot(other, times(matrix, other)) - dot(one, times(matrix, one)))[0]!;
  for (let round = 0; round < 60; round++) {
    const next = without(times(matrix, axis));
    const length = Math.hypot(...next);
    if (length < 1e-9) break;
    axis = next.map((value) => value / length) as Vector;
  }
  const length = Math.hypot(...axis) || 1;
  return axis.map((value) => value / length) as Vector;
}

const times = (matrix: readonly Vector[], vector: Vector): Vector => matrix.map((row) => dot(row, vector)) as Vector;
const cross = (a: Vector, b: Vector): Vector => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
