//! The tablet with the panels: the menu button hangs it before the hand, or two quick pinches beside
//! everything of a hand that has no button.

use bevy::prelude::*;

use super::hand;
use super::hand::{TrackedHand, TwoHands};
use super::headset::{Ask, Headset};
use super::seen::{HandKind, Pose, Seen, Side};
use crate::interact::gesture::Clicked;

/// Above the hand, m.
const ABOVE: f32 = 0.16;
/// Whoever holds the menu button for so long wants the molecule before the head again, s.
const LONG: f32 = 0.8;

/// Where the tablet hangs in the room.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct Hanging {
    /// Where it hangs; `None` while it is put away.
    pub pose: Option<Pose>,
    /// For how long the menu buttons have been down, s.
    menu_for: [Option<f32>; 2],
}

impl Hanging {
    /// What the menu button of a hand asks for: to hang the tablet up or put it away when it is let go,
    /// or the molecule once it was held long.
    fn heard(&mut self, side: Side, now: Option<f32>) -> Option<Heard> {
        let before = std::mem::replace(&mut self.menu_for[side.index()], now)?;
        match now {
            None if before < LONG => Some(Heard::Toggle),
            Some(now) if before < LONG && now >= LONG => Some(Heard::Recentre),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heard {
    Toggle,
    Recentre,
}

/// Before the hand, turned to the head.
fn before(hand: &TrackedHand, head: Option<&Pose>) -> Pose {
    let place = hand.tip() + ABOVE * Vec3::Y;
    let away = head.map_or(Vec3::NEG_Z, |head| place - head.place);
    Pose {
        place,
        turn: Transform::IDENTITY.looking_to(away, Vec3::Y).rotation,
    }
}

/// Whether a bare hand pinched twice where nothing is.
fn pinched_twice(click: &Clicked, side: Side, hand: &TrackedHand) -> bool {
    let is_bare = hand.seen.kind == HandKind::Bare;
    is_bare && click.double && click.target().is_none() && click.aim.hand == hand::name(side)
}

/// Menu buttons and double pinches hang it up and put it away.
pub(super) fn hang(
    hands: Res<TwoHands>,
    headset: Res<Headset>,
    seen: Res<Seen>,
    mut clicks: MessageReader<Clicked>,
    mut hanging: ResMut<Hanging>,
    mut asks: MessageWriter<Ask>,
) {
    if !headset.is_present() {
        hanging.set_if_neq(Hanging::default());
        return;
    }
    let clicks: Vec<Clicked> = clicks.read().copied().collect();
    for side in Side::BOTH {
        let hand = hands.of(side);
        let menu_for = hand.and_then(|hand| hand.menu_for);
        let pinched = |hand| clicks.iter().any(|click| pinched_twice(click, side, hand));
        let pinched = hand.is_some_and(pinched).then_some(Heard::Toggle);
        match (hanging.heard(side, menu_for).or(pinched), hand) {
            (Some(Heard::Toggle), Some(hand)) => {
                hanging.pose = match hanging.pose {
                    None => Some(before(hand, seen.head.as_ref())),
                    Some(_) => None,
                }
            }
            (Some(Heard::Recentre), _) => {
                asks.write(Ask::Recentre);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_press_of_the_menu_hangs_the_tablet_up_and_a_long_one_recentres_once() {
        let mut hanging = Hanging::default();
        let mut hear = |times: &[Option<f32>]| -> Vec<Heard> {
            let heard = times
                .iter()
                .filter_map(|time| hanging.heard(Side::Left, *time));
            heard.collect()
        };
        assert_eq!(hear(&[None, Some(0.0), Some(0.1), None]), [Heard::Toggle]);
        let long = [Some(0.0), Some(0.5), Some(0.9), Some(1.5), None, None];
        assert_eq!(hear(&long), [Heard::Recentre]);
    }
}
