// Camera of a script: moves the orbit between two poses.

import { Quaternion, Vector3 } from "three";
import type { CameraPose, Orbit } from "./orbit";
import type { ScriptState, ScriptState_Camera } from "./wire/session_pb";

export class ScriptCamera {
  // The last state that was followed.
  private last: ScriptState | undefined;
  // The pose at which the user left the camera before the script played.
  private free: CameraPose | undefined;

  // Moves the orbit as the script of a new frame says; returns whether it has moved. Until the next state, the
  // user may move it.
  follow(script: ScriptState | undefined, orbit: Orbit): boolean {
    if (script === this.last) return false;
    this.last = script;
    if (!script) {
      this.free = undefined;
      return false;
    }
    this.free ??= orbit.pose;
    const pose = poseOfScript(script, this.free);
    if (pose) orbit.pose = pose;
    return pose !== undefined;
  }
}

// The pose that a script wants; `free` is the one before it. Undefined if the camera is free, or a value is invalid.
export function poseOfScript(script: ScriptState, free: CameraPose): CameraPose | undefined {
  const { from, to, progress } = script;
  const start = from ? poseOf(from) : free;
  const end = to && poseOf(to);
  if (!start || !end || !Number.isFinite(progress)) return undefined;
  return poseBetween(start, end, progress);
}

// The pose at a fraction of the way from one to another, as `CameraPose::between` in
// crates/core/src/script/camera.rs: target on a line, rotation along the shortest arc, distance as its logarithm.
export function poseBetween(one: CameraPose, other: CameraPose, fraction: number): CameraPose {
  const share = Math.min(1, Math.max(0, fraction));
  return {
    target: one.target.clone().lerp(other.target, share),
    rotation: one.rotation.clone().slerp(other.rotation, share),
    distance: one.distance * (other.distance / one.distance) ** share,
  };
}

function poseOf({ target, orientation, distance }: ScriptState_Camera): CameraPose | undefined {
  if (target.length !== 3 || orientation.length !== 4) return undefined;
  if (![...target, ...orientation, distance].every(Number.isFinite) || distance <= 0) return undefined;
  const rotation = new Quaternion().fromArray(orientation);
  const isRotation = rotation.length() > 1e-3;
  return isRotation ? { target: new Vector3().fromArray(target), rotation: rotation.normalize(), distance } : undefined;
}
