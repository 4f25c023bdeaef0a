//! Controllers: requested haptic pulses, thumbsticks, and how hands are drawn.

use bevy::prelude::*;
use mlipview_core::chem::library;
use mlipview_viewer::interact::gesture::selected_bond::SelectedBond;
use mlipview_viewer::interact::gesture::{GripKind, Tool};
use mlipview_viewer::scene::lines::Lines;
use mlipview_viewer::scene::selection::Selection;
use mlipview_viewer::xr::output::HapticPulse;
use mlipview_viewer::xr::{HandInput, HandSource, HeadsetOutput, Side};

use crate::grab_atoms::three;
use crate::wearer::{Wearer, open, pinching};

/// Takes the pulses that were requested since the last call.
fn pulses(wearer: &mut Wearer) -> Vec<HapticPulse> {
    wearer
        .viewer
        .get_mut::<HeadsetOutput>()
        .take_pulses()
        .collect()
}

#[test]
fn a_hand_gets_a_pulse_when_it_comes_to_an_atom_and_a_stronger_one_when_it_grabs_it() {
    let mut wearer = Wearer::at(three());
    let away = open(Vec3::new(0.5, 1.0, 0.5), Quat::from_rotation_y(3.0));
    wearer.hand(Side::Right, Some(away));
    assert_eq!(pulses(&mut wearer), []);
    let hand = open(wearer.atom(0), Quat::IDENTITY);
    wearer.hand(Side::Right, Some(hand));
    let ticks = pulses(&mut wearer);
    assert!(matches!(ticks[..], [tick] if tick.side == Side::Right));
    wearer.hand(Side::Right, Some(hand));
    assert_eq!(pulses(&mut wearer), []);
    let mut knocks = Vec::new();
    for _ in 0..30 {
        wearer.hand(Side::Right, Some(pinching(hand)));
        knocks.extend(pulses(&mut wearer));
    }
    assert!(matches!(knocks[..], [knock] if knock.amplitude > ticks[0].amplitude));
}

#[test]
fn the_amplitude_grows_with_the_force_of_a_pull() {
    let mut wearer = Wearer::at(three());
    let mut tool = wearer.viewer.get_mut::<Tool>();
    (tool.grip, tool.stiffness, tool.max_force) = (GripKind::Pull, 1.0, 5.0);
    let hand = open(wearer.atom(0), Quat::IDENTITY);
    wearer.hand(Side::Left, Some(hand));
    wearer.hand(Side::Left, Some(pinching(hand)));
    wearer.viewer.wait_until("the grab", |viewer| {
        !viewer.frame().grips.grasps().is_empty()
    });
    pulses(&mut wearer);
    let mut amplitudes = Vec::new();
    for pulled in [1.0, 2.0, 4.0_f32] {
        let position = hand.grip.position + Vec3::Y * pulled / wearer.rig().scale;
        wearer.hand(Side::Left, Some(pinching(open(position, Quat::IDENTITY))));
        wearer.hand(Side::Left, Some(pinching(open(position, Quat::IDENTITY))));
        amplitudes.push(pulses(&mut wearer)[0].amplitude);
    }
    // 1, 2 and 4 eV/Å of 5; nothing runs, so the atom stays where it is.
    for (amplitude, expected) in amplitudes.iter().zip([0.2, 0.4, 0.8]) {
        assert!((amplitude - expected).abs() < 0.02, "{amplitudes:?}");
    }
}

#[test]
fn hands_without_a_controller_get_no_pulses() {
    let mut wearer = Wearer::at(three());
    let hand = HandInput {
        source: HandSource::HandTracking,
        ..open(wearer.atom(0), Quat::IDENTITY)
    };
    wearer.hand(Side::Right, Some(hand));
    wearer.hand(Side::Right, Some(pinching(hand)));
    assert_eq!(pulses(&mut wearer), []);
}

#[test]
fn a_thumbstick_rotates_the_chosen_bond() {
    let ethanol = library::find("ethanol").unwrap().structure().unwrap();
    let mut wearer = Wearer::at(ethanol);
    let before = wearer.viewer.frame().positions.clone();
    wearer.viewer.get_mut::<Selection>().set([0, 1]);
    wearer.viewer.wait_until("bonds", |viewer| {
        viewer
            .get::<mlipview_viewer::scene::bonds::Bonding>()
            .of(&viewer.frame())
            .is_some()
    });
    wearer
        .viewer
        .act(mlipview_viewer::interact::action::Action::RotateBond(1.0));
    assert!(wearer.viewer.get::<SelectedBond>().axis().is_some());
    wearer
        .viewer
        .wait_until("one degree", |viewer| viewer.frame().positions != before);
    let rotated_once = wearer.viewer.frame().positions.clone();
    let pushed = HandInput {
        thumbstick: Vec2::X,
        ..open(Vec3::new(0.5, 1.0, 0.5), Quat::from_rotation_y(3.0))
    };
    wearer.hand(Side::Right, Some(pushed));
    wearer.viewer.wait_until("more", |viewer| {
        let positions = &viewer.frame().positions;
        let distance = |from: &[glam::DVec3]| -> f64 {
            positions
                .iter()
                .zip(from)
                .map(|(position, from)| position.distance(*from))
                .sum()
        };
        distance(&rotated_once)
            > 5.0
                * rotated_once
                    .iter()
                    .zip(&before)
                    .map(|(a, b)| a.distance(*b))
                    .sum::<f64>()
    });
}

#[test]
fn hands_are_drawn_while_they_are_tracked() {
    let mut wearer = Wearer::at(three());
    let none = wearer.viewer.get::<Lines>().list().len();
    let position = Vec3::new(0.2, 1.1, -0.3);
    wearer.hand(Side::Left, Some(open(position, Quat::IDENTITY)));
    let tip = wearer.rig().to_world(position);
    let strokes = wearer.viewer.get::<Lines>().list();
    let ends = strokes.iter().flat_map(|stroke| [stroke.from, stroke.to]);
    assert!(
        ends.into_iter()
            .any(|end| Vec3::from(end).distance(tip) < 1e-3)
    );
    wearer.hand(Side::Left, None);
    assert_eq!(wearer.viewer.get::<Lines>().list().len(), none);
}
