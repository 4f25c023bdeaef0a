//! Hands press what is on the tablet: from afar by their rays, and at it with a finger.

use bevy::prelude::*;

use super::hand;
use super::hand::{TrackedHand, TwoHands};
use super::rig::Rig;
use super::seen::Side;
use super::tablet::Hanging;
use crate::interact::gesture::Gestures;
use crate::scene::tablet::{Board, Tablet, TabletPointer};

/// How wide a point is, m: letters are a degree high at half a metre.
const POINT: f32 = 0.0006;
/// How fast a stick scrolls, points per second.
const SCROLL: f32 = 700.0;
/// A finger is at the tablet so far before it, m;
const NEAR: f32 = 0.05;
/// it presses when it comes through, and lets go so far before it, m;
const LETS_GO: f32 = 0.01;
/// and so far behind it is elsewhere, m.
const BEHIND: f32 = 0.08;

/// Where each hand touches the tablet.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Touches([Touching; 2]);

/// What one hand does at the tablet.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Touching {
    /// Where it is touched, points from the upper left corner, and whether it is pressed.
    at: Option<(Vec2, bool)>,
    /// Whether its finger presses; `None` while that is not at the tablet.
    finger: Option<bool>,
    /// Whether it was closed.
    pinched: bool,
}

impl Touches {
    /// Whether a hand points at the tablet, and at nothing else.
    pub(super) fn has(&self, side: Side) -> bool {
        self.0[side.index()].at.is_some()
    }

    /// Where in the scene a hand touches it, Å.
    pub(super) fn place(&self, side: Side, tablet: &Tablet) -> Option<Vec3> {
        let (place, _) = self.0[side.index()].at?;
        Some(tablet.board?.place(place))
    }
}

impl Touching {
    /// What it does next: `hand` has no atoms.
    fn next(&self, board: &Board, hand: &TrackedHand, rig: &Rig) -> Touching {
        let (beneath, before) = board.beneath(rig.to_world(hand.finger()));
        let finger = pressed(self.finger, before / rig.scale).filter(|_| Board::has(beneath));
        // A hand that closed elsewhere is not heard here.
        let was_there = self.at.is_some();
        let pinches = hand.pinches && (was_there || !self.pinched);
        let ray = || {
            let place = met(board, hand, rig, was_there && hand.pinches)?;
            (pinches || !hand.pinches).then_some((place, pinches))
        };
        let at = match finger {
            Some(pressed) => Some((beneath, pressed || pinches)),
            None => ray(),
        };
        Touching {
            at,
            finger,
            pinched: hand.pinches,
        }
    }
}

/// Whether a finger presses that is so far before the tablet, m; `None` if it is not at it. It comes
/// from before it, and once it has pressed it trembles no more.
fn pressed(was_pressed: Option<bool>, before: f32) -> Option<bool> {
    match was_pressed {
        None => (0.0..NEAR).contains(&before).then_some(false),
        Some(_) if !(-BEHIND..NEAR).contains(&before) => None,
        Some(true) => Some(before < LETS_GO),
        Some(false) => Some(before <= 0.0),
    }
}

/// Where a hand's ray meets it: anywhere in its plane while it presses.
fn met(board: &Board, hand: &TrackedHand, rig: &Rig, presses: bool) -> Option<Vec2> {
    let aim = rig.pose_to_world(&hand.seen.aim);
    let direction = Dir3::new(aim.rotation * Vec3::NEG_Z).ok()?;
    let (place, _) = board.met(Ray3d::new(aim.translation.into(), direction))?;
    (presses || Board::has(place)).then_some(place)
}

/// Hands that touch the tablet point at nothing else.
pub(super) fn touch(
    hands: Res<TwoHands>,
    gestures: Res<Gestures>,
    hanging: Res<Hanging>,
    rig: Res<Rig>,
    time: Res<Time>,
    mut touches: ResMut<Touches>,
    mut tablet: ResMut<Tablet>,
) {
    let board = hanging.pose.map(|pose| Board {
        pose: rig.pose_to_world(&pose),
        point: POINT * rig.scale,
    });
    let mut pointer: Option<TabletPointer> = None;
    let mut next = Touches::default();
    // The right hand's word counts, or else that of the one that presses.
    for (side, hand) in hands.list() {
        let has_atoms = gestures.holds_atoms(hand::name(side));
        let now = &mut next.0[side.index()];
        now.pinched = hand.pinches;
        if let Some(board) = board.as_ref().filter(|_| !has_atoms) {
            *now = touches.0[side.index()].next(board, hand, &rig);
        }
        if let Some((place, pressed)) = now.at
            && !pointer.is_some_and(|other| other.pressed)
        {
            pointer = Some(TabletPointer {
                place,
                pressed,
                scroll: -hand.seen.stick.y * SCROLL * time.delta_secs(),
            });
        }
    }
    touches.set_if_neq(next);
    tablet.set_if_neq(Tablet { board, pointer });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finger_presses_once_when_it_comes_through_from_before() {
        let follow = |places: &[f32]| -> Vec<Option<bool>> {
            let mut state = None;
            let states = places.iter().map(|before| {
                state = pressed(state, *before);
                state
            });
            states.collect()
        };
        let press = [0.1, 0.04, 0.005, -0.001, 0.004, -0.002, 0.012, 0.06];
        let (open, down) = (Some(false), Some(true));
        assert_eq!(
            follow(&press),
            [None, open, open, down, down, down, open, None]
        );
        // From behind, or through it and away, it is elsewhere.
        assert_eq!(follow(&[-0.02, -0.01]), [None, None]);
        assert_eq!(
            follow(&[0.01, -0.01, -0.1, -0.01]),
            [open, down, None, None]
        );
    }
}
