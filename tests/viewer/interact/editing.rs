//! Adding, deleting and changing atoms by clicks and actions.

use bevy::prelude::*;
use glam::DVec3;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::sim::{Activity, Command, FrameAddress};
use mlipview_viewer::Simulation;
use mlipview_viewer::interact::action::Action;
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::scene::selection::Selection;

use super::{argon, argon_viewer, built_in, still_viewer};
use crate::test_viewer::TestViewer;

/// The structure as it would be saved.
fn structure(viewer: &TestViewer) -> Structure {
    viewer.frame().structure()
}

#[test]
fn undo_restores_deleted_atoms() {
    let mut viewer = still_viewer(built_in("ethanol"));
    viewer.get_mut::<Selection>().set([8, 2]);
    viewer.act_and_wait(Action::Delete);
    let left = structure(&viewer);
    assert_eq!(left.len(), 7);
    assert!(!left.elements().contains(&Element::O));
    assert!(viewer.selected().is_empty());
    viewer.act_and_wait(Action::Undo);
    assert_eq!(structure(&viewer), built_in("ethanol"));
    viewer.act_and_wait(Action::Redo);
    assert_eq!(structure(&viewer), left);
    viewer.act_and_wait(Action::Redo);
    assert!(
        viewer.last_notice().contains("no change"),
        "{}",
        viewer.last_notice()
    );
}

#[test]
fn a_click_on_a_radical_bonds_a_carbon_to_it() {
    let mut viewer = still_viewer(built_in("methyl"));
    viewer.act(Action::AddAtomTool(Some(Element::C)));
    let carbon = viewer.drawn(0);
    viewer.click(carbon);
    viewer.wait_for_edits();
    let ethane = structure(&viewer);
    assert_eq!((ethane.len(), ethane.elements()[4]), (5, Element::C));
    let length = ethane.positions()[4].distance(ethane.positions()[0]);
    assert!(
        (length - 2.0 * Element::C.covalent_radius()).abs() < 1e-6,
        "{length}"
    );
    for hydrogen in 1..4 {
        assert!(ethane.positions()[4].distance(ethane.positions()[hydrogen]) > 1.8);
    }
    assert_eq!(viewer.selected(), [4]);
    viewer.act_and_wait(Action::Undo);
    assert_eq!(structure(&viewer), built_in("methyl"));
    assert!(viewer.selected().is_empty());
}

#[test]
fn exceeding_a_valence_is_allowed_and_reported() {
    let mut viewer = still_viewer(built_in("methane"));
    viewer.act(Action::AddAtomTool(Some(Element::F)));
    let hydrogen = viewer.drawn(1);
    viewer
        .get_mut::<Orbit>()
        .look_along(-hydrogen.normalize_or(Vec3::Z), Vec3::Y);
    viewer.app.update();
    viewer.click(hydrogen);
    viewer.wait_for_edits();
    assert_eq!(structure(&viewer).len(), 6);
    assert!(
        viewer
            .last_notice()
            .contains("more bonds than its valence allows"),
        "{}",
        viewer.last_notice()
    );
}

#[test]
fn a_click_on_the_background_adds_an_atom_at_the_pointer() {
    let mut viewer = argon_viewer();
    let target = viewer.get::<Orbit>().target;
    viewer.act(Action::AddAtomTool(Some(Element::AR)));
    let position = target + Vec3::new(1.0, -3.0, 0.0);
    viewer.click(position);
    viewer.wait_for_edits();
    let added = structure(&viewer).positions()[4];
    assert!(
        added.distance(position.as_dvec3()) < 1e-2,
        "{added} is not {position}"
    );
    assert_eq!(structure(&viewer).elements(), [Element::AR; 5]);
    // With the other tool, a click selects.
    viewer.act(Action::Escape);
    let position = viewer.drawn(1);
    viewer.click(position);
    assert_eq!((viewer.selected(), structure(&viewer).len()), (vec![1], 5));
}

#[test]
fn a_bare_carbon_gets_four_hydrogens() {
    let carbon = Structure::new(vec![Element::C], vec![DVec3::ZERO]).unwrap();
    let mut viewer = still_viewer(carbon);
    viewer.act_and_wait(Action::AddHydrogens);
    let methane = structure(&viewer);
    assert_eq!(methane.elements()[1..], [Element::H; 4]);
    assert_eq!(viewer.selected(), [1, 2, 3, 4]);
    let length = Element::C.covalent_radius() + Element::H.covalent_radius();
    for hydrogen in 1..5 {
        assert!((methane.positions()[hydrogen].length() - length).abs() < 1e-6);
    }
    viewer.act_and_wait(Action::SelectNone);
    viewer.act_and_wait(Action::AddHydrogens);
    assert_eq!(structure(&viewer), methane);
    assert!(
        viewer.last_notice().contains("No hydrogens are missing"),
        "{}",
        viewer.last_notice()
    );
}

#[test]
fn a_duplicate_has_the_same_shape_and_is_selected() {
    let mut viewer = still_viewer(built_in("water-dimer"));
    viewer.get_mut::<Selection>().set([0, 1, 2]);
    viewer.act_and_wait(Action::Duplicate);
    let three = structure(&viewer);
    assert_eq!((three.len(), viewer.selected()), (9, vec![6, 7, 8]));
    let shift = three.positions()[6] - three.positions()[0];
    for atom in 0..3 {
        let copied = three.positions()[atom] + shift;
        assert!(three.positions()[6 + atom].distance(copied) < 1e-9);
        assert_eq!(three.elements()[6 + atom], three.elements()[atom]);
    }
}

