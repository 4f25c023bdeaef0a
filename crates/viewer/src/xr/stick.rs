//! The stick: turns the chosen bond by its sides, and makes a pull stronger or weaker up and down; by
//! so much per second, however often pictures are drawn.

use bevy::prelude::*;

use super::hand;
use super::hand::TwoHands;
use super::touches::Touches;
use crate::interact::action::Action;
use crate::interact::gesture::Gestures;
use crate::interact::gesture::rotate_bond::ChosenBond;

/// Nearer to its middle than this a stick is at rest, 0 to 1.
const REST: f32 = 0.15;
/// How fast it turns a bond at its side, degrees per second.
const TURN: f32 = 90.0;
/// How fast it strengthens a pull, notches of a wheel per second.
const NOTCHES: f32 = 5.0;

/// How much is meant by where a stick is along one axis, −1 to 1: nothing near the middle, fine beyond.
fn meant(deflection: f32) -> f32 {
    let beyond = ((deflection.abs() - REST) / (1.0 - REST)).clamp(0.0, 1.0);
    deflection.signum() * beyond * beyond
}

/// What a stick adds to a pull in a time (s), notches of a wheel.
pub(super) fn notches(stick: Vec2, seconds: f32) -> f32 {
    meant(stick.y) * NOTCHES * seconds
}

/// What is turned already but not yet asked for: a change that can be taken back is a degree or more.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Turning(f32);

impl Turning {
    /// What a stick adds in a time (s); whole degrees that are to be turned now.
    fn by(&mut self, stick: Vec2, seconds: f32) -> f64 {
        let rate = meant(stick.x);
        if rate == 0.0 {
            self.0 = 0.0;
            return 0.0;
        }
        self.0 += rate * TURN * seconds;
        let whole = self.0.trunc();
        self.0 -= whole;
        f64::from(whole)
    }
}

/// The stick of a hand that has no atoms turns the chosen bond.
pub(super) fn turn(
    hands: Res<TwoHands>,
    gestures: Res<Gestures>,
    touches: Res<Touches>,
    chosen: Res<ChosenBond>,
    time: Res<Time>,
    mut turning: Local<[Turning; 2]>,
    mut actions: MessageWriter<Action>,
) {
    for (side, hand) in hands.list() {
        let is_busy = gestures.holds_atoms(hand::name(side)) || touches.has(side);
        let is_free = chosen.axis().is_some() && !is_busy;
        let stick = if is_free { hand.seen.stick } else { Vec2::ZERO };
        let degrees = turning[side.index()].by(stick, time.delta_secs());
        if degrees != 0.0 {
            actions.write(Action::RotateBond(degrees));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The degrees that a stick turns in a second of so many pictures.
    fn turned_in_a_second(stick: f32, rate: usize) -> f64 {
        let mut turning = Turning::default();
        let each = 1.0 / rate as f32;
        (0..rate).map(|_| turning.by(Vec2::X * stick, each)).sum()
    }

    #[test]
    fn a_stick_turns_as_far_in_a_second_however_many_pictures_there_are() {
        for stick in [1.0, -1.0, 0.6] {
            let slow = turned_in_a_second(stick, 30);
            for rate in [10, 72, 90, 144, 1000] {
                let turned = turned_in_a_second(stick, rate);
                assert!(
                    (turned - slow).abs() <= 1.0,
                    "{stick} {rate}: {turned} {slow}"
                );
            }
        }
        assert!((turned_in_a_second(1.0, 90) - 90.0).abs() <= 1.0);
        let strengthened = |rate: usize| -> f32 {
            let each = 1.0 / rate as f32;
            (0..rate).map(|_| notches(Vec2::Y, each)).sum()
        };
        assert!((strengthened(30) - strengthened(144)).abs() < 1e-3);
    }

    #[test]
    fn a_stick_that_does_not_spring_back_to_its_very_middle_does_nothing() {
        for rest in [Vec2::splat(0.1), Vec2::splat(-0.14)] {
            assert_eq!(Turning::default().by(rest, 100.0), 0.0);
            assert_eq!(notches(rest, 100.0), 0.0);
        }
    }
}
