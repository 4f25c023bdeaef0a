//! The thumbstick: left and right rotate the selected bond, up and down change the strength of a pull.
//! Rates are per second, independent of the frame rate.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::hand::{self, TrackedHands};
use super::tablet_touch::TabletTouches;
use crate::interact::action::Action;
use crate::interact::gesture::Gestures;
use crate::interact::gesture::selected_bond::SelectedBond;

/// Deflections below this count as the center, 0 to 1.
const DEAD_ZONE: f32 = 0.15;
/// Rotation of a bond at full deflection, degrees per second.
const ROTATION_RATE: f32 = 90.0;
/// Change of a pull at full deflection, notches of a mouse wheel per second.
const NOTCH_RATE: f32 = 5.0;

/// Response to a deflection along one axis, −1 to 1: zero in the dead zone, quadratic beyond.
fn response(deflection: f32) -> f32 {
    let beyond = ((deflection.abs() - DEAD_ZONE) / (1.0 - DEAD_ZONE)).clamp(0.0, 1.0);
    deflection.signum() * beyond * beyond
}

/// Scroll of a thumbstick within a time (s), notches of a mouse wheel.
pub(super) fn scroll_notches(thumbstick: Vec2, seconds: f32) -> f32 {
    response(thumbstick.y) * NOTCH_RATE * seconds
}

/// Rotation that is not requested yet, degrees: undo steps are whole degrees.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct RotationRemainder(f32);

impl RotationRemainder {
    /// Adds the rotation of a thumbstick within a time (s) and takes out the whole degrees.
    fn advance(&mut self, thumbstick: Vec2, seconds: f32) -> f64 {
        let rate = response(thumbstick.x);
        if rate == 0.0 {
            self.0 = 0.0;
            return 0.0;
        }
        self.0 += rate * ROTATION_RATE * seconds;
        let whole = self.0.trunc();
        self.0 -= whole;
        f64::from(whole)
    }
}

/// State that decides whether a thumbstick rotates the selected bond.
#[derive(SystemParam)]
pub(super) struct ThumbstickInput<'w> {
    hands: Res<'w, TrackedHands>,
    gestures: Res<'w, Gestures>,
    touches: Res<'w, TabletTouches>,
    selected: Res<'w, SelectedBond>,
    time: Res<'w, Time>,
}

/// Rotates the selected bond by the thumbstick of a hand that holds no atoms.
pub(super) fn rotate_bond(
    input: ThumbstickInput,
    mut remainders: Local<[RotationRemainder; 2]>,
    mut actions: MessageWriter<Action>,
) {
    for (side, hand) in input.hands.iter() {
        let is_busy = input.gestures.holds_atoms(hand::id(side)) || input.touches.has(side);
        let is_free = input.selected.axis().is_some() && !is_busy;
        let thumbstick = if is_free {
            hand.input.thumbstick
        } else {
            Vec2::ZERO
        };
        let degrees = remainders[side.index()].advance(thumbstick, input.time.delta_secs());
        if degrees != 0.0 {
            actions.write(Action::RotateBond(degrees));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rotation by a thumbstick within a second at a frame rate, degrees.
    fn degrees_per_second(thumbstick: f32, rate: usize) -> f64 {
        let mut remainder = RotationRemainder::default();
        let frame = 1.0 / rate as f32;
        (0..rate)
            .map(|_| remainder.advance(Vec2::X * thumbstick, frame))
            .sum()
    }

    #[test]
    fn the_rotation_of_a_thumbstick_does_not_depend_on_the_frame_rate() {
        for thumbstick in [1.0, -1.0, 0.6] {
            let slow = degrees_per_second(thumbstick, 30);
            for rate in [10, 72, 90, 144, 1000] {
                let degrees = degrees_per_second(thumbstick, rate);
                assert!(
                    (degrees - slow).abs() <= 1.0,
                    "{thumbstick} {rate}: {degrees} {slow}"
                );
            }
        }
        assert!((degrees_per_second(1.0, 90) - 90.0).abs() <= 1.0);
        let notches = |rate: usize| -> f32 {
            let frame = 1.0 / rate as f32;
            (0..rate).map(|_| scroll_notches(Vec2::Y, frame)).sum()
        };
        assert!((notches(30) - notches(144)).abs() < 1e-3);
    }

    #[test]
    fn a_thumbstick_in_the_dead_zone_does_nothing() {
        for rest in [Vec2::splat(0.1), Vec2::splat(-0.14)] {
            assert_eq!(RotationRemainder::default().advance(rest, 100.0), 0.0);
            assert_eq!(scroll_notches(rest, 100.0), 0.0);
        }
    }
}
