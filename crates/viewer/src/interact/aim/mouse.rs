//! The mouse as an aim.

use bevy::input::mouse::{AccumulatedMouseScroll, MouseScrollUnit};
use bevy::prelude::*;
use bevy::window::{CursorMoved, PrimaryWindow};

use super::{Aim, Aims, Blocked, Pointing};
use crate::scene::camera::Orbit;
use mlipview_core::sim::constraint::Hand;

/// The mouse's hand.
pub const MOUSE: Hand = Hand(0);

/// How near the pointer must come to what is small, logical pixels.
const TOLERANCE: f32 = 4.0;
/// So many pixels of a touchpad are a notch of a wheel.
const PIXELS_PER_NOTCH: f32 = 60.0;
/// More notches in one frame come from a fault, not from a finger.
const MOST_NOTCHES: f32 = 20.0;

/// The mouse on the window, for what only a mouse can do: turning the camera.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct Pointer {
    /// Where it is, logical pixels from the upper left; beyond the edges while a button is down.
    pub place: Option<Vec2>,
    /// How far it went since the last frame, logical pixels.
    pub motion: Vec2,
    /// Whether the buttons that are down were pressed on the scene, not on a panel.
    pub on_scene: bool,
    /// The size of the window, logical pixels.
    pub window: Vec2,
}

/// Whatever the mouse does, as it comes from the window.
#[derive(bevy::ecs::system::SystemParam)]
pub(super) struct Mouse<'w, 's> {
    moves: MessageReader<'w, 's, CursorMoved>,
    buttons: Res<'w, ButtonInput<MouseButton>>,
    scroll: Res<'w, AccumulatedMouseScroll>,
    keys: Res<'w, ButtonInput<KeyCode>>,
    windows: Query<'w, 's, &'static Window, With<PrimaryWindow>>,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Pointer>()
        .add_systems(Update, aim.in_set(Pointing));
}

fn aim(
    mut mouse: Mouse,
    blocked: Res<Blocked>,
    orbit: Res<Orbit>,
    mut pointer: ResMut<Pointer>,
    mut aims: ResMut<Aims>,
) {
    let Ok(window) = mouse.windows.single() else {
        return;
    };
    let before = pointer.place;
    if let Some(moved) = mouse.moves.read().last() {
        pointer.place = Some(moved.position);
    }
    pointer.window = window.size();
    pointer.motion = match (before, pointer.place) {
        (Some(before), Some(now)) => now - before,
        _ => Vec2::ZERO,
    };
    let buttons = [MouseButton::Left, MouseButton::Right, MouseButton::Middle];
    // A click may be shorter than a frame: it is down for one, then up.
    let down = |button| mouse.buttons.pressed(button) || mouse.buttons.just_pressed(button);
    let any = buttons.into_iter().any(down);
    let fresh = buttons
        .into_iter()
        .any(|button| mouse.buttons.just_pressed(button));
    if !any || (fresh && !pointer.on_scene) {
        pointer.on_scene = !blocked.pointer;
    }
    let (Some(place), true) = (pointer.place, pointer.on_scene) else {
        return;
    };
    let Some(sight) = orbit.sight(place, pointer.window) else {
        return;
    };
    let shift = [KeyCode::ShiftLeft, KeyCode::ShiftRight];
    aims.add(Aim {
        hand: MOUSE,
        ray: sight.ray,
        beam: sight.beam(TOLERANCE),
        facing: sight.facing,
        reach: None,
        pressed: down(MouseButton::Left),
        extend: mouse.keys.any_pressed(shift),
        notches: notches(&mouse.scroll),
        screen: Some(place),
        hit: None,
    });
}

fn notches(scroll: &AccumulatedMouseScroll) -> f32 {
    let notches = match scroll.unit {
        MouseScrollUnit::Line => scroll.delta.y,
        MouseScrollUnit::Pixel => scroll.delta.y / PIXELS_PER_NOTCH,
    };
    if notches.is_finite() {
        notches.clamp(-MOST_NOTCHES, MOST_NOTCHES)
    } else {
        0.0
    }
}
