//! The mouse pointer.

use bevy::input::mouse::{AccumulatedMouseScroll, MouseScrollUnit};
use bevy::prelude::*;
use bevy::window::{CursorMoved, PrimaryWindow};

use super::{Aim, Aims, CapturedInput, PointerInput};
use crate::scene::camera::Orbit;
use mlipview_core::sim::constraint::Hand;

/// The mouse's hand.
pub const MOUSE: Hand = Hand(0);

/// Hit tolerance, logical pixels.
const TOLERANCE: f32 = 4.0;
/// Touchpad pixels per wheel notch.
const PIXELS_PER_NOTCH: f32 = 60.0;
/// Maximum notches per frame; more are a fault of the device.
const MAX_NOTCHES: f32 = 20.0;

/// The mouse in the window, for camera motion.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct Pointer {
    /// Position, logical pixels from the upper left; outside of the window while a button is down.
    pub position: Option<Vec2>,
    /// Motion since the last frame, logical pixels.
    pub motion: Vec2,
    /// Whether the buttons that are down were pressed on the scene, not on a panel.
    pub on_scene: bool,
    /// Window size, logical pixels.
    pub window: Vec2,
}

/// Mouse input of a frame.
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
        .add_systems(Update, aim.in_set(PointerInput));
}

fn aim(
    mut mouse: Mouse,
    captured: Res<CapturedInput>,
    orbit: Res<Orbit>,
    mut pointer: ResMut<Pointer>,
    mut aims: ResMut<Aims>,
) {
    let Ok(window) = mouse.windows.single() else {
        return;
    };
    let before = pointer.position;
    if let Some(moved) = mouse.moves.read().last() {
        pointer.position = Some(moved.position);
    }
    pointer.window = window.size();
    pointer.motion = match (before, pointer.position) {
        (Some(before), Some(now)) => now - before,
        _ => Vec2::ZERO,
    };
    let buttons = [MouseButton::Left, MouseButton::Right, MouseButton::Middle];
    // A click may be shorter than a frame: it counts as down for one.
    let down = |button| mouse.buttons.pressed(button) || mouse.buttons.just_pressed(button);
    let any = buttons.into_iter().any(down);
    let fresh = buttons
        .into_iter()
        .any(|button| mouse.buttons.just_pressed(button));
    if !any || (fresh && !pointer.on_scene) {
        pointer.on_scene = !captured.pointer;
    }
    let (Some(position), true) = (pointer.position, pointer.on_scene) else {
        return;
    };
    let Some(view_ray) = orbit.view_ray(position, pointer.window) else {
        return;
    };
    let shift = [KeyCode::ShiftLeft, KeyCode::ShiftRight];
    aims.add(Aim {
        hand: MOUSE,
        ray: view_ray.ray,
        beam: view_ray.beam(TOLERANCE),
        plane_normal: view_ray.plane_normal,
        hand_pose: None,
        pressed: down(MouseButton::Left),
        extend: mouse.keys.any_pressed(shift),
        scroll: scroll_notches(&mouse.scroll),
        screen: Some(position),
        hit: None,
    });
}

fn scroll_notches(scroll: &AccumulatedMouseScroll) -> f32 {
    let notches = match scroll.unit {
        MouseScrollUnit::Line => scroll.delta.y,
        MouseScrollUnit::Pixel => scroll.delta.y / PIXELS_PER_NOTCH,
    };
    if notches.is_finite() {
        notches.clamp(-MAX_NOTCHES, MAX_NOTCHES)
    } else {
        0.0
    }
}
