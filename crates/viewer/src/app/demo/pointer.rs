//! The pointer of the tour.

use bevy::prelude::*;

/// A pointer that moves by itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TourPointer {
    position: Option<Vec2>,
    pressed: bool,
    /// Start of the current motion, logical pixels.
    from: Vec2,
}

impl TourPointer {
    /// Position, logical pixels from the upper left, and whether it is pressed.
    pub(super) fn position(&self) -> Option<(Vec2, bool)> {
        Some((self.position?, self.pressed))
    }

    /// Starts a motion from the current position, or from the lower right of a window of this size.
    pub(super) fn start_move(&mut self, window: Vec2) {
        self.from = self.position.unwrap_or(window * Vec2::new(0.9, 0.9));
    }

    /// Moves to a fraction (0 to 1) of the way to a position, logical pixels, with smooth start and
    /// end.
    pub(super) fn move_to(&mut self, to: Vec2, fraction: f32) {
        let fraction = fraction.clamp(0.0, 1.0);
        self.position = Some(
            self.from
                .lerp(to, fraction * fraction * (3.0 - 2.0 * fraction)),
        );
    }

    /// Moves to a fraction (0 to 1) of a displacement from the start, logical pixels.
    pub(super) fn move_by(&mut self, by: Vec2, fraction: f32) {
        self.move_to(self.from + by, fraction);
    }

    pub(super) fn press(&mut self, pressed: bool) {
        self.pressed = pressed;
    }

    /// Hides the pointer.
    pub(super) fn hide(&mut self) {
        *self = TourPointer::default();
    }
}
