//! View: the camera of a session.

use serde::{Deserialize, Serialize};

use crate::script::CameraPose;

/// The camera.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// Place and orientation.
    pub camera: CameraPose,
    /// Perspective projection instead of orthographic.
    pub perspective: bool,
    /// Vertical field of view, degrees; `None`: the viewer's. An orthographic image has the same height at
    /// the target.
    pub field_of_view: Option<f64>,
}

impl Default for View {
    fn default() -> View {
        View {
            camera: CameraPose::default(),
            perspective: true,
            field_of_view: None,
        }
    }
}
