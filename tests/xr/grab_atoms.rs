//! Grabbing atoms: by touch, by the ray of a hand, with both hands.

use bevy::prelude::*;
use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::sim::Hand;
use mlipview_viewer::interact::aim::Aims;
use mlipview_viewer::scene::selection::{Selection, Target};
use mlipview_viewer::xr::{HandInput, Headset, Side};

use crate::wearer::{Wearer, open, pinching, pointing};

/// Three atoms in a row, 3 Å apart: 0 in the middle, 1 to the right, 2 behind it.
pub(crate) fn three() -> Structure {
    let positions = vec![
        DVec3::ZERO,
        DVec3::new(3.0, 0.0, 0.0),
        DVec3::new(0.0, 0.0, -3.0),
    ];
    Structure::new(vec![Element::C; 3], positions).unwrap()
}

const RIGHT: Hand = Hand(2);

fn target(wearer: &Wearer) -> Option<Target> {
    wearer
        .viewer
        .get::<Aims>()
        .of(RIGHT)?
        .hit
        .map(|hit| hit.target)
}

/// Presses the trigger of the right hand and waits until it holds what it points at.
fn grab(wearer: &mut Wearer, hand: HandInput) -> HandInput {
    wearer.hand(Side::Right, Some(hand));
    let closed = pinching(hand);
    wearer.hand(Side::Right, Some(closed));
    wearer.viewer.wait_until("the grab", |viewer| {
        !viewer.frame().grips.grasps().is_empty()
    });
    closed
}

fn moved(hand: HandInput, by: Vec3, rotation: Quat) -> HandInput {
    let mut hand = hand;
    for pose in [&mut hand.aim, &mut hand.grip] {
        pose.position += by;
        pose.rotation = rotation * pose.rotation;
    }
    hand
}

fn assert_near(position: Vec3, expected: Vec3) {
    let gap = position.distance(expected);
    assert!(gap < 1e-3, "{position} is {gap} away from {expected}");
}

#[test]
fn touch_takes_precedence_over_the_ray() {
    let mut wearer = Wearer::at(three());
    let touching = wearer.atom(1) + Vec3::new(0.002, 0.0, 0.0);
    let elsewhere = wearer.atom(0);
    wearer.hand(Side::Right, Some(pointing(touching, elsewhere)));
    assert_eq!(target(&wearer), Some(Target::Atom(1)));
    // From half a meter away the ray counts.
    let far = touching + 0.5 * (touching - elsewhere).normalize_or_zero();
    wearer.hand(Side::Right, Some(pointing(far, elsewhere)));
    assert_eq!(target(&wearer), Some(Target::Atom(1)));
    wearer.hand(Side::Right, Some(pointing(far + 0.2 * Vec3::Y, elsewhere)));
    assert_eq!(target(&wearer), Some(Target::Atom(0)));
}

#[test]
fn pressing_the_trigger_moves_no_atom() {
    let mut wearer = Wearer::at(three());
    let position = wearer.atom(0) + Vec3::new(0.004, 0.003, 0.002);
    let hand = open(position, Quat::from_rotation_x(0.7));
    grab(&mut wearer, hand);
    for _ in 0..30 {
        wearer.viewer.app.update();
        assert_near(wearer.viewer.drawn(0), Vec3::ZERO);
    }
    let frame = wearer.viewer.frame();
    for (position, before) in frame.positions.iter().zip(three().positions()) {
        assert!(position.distance(*before) < 1e-6, "{position} {before}");
    }
}

#[test]
fn a_touched_atom_moves_rigidly_with_the_hand_and_stays_where_it_is_released() {
    let mut wearer = Wearer::at(three());
    let offset = Vec3::new(0.004, 0.0, 0.003);
    let atom = wearer.atom(0);
    let hand = grab(&mut wearer, open(atom + offset, Quat::IDENTITY));
    let by = Vec3::new(0.03, 0.05, -0.02);
    let rotation = Quat::from_rotation_y(1.2);
    wearer.hand(Side::Right, Some(moved(hand, by, rotation)));
    // The drawn position follows at once,
    let expected = atom + offset + by + rotation * -offset;
    assert_near(wearer.atom(0), expected);
    let expected = wearer.rig().to_world(expected);
    // the simulation a little later.
    wearer.viewer.wait_until("the move", |viewer| {
        (viewer.frame().positions[0].as_vec3()).distance(expected) < 1e-3
    });
    let frame = wearer.viewer.frame();
    assert_eq!(frame.positions[1..], three().positions()[1..]);
    let released = open(moved(hand, by, rotation).grip.position, rotation);
    wearer.hand(Side::Right, Some(released));
    wearer.viewer.wait_until("the release", |viewer| {
        viewer.frame().grips.grasps().is_empty()
    });
    assert_near(wearer.viewer.drawn(0), expected);
}

