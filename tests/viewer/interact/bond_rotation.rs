//! Rotating one side of a bond.

use bevy::input::ButtonState;
use bevy::prelude::*;
use glam::DVec3;
use mlipview_core::chem::measure::dihedral;
use mlipview_core::sim::propagate::{Dynamics, Ensemble, RigidMotion};
use mlipview_core::sim::{Activity, Command, Task};
use mlipview_viewer::Simulation;
use mlipview_viewer::interact::action::Action;
use mlipview_viewer::interact::aim::Hit;
use mlipview_viewer::interact::gesture::selected_bond::SelectedBond;
use mlipview_viewer::scene::appearance::{Appearances, mark};
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::scene::selection::{Hover, Selection, Target};

use super::{built_in, still_viewer};
use crate::test_viewer::TestViewer;

/// The carbon atoms of ethanol; the oxygen is bonded to the second.
const BOND: [usize; 2] = [0, 1];
/// A hydrogen of the first carbon, to the oxygen.
const TORSION: [usize; 4] = [3, 0, 1, 2];

fn ethanol() -> TestViewer {
    let mut viewer = still_viewer(built_in("ethanol"));
    viewer.wait_until("the bonds", |viewer| {
        !viewer
            .get::<mlipview_viewer::scene::bonds::Bonding>()
            .sticks()
            .is_empty()
    });
    viewer
}

/// Rotates the camera until the center of a bond is visible, and points at it.
fn point_at(viewer: &mut TestViewer, bond: [usize; 2]) {
    let middle = (viewer.drawn(bond[0]) + viewer.drawn(bond[1])) / 2.0;
    for turn in 0..40 {
        let angle = 0.7 * turn as f32;
        let orbit = &mut *viewer.get_mut::<Orbit>();
        orbit.rotation = Quat::from_euler(EulerRot::YXZ, angle, 0.4 * angle, 0.0);
        viewer.app.update();
        let position = viewer.pixel(middle);
        viewer.move_to(position);
        if let Some(Target::Bond(_)) = viewer.get::<Hover>().target {
            return;
        }
    }
    panic!("the bond is never in sight");
}

fn click_bond(viewer: &mut TestViewer, bond: [usize; 2]) {
    point_at(viewer, bond);
    let position = viewer.pixel((viewer.drawn(bond[0]) + viewer.drawn(bond[1])) / 2.0);
    viewer.click_pixel(position);
}

fn torsion(viewer: &TestViewer) -> f64 {
    let frame = viewer.frame();
    dihedral(&frame.positions, None, TORSION)
        .unwrap()
        .to_degrees()
}

/// Angle from one direction to another, −180° to 180°.
fn between(from: f64, to: f64) -> f64 {
    (to - from + 540.0).rem_euclid(360.0) - 180.0
}

fn wait_for_turn(viewer: &mut TestViewer, from: f64, by: f64) {
    viewer.wait_until("the turn", |viewer| {
        (between(from, torsion(viewer)) - by).abs() < 1e-6
    });
}

/// Distances of all pairs on one side of the bond, including its two atoms.
fn distances(positions: &[DVec3], side: &[usize]) -> Vec<f64> {
    let mut atoms = side.to_vec();
    atoms.extend(BOND);
    let pair = |one: &usize| {
        let position = positions[*one];
        atoms
            .iter()
            .map(move |other| position.distance(positions[*other]))
            .collect::<Vec<f64>>()
    };
    atoms.iter().flat_map(pair).collect()
}

