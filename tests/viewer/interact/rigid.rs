//! Molecules that move as rigid bodies: made rigid, dragged during a run, made flexible, undone.

use glam::DVec3;
use mlipview_core::chem::Structure;
use mlipview_core::potential::Nano;
use mlipview_viewer::interact::action::Action;
use mlipview_viewer::interact::gesture::{GripKind, Tool};
use mlipview_viewer::scene::selection::Selection;

use super::built_in;
use crate::test_viewer::TestViewer;

/// The three distances in a water molecule, Å.
fn shape(positions: &[DVec3], first: usize) -> [f64; 3] {
    let of = |one: usize, other: usize| positions[first + one].distance(positions[first + other]);
    [of(0, 1), of(0, 2), of(1, 2)]
}

fn largest_change(one: [f64; 3], other: [f64; 3]) -> f64 {
    let pairs = one.into_iter().zip(other);
    pairs
        .map(|(one, other)| (one - other).abs())
        .fold(0.0, f64::max)
}

fn viewer() -> (TestViewer, Structure) {
    let dimer = built_in("water-dimer");
    let viewer = TestViewer::new(dimer.clone(), Some(Box::new(Nano::new())));
    (viewer, dimer)
}

#[test]
fn a_rigid_molecule_is_docked_by_hand_and_keeps_its_geometry() {
    let (mut viewer, dimer) = viewer();
    viewer.get_mut::<Selection>().set([4]);
    viewer.act_and_wait(Action::MakeRigid);
    assert_eq!(viewer.frame().identity.rigid_groups()[..], [vec![3, 4, 5]]);
    let notice = viewer.last_notice();
    assert!(
        notice.contains("1 molecule moves as a rigid body"),
        "{notice}"
    );
    viewer.get_mut::<Tool>().grip = GripKind::Pull;
    viewer.act(Action::StartDynamics);
    viewer.wait_until("the run", |viewer| viewer.frame().step > 5);
    let start = viewer.frame().positions[4];
    let place = viewer.pixel(viewer.drawn(4));
    viewer.move_to(place);
    viewer.press();
    viewer.move_to(place + bevy::math::Vec2::new(60.0, 0.0));
    viewer.wait_until("the molecule to follow", |viewer| {
        viewer.frame().positions[4].distance(start) > 0.5
    });
    viewer.release();
    let positions = viewer.frame().positions.clone();
    let initial = dimer.positions();
    assert!(largest_change(shape(&positions, 3), shape(initial, 3)) < 1e-8);
    let other = largest_change(shape(&positions, 0), shape(initial, 0));
    assert!(other > 1e-4, "the other molecule vibrates: {other} Å");
}

#[test]
fn flexible_molecules_and_undo_end_the_rigidity() {
    let (mut viewer, _) = viewer();
    viewer.act_and_wait(Action::SelectAll);
    viewer.act_and_wait(Action::MakeRigid);
    assert_eq!(viewer.frame().identity.rigid_groups().len(), 2);
    viewer.get_mut::<Selection>().set([0]);
    viewer.act_and_wait(Action::MakeFlexible);
    assert_eq!(viewer.frame().identity.rigid_groups()[..], [vec![3, 4, 5]]);
    viewer.act_and_wait(Action::Undo);
    assert_eq!(viewer.frame().identity.rigid_groups().len(), 2);
    viewer.act_and_wait(Action::Undo);
    assert!(viewer.frame().identity.rigid_groups().is_empty());
}

#[test]
fn a_crystal_is_no_rigid_body() {
    let mut viewer = super::still_viewer(built_in("copper"));
    viewer.act_and_wait(Action::SelectAll);
    viewer.act_and_wait(Action::MakeRigid);
    let notice = viewer.last_notice();
    assert!(notice.contains("no rigid body"), "{notice}");
    assert!(viewer.frame().identity.rigid_groups().is_empty());
}
