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

use super::{argon, argon_viewer};
use crate::test_viewer::TestViewer;

/// A point on the near side of an atom, Å, off its center to test that the offset is kept.
fn near_side(viewer: &TestViewer, atom: usize) -> Vec3 {
    let radius = viewer.get::<Appearances>().list()[atom].radius;
    let aside = Vec3::new(0.2, 0.1, 0.0);
    let up = (radius * radius - aside.length_squared()).sqrt();
    viewer.drawn(atom) + aside + up * Vec3::Z
}

/// Presses on an atom and moves the pressed point by a displacement, Å.
fn drag(viewer: &mut TestViewer, atom: usize, by: Vec3) {
    let from = near_side(viewer, atom);
    viewer.move_to(viewer.pixel(from));
    viewer.press();
    viewer.move_to(viewer.pixel(from + by));
}

fn is_released(viewer: &TestViewer) -> bool {
    viewer.frame().grips.grasps().is_empty()
}

fn assert_near(position: DVec3, expected: DVec3) {
    assert!(
        position.distance(expected) < 1e-3,
        "{position} is not {expected}"
    );
}

#[test]
fn a_dragged_atom_follows_the_pointer_and_no_other_moves() {
    let mut viewer = argon_viewer();
    let goal = Vec3::new(-0.6, 0.8, 0.0);
    drag(&mut viewer, 0, goal);
    // On screen at once,
    assert!(viewer.drawn(0).distance(goal) < 1e-3, "{}", viewer.drawn(0));
    // then in the simulation.
    viewer.wait_until("the move", |viewer| {
        viewer.frame().positions[0] != DVec3::ZERO
    });
    let frame = viewer.frame();
    assert_near(frame.positions[0], goal.as_dvec3());
    assert_eq!(frame.positions[1..], argon().positions()[1..]);
    assert!(frame.evaluation.is_some());
    viewer.release();
    viewer.wait_until("the release", is_released);
    assert_near(viewer.frame().positions[0], goal.as_dvec3());
    assert!(viewer.drawn(0).distance(goal) < 1e-3);
    assert_eq!(viewer.frame().activity, Activity::Idle);
    // A drag is not a click.
    assert!(viewer.selected().is_empty());
}

#[test]
fn a_held_atom_is_drawn_at_the_hand_in_every_frame_until_its_release_is_answered() {
    let mut viewer = argon_viewer();
    let from = near_side(&viewer, 0);
    viewer.move_to(viewer.pixel(from));
    viewer.press();
    for step in 1..=50 {
        let by = Vec3::new(0.05 * step as f32, 0.0, 0.0);
        viewer.move_to(viewer.pixel(from + by));
        if step > 3 {
            assert!(
                viewer.drawn(0).distance(by) < 1e-3,
                "{} is not {by}",
                viewer.drawn(0)
            );
        }
    }
    viewer.release();
    for _ in 0..50 {
        assert!((viewer.drawn(0).x - 2.5).abs() < 1e-3);
        viewer.app.update();
    }
    viewer.wait_until("the release", is_released);
    assert!((viewer.drawn(0).x - 2.5).abs() < 1e-3);
}

#[test]
fn a_press_that_hardly_moves_is_a_click_and_leaves_atoms_in_place() {
    let mut viewer = argon_viewer();
    let position = viewer.pixel(near_side(&viewer, 0));
    viewer.move_to(position);
    viewer.press();
    viewer.move_to(position + Vec2::new(2.0, -2.0));
    viewer.release();
    assert_eq!(viewer.selected(), [0]);
    assert_eq!(viewer.frame().positions, argon().positions());
}

#[test]
fn along_a_locked_axis_the_other_coordinates_stay() {
    let mut viewer = argon_viewer();
    viewer.get_mut::<Tool>().axis = Some(1);
    drag(&mut viewer, 0, Vec3::new(1.0, 1.0, 0.0));
    viewer.wait_until("the move", |viewer| {
        viewer.frame().positions[0] != DVec3::ZERO
    });
    let position = viewer.frame().positions[0];
    assert_eq!((position.x, position.z), (0.0, 0.0));
    assert!((position.y - 1.0).abs() < 0.05, "{position}");
}

