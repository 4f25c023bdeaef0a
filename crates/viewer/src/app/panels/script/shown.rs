//! State of the window from which new messages, anchors and cameras are taken.

use crate::scene::camera::Orbit;
use crate::scene::displayed::Scene;

/// The shown frame, the selection and the camera.
pub(super) struct Shown<'a> {
    /// The shown frame, counted from 0.
    pub(super) frame: u64,
    /// The selected atoms.
    pub(super) selected: &'a [usize],
    pub(super) scene: &'a Scene,
    pub(super) orbit: &'a Orbit,
}
