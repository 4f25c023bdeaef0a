//! The view of one eye: its pose and field of view.

use super::pose::Pose;

/// Pose and field of view of one eye (`XrView`). The field of view is given by the tangents of its four
/// angles; those to the left and down are negative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EyeView {
    /// Pose of the eye in room space.
    pub pose: Pose,
    /// Tangent of the angle to the left edge of the image.
    pub left: f32,
    /// Tangent of the angle to the right edge.
    pub right: f32,
    /// Tangent of the angle to the upper edge.
    pub up: f32,
    /// Tangent of the angle to the lower edge.
    pub down: f32,
}
