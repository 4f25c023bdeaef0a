//! The camera as a field of a session, and back.

use bevy::math::{Quat, Vec3};

use crate::scene::camera::Orbit;
use mlipview_core::script::CameraPose;
use mlipview_core::session_file::View;

/// The camera as a field of a session.
pub(super) fn record(orbit: &Orbit) -> View {
    View {
        camera: camera_pose(orbit),
        perspective: orbit.perspective,
        field_of_view: None,
    }
}

/// The camera of a session, in the part of the window that panels leave free now.
pub(super) fn orbit(view: &View, now: &Orbit) -> Orbit {
    Orbit {
        perspective: view.perspective,
        ..orbit_of(&view.camera, now)
    }
}

/// Place and orientation of the camera.
pub fn camera_pose(orbit: &Orbit) -> CameraPose {
    CameraPose {
        target: orbit.target.to_array().map(f64::from),
        orientation: orbit.rotation.to_array().map(f64::from),
        distance: f64::from(orbit.distance),
    }
}

/// The camera at a pose; its projection and window stay.
pub fn orbit_of(pose: &CameraPose, now: &Orbit) -> Orbit {
    let CameraPose {
        target,
        orientation,
        distance,
    } = pose;
    Orbit {
        target: Vec3::from_array(target.map(|value| value as f32)),
        rotation: Quat::from_array(orientation.map(|value| value as f32)).normalize(),
        distance: *distance as f32,
        ..*now
    }
}
