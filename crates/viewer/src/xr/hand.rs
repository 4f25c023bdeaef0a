//! The two hands as they are followed: what they close, without flutter, and through short gaps.

use bevy::prelude::*;

use super::headset::Headset;
use super::seen::{HandKind, HandSeen, Pose, Seen, Side};
use mlipview_core::sim::constraint;

/// A trigger or grip that is pressed farther than this closes, 0 to 1,
const CLOSES: f32 = 0.6;
/// and one that is let go to less than this opens.
const OPENS: f32 = 0.4;
/// A closed hand that is lost from sight for less than this keeps what it has, s.
const PATIENCE: f32 = 0.3;

/// One hand as it is followed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrackedHand {
    /// As it was seen last.
    pub seen: HandSeen,
    /// Whether it holds what it points at: trigger or pinch.
    pub pinches: bool,
    /// Whether it holds the world.
    pub squeezes: bool,
    /// For how long the menu button has been down, s; `None` while it is up.
    pub menu_for: Option<f32>,
    /// For how long it has not been seen, s.
    lost_for: f32,
}

impl TrackedHand {
    /// The place with which it touches: the tip of a controller, or between the fingers.
    pub fn tip(&self) -> Vec3 {
        match self.seen.kind {
            HandKind::Controller => self.seen.aim.place,
            HandKind::Bare => self.seen.grip.place,
        }
    }

    /// What it presses buttons with: a finger, or else what it touches with.
    pub fn finger(&self) -> Vec3 {
        self.seen.fingertip.unwrap_or_else(|| self.tip())
    }

    /// The pose with which it carries what it has taken: a rigid one, at its tip.
    pub fn body(&self) -> Pose {
        Pose {
            place: self.tip(),
            turn: self.seen.grip.turn,
        }
    }

    fn followed(
        before: Option<TrackedHand>,
        seen: Option<&HandSeen>,
        seconds: f32,
    ) -> Option<Self> {
        let Some(seen) = seen else {
            let mut hand = before.filter(|hand| hand.pinches || hand.squeezes)?;
            hand.lost_for += seconds;
            hand.seen.stick = Vec2::ZERO;
            return (hand.lost_for < PATIENCE).then_some(hand);
        };
        let closed = |value: f32, before: bool| value > if before { OPENS } else { CLOSES };
        let menu_before = before.and_then(|hand| hand.menu_for);
        Some(TrackedHand {
            seen: *seen,
            pinches: closed(seen.trigger, before.is_some_and(|hand| hand.pinches)),
            squeezes: closed(seen.squeeze, before.is_some_and(|hand| hand.squeezes)),
            menu_for: seen
                .menu
                .then(|| menu_before.map_or(0.0, |before| before + seconds)),
            lost_for: 0.0,
        })
    }
}

/// The two hands, left and right; `None` while one is not there.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct TwoHands([Option<TrackedHand>; 2]);

impl TwoHands {
    /// One of them.
    pub fn of(&self, side: Side) -> Option<&TrackedHand> {
        self.0[side.index()].as_ref()
    }

    /// Those that are there.
    pub fn list(&self) -> impl Iterator<Item = (Side, &TrackedHand)> {
        let both = Side::BOTH.into_iter().zip(&self.0);
        both.filter_map(|(side, hand)| Some((side, hand.as_ref()?)))
    }
}

/// What the simulation calls a hand: the mouse is 0, and fingers have large numbers.
pub fn name(side: Side) -> constraint::Hand {
    constraint::Hand(match side {
        Side::Left => 1,
        Side::Right => 2,
    })
}

/// Follows both hands while they are ours.
pub(super) fn follow(
    seen: Res<Seen>,
    headset: Res<Headset>,
    time: Res<Time>,
    mut hands: ResMut<TwoHands>,
) {
    let now = Side::BOTH.map(|side| {
        let before = hands.of(side).copied();
        let followed = || TrackedHand::followed(before, seen.hand(side), time.delta_secs());
        headset.is_focused().then(followed).flatten()
    });
    hands.set_if_neq(TwoHands(now));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn pressed(trigger: f32) -> HandSeen {
        HandSeen {
            trigger,
            ..HandSeen::default()
        }
    }

    #[test]
    fn a_trigger_that_trembles_half_way_neither_opens_nor_closes_the_hand() {
        let mut hand = None;
        for (trigger, is_closed) in [
            (0.5, false),
            (0.7, true),
            (0.5, true),
            (0.55, true),
            (0.3, false),
            (0.5, false),
        ] {
            hand = TrackedHand::followed(hand, Some(&pressed(trigger)), 0.01);
            assert_eq!(hand.unwrap().pinches, is_closed, "{trigger}");
        }
    }

    #[test]
    fn a_closed_hand_outlasts_a_short_gap_and_an_open_one_none() {
        let closed = TrackedHand::followed(None, Some(&pressed(1.0)), 0.01);
        let mut hand = closed;
        for _ in 0..20 {
            hand = TrackedHand::followed(hand, None, 0.01);
            assert!(hand.unwrap().pinches);
        }
        assert!(TrackedHand::followed(hand, None, 0.2).is_none());
        // Once it has been seen again, patience is new.
        let again = TrackedHand::followed(hand, Some(&pressed(1.0)), 0.01);
        assert!(TrackedHand::followed(again, None, 0.2).is_some());
        let open = TrackedHand::followed(None, Some(&pressed(0.0)), 0.01);
        assert!(TrackedHand::followed(open, None, 0.01).is_none());
    }
}
