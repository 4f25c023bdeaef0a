//! Dragging atoms.

use bevy::input::ButtonState;
use bevy::input::touch::TouchPhase;
use bevy::prelude::*;
use glam::DVec3;
use mlipview_core::sim::propagate::{Dynamics, Ensemble, RigidMotion};
use mlipview_core::sim::{Activity, Command, Edit, Task};
use mlipview_viewer::Simulation;
use mlipview_viewer::interact::gesture::{GripKind, Tool};
use mlipview_viewer::interact::hands::Pulls;
use mlipview_viewer::scene::appearance::Appearances;
use mlipview_viewer::scene::selection::Selection;

use super::{argon, argon_desk};
use crate::desk::Desk;

/// A point on the near side of an atom, Å, off its center to test that the offset is kept.
fn near_side(desk: &Desk, atom: usize) -> Vec3 {
    let radius = desk.get::<Appearances>().list()[atom].radius;
    let aside = Vec3::new(0.2, 0.1, 0.0);
    let up = (radius * radius - aside.length_squared()).sqrt();
    desk.drawn(atom) + aside + up * Vec3::Z
}

/// Presses on an atom and moves the pressed point by a displacement, Å.
fn drag(desk: &mut Desk, atom: usize, by: Vec3) {
    let from = near_side(desk, atom);
    desk.move_to(desk.pixel(from));
    desk.press();
    desk.move_to(desk.pixel(from + by));
}

fn is_released(desk: &Desk) -> bool {
    desk.frame().grips.grasps().is_empty()
}

fn assert_near(place: DVec3, expected: DVec3) {
    assert!(place.distance(expected) < 1e-3, "{place} is not {expected}");
}

#[test]
fn a_dragged_atom_follows_the_pointer_and_no_other_moves() {
    let mut desk = argon_desk();
    let goal = Vec3::new(-0.6, 0.8, 0.0);
    drag(&mut desk, 0, goal);
    // On screen at once,
    assert!(desk.drawn(0).distance(goal) < 1e-3, "{}", desk.drawn(0));
    // then in the simulation.
    desk.wait_until("the move", |desk| desk.frame().positions[0] != DVec3::ZERO);
    let frame = desk.frame();
    assert_near(frame.positions[0], goal.as_dvec3());
    assert_eq!(frame.positions[1..], argon().positions()[1..]);
    assert!(frame.evaluation.is_some());
    desk.release();
    desk.wait_until("the release", is_released);
    assert_near(desk.frame().positions[0], goal.as_dvec3());
    assert!(desk.drawn(0).distance(goal) < 1e-3);
    assert_eq!(desk.frame().activity, Activity::Idle);
    // A drag is not a click.
    assert!(desk.selected().is_empty());
}

#[test]
fn a_held_atom_is_drawn_at_the_hand_in_every_frame_until_its_release_is_answered() {
    let mut desk = argon_desk();
    let from = near_side(&desk, 0);
    desk.move_to(desk.pixel(from));
    desk.press();
    for step in 1..=50 {
        let by = Vec3::new(0.05 * step as f32, 0.0, 0.0);
        desk.move_to(desk.pixel(from + by));
        if step > 3 {
            assert!(
                desk.drawn(0).distance(by) < 1e-3,
                "{} is not {by}",
                desk.drawn(0)
            );
        }
    }
    desk.release();
    for _ in 0..50 {
        assert!((desk.drawn(0).x - 2.5).abs() < 1e-3);
        desk.app.update();
    }
    desk.wait_until("the release", is_released);
    assert!((desk.drawn(0).x - 2.5).abs() < 1e-3);
}

#[test]
fn a_press_that_hardly_moves_is_a_click_and_leaves_atoms_in_place() {
    let mut desk = argon_desk();
    let place = desk.pixel(near_side(&desk, 0));
    desk.move_to(place);
    desk.press();
    desk.move_to(place + Vec2::new(2.0, -2.0));
    desk.release();
    assert_eq!(desk.selected(), [0]);
    assert_eq!(desk.frame().positions, argon().positions());
}

