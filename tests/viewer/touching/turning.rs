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

use super::{built_in, still_desk};
use crate::desk::Desk;

/// The carbon atoms of ethanol; the oxygen is bonded to the second.
const BOND: [usize; 2] = [0, 1];
/// A hydrogen of the first carbon, to the oxygen.
const TORSION: [usize; 4] = [3, 0, 1, 2];

fn ethanol() -> Desk {
    let mut desk = still_desk(built_in("ethanol"));
    desk.wait_until("the bonds", |desk| {
        !desk
            .get::<mlipview_viewer::scene::bonds::Bonding>()
            .sticks()
            .is_empty()
    });
    desk
}

/// Rotates the camera until the center of a bond is visible, and points at it.
fn point_at(desk: &mut Desk, bond: [usize; 2]) {
    let middle = (desk.drawn(bond[0]) + desk.drawn(bond[1])) / 2.0;
    for turn in 0..40 {
        let angle = 0.7 * turn as f32;
        let orbit = &mut *desk.get_mut::<Orbit>();
        orbit.rotation = Quat::from_euler(EulerRot::YXZ, angle, 0.4 * angle, 0.0);
        desk.app.update();
        let place = desk.pixel(middle);
        desk.move_to(place);
        if let Some(Target::Bond(_)) = desk.get::<Hover>().target {
            return;
        }
    }
    panic!("the bond is never in sight");
}

fn click_bond(desk: &mut Desk, bond: [usize; 2]) {
    point_at(desk, bond);
    let place = desk.pixel((desk.drawn(bond[0]) + desk.drawn(bond[1])) / 2.0);
    desk.click_pixel(place);
}

fn torsion(desk: &Desk) -> f64 {
    let frame = desk.frame();
    dihedral(&frame.positions, None, TORSION)
        .unwrap()
        .to_degrees()
}

/// Angle from one direction to another, −180° to 180°.
fn between(from: f64, to: f64) -> f64 {
    (to - from + 540.0).rem_euclid(360.0) - 180.0
}

fn wait_for_turn(desk: &mut Desk, from: f64, by: f64) {
    desk.wait_until("the turn", |desk| {
        (between(from, torsion(desk)) - by).abs() < 1e-6
    });
}

/// Distances of all pairs on one side of the bond, including its two atoms.
fn distances(positions: &[DVec3], side: &[usize]) -> Vec<f64> {
    let mut atoms = side.to_vec();
    atoms.extend(BOND);
    let pair = |one: &usize| {
        let place = positions[*one];
        atoms
            .iter()
            .map(move |other| place.distance(positions[*other]))
            .collect::<Vec<f64>>()
    };
    atoms.iter().flat_map(pair).collect()
}

#[test]
fn each_notch_rotates_by_five_degrees_and_keeps_both_sides_rigid() {
    let mut desk = ethanol();
    click_bond(&mut desk, BOND);
    let chosen = desk.get::<SelectedBond>().clone();
    assert!(chosen.axis().is_some());
    let (before, start, orbit) = (desk.frame(), torsion(&desk), *desk.get::<Orbit>());
    desk.scroll(3.0);
    wait_for_turn(&mut desk, start, 15.0);
    desk.scroll(-1.0);
    wait_for_turn(&mut desk, start, 10.0);
    desk.key(KeyCode::ShiftLeft, ButtonState::Pressed);
    desk.scroll(2.0);
    desk.key(KeyCode::ShiftLeft, ButtonState::Released);
    wait_for_turn(&mut desk, start, 12.0);
    assert_eq!(*desk.get::<Orbit>(), orbit);
    let after = desk.frame();
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
    desk.ask_and_wait(Action::Undo);
    wait_for_turn(&mut desk, start, 10.0);
}

#[test]
fn away_from_the_selected_bond_the_wheel_zooms() {
    let mut desk = ethanol();
    click_bond(&mut desk, BOND);
    let (positions, distance) = (desk.frame().positions.clone(), desk.get::<Orbit>().distance);
    desk.move_to(Vec2::new(20.0, 20.0));
    desk.scroll(1.0);
    assert!(desk.get::<Orbit>().distance < distance);
    for _ in 0..20 {
        desk.app.update();
    }
    assert_eq!(desk.frame().positions, positions);
}

#[test]
fn the_moving_side_is_highlighted_and_another_click_swaps_it() {
    let mut desk = ethanol();
    click_bond(&mut desk, BOND);
    let first = desk.get::<SelectedBond>().side().to_vec();
    assert_eq!(desk.get::<Hover>().moving, first);
    let marked = |desk: &Desk| {
        let appearances = desk.get::<Appearances>().list().iter().enumerate();
        let moving = appearances.filter(|(_, appearance)| appearance.color[3] & 3 == mark::MOVING);
        moving.map(|(atom, _)| atom).collect::<Vec<usize>>()
    };
    desk.app.update();
    assert_eq!(marked(&desk), first);
    click_bond(&mut desk, BOND);
    let second = desk.get::<SelectedBond>().side().to_vec();
    let mut both = [first.clone(), second.clone()].concat();
    both.sort_unstable();
    assert_eq!(both, (0..9).collect::<Vec<usize>>());
    desk.ask(Action::SwapBondSide);
    assert_eq!(desk.get::<SelectedBond>().side(), first);
    // The dihedral increases whichever side moves.
    let start = torsion(&desk);
    desk.ask(Action::RotateBond(5.0));
    wait_for_turn(&mut desk, start, 5.0);
    desk.ask(Action::SwapBondSide);
    desk.ask(Action::RotateBond(5.0));
    wait_for_turn(&mut desk, start, 10.0);
    // A click elsewhere clears the bond.
    desk.click_pixel(Vec2::new(20.0, 20.0));
    desk.app.update();
    assert!(desk.get::<SelectedBond>().axis().is_none() && desk.get::<Hover>().moving.is_empty());
}

