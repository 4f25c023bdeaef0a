//! Hands on atoms.

use bevy::prelude::*;
use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::sim::Hand;
use mlipview_viewer::interact::aim::Aims;
use mlipview_viewer::scene::selection::{Selection, Target};
use mlipview_viewer::xr::Headset;
use mlipview_viewer::xr::seen::{HandSeen, Side};

use crate::headset::{Visitor, open, pinching, pointing};

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

fn target(visitor: &Visitor) -> Option<Target> {
    visitor
        .desk
        .get::<Aims>()
        .of(RIGHT)?
        .hit
        .map(|hit| hit.target)
}

/// Closes the right hand and waits until it has what it points at.
fn take(visitor: &mut Visitor, hand: HandSeen) -> HandSeen {
    visitor.hand(Side::Right, Some(hand));
    let closed = pinching(hand);
    visitor.hand(Side::Right, Some(closed));
    visitor.desk.wait_until("the hand to take", |desk| {
        !desk.frame().grips.grasps().is_empty()
    });
    closed
}

fn moved(hand: HandSeen, by: Vec3, turn: Quat) -> HandSeen {
    let mut hand = hand;
    for pose in [&mut hand.aim, &mut hand.grip] {
        pose.place += by;
        pose.turn = turn * pose.turn;
    }
    hand
}

fn assert_near(place: Vec3, expected: Vec3) {
    let gap = place.distance(expected);
    assert!(gap < 1e-3, "{place} is {gap} away from {expected}");
}

#[test]
fn a_hand_at_an_atom_touches_it_though_its_ray_points_at_another() {
    let mut visitor = Visitor::at(three());
    let touching = visitor.atom(1) + Vec3::new(0.002, 0.0, 0.0);
    let elsewhere = visitor.atom(0);
    visitor.hand(Side::Right, Some(pointing(touching, elsewhere)));
    assert_eq!(target(&visitor), Some(Target::Atom(1)));
    // Half a metre away the same direction of the hand counts.
    let far = touching + 0.5 * (touching - elsewhere).normalize_or_zero();
    visitor.hand(Side::Right, Some(pointing(far, elsewhere)));
    assert_eq!(target(&visitor), Some(Target::Atom(1)));
    visitor.hand(Side::Right, Some(pointing(far + 0.2 * Vec3::Y, elsewhere)));
    assert_eq!(target(&visitor), Some(Target::Atom(0)));
}

#[test]
fn nothing_jumps_when_a_hand_closes_however_it_is_held() {
    let mut visitor = Visitor::at(three());
    let place = visitor.atom(0) + Vec3::new(0.004, 0.003, 0.002);
    let hand = open(place, Quat::from_rotation_x(0.7));
    take(&mut visitor, hand);
    for _ in 0..30 {
        visitor.desk.app.update();
        assert_near(visitor.desk.drawn(0), Vec3::ZERO);
    }
    let frame = visitor.desk.frame();
    for (place, before) in frame.positions.iter().zip(three().positions()) {
        assert!(place.distance(*before) < 1e-6, "{place} {before}");
    }
}

#[test]
fn what_a_hand_touches_goes_with_it_as_one_body_and_stays_where_it_is_let_go() {
    let mut visitor = Visitor::at(three());
    let offset = Vec3::new(0.004, 0.0, 0.003);
    let atom = visitor.atom(0);
    let hand = take(&mut visitor, open(atom + offset, Quat::IDENTITY));
    let by = Vec3::new(0.03, 0.05, -0.02);
    let turn = Quat::from_rotation_y(1.2);
    visitor.hand(Side::Right, Some(moved(hand, by, turn)));
    // At once on screen,
    let expected = atom + offset + by + turn * -offset;
    assert_near(visitor.atom(0), expected);
    let expected = visitor.rig().to_world(expected);
    // then in the simulation.
    visitor.desk.wait_until("the move", |desk| {
        (desk.frame().positions[0].as_vec3()).distance(expected) < 1e-3
    });
    let frame = visitor.desk.frame();
    assert_eq!(frame.positions[1..], three().positions()[1..]);
    let released = open(moved(hand, by, turn).grip.place, turn);
    visitor.hand(Side::Right, Some(released));
    visitor
        .desk
        .wait_until("the release", |desk| desk.frame().grips.grasps().is_empty());
    assert_near(visitor.desk.drawn(0), expected);
}

#[test]
fn what_a_ray_takes_swings_with_the_hand_at_its_distance() {
    let mut visitor = Visitor::at(three());
    let (place, atom) = (Vec3::new(0.3, 1.2, -0.2), visitor.atom(1));
    let hand = take(&mut visitor, pointing(place, atom));
    let turn = Quat::from_rotation_y(0.15);
    visitor.hand(Side::Right, Some(moved(hand, Vec3::ZERO, turn)));
    assert_near(visitor.atom(1), place + turn * (atom - place));
    // And comes along when the hand is drawn back.
    let back = Vec3::new(0.0, 0.0, 0.1);
    visitor.hand(Side::Right, Some(moved(hand, back, Quat::IDENTITY)));
    assert_near(visitor.atom(1), atom + back);
}