#[test]
fn along_a_locked_axis_the_other_coordinates_stay() {
    let mut desk = argon_desk();
    desk.get_mut::<Tool>().axis = Some(1);
    drag(&mut desk, 0, Vec3::new(1.0, 1.0, 0.0));
    desk.wait_until("the move", |desk| desk.frame().positions[0] != DVec3::ZERO);
    let place = desk.frame().positions[0];
    assert_eq!((place.x, place.z), (0.0, 0.0));
    assert!((place.y - 1.0).abs() < 0.05, "{place}");
}

#[test]
fn the_whole_selection_moves_rigidly() {
    let mut desk = argon_desk();
    desk.get_mut::<Selection>().set([3, 0]);
    let by = Vec3::new(0.5, 0.5, 0.0);
    drag(&mut desk, 0, by);
    desk.wait_until("the move", |desk| desk.frame().positions[0] != DVec3::ZERO);
    let (before, now) = (argon(), desk.frame());
    for atom in [0, 3] {
        assert_near(
            now.positions[atom],
            before.positions()[atom] + by.as_dvec3(),
        );
    }
    assert_eq!(now.positions[1], before.positions()[1]);
    // An unselected atom moves alone.
    desk.release();
    desk.wait_until("the release", is_released);
    let before = desk.frame();
    drag(&mut desk, 1, by);
    desk.wait_until("the move", move |desk| {
        desk.frame().positions[1] != before.positions[1]
    });
    assert_eq!(desk.frame().positions[0], now.positions[0]);
}

#[test]
fn while_dynamics_run_a_held_atom_is_where_the_hand_is_and_the_others_move() {
    let mut desk = argon_desk();
    let task = Task::Dynamics(Dynamics {
        rigid_motion: RigidMotion::Free,
        timestep: 5.0,
        ensemble: Ensemble::Langevin {
            temperature: 20.0,
            friction: 1.0,
        },
    });
    // Slow enough for the atom to be there when it is grabbed.
    let slowly = Command::Batch(vec![Command::SpeedLimit(Some(50.0)), Command::Run(task)]);
    desk.get::<Simulation>().send(slowly).unwrap();
    desk.wait_until("the run", |desk| desk.frame().step > 3);
    let from = near_side(&desk, 0);
    desk.move_to(desk.pixel(from));
    desk.press();
    desk.move_to(desk.pixel(from + Vec3::new(0.0, -1.0, 0.0)));
    desk.wait_until("the grip", |desk| !desk.frame().grips.grasps().is_empty());
    // The atom moves during the grab: it is held where it was then.
    let goal = desk.frame().grips.grasps()[0].target;
    desk.wait_until("the hand's place", |desk| {
        desk.frame().positions[0].distance(goal) < 1e-9
    });
    let before = desk.frame();
    desk.wait_until("more steps", |desk| desk.frame().step > before.step + 20);
    let after = desk.frame();
    let target = after.grips.grasps()[0].target;
    assert!(after.positions[0].distance(target) < 1e-9);
    assert!((target.y - before.positions[0].y).abs() < 1e-9);
    assert!(desk.drawn(0).distance(target.as_vec3()) < 1e-4);
    assert_ne!(after.positions[1], before.positions[1]);
    desk.release();
    desk.wait_until("the release", is_released);
    desk.wait_until("free motion", |desk| {
        desk.frame().positions[0].distance(target) > 1e-4
    });
}

#[test]
fn a_fixed_atom_in_the_selection_moves_too() {
    let mut desk = argon_desk();
    let simulation = desk.get::<Simulation>();
    let fixing = Command::Edit(Edit::SetFixed(vec![(1, true)]));
    let ticket = simulation.send(fixing).unwrap();
    desk.wait_until("fixed", |desk| desk.frame().ticket >= ticket);
    desk.get_mut::<Selection>().set([0, 1]);
    drag(&mut desk, 0, Vec3::new(0.0, 1.0, 0.0));
    desk.wait_until("the move", |desk| desk.frame().positions[0] != DVec3::ZERO);
    assert_near(desk.frame().positions[1], DVec3::new(3.8, 1.0, 0.0));
}

