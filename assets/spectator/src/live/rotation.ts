// Rotation of pitch, roll and yaw: first roll about x, then pitch about y, then yaw about z, axes of the world.

import type { Triple } from "./body_draft";
import type { Rotation } from "./messages";

// The rotation of [pitch, roll, yaw], degrees.
export function rotationOf([pitch, roll, yaw]: Triple): Rotation {
  const half = (angle: number) => (angle * Math.PI) / 360;
  const [cp, sp] = [Math.cos(half(pitch)), Math.sin(half(pitch))];
  const [cr, sr] = [Math.cos(half(roll)), Math.sin(half(roll))];
  const [cy, sy] = [Math.cos(half(yaw)), Math.sin(half(yaw))];
  return {
    w: cr * cp * cy + sr * sp * sy,
    x: sr * cp * cy - cr * sp * sy,
    y: cr * sp * cy + sr * cp * sy,
    z: cr * cp * sy - sr * sp * cy,
  };
}