#[test]
fn a_molecule_is_placed_beside_the_structure_or_over_it_with_a_warning() {
    let merge = || Action::Merge {
        name: "Methane".into(),
        structure: Box::new(built_in("methane")),
    };
    let mut viewer = still_viewer(argon());
    viewer.act_and_wait(merge());
    let both = structure(&viewer);
    assert_eq!((both.len(), viewer.selected()), (9, (4..9).collect()));
    // To the right of everything in the view.
    assert!(both.positions()[4].x > 3.8 + 2.0);
    assert_eq!(viewer.last_notice(), "Added Methane, 5 atoms.");

    let cell = Cell::orthorhombic(DVec3::splat(3.5)).unwrap();
    let tight = Structure::new(vec![Element::AR], vec![DVec3::ZERO]).unwrap();
    let mut viewer = still_viewer(tight.with_cell(cell));
    viewer.act_and_wait(merge());
    assert_eq!(structure(&viewer).len(), 6);
    assert!(
        viewer.last_notice().contains("free space"),
        "{}",
        viewer.last_notice()
    );

    let mut viewer = still_viewer(Structure::empty());
    viewer.act_and_wait(merge());
    assert_eq!(
        structure(&viewer).elements(),
        built_in("methane").elements()
    );
}

#[test]
fn simultaneous_edits_are_done_one_after_the_other() {
    let mut viewer = still_viewer(built_in("ethanol"));
    for action in [
        Action::SelectQuery("O".into()),
        Action::SetElement(Element::S),
        Action::Duplicate,
        Action::SetElement(Element::N),
        Action::AddHydrogens,
        Action::InvertSelection,
        Action::ToggleFixed,
    ] {
        viewer.app.world_mut().write_message(action);
    }
    viewer.wait_for_edits();
    let thiol = structure(&viewer);
    assert_eq!(
        (thiol.elements()[2], thiol.elements()[9]),
        (Element::S, Element::N)
    );
    assert_eq!(thiol.elements()[10..], [Element::H; 3]);
    let fixed: Vec<usize> = (0..thiol.len())
        .filter(|atom| thiol.fixed()[*atom])
        .collect();
    assert_eq!(fixed, (0..10).collect::<Vec<usize>>());
    for _ in 0..5 {
        viewer.act(Action::Undo);
    }
    viewer.wait_for_edits();
    assert_eq!(structure(&viewer), built_in("ethanol"));
}

#[test]
fn fixed_atoms_can_be_freed() {
    let mut viewer = argon_viewer();
    viewer.get_mut::<Selection>().set([1, 2]);
    viewer.act_and_wait(Action::Fix);
    assert_eq!(viewer.frame().identity.fixed(), [false, true, true, false]);
    viewer.get_mut::<Selection>().add(0);
    viewer.act_and_wait(Action::ToggleFixed);
    assert_eq!(viewer.frame().identity.fixed(), [true, true, true, false]);
    viewer.act_and_wait(Action::ToggleFixed);
    assert_eq!(viewer.frame().identity.fixed(), [false; 4]);
    viewer.act_and_wait(Action::Free);
    assert!(
        viewer.last_notice().contains("already free"),
        "{}",
        viewer.last_notice()
    );
}

#[test]
fn edits_without_a_selection_change_nothing_and_state_the_remedy() {
    for action in [
        Action::Delete,
        Action::SetElement(Element::C),
        Action::Duplicate,
        Action::Fix,
        Action::Free,
        Action::ToggleFixed,
        Action::ExpandToMolecules,
        Action::ExpandToElements,
    ] {
        let mut viewer = argon_viewer();
        viewer.act_and_wait(action);
        assert!(
            viewer
                .last_notice()
                .starts_with("No atom selected: click one"),
            "{}",
            viewer.last_notice()
        );
        assert_eq!(structure(&viewer), argon());
    }
}

#[test]
fn a_past_frame_cannot_be_edited() {
    let mut viewer = argon_viewer();
    let number = viewer.frame().number;
    viewer
        .get::<Simulation>()
        .send(Command::ShowFrame(FrameAddress::Memory(number)))
        .unwrap();
    viewer.wait_until("the past", |viewer| {
        viewer.frame().activity == Activity::Playback
    });
    viewer.get_mut::<Selection>().set([0]);
    viewer.act_and_wait(Action::Delete);
    assert!(
        viewer.last_notice().contains("past"),
        "{}",
        viewer.last_notice()
    );
    assert_eq!(structure(&viewer), argon());
}

#[test]
fn too_many_waiting_edits_are_rejected_with_a_notice() {
    let mut viewer = argon_viewer();
    for _ in 0..200 {
        viewer.app.world_mut().write_message(Action::SelectAll);
    }
    viewer.wait_for_edits();
    assert!(
        viewer.last_notice().contains("still waiting"),
        "{}",
        viewer.last_notice()
    );
    assert_eq!(viewer.selected().len(), 4);
}
