//! Commands and edits of rigid groups.

use glam::DVec3;
use mlipview_core::chem::{Bonds, Cell, Structure, library};
use mlipview_core::potential::Nano;
use mlipview_core::sim::constraint::{Grip, Hand};
use mlipview_core::sim::{Command, Edit, Engine, Event, State};

use crate::dynamics::rigid_bodies::{distances, distortion, rigid};
use crate::fixtures::{built_in, frames, langevin};

const HAND: Hand = Hand(1);

fn engine(structure: Structure) -> Engine {
    Engine::new(structure, Some(Box::new(Nano::new())), 0)
}

fn apply(engine: &mut Engine, command: Command) -> Vec<Event> {
    engine.take_events();
    engine.apply(1, command);
    engine.step();
    engine.take_events()
}

fn set_rigid(groups: &[&[usize]], rigid: bool) -> Command {
    let groups = groups.iter().map(|group| group.to_vec()).collect();
    Command::Edit(Edit::SetRigid { groups, rigid })
}

fn groups(engine: &Engine) -> Vec<Vec<usize>> {
    engine.frame().identity.rigid_groups().to_vec()
}

#[test]
fn groups_become_rigid_replace_others_and_dissolve_and_all_of_it_is_undone() {
    let mut engine = engine(built_in("water-dimer"));
    apply(&mut engine, set_rigid(&[&[2, 1, 0], &[3, 4, 5]], true));
    assert_eq!(groups(&engine), [[0, 1, 2], [3, 4, 5]]);
    // A group that shares atoms with another takes its place.
    apply(&mut engine, set_rigid(&[&[0, 1]], true));
    assert_eq!(groups(&engine), [vec![0, 1], vec![3, 4, 5]]);
    // One atom is enough to dissolve its group.
    apply(&mut engine, set_rigid(&[&[4]], false));
    assert_eq!(groups(&engine), [[0, 1]]);
    apply(&mut engine, Command::Undo);
    assert_eq!(groups(&engine), [vec![0, 1], vec![3, 4, 5]]);
    apply(&mut engine, Command::Undo);
    apply(&mut engine, Command::Undo);
    assert!(groups(&engine).is_empty());
    apply(&mut engine, Command::Redo);
    assert_eq!(groups(&engine).len(), 2);
}

#[test]
fn the_inverse_of_a_change_of_rigid_groups_restores_them() {
    let mut state = State::unevaluated(built_in("water-dimer"), 0);
    state
        .structure
        .set_rigid_groups(vec![vec![0, 1, 2]])
        .unwrap();
    let before = state.structure.clone();
    for edit in [
        Edit::SetRigid {
            groups: vec![vec![2, 3], vec![4, 5]],
            rigid: true,
        },
        Edit::SetRigid {
            groups: vec![vec![0, 5]],
            rigid: false,
        },
    ] {
        let inverse = edit.apply(&mut state).unwrap();
        assert_ne!(state.structure, before);
        inverse.apply(&mut state).unwrap();
        assert_eq!(state.structure, before);
    }
}

#[test]
fn invalid_groups_are_refused_and_nothing_changes() {
    let mut engine = engine(built_in("water-dimer"));
    apply(&mut engine, set_rigid(&[&[0, 1, 2]], true));
    for (invalid, words) in [
        (vec![vec![0, 6]], "there is no atom 6"),
        (
            vec![vec![0, 1], vec![1, 3]],
            "invalid atom 1 of a rigid group",
        ),
        (vec![vec![3, 3]], "invalid atom 3 of a rigid group"),
    ] {
        let events = apply(
            &mut engine,
            Command::Edit(Edit::SetRigid {
                groups: invalid,
                rigid: true,
            }),
        );
        let refused = |event: &Event| match event {
            Event::Refused { reason, .. } => reason.contains(words),
            _ => false,
        };
        assert!(events.iter().any(refused), "{events:?}");
        assert_eq!(groups(&engine), [[0, 1, 2]]);
    }
}