#[test]
fn the_whole_selection_moves_rigidly() {
    let mut viewer = argon_viewer();
    viewer.get_mut::<Selection>().set([3, 0]);
    let by = Vec3::new(0.5, 0.5, 0.0);
    drag(&mut viewer, 0, by);
    viewer.wait_until("the move", |viewer| {
        viewer.frame().positions[0] != DVec3::ZERO
    });
    let (before, now) = (argon(), viewer.frame());
    for atom in [0, 3] {
        assert_near(
            now.positions[atom],
            before.positions()[atom] + by.as_dvec3(),
        );
    }
    assert_eq!(now.positions[1], before.positions()[1]);
    // An unselected atom moves alone.
    viewer.release();
    viewer.wait_until("the release", is_released);
    let before = viewer.frame();
    drag(&mut viewer, 1, by);
    viewer.wait_until("the move", move |viewer| {
        viewer.frame().positions[1] != before.positions[1]
    });
    assert_eq!(viewer.frame().positions[0], now.positions[0]);
}

#[test]
fn while_dynamics_run_a_held_atom_is_where_the_hand_is_and_the_others_move() {
    let mut viewer = argon_viewer();
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
    viewer.get::<Simulation>().send(slowly).unwrap();
    viewer.wait_until("the run", |viewer| viewer.frame().step > 3);
    let from = near_side(&viewer, 0);
    viewer.move_to(viewer.pixel(from));
    viewer.press();
    viewer.move_to(viewer.pixel(from + Vec3::new(0.0, -1.0, 0.0)));
    viewer.wait_until("the grip", |viewer| {
        !viewer.frame().grips.grasps().is_empty()
    });
    // The atom moves during the grab: it is held where it was then.
    let goal = viewer.frame().grips.grasps()[0].target;
    viewer.wait_until("the hand's place", |viewer| {
        viewer.frame().positions[0].distance(goal) < 1e-9
    });
    let before = viewer.frame();
    viewer.wait_until("more steps", |viewer| {
        viewer.frame().step > before.step + 20
    });
    let after = viewer.frame();
    let target = after.grips.grasps()[0].target;
    assert!(after.positions[0].distance(target) < 1e-9);
    assert!((target.y - before.positions[0].y).abs() < 1e-9);
    assert!(viewer.drawn(0).distance(target.as_vec3()) < 1e-4);
    assert_ne!(after.positions[1], before.positions[1]);
    viewer.release();
    viewer.wait_until("the release", is_released);
    viewer.wait_until("free motion", |viewer| {
        viewer.frame().positions[0].distance(target) > 1e-4
    });
}

#[test]
fn a_fixed_atom_in_the_selection_moves_too() {
    let mut viewer = argon_viewer();
    let simulation = viewer.get::<Simulation>();
    let fixing = Command::Edit(Edit::SetFixed(vec![(1, true)]));
    let ticket = simulation.send(fixing).unwrap();
    viewer.wait_until("fixed", |viewer| viewer.frame().ticket >= ticket);
    viewer.get_mut::<Selection>().set([0, 1]);
    drag(&mut viewer, 0, Vec3::new(0.0, 1.0, 0.0));
    viewer.wait_until("the move", |viewer| {
        viewer.frame().positions[0] != DVec3::ZERO
    });
    assert_near(viewer.frame().positions[1], DVec3::new(3.8, 1.0, 0.0));
}

