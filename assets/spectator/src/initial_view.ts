// Initial view of a structure, which shows most of it, as in the desktop program.

import { Matrix4, Quaternion, Vector3 } from "three";

// Tilt of molecules and sheets, radians, so that flat ones show their depth.
const MOLECULE_TILT = 0.42;
// Rotation of crystals about the vertical and the horizontal axis, radians.
const CRYSTAL_YAW = 0.35;
const CRYSTAL_PITCH = 0.25;
// Maximum thickness of a sheet, Å.
const MAX_SHEET_THICKNESS = 3;

// Rotation from view axes to those of the structure.
export function initialRotation(points: ArrayLike<number>, pbc: readonly boolean[]): Quaternion {
  const pitch = rotationAbout("x", CRYSTAL_PITCH);
  const [a, b, c] = pbc;
  if (a && b && c) return pitch.multiply(rotationAbout("y", -CRYSTAL_YAW)).invert();
  let [low, high] = [Infinity, -Infinity];
  for (let i = 2; i < points.length; i += 3) {
    low = Math.min(low, points[i]!);
    high = Math.max(high, points[i]!);
  }
  if (a && b && high - low > MAX_SHEET_THICKNESS) {
    return pitch.multiply(rotationAbout("x", -Math.PI / 2)).multiply(rotationAbout("z", -CRYSTAL_YAW)).invert();
  }
  return rotationAbout("x", -MOLECULE_TILT).multiply(principalRotation(points)).invert();
}

function rotationAbout(axis: "x" | "y" | "z", angle: number): Quaternion {
  const along = new Vector3(Number(axis === "x"), Number(axis === "y"), Number(axis === "z"));
  return new Quaternion().setFromAxisAngle(along, angle);
}

// Rotation after which points spread most along x, and least along z.
export function principalRotation(points: ArrayLike<number>): Quaternion {
  const axes = eigenvectors(scatterMatrix(points)).sort((one, other) => other.value - one.value);
  const right = withPositiveSign(axes[0]!.axis);
  const up = withPositiveSign(axes[1]!.axis);
  const basis = new Matrix4().makeBasis(right, up, right.clone().cross(up)).transpose();
  return new Quaternion().setFromRotationMatrix(basis);
}

// Scatter matrix Σ (r − r̄)(r − r̄)ᵀ of points, Å².
function scatterMatrix(points: ArrayLike<number>): number[][] {
  const count = Math.max(1, Math.floor(points.length / 3));
  const mean = [0, 0, 0];
  for (let i = 0; i < 3 * count; i++) mean[i % 3]! += (points[i] ?? 0) / count;
  const sums = [0, 1, 2].map(() => [0, 0, 0]);
  for (let i = 0; i + 2 < points.length; i += 3) {
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 3; column++) {
        sums[row]![column]! += (points[i + row]! - mean[row]!) * (points[i + column]! - mean[column]!);
      }
    }
  }
  return sums;
}

// The direction of an axis whose largest component is positive.
function withPositiveSign(axis: Vector3): Vector3 {
  const values = axis.toArray();
  const largest = values.reduce((most, value) => (Math.abs(value) > Math.abs(most) + 1e-9 ? value : most), 0);
  return largest < 0 ? axis.clone().negate() : axis.clone();
}

// Eigenvalues and unit eigenvectors of a symmetric matrix, by Jacobi rotations (C. G. J. Jacobi,
// J. reine angew. Math. 30, 51 (1846), 10.1515/crll.1846.30.51).
function eigenvectors(matrix: number[][]): { value: number; axis: Vector3 }[] {
  const m = matrix.map((row) => [...row]);
  const axes = [new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1)];
  const scale = Math.max(...m.flat().map(Math.abs));
  for (let sweep = 0; sweep < 12; sweep++) {
    for (const [p, q] of [[0, 1], [0, 2], [1, 2]] as const) {
      if (Math.abs(m[p]![q]!) <= 1e-9 * scale) continue;
      const angle = 0.5 * Math.atan2(2 * m[p]![q]!, m[p]![p]! - m[q]![q]!);
      const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
      for (let k = 0; k < 3; k++) {
        const [one, other] = [m[k]![p]!, m[k]![q]!];
        m[k]![p] = cos * one + sin * other;
        m[k]![q] = cos * other - sin * one;
      }
      for (let k = 0; k < 3; k++) {
        const [one, other] = [m[p]![k]!, m[q]![k]!];
        m[p]![k] = cos * one + sin * other;
        m[q]![k] = cos * other - sin * one;
      }
      const [one, other] = [axes[p]!.clone(), axes[q]!.clone()];
      axes[p] = one.clone().multiplyScalar(cos).addScaledVector(other, sin);
      axes[q] = other.multiplyScalar(cos).addScaledVector(one, -sin);
    }
  }
  return axes.map((axis, index) => ({ value: m[index]![index]!, axis: axis.normalize() }));
}