#[test]
fn chosen_atoms_come_along_with_the_one_that_is_taken() {
    let mut visitor = Visitor::at(three());
    visitor.desk.get_mut::<Selection>().set([0, 2]);
    let atom = visitor.atom(0);
    let hand = take(&mut visitor, open(atom, Quat::IDENTITY));
    let by = Vec3::new(0.0, 0.1, 0.0);
    let before = [0, 1, 2].map(|atom| visitor.atom(atom));
    visitor.hand(Side::Right, Some(moved(hand, by, Quat::IDENTITY)));
    assert_near(visitor.atom(0), before[0] + by);
    assert_near(visitor.atom(1), before[1]);
    assert_near(visitor.atom(2), before[2] + by);
}

#[test]
fn chosen_atoms_turn_with_the_hand_as_one_body_in_the_simulation_too() {
    let mut visitor = Visitor::at(three());
    visitor.desk.get_mut::<Selection>().set([0, 2]);
    let offset = Vec3::new(0.004, 0.0, 0.0);
    let (atom, other) = (visitor.atom(0), visitor.atom(2));
    let hand = take(&mut visitor, open(atom + offset, Quat::IDENTITY));
    let turn = Quat::from_rotation_y(0.9);
    let by = Vec3::new(0.0, 0.05, 0.0);
    let turned = moved(hand, by, turn);
    visitor.hand(Side::Right, Some(turned));
    let place = hand.grip.place;
    let carried = |from: Vec3| place + by + turn * (from - place);
    let expected = [carried(atom), carried(other)];
    assert_near(visitor.atom(0), expected[0]);
    assert_near(visitor.atom(2), expected[1]);
    let rig = visitor.rig();
    visitor.desk.wait_until("the turn", |desk| {
        let places = &desk.frame().positions;
        let gap = |atom: usize, place| places[atom].as_vec3().distance(rig.to_world(place));
        gap(0, expected[0]) < 1e-3 && gap(2, expected[1]) < 1e-3
    });
    // They are let go where they are.
    let released = open(turned.grip.place, turn);
    visitor.hand(Side::Right, Some(released));
    visitor
        .desk
        .wait_until("the release", |desk| desk.frame().grips.grasps().is_empty());
    assert_near(visitor.atom(2), expected[1]);
}

#[test]
fn two_hands_hold_two_atoms() {
    let mut visitor = Visitor::at(three());
    let places = [visitor.atom(0), visitor.atom(1)];
    for (side, place) in Side::BOTH.into_iter().zip(places) {
        visitor.hand(side, Some(open(place, Quat::IDENTITY)));
        visitor.hand(side, Some(pinching(open(place, Quat::IDENTITY))));
    }
    visitor
        .desk
        .wait_until("both", |desk| desk.frame().grips.grasps().len() == 2);
    let up = 0.05 * Vec3::Y;
    visitor.hand(
        Side::Left,
        Some(pinching(open(places[0] + up, Quat::IDENTITY))),
    );
    visitor.hand(
        Side::Right,
        Some(pinching(open(places[1] - up, Quat::IDENTITY))),
    );
    assert_near(visitor.atom(0), places[0] + up);
    assert_near(visitor.atom(1), places[1] - up);
}

#[test]
fn a_short_press_on_an_atom_chooses_it() {
    let mut visitor = Visitor::at(three());
    let place = Vec3::new(0.3, 1.2, -0.2);
    let hand = pointing(place, visitor.atom(1));
    visitor.hand(Side::Right, Some(hand));
    visitor.hand(Side::Right, Some(pinching(hand)));
    visitor.hand(Side::Right, Some(hand));
    visitor.desk.app.update();
    assert_eq!(visitor.desk.selected(), [1]);
    assert!(visitor.desk.frame().grips.grasps().is_empty());
}

#[test]
fn atoms_are_let_go_when_the_headset_goes_or_its_own_menu_has_the_hands() {
    for becomes in [
        Headset::Present { focused: false },
        Headset::Away { why: None },
    ] {
        let mut visitor = Visitor::at(three());
        let atom = visitor.atom(0);
        take(&mut visitor, open(atom, Quat::IDENTITY));
        *visitor.desk.get_mut::<Headset>() = becomes;
        visitor
            .desk
            .wait_until("the release", |desk| desk.frame().grips.grasps().is_empty());
        assert!(visitor.desk.get::<Aims>().of(RIGHT).is_none());
    }
}