#[test]
fn removed_atoms_leave_their_group_and_added_molecules_bring_theirs() {
    let mut engine = engine(built_in("water-dimer"));
    apply(&mut engine, set_rigid(&[&[0, 1, 2], &[3, 4, 5]], true));
    apply(&mut engine, Command::Edit(Edit::Remove(vec![1])));
    assert_eq!(groups(&engine), [vec![0, 1], vec![2, 3, 4]]);
    apply(&mut engine, Command::Edit(Edit::Remove(vec![0])));
    assert_eq!(groups(&engine), [[1, 2, 3]], "an atom alone is no group");
    let mut water = rigid(built_in("water"));
    water.positions_mut().iter_mut().for_each(|it| it.z += 9.0);
    apply(&mut engine, Command::Edit(Edit::Append(Box::new(water))));
    assert_eq!(groups(&engine), [[1, 2, 3], [4, 5, 6]]);
}

#[test]
fn fixing_or_holding_an_atom_fixes_or_holds_its_body() {
    let mut engine = engine(rigid(built_in("water-dimer")));
    apply(&mut engine, Command::Edit(Edit::SetFixed(vec![(1, true)])));
    let fixed = [true, true, true, false, false, false];
    assert_eq!(engine.frame().identity.fixed(), fixed);
    apply(&mut engine, Command::Undo);
    assert!(!engine.frame().identity.fixed().contains(&true));
    apply(&mut engine, Command::Redo);
    apply(&mut engine, Command::Edit(Edit::SetFixed(vec![(2, false)])));
    assert!(!engine.frame().identity.fixed().contains(&true));
    let grab = |grip| Command::Grab {
        hand: HAND,
        atoms: vec![4],
        grip,
    };
    apply(&mut engine, grab(Grip::Hold));
    assert_eq!(engine.frame().grips.held(), [3, 4, 5]);
    let start = engine.frame().positions.clone();
    let shift = DVec3::new(0.2, 0.5, -0.1);
    let to = start[4] + shift;
    apply(&mut engine, Command::Move { hand: HAND, to });
    for (atom, before) in start.iter().enumerate() {
        let expected = if atom < 3 { *before } else { *before + shift };
        assert!((engine.frame().positions[atom] - expected).length() < 1e-12);
    }
    apply(&mut engine, Command::Release(HAND));
    // A hand that holds an atom already takes the rest of it when it becomes a body.
    let mut engine = self::engine(built_in("water-dimer"));
    apply(&mut engine, grab(Grip::Hold));
    assert_eq!(engine.frame().grips.held(), [4]);
    apply(&mut engine, set_rigid(&[&[3, 4, 5]], true));
    assert_eq!(engine.frame().grips.held(), [3, 4, 5]);
}

/// A water molecule that the faces of a cell cut, and the distances of its atoms when it is whole.
fn cut_water() -> (Structure, Vec<f64>) {
    let side = 12.0;
    let cell = Cell::orthorhombic(DVec3::splat(side)).unwrap();
    let mut water = built_in("water");
    let geometry = distances(&rigid(water.clone()));
    let at = DVec3::splat(side) - water.positions()[0];
    for position in water.positions_mut() {
        *position = cell.wrap(*position + at - DVec3::splat(1e-3));
    }
    (water.with_cell(cell), geometry)
}

