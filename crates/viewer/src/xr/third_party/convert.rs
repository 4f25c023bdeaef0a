//! Conversion from OpenXR's types: both use meters and radians, right-handed, y up.

use bevy::math::{Quat, Vec3};
use openxr::{EnvironmentBlendMode, Posef, SpaceLocation, SpaceLocationFlags};

use crate::xr::blend_mode::BlendMode;
use crate::xr::eye_view::EyeView;
use crate::xr::pose::Pose;

/// Converts a pose.
pub(super) fn pose(pose: &Posef) -> Pose {
    let Posef {
        position,
        orientation,
    } = pose;
    let rotation = Quat::from_xyzw(orientation.x, orientation.y, orientation.z, orientation.w);
    Pose {
        position: Vec3::new(position.x, position.y, position.z),
        // Untracked poses have a zero quaternion.
        rotation: if rotation.length_squared() > 0.5 {
            rotation.normalize()
        } else {
            Quat::IDENTITY
        },
    }
}

/// Converts a location to a pose; `None` unless position and orientation are valid.
pub(super) fn location(location: &SpaceLocation) -> Option<Pose> {
    let valid = SpaceLocationFlags::POSITION_VALID | SpaceLocationFlags::ORIENTATION_VALID;
    let is_valid = location.location_flags.contains(valid);
    is_valid.then(|| pose(&location.pose))
}

/// Converts the view of an eye.
pub(super) fn view(view: &openxr::View) -> EyeView {
    EyeView {
        pose: pose(&view.pose),
        left: view.fov.angle_left.tan(),
        right: view.fov.angle_right.tan(),
        up: view.fov.angle_up.tan(),
        down: view.fov.angle_down.tan(),
    }
}

/// Converts a blend mode; `None` for an unknown one.
pub(super) fn blend_mode(mode: EnvironmentBlendMode) -> Option<BlendMode> {
    match mode {
        EnvironmentBlendMode::OPAQUE => Some(BlendMode::Opaque),
        EnvironmentBlendMode::ALPHA_BLEND => Some(BlendMode::Alpha),
        EnvironmentBlendMode::ADDITIVE => Some(BlendMode::Additive),
        _ => None,
    }
}

/// Converts a blend mode to OpenXR's. Passthrough is a layer of its own in an opaque frame.
pub(super) fn environment_blend_mode(mode: BlendMode) -> EnvironmentBlendMode {
    match mode {
        BlendMode::Opaque | BlendMode::Passthrough => EnvironmentBlendMode::OPAQUE,
        BlendMode::Alpha => EnvironmentBlendMode::ALPHA_BLEND,
        BlendMode::Additive => EnvironmentBlendMode::ADDITIVE,
    }
}
