//! Edit relaxation: edited atoms relax before dynamics continue.

use std::sync::Arc;

use glam::DVec3;
use mlipview_core::chem::build::{attach, duplicate, hydrogens};
use mlipview_core::chem::{Bonds, Cell, Element, Structure};
use mlipview_core::potential::{LennardJones, Nano};
use mlipview_core::sim::constraint::{Grip, Hand};
use mlipview_core::sim::{Command, Edit, Engine, Event, Frame, State};

use crate::fixtures::{argon, built_in, frames, langevin};

fn running_argon() -> Engine {
    let mut engine = Engine::new(argon(), Some(Box::new(LennardJones::noble_gases())), 7);
    engine.apply(1, Command::Run(langevin(5.0, 40.0)));
    frames(&mut engine, 20);
    engine
}

fn one(element: Element, position: DVec3) -> Edit {
    Edit::Append(Box::new(
        Structure::new(vec![element], vec![position]).unwrap(),
    ))
}

/// An edit that adds an argon atom 0.6 Å from the first one.
fn overlapping_the_first(engine: &Engine) -> Edit {
    let position = engine.frame().positions[0] + DVec3::new(0.4, 0.3, 0.331_662);
    one(Element::AR, position)
}

/// Asserts that there are no events except the start and the edits.
fn assert_undisturbed(engine: &mut Engine) {
    let events = engine.take_events();
    let harmless = |event: &Event| matches!(event, Event::Started { .. } | Event::Edited { .. });
    assert!(events.iter().all(harmless), "{events:?}");
    assert!(engine.is_running());
}

fn hottest(frames: &[Arc<Frame>]) -> f64 {
    frames
        .iter()
        .map(|frame| frame.temperature)
        .fold(0.0, f64::max)
}

#[test]
fn an_overlapping_atom_added_during_dynamics_does_not_heat_the_rest() {
    let mut engine = running_argon();
    let edit = overlapping_the_first(&engine);
    engine.apply(2, Command::Edit(edit));
    let run = frames(&mut engine, 400);
    assert_undisturbed(&mut engine);
    assert!(hottest(&run) < 120.0, "{} K", hottest(&run));
    let end = run.last().unwrap();
    assert_eq!(end.positions.len(), 9);
    let nearest = end.positions[..8]
        .iter()
        .map(|position| position.distance(end.positions[8]))
        .fold(f64::INFINITY, f64::min);
    assert!(nearest > 3.0, "{nearest} Å");
    assert!(end.time > 20.0 * 5.0 + 300.0 * 5.0, "dynamics went on");
}

#[test]
fn a_hydrogen_added_to_a_molecule_keeps_its_temperature() {
    // A molecule of its own for each, because the hydrogen may react with it.
    for near in [0, 2] {
        let mut engine = Engine::new(built_in("ethanol"), Some(Box::new(Nano::new())), 3);
        engine.apply(1, Command::Run(langevin(0.5, 300.0)));
        frames(&mut engine, 100);
        let position = engine.frame().positions[near] + DVec3::new(0.0, 0.36, 0.48);
        engine.apply(2, Command::Edit(one(Element::H, position)));
        let run = frames(&mut engine, 400);
        assert_undisturbed(&mut engine);
        println!("hydrogen on {near}: at most {:.0} K", hottest(&run));
        assert!(hottest(&run) < 1500.0, "{} K", hottest(&run));
    }
}

#[test]
fn edit_relaxation_stops_time_and_far_atoms_and_keeps_velocities() {
    let mut engine = running_argon();
    let mut far = argon().positions()[7];
    far += DVec3::splat(20.0);
    engine.apply(2, Command::Edit(one(Element::AR, far)));
    frames(&mut engine, 1);
    let edit = overlapping_the_first(&engine);
    engine.apply(3, Command::Edit(edit));
    let before = engine.step().unwrap();
    let mut steps = 0;
    loop {
        let frame = engine.step().unwrap();
        if frame.time > before.time {
            break;
        }
        steps += 1;
        assert_eq!(frame.step, before.step);
        assert_eq!(frame.positions[8], before.positions[8], "it is far away");
        assert_eq!(frame.velocities, before.velocities);
        assert_ne!(frame.positions[9], before.positions[9]);
        assert!(frame.identity.fixed().iter().all(|fixed| !fixed));
    }
    assert!((1..=60).contains(&steps), "{steps}");
}