#[test]
fn an_atom_grabbed_by_the_ray_follows_the_hand_at_its_distance() {
    let mut wearer = Wearer::at(three());
    let (position, atom) = (Vec3::new(0.3, 1.2, -0.2), wearer.atom(1));
    let hand = grab(&mut wearer, pointing(position, atom));
    let rotation = Quat::from_rotation_y(0.15);
    wearer.hand(Side::Right, Some(moved(hand, Vec3::ZERO, rotation)));
    assert_near(wearer.atom(1), position + rotation * (atom - position));
    // It moves along when the hand is drawn back.
    let back = Vec3::new(0.0, 0.0, 0.1);
    wearer.hand(Side::Right, Some(moved(hand, back, Quat::IDENTITY)));
    assert_near(wearer.atom(1), atom + back);
}

#[test]
fn selected_atoms_move_with_the_grabbed_one() {
    let mut wearer = Wearer::at(three());
    wearer.viewer.get_mut::<Selection>().set([0, 2]);
    let atom = wearer.atom(0);
    let hand = grab(&mut wearer, open(atom, Quat::IDENTITY));
    let by = Vec3::new(0.0, 0.1, 0.0);
    let before = [0, 1, 2].map(|atom| wearer.atom(atom));
    wearer.hand(Side::Right, Some(moved(hand, by, Quat::IDENTITY)));
    assert_near(wearer.atom(0), before[0] + by);
    assert_near(wearer.atom(1), before[1]);
    assert_near(wearer.atom(2), before[2] + by);
}

#[test]
fn selected_atoms_rotate_rigidly_with_the_hand_in_the_simulation_too() {
    let mut wearer = Wearer::at(three());
    wearer.viewer.get_mut::<Selection>().set([0, 2]);
    let offset = Vec3::new(0.004, 0.0, 0.0);
    let (atom, other) = (wearer.atom(0), wearer.atom(2));
    let hand = grab(&mut wearer, open(atom + offset, Quat::IDENTITY));
    let rotation = Quat::from_rotation_y(0.9);
    let by = Vec3::new(0.0, 0.05, 0.0);
    let turned = moved(hand, by, rotation);
    wearer.hand(Side::Right, Some(turned));
    let position = hand.grip.position;
    let carried = |from: Vec3| position + by + rotation * (from - position);
    let expected = [carried(atom), carried(other)];
    assert_near(wearer.atom(0), expected[0]);
    assert_near(wearer.atom(2), expected[1]);
    let rig = wearer.rig();
    wearer.viewer.wait_until("the rotation", |viewer| {
        let positions = &viewer.frame().positions;
        let gap =
            |atom: usize, position| positions[atom].as_vec3().distance(rig.to_world(position));
        gap(0, expected[0]) < 1e-3 && gap(2, expected[1]) < 1e-3
    });
    // They are released where they are.
    let released = open(turned.grip.position, rotation);
    wearer.hand(Side::Right, Some(released));
    wearer.viewer.wait_until("the release", |viewer| {
        viewer.frame().grips.grasps().is_empty()
    });
    assert_near(wearer.atom(2), expected[1]);
}

#[test]
fn two_hands_hold_two_atoms() {
    let mut wearer = Wearer::at(three());
    let positions = [wearer.atom(0), wearer.atom(1)];
    for (side, position) in Side::BOTH.into_iter().zip(positions) {
        wearer.hand(side, Some(open(position, Quat::IDENTITY)));
        wearer.hand(side, Some(pinching(open(position, Quat::IDENTITY))));
    }
    wearer
        .viewer
        .wait_until("both", |viewer| viewer.frame().grips.grasps().len() == 2);
    let up = 0.05 * Vec3::Y;
    wearer.hand(
        Side::Left,
        Some(pinching(open(positions[0] + up, Quat::IDENTITY))),
    );
    wearer.hand(
        Side::Right,
        Some(pinching(open(positions[1] - up, Quat::IDENTITY))),
    );
    assert_near(wearer.atom(0), positions[0] + up);
    assert_near(wearer.atom(1), positions[1] - up);
}

#[test]
fn a_short_press_on_an_atom_selects_it() {
    let mut wearer = Wearer::at(three());
    let position = Vec3::new(0.3, 1.2, -0.2);
    let hand = pointing(position, wearer.atom(1));
    wearer.hand(Side::Right, Some(hand));
    wearer.hand(Side::Right, Some(pinching(hand)));
    wearer.hand(Side::Right, Some(hand));
    wearer.viewer.app.update();
    assert_eq!(wearer.viewer.selected(), [1]);
    assert!(wearer.viewer.frame().grips.grasps().is_empty());
}

#[test]
fn atoms_are_released_when_the_session_ends_or_loses_input_focus() {
    for becomes in [
        Headset::Running { focused: false },
        Headset::Off { error: None },
    ] {
        let mut wearer = Wearer::at(three());
        let atom = wearer.atom(0);
        grab(&mut wearer, open(atom, Quat::IDENTITY));
        *wearer.viewer.get_mut::<Headset>() = becomes;
        wearer.viewer.wait_until("the release", |viewer| {
            viewer.frame().grips.grasps().is_empty()
        });
        assert!(wearer.viewer.get::<Aims>().of(RIGHT).is_none());
    }
}
