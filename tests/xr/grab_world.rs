//! Grabbing the world: moving, rotating and scaling the scene.

use bevy::prelude::*;
use mlipview_viewer::Scene;
use mlipview_viewer::xr::Side;

use crate::grab_atoms::three;
use crate::wearer::{Wearer, open, pinching, squeezing};

/// Far from all atoms, m.
const ASIDE: Vec3 = Vec3::new(0.6, 1.0, 0.2);

fn assert_near(position: Vec3, expected: Vec3) {
    let gap = position.distance(expected);
    assert!(gap < 1e-3, "{position} is {gap} away from {expected}");
}

#[test]
fn a_squeezing_hand_moves_and_rotates_the_world_and_no_atom() {
    let mut wearer = Wearer::at(three());
    let before = wearer.atom(1);
    let hand = squeezing(open(ASIDE, Quat::IDENTITY));
    wearer.hand(Side::Left, Some(hand));
    assert_near(wearer.atom(1), before);
    let (by, rotation) = (Vec3::new(-0.1, 0.2, 0.05), Quat::from_rotation_z(0.5));
    wearer.hand(Side::Left, Some(squeezing(open(ASIDE + by, rotation))));
    assert_near(wearer.atom(1), ASIDE + by + rotation * (before - ASIDE));
    // The released world stays.
    let left_at = wearer.atom(1);
    wearer.hand(Side::Left, Some(open(ASIDE + by, rotation)));
    wearer.hand(Side::Left, Some(open(ASIDE, Quat::IDENTITY)));
    assert_near(wearer.atom(1), left_at);
    assert_eq!(
        wearer.viewer.get::<Scene>().frame.positions,
        three().positions()
    );
}

#[test]
fn two_hands_that_move_apart_scale_the_world_about_their_midpoint() {
    let mut wearer = Wearer::at(three());
    let middle = wearer.atom(0);
    let pair =
        |half: f32| [-half, half].map(|x| squeezing(open(middle + x * Vec3::X, Quat::IDENTITY)));
    let (before, reach) = (wearer.rig(), wearer.atom(1) - middle);
    for half in [0.1, 0.15, 0.2] {
        let [left, right] = pair(half);
        wearer.hand(Side::Left, Some(left));
        wearer.hand(Side::Right, Some(right));
    }
    // The second hand came when the first was at 0.1 m; both went to twice that.
    assert!((before.scale / wearer.rig().scale - 2.0).abs() < 1e-3);
    assert_near(wearer.atom(0), middle);
    assert_near(wearer.atom(1), middle + 2.0 * reach);
}

#[test]
fn a_pinch_beside_all_atoms_grabs_the_world() {
    let mut wearer = Wearer::at(three());
    let before = wearer.atom(2);
    // It points away from all atoms.
    let away = Quat::from_rotation_y(std::f32::consts::PI);
    let hand = pinching(open(ASIDE, away));
    wearer.hand(Side::Right, Some(open(ASIDE, away)));
    wearer.hand(Side::Right, Some(hand));
    // The grab begins with the first motion,
    let begun = ASIDE + 0.2 * Vec3::Y;
    wearer.hand(Side::Right, Some(pinching(open(begun, away))));
    wearer.hand(Side::Right, Some(pinching(open(begun, away))));
    assert_near(wearer.atom(2), before);
    // and the world follows.
    let by = Vec3::new(0.0, 0.1, -0.1);
    wearer.hand(Side::Right, Some(pinching(open(begun + by, away))));
    assert_near(wearer.atom(2), before + by);
}
