//! What hands feel and what sticks do. That a controller trembles is up to the runtime: here it is what
//! it is asked for.

use bevy::prelude::*;
use mlipview_core::chem::library;
use mlipview_viewer::interact::gesture::rotate_bond::ChosenBond;
use mlipview_viewer::interact::gesture::{GripKind, Tool};
use mlipview_viewer::scene::lines::Strokes;
use mlipview_viewer::scene::selection::Selection;
use mlipview_viewer::xr::Wishes;
use mlipview_viewer::xr::seen::{HandKind, HandSeen, Side};
use mlipview_viewer::xr::wishes::Pulse;

use crate::grasping::three;
use crate::headset::{Visitor, open, pinching};

/// What was asked for since the last look.
fn felt(visitor: &mut Visitor) -> Vec<Pulse> {
    visitor.desk.get_mut::<Wishes>().take_pulses().collect()
}

#[test]
fn a_hand_feels_what_it_touches_and_what_it_takes() {
    let mut visitor = Visitor::at(three());
    let away = open(Vec3::new(0.5, 1.0, 0.5), Quat::from_rotation_y(3.0));
    visitor.hand(Side::Right, Some(away));
    assert_eq!(felt(&mut visitor), []);
    let hand = open(visitor.atom(0), Quat::IDENTITY);
    visitor.hand(Side::Right, Some(hand));
    let ticks = felt(&mut visitor);
    assert!(matches!(ticks[..], [tick] if tick.side == Side::Right));
    visitor.hand(Side::Right, Some(hand));
    assert_eq!(felt(&mut visitor), []);
    let mut knocks = Vec::new();
    for _ in 0..30 {
        visitor.hand(Side::Right, Some(pinching(hand)));
        knocks.extend(felt(&mut visitor));
    }
    assert!(matches!(knocks[..], [knock] if knock.amplitude > ticks[0].amplitude));
}

#[test]
fn the_farther_a_pull_the_stronger_it_is_felt() {
    let mut visitor = Visitor::at(three());
    let mut tool = visitor.desk.get_mut::<Tool>();
    (tool.grip, tool.stiffness, tool.max_force) = (GripKind::Pull, 1.0, 5.0);
    let hand = open(visitor.atom(0), Quat::IDENTITY);
    visitor.hand(Side::Left, Some(hand));
    visitor.hand(Side::Left, Some(pinching(hand)));
    visitor.desk.wait_until("the hand to take", |desk| {
        !desk.frame().grips.grasps().is_empty()
    });
    felt(&mut visitor);
    let mut strengths = Vec::new();
    for pulled in [1.0, 2.0, 4.0_f32] {
        let place = hand.grip.place + Vec3::Y * pulled / visitor.rig().scale;
        visitor.hand(Side::Left, Some(pinching(open(place, Quat::IDENTITY))));
        visitor.hand(Side::Left, Some(pinching(open(place, Quat::IDENTITY))));
        strengths.push(felt(&mut visitor)[0].amplitude);
    }
    // 1, 2 and 4 eV/Å of 5; nothing runs, so the atom stays where it is.
    for (strength, expected) in strengths.iter().zip([0.2, 0.4, 0.8]) {
        assert!((strength - expected).abs() < 0.02, "{strengths:?}");
    }
}

#[test]
fn bare_hands_are_asked_to_feel_nothing() {
    let mut visitor = Visitor::at(three());
    let bare = HandSeen {
        kind: HandKind::Bare,
        ..open(visitor.atom(0), Quat::IDENTITY)
    };
    visitor.hand(Side::Right, Some(bare));
    visitor.hand(Side::Right, Some(pinching(bare)));
    assert_eq!(felt(&mut visitor), []);
}

#[test]
fn a_stick_turns_the_chosen_bond() {
    let ethanol = library::find("ethanol").unwrap().structure().unwrap();
    let mut visitor = Visitor::at(ethanol);
    let before = visitor.desk.frame().positions.clone();
    visitor.desk.get_mut::<Selection>().set([0, 1]);
    visitor.desk.wait_until("bonds", |desk| {
        desk.get::<mlipview_viewer::scene::bonds::Bonding>()
            .of(&desk.frame())
            .is_some()
    });
    visitor
        .desk
        .ask(mlipview_viewer::interact::action::Action::RotateBond(1.0));
    assert!(visitor.desk.get::<ChosenBond>().axis().is_some());
    visitor
        .desk
        .wait_until("one degree", |desk| desk.frame().positions != before);
    let turned_once = visitor.desk.frame().positions.clone();
    let pushed = HandSeen {
        stick: Vec2::X,
        ..open(Vec3::new(0.5, 1.0, 0.5), Quat::from_rotation_y(3.0))
    };
    visitor.hand(Side::Right, Some(pushed));
    visitor.desk.wait_until("more", |desk| {
        let places = &desk.frame().positions;
        let way = |from: &[glam::DVec3]| -> f64 {
            places
                .iter()
                .zip(from)
                .map(|(place, from)| place.distance(*from))
                .sum()
        };
        way(&turned_once)
            > 5.0
                * turned_once
                    .iter()
                    .zip(&before)
                    .map(|(a, b)| a.distance(*b))
                    .sum::<f64>()
    });
}

#[test]
fn hands_are_drawn_where_they_are_and_nowhere_without_a_headset() {
    let mut visitor = Visitor::at(three());
    let none = visitor.desk.get::<Strokes>().list().len();
    let place = Vec3::new(0.2, 1.1, -0.3);
    visitor.hand(Side::Left, Some(open(place, Quat::IDENTITY)));
    let tip = visitor.rig().to_world(place);
    let strokes = visitor.desk.get::<Strokes>().list();
    let ends = strokes.iter().flat_map(|stroke| [stroke.from, stroke.to]);
    assert!(
        ends.into_iter()
            .any(|end| Vec3::from(end).distance(tip) < 1e-3)
    );
    visitor.hand(Side::Left, None);
    assert_eq!(visitor.desk.get::<Strokes>().list().len(), none);
}
