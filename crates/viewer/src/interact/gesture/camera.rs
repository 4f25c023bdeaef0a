//! Camera motion by mouse and touch.

use std::f32::consts::PI;

use bevy::prelude::*;

use super::{Gestures, Steering};
use crate::interact::aim::{Aims, Fingers, MOUSE, Pointer};
use crate::scene::camera::Orbit;

/// Rotation across the height of the window, radians.
const ROTATION_PER_HEIGHT: f32 = PI;
/// Zoom factor per wheel notch.
const ZOOM_PER_NOTCH: f32 = 1.15;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (move_by_mouse, move_by_touch).in_set(Steering::Look),
    );
}

fn move_by_mouse(
    pointer: Res<Pointer>,
    buttons: Res<ButtonInput<MouseButton>>,
    gestures: Res<Gestures>,
    aims: Res<Aims>,
    mut orbit: ResMut<Orbit>,
) {
    let Some(aim) = aims.of(MOUSE) else {
        return;
    };
    let fraction = pointer.motion / pointer.window.y;
    if fraction != Vec2::ZERO {
        if buttons.any_pressed([MouseButton::Right, MouseButton::Middle]) {
            orbit.pan(fraction.x, -fraction.y);
        } else if gestures.moves_camera(MOUSE) {
            orbit.rotate(
                ROTATION_PER_HEIGHT * fraction.x,
                ROTATION_PER_HEIGHT * fraction.y,
            );
        }
    }
    let view_ray = aim
        .screen
        .filter(|_| aim.scroll != 0.0)
        .and_then(|position| orbit.view_ray(position, pointer.window));
    if let Some(view_ray) = view_ray {
        orbit.zoom_towards(&view_ray, ZOOM_PER_NOTCH.powf(aim.scroll));
    }
}

fn move_by_touch(
    fingers: Res<Fingers>,
    pointer: Res<Pointer>,
    gestures: Res<Gestures>,
    mut orbit: ResMut<Orbit>,
) {
    let window = pointer.window;
    if let Some((hand, motion)) = fingers.single()
        && gestures.moves_camera(hand)
        && motion != Vec2::ZERO
    {
        orbit.rotate(
            ROTATION_PER_HEIGHT * motion.x / window.y,
            ROTATION_PER_HEIGHT * motion.y / window.y,
        );
    }
    let Some(pinch) = fingers.pinch().filter(|pinch| !pinch.is_still()) else {
        return;
    };
    orbit.pan(pinch.motion.x / window.y, -pinch.motion.y / window.y);
    if let Some(view_ray) = orbit.view_ray(pinch.middle, window) {
        orbit.zoom_towards(&view_ray, pinch.spread);
        orbit.roll_about(&view_ray, pinch.twist);
    }
}
