//! The tour's own pointer.

use bevy::prelude::*;

use super::Demo;
use crate::interact::aim::{Aim, Aims};
use crate::scene::camera::Orbit;
use mlipview_core::sim::constraint::Hand;

/// The tour's hand; the mouse and the fingers of a screen have others.
const HAND: Hand = Hand(u64::MAX);
/// How near it must come to what is small, logical pixels.
const TOLERANCE: f32 = 4.0;

/// A pointer that moves by itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Finger {
    place: Option<Vec2>,
    pressed: bool,
    /// Where it set out, logical pixels.
    from: Vec2,
}

impl Finger {
    /// Where it is, logical pixels from the upper left, and whether it presses.
    pub(super) fn place(&self) -> Option<(Vec2, bool)> {
        Some((self.place?, self.pressed))
    }

    /// Begins to move from where it is, or from the lower right of a window of this size.
    pub(super) fn set_out(&mut self, window: Vec2) {
        self.from = self.place.unwrap_or(window * Vec2::new(0.9, 0.9));
    }

    /// Is so far (0 to 1) on the way to a place, logical pixels; slower at both ends.
    pub(super) fn approach(&mut self, to: Vec2, share: f32) {
        let share = share.clamp(0.0, 1.0);
        self.place = Some(self.from.lerp(to, share * share * (3.0 - 2.0 * share)));
    }

    /// Is so far (0 to 1) on the way to a place that is so far from where it set out, logical pixels.
    pub(super) fn carry(&mut self, by: Vec2, share: f32) {
        self.approach(self.from + by, share);
    }

    pub(super) fn press(&mut self, pressed: bool) {
        self.pressed = pressed;
    }

    /// Is nowhere any more.
    pub(super) fn leave(&mut self) {
        *self = Finger::default();
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
    let Some(sight) = size.and_then(|size| orbit.sight(place, size)) else {
        return;
    };
    aims.add(Aim {
        hand: HAND,
        ray: sight.ray,
        beam: sight.beam(TOLERANCE),
        facing: sight.facing,
        reach: None,
        pressed,
        extend: false,
        notches: 0.0,
        screen: Some(place),
        hit: None,
    });
}
