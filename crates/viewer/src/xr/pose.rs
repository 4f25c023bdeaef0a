//! A pose: position and orientation in room space.

use bevy::prelude::*;

/// Position and orientation of a rigid body in room space (`XrPosef`).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pose {
    /// The position, m.
    pub position: Vec3,
    /// The rotation from the body's axes (right, up, backward) to those of the room.
    pub rotation: Quat,
}

impl Pose {
    /// The unit vector along its −z: a head looks and a hand points in this direction.
    pub fn forward(&self) -> Vec3 {
        self.rotation * Vec3::NEG_Z
    }
}