#[test]
fn edit_relaxation_ends_after_its_maximum_number_of_steps() {
    let mut engine = running_argon();
    let hand = Hand(1);
    let grip = Grip::Constant { force: 9.0 };
    let atoms = vec![0];
    engine.apply(2, Command::Grab { hand, atoms, grip });
    let to = DVec3::splat(-1e6);
    engine.apply(3, Command::Move { hand, to });
    let edit = overlapping_the_first(&engine);
    engine.apply(4, Command::Edit(edit));
    let before = engine.frame().time;
    let waited = frames(&mut engine, 70);
    let waited = waited.iter().filter(|frame| frame.time == before).count();
    assert_eq!(waited, 61, "the edit itself, and 60 steps");
}

#[test]
fn fixed_and_held_atoms_do_not_relax() {
    let mut engine = running_argon();
    engine.apply(2, Command::Edit(Edit::SetFixed(vec![(0, true)])));
    let hand = Hand(1);
    let (atoms, grip) = (vec![1], Grip::Hold);
    engine.apply(3, Command::Grab { hand, atoms, grip });
    let before = engine.frame();
    let edit = overlapping_the_first(&engine);
    engine.apply(4, Command::Edit(edit));
    let after = frames(&mut engine, 80).pop().unwrap();
    assert_eq!(after.positions[..2], before.positions[..2]);
    assert_eq!(after.velocities[..2], [DVec3::ZERO; 2]);
    assert_undisturbed(&mut engine);
}

#[test]
fn edits_without_moved_atoms_do_not_relax() {
    let mut engine = running_argon();
    for edit in [
        Edit::SetVelocities(vec![(0, DVec3::X * 1e-3)]),
        Edit::SetFixed(vec![(3, true)]),
        Edit::Remove(vec![2]),
    ] {
        let before = engine.frame().time;
        engine.apply(2, Command::Edit(edit));
        let run = frames(&mut engine, 2);
        assert!(run[1].time > before);
    }
}

#[test]
fn edits_during_edit_relaxation_relax_together() {
    let mut engine = running_argon();
    let edit = overlapping_the_first(&engine);
    engine.apply(2, Command::Edit(edit));
    frames(&mut engine, 3);
    let second = engine.frame().positions[8] + 0.5 * DVec3::Y;
    engine.apply(3, Command::Edit(one(Element::AR, second)));
    engine.apply(4, Command::Edit(Edit::Remove(vec![0, 4])));
    let run = frames(&mut engine, 300);
    assert_undisturbed(&mut engine);
    assert_eq!(run[299].positions.len(), 8);
    assert!(hottest(&run) < 150.0, "{} K", hottest(&run));
}

#[test]
fn edit_relaxation_is_deterministic() {
    let run = || {
        let mut engine = running_argon();
        let edit = overlapping_the_first(&engine);
        engine.apply(2, Command::Edit(edit));
        frames(&mut engine, 150).pop().unwrap()
    };
    let (one, other) = (run(), run());
    assert_eq!(one.positions, other.positions);
    assert_eq!(one.velocities, other.velocities);
}

#[test]
fn moved_atoms_are_followed_through_several_edits() {
    let edit = Edit::Batch(vec![
        Edit::Append(Box::new(argon())),
        Edit::SetPositions(vec![(3, DVec3::ZERO), (1, DVec3::ZERO)]),
        Edit::Remove(vec![2, 0, 9]),
        Edit::SetElement(0, Element::NE),
    ]);
    // Of 4 atoms: 4..12 are new, 1 and 3 moved; without 0, 2 and 9 they are 0, 1 and 2..9.
    assert_eq!(edit.moved_atoms(4, vec![2]), (0..9).collect::<Vec<_>>());
    assert_eq!(Edit::SetCell(None).moved_atoms(3, vec![]), [0, 1, 2]);
    assert_eq!(Edit::Remove(vec![1]).moved_atoms(3, vec![2]), [1]);
    assert!(
        Edit::SetVelocities(vec![(0, DVec3::X)])
            .moved_atoms(3, vec![])
            .is_empty()
    );
}