#[test]
fn a_ring_bond_is_rejected_with_the_reason() {
    let mut desk = still_desk(built_in("benzene"));
    desk.wait_until("the bonds", |desk| {
        !desk
            .get::<mlipview_viewer::scene::bonds::Bonding>()
            .sticks()
            .is_empty()
    });
    let carbons = desk.frame().positions.clone();
    let neighbor = (1..6)
        .find(|atom| carbons[*atom].distance(carbons[0]) < 1.6)
        .unwrap();
    click_bond(&mut desk, [0, neighbor]);
    assert!(desk.get::<SelectedBond>().axis().is_none());
    assert!(
        desk.last_said().contains("part of a ring"),
        "{}",
        desk.last_said()
    );
    desk.get_mut::<Selection>().set([0, neighbor]);
    desk.ask(Action::RotateBond(5.0));
    assert!(
        desk.last_said().contains("part of a ring"),
        "{}",
        desk.last_said()
    );
    for _ in 0..20 {
        desk.app.update();
    }
    assert_eq!(desk.frame().positions, carbons);
}

#[test]
fn two_or_four_selected_atoms_define_the_bond() {
    let mut desk = ethanol();
    let start = torsion(&desk);
    desk.get_mut::<Selection>().set(TORSION);
    desk.ask(Action::RotateBond(30.0));
    wait_for_turn(&mut desk, start, 30.0);
    // The side of the last selected atom has moved.
    assert_eq!(desk.get::<SelectedBond>().axis(), Some([0, 1]));
    desk.ask_and_wait(Action::SelectNone);
    desk.get_mut::<Selection>().set([1, 0]);
    desk.ask(Action::RotateBond(-30.0));
    wait_for_turn(&mut desk, start, 0.0);
    assert_eq!(desk.get::<SelectedBond>().axis(), Some([1, 0]));
    desk.ask_and_wait(Action::SelectNone);
    desk.get_mut::<Selection>().set([0, 2]);
    desk.ask(Action::RotateBond(5.0));
    assert!(
        desk.last_said().contains("too far apart"),
        "{}",
        desk.last_said()
    );
    desk.get_mut::<Selection>().clear();
    desk.ask(Action::RotateBond(5.0));
    assert!(
        desk.last_said().starts_with("No bond selected"),
        "{}",
        desk.last_said()
    );
    desk.ask(Action::RotateBond(f64::NAN));
    assert!(desk.last_said().contains("NaN"), "{}", desk.last_said());
}

#[test]
fn a_bond_rotates_also_during_dynamics() {
    let mut desk = ethanol();
    let task = Task::Dynamics(Dynamics {
        rigid_motion: RigidMotion::Free,
        timestep: 0.5,
        ensemble: Ensemble::Nve {
            initial_temperature: 0.0,
        },
    });
    desk.get::<Simulation>().send(Command::Run(task)).unwrap();
    desk.wait_until("the run", |desk| desk.frame().step > 5);
    let start = torsion(&desk);
    desk.get_mut::<Selection>().set(BOND);
    desk.ask(Action::RotateBond(60.0));
    wait_for_turn(&mut desk, start, 60.0);
    let step = desk.frame().step;
    desk.wait_until("more steps", |desk| desk.frame().step > step);
    assert!(matches!(desk.frame().activity, Activity::Running(_)));
}

#[test]
fn deleting_an_atom_clears_its_selected_bond() {
    let mut desk = ethanol();
    desk.get_mut::<Selection>().set(BOND);
    desk.ask(Action::RotateBond(5.0));
    assert!(desk.get::<SelectedBond>().axis().is_some());
    desk.get_mut::<Selection>().set([0]);
    desk.ask_and_wait(Action::Delete);
    desk.app.update();
    assert!(desk.get::<SelectedBond>().axis().is_none() && desk.get::<Hover>().moving.is_empty());
}

#[test]
fn a_bond_hit_is_identified_by_its_atoms() {
    let mut desk = ethanol();
    point_at(&mut desk, BOND);
    let aims = desk.get::<mlipview_viewer::interact::aim::Aims>();
    let Hit { target, ends, .. } = aims.list()[0].hit.unwrap();
    assert!(matches!(target, Target::Bond(_)));
    assert_eq!(ends, BOND);
}
