//! Conversion between the simulation's f64 positions and the drawn f32 positions, Å.

use bevy::prelude::Vec3;
use glam::DVec3;

/// A simulated position as it is drawn.
pub fn to_drawn(position: DVec3) -> Vec3 {
    position.as_vec3()
}

/// A drawn position as the simulation takes it.
pub fn to_simulated(position: Vec3) -> DVec3 {
    position.as_dvec3()
}
