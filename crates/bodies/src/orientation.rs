//! Orientations from pitch, roll and yaw.

use glam::{EulerRot, Quat};

/// The orientation of `[pitch, roll, yaw]`, rad: first the body rolls about the x axis, then it pitches about
/// the y axis, then it yaws about the z axis, all of them axes of the world: R = R_z(yaw) R_y(pitch) R_x(roll).
///
/// ```
/// use std::f32::consts::FRAC_PI_2;
/// use glam::Vec3;
/// use mlipview_bodies::orientation;
///
/// let pitched = orientation([FRAC_PI_2, 0.0, 0.0]);
/// assert!((pitched * Vec3::Z).abs_diff_eq(Vec3::X, 1e-6));
/// let yawed = orientation([0.0, 0.0, FRAC_PI_2]);
/// assert!((yawed * Vec3::X).abs_diff_eq(Vec3::Y, 1e-6));
/// ```
pub fn orientation([pitch, roll, yaw]: [f32; 3]) -> Quat {
    Quat::from_euler(EulerRot::ZYX, yaw, pitch, roll)
}