#[test]
fn a_pull_shows_its_force_and_moves_nothing_while_nothing_runs() {
    let mut viewer = argon_viewer();
    let tool = Tool {
        grip: GripKind::Pull,
        stiffness: 0.5,
        ..default()
    };
    viewer.app.insert_resource(tool);
    drag(&mut viewer, 0, Vec3::new(2.0, 0.0, 0.0));
    viewer.wait_until("the pull", |viewer| !viewer.get::<Pulls>().0.is_empty());
    viewer.wait_until("the energy of the pull", |viewer| {
        (viewer.frame().pull_energy - 1.0).abs() < 1e-3
    });
    let pull = viewer.get::<Pulls>().0[0].clone();
    assert!((pull.force - 1.0).abs() < 1e-3, "{}", pull.force);
    assert!(pull.atom.distance(Vec3::ZERO) < 1e-3);
    assert!(pull.hand.distance(2.0 * Vec3::X) < 1e-3);
    assert_eq!(pull.text(), "1.00 eV/Å");
    assert_eq!(viewer.frame().positions, argon().positions());
    viewer.release();
    viewer.wait_until("the end", |viewer| viewer.get::<Pulls>().0.is_empty());
}

#[test]
fn the_wheel_makes_a_pull_stronger_and_the_camera_stays() {
    let mut viewer = argon_viewer();
    viewer.get_mut::<Tool>().grip = GripKind::Pull;
    drag(&mut viewer, 0, Vec3::new(1.0, 0.0, 0.0));
    let before = viewer.pixel(viewer.drawn(1));
    viewer.scroll(2.0);
    let stiffness = viewer.get::<Tool>().stiffness;
    assert!((stiffness - 1.25f64.powi(2)).abs() < 1e-6, "{stiffness}");
    viewer.wait_until("the stronger pull", |viewer| {
        (viewer.frame().pull_energy - 0.5 * stiffness).abs() < 1e-3
    });
    assert_eq!(viewer.pixel(viewer.drawn(1)), before);
}

#[test]
fn two_fingers_hold_two_atoms() {
    let mut viewer = argon_viewer();
    let (one, other) = (near_side(&viewer, 0), near_side(&viewer, 3));
    let down = |viewer: &mut TestViewer, id, phase, point| {
        let position = viewer.pixel(point);
        viewer.touch(id, phase, position);
        viewer.app.update();
    };
    down(&mut viewer, 7, TouchPhase::Started, one);
    down(&mut viewer, 7, TouchPhase::Moved, one + Vec3::Y);
    down(&mut viewer, 8, TouchPhase::Started, other);
    down(&mut viewer, 8, TouchPhase::Moved, other + Vec3::Y);
    viewer.wait_until("both hands", |viewer| {
        viewer.frame().grips.grasps().len() == 2
    });
    viewer.wait_until("both moves", |viewer| {
        let frame = viewer.frame();
        frame.positions[0].distance(DVec3::Y) < 1e-3
            && frame.positions[3].distance(DVec3::new(-4.0, 3.0, 0.0)) < 1e-3
    });
    down(&mut viewer, 7, TouchPhase::Ended, one + Vec3::Y);
    down(&mut viewer, 8, TouchPhase::Canceled, other + Vec3::Y);
    viewer.wait_until("no hand", is_released);
}

#[test]
fn a_press_on_a_panel_grabs_nothing() {
    let mut viewer = argon_viewer();
    viewer
        .get_mut::<mlipview_viewer::interact::aim::CapturedInput>()
        .pointer = true;
    drag(&mut viewer, 0, Vec3::X);
    viewer.release();
    assert_eq!(viewer.drawn(0), Vec3::ZERO);
    assert!(viewer.selected().is_empty());
    // A drag that began on the scene continues over a panel.
    viewer
        .get_mut::<mlipview_viewer::interact::aim::CapturedInput>()
        .pointer = false;
    drag(&mut viewer, 0, 0.5 * Vec3::X);
    viewer
        .get_mut::<mlipview_viewer::interact::aim::CapturedInput>()
        .pointer = true;
    let goal = near_side(&viewer, 0) + 0.5 * Vec3::X;
    viewer.move_to(viewer.pixel(goal));
    assert!((viewer.drawn(0).x - 1.0).abs() < 1e-3);
    viewer.button(MouseButton::Left, ButtonState::Released);
}