#[test]
fn a_pull_shows_its_force_and_moves_nothing_while_nothing_runs() {
    let mut desk = argon_desk();
    let tool = Tool {
        grip: GripKind::Pull,
        stiffness: 0.5,
        ..default()
    };
    desk.app.insert_resource(tool);
    drag(&mut desk, 0, Vec3::new(2.0, 0.0, 0.0));
    desk.wait_until("the pull", |desk| !desk.get::<Pulls>().0.is_empty());
    desk.wait_until("the energy of the pull", |desk| {
        (desk.frame().pull_energy - 1.0).abs() < 1e-3
    });
    let pull = desk.get::<Pulls>().0[0].clone();
    assert!((pull.force - 1.0).abs() < 1e-3, "{}", pull.force);
    assert!(pull.atom.distance(Vec3::ZERO) < 1e-3);
    assert!(pull.hand.distance(2.0 * Vec3::X) < 1e-3);
    assert_eq!(pull.text(), "1.00 eV/Å");
    assert_eq!(desk.frame().positions, argon().positions());
    desk.release();
    desk.wait_until("the end", |desk| desk.get::<Pulls>().0.is_empty());
}

#[test]
fn the_wheel_makes_a_pull_stronger_and_the_camera_stays() {
    let mut desk = argon_desk();
    desk.get_mut::<Tool>().grip = GripKind::Pull;
    drag(&mut desk, 0, Vec3::new(1.0, 0.0, 0.0));
    let before = desk.pixel(desk.drawn(1));
    desk.scroll(2.0);
    let stiffness = desk.get::<Tool>().stiffness;
    assert!((stiffness - 1.25f64.powi(2)).abs() < 1e-6, "{stiffness}");
    desk.wait_until("the stronger pull", |desk| {
        (desk.frame().pull_energy - 0.5 * stiffness).abs() < 1e-3
    });
    assert_eq!(desk.pixel(desk.drawn(1)), before);
}

#[test]
fn two_fingers_hold_two_atoms() {
    let mut desk = argon_desk();
    let (one, other) = (near_side(&desk, 0), near_side(&desk, 3));
    let down = |desk: &mut Desk, id, phase, point| {
        let place = desk.pixel(point);
        desk.touch(id, phase, place);
        desk.app.update();
    };
    down(&mut desk, 7, TouchPhase::Started, one);
    down(&mut desk, 7, TouchPhase::Moved, one + Vec3::Y);
    down(&mut desk, 8, TouchPhase::Started, other);
    down(&mut desk, 8, TouchPhase::Moved, other + Vec3::Y);
    desk.wait_until("both hands", |desk| desk.frame().grips.grasps().len() == 2);
    desk.wait_until("both moves", |desk| {
        let frame = desk.frame();
        frame.positions[0].distance(DVec3::Y) < 1e-3
            && frame.positions[3].distance(DVec3::new(-4.0, 3.0, 0.0)) < 1e-3
    });
    down(&mut desk, 7, TouchPhase::Ended, one + Vec3::Y);
    down(&mut desk, 8, TouchPhase::Canceled, other + Vec3::Y);
    desk.wait_until("no hand", is_released);
}

#[test]
fn a_press_on_a_panel_grabs_nothing() {
    let mut desk = argon_desk();
    desk.get_mut::<mlipview_viewer::interact::aim::Blocked>()
        .pointer = true;
    drag(&mut desk, 0, Vec3::X);
    desk.release();
    assert_eq!(desk.drawn(0), Vec3::ZERO);
    assert!(desk.selected().is_empty());
    // A drag that began on the scene continues over a panel.
    desk.get_mut::<mlipview_viewer::interact::aim::Blocked>()
        .pointer = false;
    drag(&mut desk, 0, 0.5 * Vec3::X);
    desk.get_mut::<mlipview_viewer::interact::aim::Blocked>()
        .pointer = true;
    let goal = near_side(&desk, 0) + 0.5 * Vec3::X;
    desk.move_to(desk.pixel(goal));
    assert!((desk.drawn(0).x - 1.0).abs() < 1e-3);
    desk.button(MouseButton::Left, ButtonState::Released);
}
