// Orbit camera: rotates around a target.

import { Matrix4, Quaternion, Ray, Vector2, Vector3 } from "three";

// Vertical field of view, radians.
export const FIELD_OF_VIEW = 0.6;
// Limits of the distance to the target, Å.
const MIN_DISTANCE = 0.5;
const MAX_DISTANCE = 1e5;
// Margin around fitted points, Å.
const MARGIN = 1.8;

const SLOPE = Math.tan(FIELD_OF_VIEW / 2);

// Place and orientation of the camera, as the fields of an orbit.
export interface CameraPose {
  target: Vector3;
  rotation: Quaternion;
  distance: number;
}

export class Orbit {
  // Center of rotation, Å.
  target = new Vector3();
  // Rotation from view axes (right, up, towards the eye) to world axes.
  rotation = new Quaternion();
  // Distance from the eye to the target, Å.
  distance = 20;

  get pose(): CameraPose {
    return { target: this.target.clone(), rotation: this.rotation.clone(), distance: this.distance };
  }

  set pose({ target, rotation, distance }: CameraPose) {
    this.target.copy(target);
    this.rotation.copy(rotation);
    this.distance = Math.min(MAX_DISTANCE, Math.max(MIN_DISTANCE, distance));
  }

  eye(): Vector3 {
    return new Vector3(0, 0, this.distance).applyQuaternion(this.rotation).add(this.target);
  }

  // World-to-view matrix.
  view(): Matrix4 {
    return new Matrix4().compose(this.eye(), this.rotation, new Vector3(1, 1, 1)).invert();
  }

  // Height of the visible area at the target, Å.
  height(): number {
    return 2 * this.distance * SLOPE;
  }

  // Rotates the scene, radians: its front moves right and down.
  rotate(right: number, down: number): void {
    this.rotation
      .multiply(new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), -right))
      .multiply(new Quaternion().setFromAxisAngle(new Vector3(1, 0, 0), -down))
      .normalize();
  }

  // Rotates the scene in the view plane, radians counter-clockwise.
  roll(angle: number): void {
    this.rotation.multiply(new Quaternion().setFromAxisAngle(new Vector3(0, 0, 1), -angle)).normalize();
  }

  // Moves the scene right and up, in fractions of the picture height.
  pan(right: number, up: number): void {
    const shift = new Vector3(right, up, 0).multiplyScalar(this.height());
    this.target.sub(shift.applyQuaternion(this.rotation));
  }

  // Zooms in by a factor above 1, out by one below. The point under a position of the window (right and up
  // from its center, in fractions of its height) stays there.
  zoom(factor: number, right = 0, up = 0): void {
    const before = this.height();
    const distance = Math.min(MAX_DISTANCE, Math.max(MIN_DISTANCE, this.distance / factor));
    if (!Number.isFinite(distance)) return;
    this.distance = distance;
    const grown = (before - this.height()) / this.height();
    this.pan(-right * grown, -up * grown);
  }

  // Fits points (x, y, z; Å) into a picture of this aspect ratio.
  fit(points: ArrayLike<number>, aspect: number): void {
    const inverse = this.rotation.clone().invert();
    const low = new Vector3(Infinity, Infinity, Infinity);
    const high = new Vector3(-Infinity, -Infinity, -Infinity);
    const seen = new Vector3();
    const each = (visit: () => void) => {
      for (let i = 0; i + 2 < points.length; i += 3) {
        seen.set(points[i]!, points[i + 1]!, points[i + 2]!).applyQuaternion(inverse);
        if (Number.isFinite(seen.x + seen.y + seen.z)) visit();
      }
    };
    each(() => {
      low.min(seen);
      high.max(seen);
    });
    if (low.x > high.x) return;
    const middle = low.add(high).multiplyScalar(0.5);
    let distance = MIN_DISTANCE;
    each(() => {
      seen.sub(middle);
      const across = Math.max((Math.abs(seen.x) + MARGIN) / aspect, Math.abs(seen.y) + MARGIN);
      distance = Math.max(distance, across / SLOPE + seen.z);
    });
    this.target.copy(middle.applyQuaternion(this.rotation));
    this.distance = Math.min(MAX_DISTANCE, distance);
  }

  // Keeps the visible area when the aspect ratio changes.
  keepFraming(before: number, after: number): void {
    this.distance = Math.min(MAX_DISTANCE, Math.max(MIN_DISTANCE, (this.distance * Math.min(1, before)) / Math.min(1, after)));
  }

  // Ray through a position of a window of this size, in pixels from the upper left.
  rayAt(position: Vector2, size: Vector2): Ray {
    const across = (2 * SLOPE) / size.y;
    const direction = new Vector3(
      (position.x - size.x / 2) * across,
      (size.y / 2 - position.y) * across,
      -1,
    );
    return new Ray(this.eye(), direction.applyQuaternion(this.rotation).normalize());
  }

  // Point (Å) in view coordinates: right, up, towards the eye.
  toView(point: Vector3): Vector3 {
    return point.clone().sub(this.eye()).applyQuaternion(this.rotation.clone().invert());
  }

  // Pixels per Å at a depth (Å) in a window of this size.
  scaleAt(depth: number, size: Vector2): number {
    return size.y / (depth * 2 * SLOPE);
  }

  // Projects a point (Å) to a window of this size, pixels from the upper left; undefined behind the eye.
  project(point: Vector3, size: Vector2): Vector2 | undefined {
    const seen = this.toView(point);
    if (seen.z >= 0) return undefined;
    const scale = this.scaleAt(-seen.z, size);
    return new Vector2(size.x / 2 + seen.x * scale, size.y / 2 - seen.y * scale);
  }
}
