//! OpenXR's numbers as ours: both are metres and radians, right-handed, y up.

use bevy::math::{Quat, Vec3};
use openxr::{EnvironmentBlendMode, Posef, SpaceLocation, SpaceLocationFlags};

use crate::xr::seen::{Blend, Pose, View};

/// A pose.
pub(super) fn pose(pose: &Posef) -> Pose {
    let Posef {
        position,
        orientation,
    } = pose;
    let turn = Quat::from_xyzw(orientation.x, orientation.y, orientation.z, orientation.w);
    Pose {
        place: Vec3::new(position.x, position.y, position.z),
        // What is not tracked has no length.
        turn: if turn.length_squared() > 0.5 {
            turn.normalize()
        } else {
            Quat::IDENTITY
        },
    }
}

/// Where something is, if that is known.
pub(super) fn located(location: &SpaceLocation) -> Option<Pose> {
    let known = SpaceLocationFlags::POSITION_VALID | SpaceLocationFlags::ORIENTATION_VALID;
    let is_known = location.location_flags.contains(known);
    is_known.then(|| pose(&location.pose))
}

/// What an eye sees.
pub(super) fn view(view: &openxr::View) -> View {
    View {
        pose: pose(&view.pose),
        left: view.fov.angle_left.tan(),
        right: view.fov.angle_right.tan(),
        up: view.fov.angle_up.tan(),
        down: view.fov.angle_down.tan(),
    }
}

/// A way of blending that a runtime offers, if it is one of ours.
pub(super) fn blend(mode: EnvironmentBlendMode) -> Option<Blend> {
    match mode {
        EnvironmentBlendMode::OPAQUE => Some(Blend::Opaque),
        EnvironmentBlendMode::ALPHA_BLEND => Some(Blend::Alpha),
        EnvironmentBlendMode::ADDITIVE => Some(Blend::Additive),
        _ => None,
    }
}

/// The mode of a blending. Behind what is seen through an opaque layer the runtime draws the room.
pub(super) fn mode(blend: Blend) -> EnvironmentBlendMode {
    match blend {
        Blend::Opaque | Blend::Passthrough => EnvironmentBlendMode::OPAQUE,
        Blend::Alpha => EnvironmentBlendMode::ALPHA_BLEND,
        Blend::Additive => EnvironmentBlendMode::ADDITIVE,
    }
}
