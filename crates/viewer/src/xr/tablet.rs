//! The placement of the tablet: the menu button, or a double pinch of a tracked hand, shows and hides it.

use bevy::prelude::*;

use super::hand::{self, TrackedHand, TrackedHands};
use super::hand_input::{HandSource, Side};
use super::headset::Headset;
use super::pose::Pose;
use super::request::HeadsetRequest;
use super::tracking::Tracking;
use crate::interact::gesture::Clicked;

/// Height of the tablet above the hand that shows it, m.
const HEIGHT_ABOVE_HAND: f32 = 0.16;
/// Duration of a long press of the menu button, which recenters, s.
const LONG_PRESS: f32 = 0.8;

/// The pose of the tablet in the room.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct TabletPlacement {
    /// The pose; `None` while the tablet is hidden.
    pub pose: Option<Pose>,
    /// Time since each menu button was pressed, s.
    menu_held: [Option<f32>; 2],
}

impl TabletPlacement {
    /// Updates the menu button of a hand. A short press toggles when it ends, a long one recenters as
    /// soon as it is long.
    fn press(&mut self, side: Side, now: Option<f32>) -> Option<MenuPress> {
        let before = std::mem::replace(&mut self.menu_held[side.index()], now)?;
        match now {
            None if before < LONG_PRESS => Some(MenuPress::Short),
            Some(now) if before < LONG_PRESS && now >= LONG_PRESS => Some(MenuPress::Long),
            _ => None,
        }
    }
}

/// A press of the menu button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MenuPress {
    Short,
    Long,
}

/// Pose above the hand, facing the head.
fn pose_above(hand: &TrackedHand, head: Option<&Pose>) -> Pose {
    let position = hand.tip() + HEIGHT_ABOVE_HAND * Vec3::Y;
    let away = head.map_or(Vec3::NEG_Z, |head| position - head.position);
    Pose {
        position,
        rotation: Transform::IDENTITY.looking_to(away, Vec3::Y).rotation,
    }
}

/// Whether a click is a double pinch of this hand beside everything.
fn is_double_pinch(click: &Clicked, side: Side, hand: &TrackedHand) -> bool {
    let is_hand_tracking = hand.input.source == HandSource::HandTracking;
    is_hand_tracking && click.double && click.target().is_none() && click.aim.hand == hand::id(side)
}

/// Shows and hides the tablet, and requests recentering.
pub(super) fn update_placement(
    hands: Res<TrackedHands>,
    headset: Res<Headset>,
    tracking: Res<Tracking>,
    mut clicks: MessageReader<Clicked>,
    mut placement: ResMut<TabletPlacement>,
    mut requests: MessageWriter<HeadsetRequest>,
) {
    if !headset.is_running() {
        placement.set_if_neq(TabletPlacement::default());
        return;
    }
    let clicks: Vec<Clicked> = clicks.read().copied().collect();
    for side in Side::BOTH {
        let hand = hands.get(side);
        let menu_held = hand.and_then(|hand| hand.menu_held);
        let pinched = |hand| {
            clicks
                .iter()
                .any(|click| is_double_pinch(click, side, hand))
        };
        let pinched = hand.is_some_and(pinched).then_some(MenuPress::Short);
        match (placement.press(side, menu_held).or(pinched), hand) {
            (Some(MenuPress::Short), Some(hand)) => {
                placement.pose = match placement.pose {
                    None => Some(pose_above(hand, tracking.head.as_ref())),
                    Some(_) => None,
                }
            }
            (Some(MenuPress::Long), _) => {
                requests.write(HeadsetRequest::Recenter);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_press_of_the_menu_button_ends_as_short_and_a_long_one_counts_once() {
        let mut placement = TabletPlacement::default();
        let mut presses = |times: &[Option<f32>]| -> Vec<MenuPress> {
            let presses = times
                .iter()
                .filter_map(|time| placement.press(Side::Left, *time));
            presses.collect()
        };
        assert_eq!(
            presses(&[None, Some(0.0), Some(0.1), None]),
            [MenuPress::Short]
        );
        let long = [Some(0.0), Some(0.5), Some(0.9), Some(1.5), None, None];
        assert_eq!(presses(&long), [MenuPress::Long]);
    }
}
