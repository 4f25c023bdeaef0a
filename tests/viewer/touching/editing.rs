//! Adding, deleting and changing atoms by clicks and actions.

use bevy::prelude::*;
use glam::DVec3;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::sim::{Activity, Command};
use mlipview_viewer::Simulation;
use mlipview_viewer::interact::action::Action;
use mlipview_viewer::scene::camera::Orbit;
use mlipview_viewer::scene::selection::Selection;

use super::{argon, argon_desk, built_in, still_desk};
use crate::desk::Desk;

/// The structure as it would be saved.
fn structure(desk: &Desk) -> Structure {
    desk.frame().structure()
}

#[test]
fn undo_restores_deleted_atoms() {
    let mut desk = still_desk(built_in("ethanol"));
    desk.get_mut::<Selection>().set([8, 2]);
    desk.ask_and_wait(Action::Delete);
    let left = structure(&desk);
    assert_eq!(left.len(), 7);
    assert!(!left.elements().contains(&Element::O));
    assert!(desk.selected().is_empty());
    desk.ask_and_wait(Action::Undo);
    assert_eq!(structure(&desk), built_in("ethanol"));
    desk.ask_and_wait(Action::Redo);
    assert_eq!(structure(&desk), left);
    desk.ask_and_wait(Action::Redo);
    assert!(
        desk.last_said().contains("no change"),
        "{}",
        desk.last_said()
    );
}

#[test]
fn a_click_on_a_radical_bonds_a_carbon_to_it() {
    let mut desk = still_desk(built_in("methyl"));
    desk.ask(Action::AddAtomTool(Some(Element::C)));
    let carbon = desk.drawn(0);
    desk.click(carbon);
    desk.settle();
    let ethane = structure(&desk);
    assert_eq!((ethane.len(), ethane.elements()[4]), (5, Element::C));
    let length = ethane.positions()[4].distance(ethane.positions()[0]);
    assert!(
        (length - 2.0 * Element::C.covalent_radius()).abs() < 1e-6,
        "{length}"
    );
    for hydrogen in 1..4 {
        assert!(ethane.positions()[4].distance(ethane.positions()[hydrogen]) > 1.8);
    }
    assert_eq!(desk.selected(), [4]);
    desk.ask_and_wait(Action::Undo);
    assert_eq!(structure(&desk), built_in("methyl"));
    assert!(desk.selected().is_empty());
}

#[test]
fn exceeding_a_valence_is_allowed_and_reported() {
    let mut desk = still_desk(built_in("methane"));
    desk.ask(Action::AddAtomTool(Some(Element::F)));
    let hydrogen = desk.drawn(1);
    desk.get_mut::<Orbit>()
        .look_along(-hydrogen.normalize_or(Vec3::Z), Vec3::Y);
    desk.app.update();
    desk.click(hydrogen);
    desk.settle();
    assert_eq!(structure(&desk).len(), 6);
    assert!(
        desk.last_said().contains("no valence left"),
        "{}",
        desk.last_said()
    );
}

#[test]
fn a_click_on_the_background_adds_an_atom_at_the_pointer() {
    let mut desk = argon_desk();
    let target = desk.get::<Orbit>().target;
    desk.ask(Action::AddAtomTool(Some(Element::AR)));
    let place = target + Vec3::new(1.0, -3.0, 0.0);
    desk.click(place);
    desk.settle();
    let added = structure(&desk).positions()[4];
    assert!(
        added.distance(place.as_dvec3()) < 1e-2,
        "{added} is not {place}"
    );
    assert_eq!(structure(&desk).elements(), [Element::AR; 5]);
    // With the other tool, a click selects.
    desk.ask(Action::Escape);
    let place = desk.drawn(1);
    desk.click(place);
    assert_eq!((desk.selected(), structure(&desk).len()), (vec![1], 5));
}

#[test]
fn a_bare_carbon_gets_four_hydrogens() {
    let carbon = Structure::new(vec![Element::C], vec![DVec3::ZERO]).unwrap();
    let mut desk = still_desk(carbon);
    desk.ask_and_wait(Action::AddHydrogens);
    let methane = structure(&desk);
    assert_eq!(methane.elements()[1..], [Element::H; 4]);
    assert_eq!(desk.selected(), [1, 2, 3, 4]);
    let length = Element::C.covalent_radius() + Element::H.covalent_radius();
    for hydrogen in 1..5 {
        assert!((methane.positions()[hydrogen].length() - length).abs() < 1e-6);
    }
    desk.ask_and_wait(Action::SelectNone);
    desk.ask_and_wait(Action::AddHydrogens);
    assert_eq!(structure(&desk), methane);
    assert!(
        desk.last_said().contains("No hydrogens are missing"),
        "{}",
        desk.last_said()
    );
}

