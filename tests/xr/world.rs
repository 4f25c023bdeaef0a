//! Hands on the world.

use bevy::prelude::*;
use mlipview_viewer::Scene;
use mlipview_viewer::xr::seen::Side;

use crate::grasping::three;
use crate::headset::{Visitor, open, pinching, squeezing};

/// Far from all atoms, m.
const ASIDE: Vec3 = Vec3::new(0.6, 1.0, 0.2);

fn assert_near(place: Vec3, expected: Vec3) {
    let gap = place.distance(expected);
    assert!(gap < 1e-3, "{place} is {gap} away from {expected}");
}

#[test]
fn a_hand_that_squeezes_moves_and_turns_the_world_and_no_atom() {
    let mut visitor = Visitor::at(three());
    let before = visitor.atom(1);
    let hand = squeezing(open(ASIDE, Quat::IDENTITY));
    visitor.hand(Side::Left, Some(hand));
    assert_near(visitor.atom(1), before);
    let (by, turn) = (Vec3::new(-0.1, 0.2, 0.05), Quat::from_rotation_z(0.5));
    visitor.hand(Side::Left, Some(squeezing(open(ASIDE + by, turn))));
    assert_near(visitor.atom(1), ASIDE + by + turn * (before - ASIDE));
    // Opened, the hand leaves it there.
    let left_at = visitor.atom(1);
    visitor.hand(Side::Left, Some(open(ASIDE + by, turn)));
    visitor.hand(Side::Left, Some(open(ASIDE, Quat::IDENTITY)));
    assert_near(visitor.atom(1), left_at);
    assert_eq!(
        visitor.desk.get::<Scene>().frame.positions,
        three().positions()
    );
}

#[test]
fn two_hands_that_part_make_the_world_larger_about_the_point_between_them() {
    let mut visitor = Visitor::at(three());
    let middle = visitor.atom(0);
    let pair =
        |half: f32| [-half, half].map(|x| squeezing(open(middle + x * Vec3::X, Quat::IDENTITY)));
    let (before, reach) = (visitor.rig(), visitor.atom(1) - middle);
    for half in [0.1, 0.15, 0.2] {
        let [left, right] = pair(half);
        visitor.hand(Side::Left, Some(left));
        visitor.hand(Side::Right, Some(right));
    }
    // The second hand came when the first was at 0.1 m; both went to twice that.
    assert!((before.scale / visitor.rig().scale - 2.0).abs() < 1e-3);
    assert_near(visitor.atom(0), middle);
    assert_near(visitor.atom(1), middle + 2.0 * reach);
}

#[test]
fn a_bare_hand_that_closes_on_nothing_has_the_world() {
    let mut visitor = Visitor::at(three());
    let before = visitor.atom(2);
    // It points away from all atoms.
    let away = Quat::from_rotation_y(std::f32::consts::PI);
    let hand = pinching(open(ASIDE, away));
    visitor.hand(Side::Right, Some(open(ASIDE, away)));
    visitor.hand(Side::Right, Some(hand));
    // From the moment when it is seen to move,
    let begun = ASIDE + 0.2 * Vec3::Y;
    visitor.hand(Side::Right, Some(pinching(open(begun, away))));
    visitor.hand(Side::Right, Some(pinching(open(begun, away))));
    assert_near(visitor.atom(2), before);
    // the world goes along.
    let by = Vec3::new(0.0, 0.1, -0.1);
    visitor.hand(Side::Right, Some(pinching(open(begun + by, away))));
    assert_near(visitor.atom(2), before + by);
}