#[test]
fn a_hand_keeps_the_atom_it_holds_when_a_cut_molecule_becomes_rigid() {
    let (cut, geometry) = cut_water();
    for held in [vec![0], vec![1], vec![2, 0], vec![0, 1, 2]] {
        let mut engine = engine(cut.clone());
        let first = held[0];
        let atoms = held.clone();
        let grip = Grip::Hold;
        apply(
            &mut engine,
            Command::Grab {
                hand: HAND,
                atoms,
                grip,
            },
        );
        apply(&mut engine, set_rigid(&[&[0, 1, 2]], true));
        let frame = engine.frame();
        assert_eq!(frame.positions[first], cut.positions()[first]);
        assert!(distortion(&distances(&frame.structure()), &geometry) < 1e-9);
        // The body follows the hand in one piece.
        let to = frame.positions[first] + DVec3::new(0.5, -2.0, 1.0);
        apply(&mut engine, Command::Move { hand: HAND, to });
        let rotation = glam::DQuat::from_rotation_z(1.0);
        apply(
            &mut engine,
            Command::Orient {
                hand: HAND,
                rotation,
            },
        );
        let frame = engine.frame();
        assert!((frame.positions[first] - to).length() < 1e-12);
        assert!(distortion(&distances(&frame.structure()), &geometry) < 1e-9);
    }
}

#[test]
fn a_molecule_that_the_cell_cuts_becomes_whole_when_it_becomes_rigid() {
    let (cut, geometry) = cut_water();
    let bonds = Bonds::of(&cut).unwrap();
    let molecules = bonds.molecules_with(&[false, true, false]).unwrap();
    assert_eq!(molecules, [[0, 1, 2]]);
    let mut engine = engine(cut.clone());
    let mut with_groups = cut.clone();
    with_groups.set_rigid_groups(molecules.clone()).unwrap();
    assert!(
        distortion(&distances(&with_groups), &geometry) > 5.0,
        "it is cut"
    );
    let groups = molecules;
    apply(
        &mut engine,
        Command::Edit(Edit::SetRigid {
            groups,
            rigid: true,
        }),
    );
    let frame = engine.frame();
    assert!(distortion(&distances(&frame.structure()), &geometry) < 1e-9);
    apply(&mut engine, Command::Undo);
    assert_eq!(engine.frame().structure(), cut);
    // A wrapped rigid molecule in a new simulation becomes whole too.
    let engine = self::engine(with_groups);
    let structure = engine.frame().structure();
    assert!(distortion(&distances(&structure), &geometry) < 1e-9);
}

#[test]
fn a_net_that_repeats_through_the_cell_is_no_rigid_molecule() {
    for key in ["quartz", "graphene"] {
        let structure = library::find(key).unwrap().structure().unwrap();
        let bonds = Bonds::of(&structure).unwrap();
        let all = vec![true; structure.len()];
        let error = bonds.molecules_with(&all).unwrap_err().to_string();
        assert!(
            error.contains("repeats through the faces of the cell"),
            "{error}"
        );
        let none = bonds.molecules_with(&vec![false; structure.len()]);
        assert_eq!(none, Ok(Vec::new()));
    }
}

#[test]
fn rigid_molecules_stay_rigid_when_made_so_during_a_run_and_continue_from_a_frame_in_the_same_steps()
 {
    let mut engine = engine(built_in("water-dimer"));
    engine.apply(1, Command::Run(langevin(1.0, 200.0)));
    frames(&mut engine, 30);
    apply(&mut engine, set_rigid(&[&[0, 1, 2], &[3, 4, 5]], true));
    let geometry = distances(&engine.frame().structure());
    let first = frames(&mut engine, 40);
    let last = first.last().unwrap();
    assert!(distortion(&distances(&last.structure()), &geometry) < 1e-9);
    assert_ne!(last.positions, first[0].positions);
    assert!(engine.is_running());
    engine.apply(2, Command::Stop);
    engine.step();
    let number = first[10].number;
    let address = mlipview_core::sim::FrameAddress::Memory(number);
    engine.apply(3, Command::ContinueFrom(address));
    engine.step();
    engine.apply(4, Command::Run(langevin(1.0, 200.0)));
    let again = (0..60).filter_map(|_| engine.step());
    let later = again.into_iter().find(|frame| frame.step == last.step);
    assert_eq!(later.unwrap().positions, last.positions);
}