#[test]
fn a_duplicate_has_the_same_shape_and_is_selected() {
    let mut desk = still_desk(built_in("water-dimer"));
    desk.get_mut::<Selection>().set([0, 1, 2]);
    desk.ask_and_wait(Action::Duplicate);
    let three = structure(&desk);
    assert_eq!((three.len(), desk.selected()), (9, vec![6, 7, 8]));
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
    let mut desk = still_desk(argon());
    desk.ask_and_wait(merge());
    let both = structure(&desk);
    assert_eq!((both.len(), desk.selected()), (9, (4..9).collect()));
    // To the right of everything in the view.
    assert!(both.positions()[4].x > 3.8 + 2.0);
    assert_eq!(desk.last_said(), "Added Methane, 5 atoms.");

    let cell = Cell::orthorhombic(DVec3::splat(3.5)).unwrap();
    let tight = Structure::new(vec![Element::AR], vec![DVec3::ZERO]).unwrap();
    let mut desk = still_desk(tight.with_cell(cell));
    desk.ask_and_wait(merge());
    assert_eq!(structure(&desk).len(), 6);
    assert!(
        desk.last_said().contains("free space"),
        "{}",
        desk.last_said()
    );

    let mut desk = still_desk(Structure::empty());
    desk.ask_and_wait(merge());
    assert_eq!(structure(&desk).elements(), built_in("methane").elements());
}

#[test]
fn simultaneous_edits_are_done_one_after_the_other() {
    let mut desk = still_desk(built_in("ethanol"));
    for action in [
        Action::SelectQuery("O".into()),
        Action::SetElement(Element::S),
        Action::Duplicate,
        Action::SetElement(Element::N),
        Action::AddHydrogens,
        Action::InvertSelection,
        Action::ToggleFixed,
    ] {
        desk.app.world_mut().write_message(action);
    }
    desk.settle();
    let thiol = structure(&desk);
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
        desk.ask(Action::Undo);
    }
    desk.settle();
    assert_eq!(structure(&desk), built_in("ethanol"));
}

#[test]
fn fixed_atoms_can_be_freed() {
    let mut desk = argon_desk();
    desk.get_mut::<Selection>().set([1, 2]);
    desk.ask_and_wait(Action::Fix);
    assert_eq!(desk.frame().identity.fixed(), [false, true, true, false]);
    desk.get_mut::<Selection>().add(0);
    desk.ask_and_wait(Action::ToggleFixed);
    assert_eq!(desk.frame().identity.fixed(), [true, true, true, false]);
    desk.ask_and_wait(Action::ToggleFixed);
    assert_eq!(desk.frame().identity.fixed(), [false; 4]);
    desk.ask_and_wait(Action::Free);
    assert!(
        desk.last_said().contains("already free"),
        "{}",
        desk.last_said()
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
        let mut desk = argon_desk();
        desk.ask_and_wait(action);
        assert!(
            desk.last_said().starts_with("No atom selected: click one"),
            "{}",
            desk.last_said()
        );
        assert_eq!(structure(&desk), argon());
    }
}

#[test]
fn a_past_frame_cannot_be_edited() {
    let mut desk = argon_desk();
    let number = desk.frame().number;
    desk.get::<Simulation>()
        .send(Command::ShowFrame(number))
        .unwrap();
    desk.wait_until("the past", |desk| {
        desk.frame().activity == Activity::Playback
    });
    desk.get_mut::<Selection>().set([0]);
    desk.ask_and_wait(Action::Delete);
    assert!(desk.last_said().contains("past"), "{}", desk.last_said());
    assert_eq!(structure(&desk), argon());
}

#[test]
fn too_many_waiting_edits_are_rejected_with_a_notice() {
    let mut desk = argon_desk();
    for _ in 0..200 {
        desk.app.world_mut().write_message(Action::SelectAll);
    }
    desk.settle();
    assert!(
        desk.last_said().contains("still waiting"),
        "{}",
        desk.last_said()
    );
    assert_eq!(desk.selected().len(), 4);
}
