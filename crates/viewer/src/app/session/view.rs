//! The camera as a field of a session, and back.

use bevy::math::{Quat, Vec3};

use crate::scene::camera::Orbit;
use mlipview_core::script::CameraPose;
use mlipview_core::session_file::View;

/// The camera as a field of a session.
pub(super) fn record(orbit: &Orbit) -> View {
    View {
        camera: CameraPose {
            target: orbit.target.to_array().map(f64::from),
            orientation: orbit.rotation.to_array().map(f64::from),
            distance: f64::from(orbit.distance),
        },
        perspective: orbit.perspective,
        field_of_view: None,
    }
}

/// The camera of a session, in the part of the window that panels leave free now.
pub(super) fn orbit(view: &View, now: &Orbit) -> Orbit {
    let CameraPose {
        target,
        orientation,
        distance,
    } = view.camera;
    Orbit {
        target: Vec3::from_array(target.map(|value| value as f32)),
        rotation: Quat::from_array(orientation.map(|value| value as f32)).normalize(),
        distance: distance as f32,
        perspective: view.perspective,
        free_area: now.free_area,
    }
}
