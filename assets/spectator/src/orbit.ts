// Where the scene is looked at from: an eye on a sphere around a point.

import { Matrix4, Quaternion, Ray, Vector2, Vector3 } from "three";

// The angle from the lower to the upper edge of the picture, radians.
export const FIELD_OF_VIEW = 0.6;
// How near the eye may come to the point it turns about, and how far it may go, Å.
const NEAREST = 0.5;
const FARTHEST = 1e5;
// Room around what is drawn at the points that are to be seen, Å.
const ROOM = 1.8;

const SLOPE = Math.tan(FIELD_OF_VIEW / 2);

export class Orbit {
  // The point that is turned about, Å.
  target = new Vector3();
  // From the axes of the picture (right, up, towards the eye) to those of the molecule.
  rotation = new Quaternion();
  // From the eye to the target, Å.
  distance = 20;

  eye(): Vector3 {
    return new Vector3(0, 0, this.distance).applyQuaternion(this.rotation).add(this.target);
  }

  // From the molecule to what the eye sees.
  view(): Matrix4 {
    return new Matrix4().compose(this.eye(), this.rotation, new Vector3(1, 1, 1)).invert();
  }

  // What the picture shows from its lower to its upper edge at the target's distance, Å.
  height(): number {
    return 2 * this.distance * SLOPE;
  }

  // Turns the scene under the eye, radians: what is in front goes to the right, and down.
  turn(right: number, down: number): void {
    this.rotation
      .multiply(new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), -right))
      .multiply(new Quaternion().setFromAxisAngle(new Vector3(1, 0, 0), -down))
      .normalize();
  }

  // Turns the scene in the plane of the picture, radians counter-clockwise.
  roll(angle: number): void {
    this.rotation.multiply(new Quaternion().setFromAxisAngle(new Vector3(0, 0, 1), -angle)).normalize();
  }

  // Moves the scene by shares of the picture's height, right and up.
  pan(right: number, up: number): void {
    const shift = new Vector3(right, up, 0).multiplyScalar(this.height());
    this.target.sub(shift.applyQuaternion(this.rotation));
  }

  // Comes nearer by a factor above 1, or goes away, below; what is under a place of the window
  // (shares of its height from the middle, right and up) stays there.
  zoom(factor: number, right = 0, up = 0): void {
    const before = this.height();
    const distance = Math.min(FARTHEST, Math.max(NEAREST, this.distance / factor));
    if (!Number.isFinite(distance)) return;
    this.distance = distance;
    const grown = (before - this.height()) / this.height();
    this.pan(-right * grown, -up * grown);
  }

  // Comes as near as all of these points (x, y, z; Å) allow, in a picture of this ratio of width to
  // height.
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
    let distance = NEAREST;
    each(() => {
      seen.sub(middle);
      const across = Math.max((Math.abs(seen.x) + ROOM) / aspect, Math.abs(seen.y) + ROOM);
      distance = Math.max(distance, across / SLOPE + seen.z);
    });
    this.target.copy(middle.applyQuaternion(this.rotation));
    this.distance = Math.min(FARTHEST, distance);
  }

  // The window has another ratio of width to height: what filled the old one fills the new one.
  makeRoom(before: number, after: number): void {
    this.distance = Math.min(FARTHEST, Math.max(NEAREST, (this.distance * Math.min(1, before)) / Math.min(1, after)));
  }

  // The line of sight through a place of a window of this size, both in pixels from the upper left.
  sight(place: Vector2, size: Vector2): Ray {
    const across = (2 * SLOPE) / size.y;
    const direction = new Vector3(
      (place.x - size.x / 2) * across,
      (size.y / 2 - place.y) * across,
      -1,
    );
    return new Ray(this.eye(), direction.applyQuaternion(this.rotation).normalize());
  }

  // A point (Å) as the eye sees it: right, up, towards the eye.
  seen(point: Vector3): Vector3 {
    return point.clone().sub(this.eye()).applyQuaternion(this.rotation.clone().invert());
  }

  // Where on a window of this size a point (Å) is seen, pixels from the upper left; undefined behind
  // the eye.
  onWindow(point: Vector3, size: Vector2): Vector2 | undefined {
    const seen = this.seen(point);
    if (seen.z >= 0) return undefined;
    const scale = size.y / (-seen.z * 2 * SLOPE);
    return new Vector2(size.x / 2 + seen.x * scale, size.y / 2 - seen.y * scale);
  }
}