#[test]
fn each_notch_rotates_by_five_degrees_and_keeps_both_sides_rigid() {
    let mut viewer = ethanol();
    click_bond(&mut viewer, BOND);
    let chosen = viewer.get::<SelectedBond>().clone();
    assert!(chosen.axis().is_some());
    let (before, start, orbit) = (viewer.frame(), torsion(&viewer), *viewer.get::<Orbit>());
    viewer.scroll(3.0);
    wait_for_turn(&mut viewer, start, 15.0);
    viewer.scroll(-1.0);
    wait_for_turn(&mut viewer, start, 10.0);
    viewer.key(KeyCode::ShiftLeft, ButtonState::Pressed);
    viewer.scroll(2.0);
    viewer.key(KeyCode::ShiftLeft, ButtonState::Released);
    wait_for_turn(&mut viewer, start, 12.0);
    assert_eq!(*viewer.get::<Orbit>(), orbit);
    let after = viewer.frame();
    for side in [&[3, 4, 5][..], &[2, 6, 7, 8]] {
        let (before, after) = (
            distances(&before.positions, side),
            distances(&after.positions, side),
        );
        for (before, after) in before.iter().zip(&after) {
            assert!((before - after).abs() < 1e-9, "{before} {after}");
        }
    }
    for atom in (0..9).filter(|atom| chosen.side().binary_search(atom).is_err()) {
        assert_eq!(before.positions[atom], after.positions[atom]);
    }
    viewer.act_and_wait(Action::Undo);
    wait_for_turn(&mut viewer, start, 10.0);
}

#[test]
fn away_from_the_selected_bond_the_wheel_zooms() {
    let mut viewer = ethanol();
    click_bond(&mut viewer, BOND);
    let (positions, distance) = (
        viewer.frame().positions.clone(),
        viewer.get::<Orbit>().distance,
    );
    viewer.move_to(Vec2::new(20.0, 20.0));
    viewer.scroll(1.0);
    assert!(viewer.get::<Orbit>().distance < distance);
    for _ in 0..20 {
        viewer.app.update();
    }
    assert_eq!(viewer.frame().positions, positions);
}

#[test]
fn the_moving_side_is_highlighted_and_another_click_swaps_it() {
    let mut viewer = ethanol();
    click_bond(&mut viewer, BOND);
    let first = viewer.get::<SelectedBond>().side().to_vec();
    assert_eq!(viewer.get::<Hover>().moving, first);
    let marked = |viewer: &TestViewer| {
        let appearances = viewer.get::<Appearances>().list().iter().enumerate();
        let moving = appearances.filter(|(_, appearance)| appearance.color[3] & 3 == mark::MOVING);
        moving.map(|(atom, _)| atom).collect::<Vec<usize>>()
    };
    viewer.app.update();
    assert_eq!(marked(&viewer), first);
    click_bond(&mut viewer, BOND);
    let second = viewer.get::<SelectedBond>().side().to_vec();
    let mut both = [first.clone(), second.clone()].concat();
    both.sort_unstable();
    assert_eq!(both, (0..9).collect::<Vec<usize>>());
    viewer.act(Action::SwapBondSide);
    assert_eq!(viewer.get::<SelectedBond>().side(), first);
    // The dihedral increases whichever side moves.
    let start = torsion(&viewer);
    viewer.act(Action::RotateBond(5.0));
    wait_for_turn(&mut viewer, start, 5.0);
    viewer.act(Action::SwapBondSide);
    viewer.act(Action::RotateBond(5.0));
    wait_for_turn(&mut viewer, start, 10.0);
    // A click elsewhere clears the bond.
    viewer.click_pixel(Vec2::new(20.0, 20.0));
    viewer.app.update();
    assert!(
        viewer.get::<SelectedBond>().axis().is_none() && viewer.get::<Hover>().moving.is_empty()
    );
}