#[test]
fn built_fragments_can_be_undone() {
    let cell = Cell::orthorhombic(DVec3::splat(15.0)).unwrap();
    for structure in [built_in("ethanol"), built_in("ethanol").with_cell(cell)] {
        let bare = structure.select(&[0, 1, 2]).unwrap();
        let bonds = Bonds::of(&bare).unwrap();
        let side = bonds.moving_side(0, None).unwrap();
        let added = attach(&bare, &bonds, 0, Element::F).unwrap();
        let append = |structure: Structure| Edit::Append(Box::new(structure));
        let edits = [
            append(hydrogens(&bare, &bonds, None).unwrap()),
            append(added.structure().unwrap()),
            append(duplicate(&bare, &[0, 2]).unwrap()),
            Edit::SetElement(1, Element::N),
            Edit::RotateAboutBond {
                bond: side.axis,
                side: side.atoms,
                angle: 1.0,
            },
        ];
        for edit in edits {
            let mut state = State::unevaluated(bare.clone(), 1);
            state.thermalize(300.0);
            let before = (state.structure.clone(), state.velocities.clone());
            let inverse = edit.apply(&mut state).unwrap();
            assert_ne!(before.0, state.structure);
            inverse.apply(&mut state).unwrap();
            assert_eq!(before, (state.structure, state.velocities));
        }
    }
}

#[test]
fn fragments_can_be_built_during_dynamics() {
    let bare = built_in("ethanol").select(&[0, 1, 2]).unwrap();
    let mut engine = Engine::new(bare, Some(Box::new(Nano::new())), 3);
    engine.apply(1, Command::Run(langevin(0.5, 300.0)));
    let structure = engine.step().unwrap().structure();
    let bonds = Bonds::of(&structure).unwrap();
    let added = hydrogens(&structure, &bonds, None).unwrap();
    engine.apply(2, Command::Edit(Edit::Append(Box::new(added))));
    let run = frames(&mut engine, 300);
    assert_undisturbed(&mut engine);
    let whole = run[299].structure();
    assert_eq!(whole.len(), 9);
    assert_eq!(Bonds::of(&whole).unwrap().molecules().len(), 1);
    println!("at most {:.0} K", hottest(&run));
    assert!(hottest(&run) < 2000.0);
}

#[test]
fn atoms_that_a_hand_put_on_top_of_one_another_relax_before_dynamics_start() {
    for offset in [0.02, 0.1, 0.3] {
        let mut engine = Engine::new(built_in("caffeine"), Some(Box::new(Nano::new())), 3);
        let hand = Hand(0);
        let to = engine.frame().positions[8] + DVec3::new(offset, 0.3 * offset, 0.1 * offset);
        let atoms = vec![2];
        engine.apply(
            1,
            Command::Grab {
                hand,
                atoms,
                grip: Grip::Hold,
            },
        );
        engine.apply(2, Command::Move { hand, to });
        engine.apply(3, Command::Release(hand));
        while engine.step().is_some() {}
        assert!(engine.frame().max_force().unwrap() > 1000.0);
        engine.apply(4, Command::Run(langevin(1.0, 300.0)));
        let run = frames(&mut engine, 300);
        assert_undisturbed(&mut engine);
        assert!(hottest(&run) < 4000.0, "{offset} Å: {} K", hottest(&run));
    }
}

#[test]
fn a_run_that_was_stopped_in_a_collision_continues_from_its_state() {
    let at = [DVec3::ZERO, 4.0 * DVec3::X];
    let pair = Structure::new(vec![Element::AR; 2], at.to_vec()).unwrap();
    let potential = Box::new(LennardJones::noble_gases());
    let mut engine = Engine::new(pair, Some(potential), 7);
    engine.apply(1, Command::Run(langevin(0.05, 40.0)));
    frames(&mut engine, 3);
    let inward = vec![(1, -DVec3::X)];
    engine.apply(2, Command::Edit(Edit::SetVelocities(inward)));
    while engine.frame().max_force().unwrap() < 60.0 {
        frames(&mut engine, 1);
    }
    engine.apply(3, Command::Stop);
    while engine.step().is_some() {}
    let step = engine.frame().step;
    engine.apply(4, Command::Run(langevin(0.05, 40.0)));
    frames(&mut engine, 3);
    assert_eq!(engine.frame().step, step + 2);
}

#[test]
fn dynamics_without_edit_relaxation_start_from_the_structure_as_it_is() {
    let mut argon = argon();
    let near = argon.positions()[0] + DVec3::new(2.0, 0.0, 0.0);
    argon.positions_mut()[1] = near;
    let potential = Box::new(LennardJones::noble_gases());
    let mut engine = Engine::new(argon, Some(potential), 7).without_edit_relaxation();
    assert!(engine.frame().max_force().unwrap() > 50.0);
    engine.apply(1, Command::Run(langevin(1.0, 40.0)));
    frames(&mut engine, 3);
    assert_eq!(engine.frame().step, 2);
}
