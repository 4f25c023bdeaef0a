//! The two hands over time: debounced buttons, and short tracking gaps bridged.

use bevy::prelude::*;

use super::hand_input::{HandInput, HandSource, Side};
use super::headset::Headset;
use super::pose::Pose;
use super::tracking::Tracking;
use mlipview_core::sim::constraint;

/// Trigger or squeeze value above which a hand closes, 0 to 1.
const PRESS_THRESHOLD: f32 = 0.6;
/// Value below which it opens again; lower, so that a trembling finger does not toggle it.
const RELEASE_THRESHOLD: f32 = 0.4;
/// Time for which a closed hand keeps what it holds without being tracked, s.
const TRACKING_TIMEOUT: f32 = 0.3;

/// A hand with debounced buttons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrackedHand {
    /// The newest input.
    pub input: HandInput,
    /// Whether the trigger is pressed: holds what the hand points at.
    pub pressed: bool,
    /// Whether the hand squeezes: holds the world.
    pub squeezed: bool,
    /// Time since the menu button was pressed, s; `None` while it is up.
    pub menu_held: Option<f32>,
    /// Time since the hand was tracked, s.
    untracked: f32,
}

impl TrackedHand {
    /// The point that touches, m: the tip of a controller, or between thumb and index finger.
    pub fn tip(&self) -> Vec3 {
        match self.input.source {
            HandSource::Controller => self.input.aim.position,
            HandSource::HandTracking => self.input.grip.position,
        }
    }

    /// The point that presses buttons of the tablet, m: the fingertip, or else [`TrackedHand::tip`].
    pub fn fingertip(&self) -> Vec3 {
        self.input.fingertip.unwrap_or_else(|| self.tip())
    }

    /// The pose that held atoms and the held world move with.
    pub fn grab_pose(&self) -> Pose {
        Pose {
            position: self.tip(),
            rotation: self.input.grip.rotation,
        }
    }

    /// The hand after `seconds` more; `None` if it is neither tracked nor within the timeout.
    fn next(
        before: Option<TrackedHand>,
        input: Option<&HandInput>,
        seconds: f32,
    ) -> Option<TrackedHand> {
        let Some(input) = input else {
            let mut hand = before.filter(|hand| hand.pressed || hand.squeezed)?;
            hand.untracked += seconds;
            hand.input.thumbstick = Vec2::ZERO;
            return (hand.untracked < TRACKING_TIMEOUT).then_some(hand);
        };
        let is_down = |value: f32, was_down: bool| {
            let threshold = if was_down {
                RELEASE_THRESHOLD
            } else {
                PRESS_THRESHOLD
            };
            value > threshold
        };
        let menu_before = before.and_then(|hand| hand.menu_held);
        Some(TrackedHand {
            input: *input,
            pressed: is_down(input.trigger, before.is_some_and(|hand| hand.pressed)),
            squeezed: is_down(input.squeeze, before.is_some_and(|hand| hand.squeezed)),
            menu_held: input
                .menu
                .then(|| menu_before.map_or(0.0, |before| before + seconds)),
            untracked: 0.0,
        })
    }
}

/// The two hands, left and right; `None` for one that is not tracked.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct TrackedHands([Option<TrackedHand>; 2]);

impl TrackedHands {
    /// The hand of one side.
    pub fn get(&self, side: Side) -> Option<&TrackedHand> {
        self.0[side.index()].as_ref()
    }

    /// The tracked hands.
    pub fn iter(&self) -> impl Iterator<Item = (Side, &TrackedHand)> {
        let both = Side::BOTH.into_iter().zip(&self.0);
        both.filter_map(|(side, hand)| Some((side, hand.as_ref()?)))
    }
}

/// The id of a hand in the simulation. The mouse has 0, touches have large numbers.
pub fn id(side: Side) -> constraint::Hand {
    constraint::Hand(match side {
        Side::Left => 1,
        Side::Right => 2,
    })
}

/// Updates both hands while the session has input focus.
pub(super) fn track(
    tracking: Res<Tracking>,
    headset: Res<Headset>,
    time: Res<Time>,
    mut hands: ResMut<TrackedHands>,
) {
    let now = Side::BOTH.map(|side| {
        let before = hands.get(side).copied();
        let next = || TrackedHand::next(before, tracking.hand(side), time.delta_secs());
        headset.is_focused().then(next).flatten()
    });
    hands.set_if_neq(TrackedHands(now));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn pressed(trigger: f32) -> HandInput {
        HandInput {
            trigger,
            ..HandInput::default()
        }
    }

    #[test]
    fn a_trigger_that_trembles_between_the_thresholds_neither_presses_nor_releases() {
        let mut hand = None;
        for (trigger, is_pressed) in [
            (0.5, false),
            (0.7, true),
            (0.5, true),
            (0.55, true),
            (0.3, false),
            (0.5, false),
        ] {
            hand = TrackedHand::next(hand, Some(&pressed(trigger)), 0.01);
            assert_eq!(hand.unwrap().pressed, is_pressed, "{trigger}");
        }
    }

    #[test]
    fn a_pressed_hand_outlasts_a_short_tracking_gap_and_a_released_one_none() {
        let closed = TrackedHand::next(None, Some(&pressed(1.0)), 0.01);
        let mut hand = closed;
        for _ in 0..20 {
            hand = TrackedHand::next(hand, None, 0.01);
            assert!(hand.unwrap().pressed);
        }
        assert!(TrackedHand::next(hand, None, 0.2).is_none());
        // Tracked again, the timeout starts anew.
        let again = TrackedHand::next(hand, Some(&pressed(1.0)), 0.01);
        assert!(TrackedHand::next(again, None, 0.2).is_some());
        let open = TrackedHand::next(None, Some(&pressed(0.0)), 0.01);
        assert!(TrackedHand::next(open, None, 0.01).is_none());
    }
}