#[test]
fn a_ring_bond_is_rejected_with_the_reason() {
    let mut viewer = still_viewer(built_in("benzene"));
    viewer.wait_until("the bonds", |viewer| {
        !viewer
            .get::<mlipview_viewer::scene::bonds::Bonding>()
            .sticks()
            .is_empty()
    });
    let carbons = viewer.frame().positions.clone();
    let neighbor = (1..6)
        .find(|atom| carbons[*atom].distance(carbons[0]) < 1.6)
        .unwrap();
    click_bond(&mut viewer, [0, neighbor]);
    assert!(viewer.get::<SelectedBond>().axis().is_none());
    assert!(
        viewer.last_notice().contains("part of a ring"),
        "{}",
        viewer.last_notice()
    );
    viewer.get_mut::<Selection>().set([0, neighbor]);
    viewer.act(Action::RotateBond(5.0));
    assert!(
        viewer.last_notice().contains("part of a ring"),
        "{}",
        viewer.last_notice()
    );
    for _ in 0..20 {
        viewer.app.update();
    }
    assert_eq!(viewer.frame().positions, carbons);
}

#[test]
fn two_or_four_selected_atoms_define_the_bond() {
    let mut viewer = ethanol();
    let start = torsion(&viewer);
    viewer.get_mut::<Selection>().set(TORSION);
    viewer.act(Action::RotateBond(30.0));
    wait_for_turn(&mut viewer, start, 30.0);
    // The side of the last selected atom has moved.
    assert_eq!(viewer.get::<SelectedBond>().axis(), Some([0, 1]));
    viewer.act_and_wait(Action::SelectNone);
    viewer.get_mut::<Selection>().set([1, 0]);
    viewer.act(Action::RotateBond(-30.0));
    wait_for_turn(&mut viewer, start, 0.0);
    assert_eq!(viewer.get::<SelectedBond>().axis(), Some([1, 0]));
    viewer.act_and_wait(Action::SelectNone);
    viewer.get_mut::<Selection>().set([0, 2]);
    viewer.act(Action::RotateBond(5.0));
    assert!(
        viewer.last_notice().contains("too far apart"),
        "{}",
        viewer.last_notice()
    );
    viewer.get_mut::<Selection>().clear();
    viewer.act(Action::RotateBond(5.0));
    assert!(
        viewer.last_notice().starts_with("No bond selected"),
        "{}",
        viewer.last_notice()
    );
    viewer.act(Action::RotateBond(f64::NAN));
    assert!(
        viewer.last_notice().contains("NaN"),
        "{}",
        viewer.last_notice()
    );
}

#[test]
fn a_bond_rotates_also_during_dynamics() {
    let mut viewer = ethanol();
    let task = Task::Dynamics(Dynamics {
        rigid_motion: RigidMotion::Free,
        timestep: 0.5,
        ensemble: Ensemble::Nve {
            initial_temperature: 0.0,
        },
    });
    viewer.get::<Simulation>().send(Command::Run(task)).unwrap();
    viewer.wait_until("the run", |viewer| viewer.frame().step > 5);
    let start = torsion(&viewer);
    viewer.get_mut::<Selection>().set(BOND);
    viewer.act(Action::RotateBond(60.0));
    wait_for_turn(&mut viewer, start, 60.0);
    let step = viewer.frame().step;
    viewer.wait_until("more steps", |viewer| viewer.frame().step > step);
    assert!(matches!(viewer.frame().activity, Activity::Running(_)));
}

#[test]
fn deleting_an_atom_clears_its_selected_bond() {
    let mut viewer = ethanol();
    viewer.get_mut::<Selection>().set(BOND);
    viewer.act(Action::RotateBond(5.0));
    assert!(viewer.get::<SelectedBond>().axis().is_some());
    viewer.get_mut::<Selection>().set([0]);
    viewer.act_and_wait(Action::Delete);
    viewer.app.update();
    assert!(
        viewer.get::<SelectedBond>().axis().is_none() && viewer.get::<Hover>().moving.is_empty()
    );
}

#[test]
fn a_bond_hit_is_identified_by_its_atoms() {
    let mut viewer = ethanol();
    point_at(&mut viewer, BOND);
    let aims = viewer.get::<mlipview_viewer::interact::aim::Aims>();
    let Hit { target, ends, .. } = aims.list()[0].hit.unwrap();
    assert!(matches!(target, Target::Bond(_)));
    assert_eq!(ends, BOND);
}
