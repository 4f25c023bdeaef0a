//! The pointer of the tour.

use bevy::prelude::*;

use super::Demo;
use crate::interact::aim::{Aim, Aims};
use crate::scene::camera::Orbit;
use mlipview_core::sim::constraint::Hand;

/// Hand of the tour, distinct from the mouse and touches.
const HAND: Hand = Hand(u64::MAX);
/// Hit tolerance, logical pixels.
const TOLERANCE: f32 = 4.0;

/// A pointer that moves by itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TourPointer {
    place: Option<Vec2>,
    pressed: bool,
    /// Start of the current motion, logical pixels.
    from: Vec2,
}

impl TourPointer {
    /// Position, logical pixels from the upper left, and whether it is pressed.
    pub(super) fn place(&self) -> Option<(Vec2, bool)> {
        Some((self.place?, self.pressed))
    }

    /// Starts a motion from the current position, or from the lower right of a window of this size.
    pub(super) fn start_move(&mut self, window: Vec2) {
        self.from = self.place.unwrap_or(window * Vec2::new(0.9, 0.9));
    }

    /// Moves to a fraction (0 to 1) of the way to a position, logical pixels, with smooth start and
    /// end.
    pub(super) fn move_to(&mut self, to: Vec2, share: f32) {
        let share = share.clamp(0.0, 1.0);
        self.place = Some(self.from.lerp(to, share * share * (3.0 - 2.0 * share)));
    }

    /// Moves to a fraction (0 to 1) of a displacement from the start, logical pixels.
    pub(super) fn move_by(&mut self, by: Vec2, share: f32) {
        self.move_to(self.from + by, share);
    }

    pub(super) fn press(&mut self, pressed: bool) {
        self.pressed = pressed;
    }

    /// Hides the pointer.
    pub(super) fn hide(&mut self) {
        *self = TourPointer::default();
    }
}

pub(super) fn aim(
    demo: Res<Demo>,
    orbit: Res<Orbit>,
    windows: Query<&Window>,
    mut aims: ResMut<Aims>,
) {
    let Some((place, pressed)) = demo.pointer() else {
        return;
    };
    let size = windows.iter().next().map(Window::size);
    let Some(view_ray) = size.and_then(|size| orbit.view_ray(place, size)) else {
        return;
    };
    aims.add(Aim {
        hand: HAND,
        ray: view_ray.ray,
        beam: view_ray.beam(TOLERANCE),
        facing: view_ray.facing,
        reach: None,
        pressed,
        extend: false,
        notches: 0.0,
        screen: Some(place),
        hit: None,
    });
}
