//! The engine: commands in, one step, a frame out.

use glam::DVec3;
use mlipview_core::chem::units::BOLTZMANN;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::{Emt, LennardJones};
use mlipview_core::sim::constraint::{Grip, Hand};
use mlipview_core::sim::propagate::{Dynamics, Ensemble, Relaxation, RigidMotion};
use mlipview_core::sim::{Activity, Command, Edit, Engine, Event, Frame, Task};
use proptest::prelude::*;

use crate::fixtures::{argon, frames, langevin, nve};

const HAND: Hand = Hand(1);

fn engine_of(structure: Structure) -> Engine {
    Engine::new(structure, Some(Box::new(LennardJones::noble_gases())), 7)
}

fn refusals(engine: &mut Engine) -> Vec<String> {
    let reasons = engine
        .take_events()
        .into_iter()
        .filter_map(|event| match event {
            Event::Refused { reason, .. } => Some(reason),
            _ => None,
        });
    reasons.collect()
}

#[test]
fn atoms_at_rest_start_at_the_temperature_of_their_ensemble() {
    let constant_energy = Ensemble::Nve {
        initial_temperature: 80.0,
    };
    let thermostat = Ensemble::Langevin {
        temperature: 80.0,
        friction: 1.0,
    };
    for ensemble in [constant_energy, thermostat] {
        let start = |velocities: Option<DVec3>| {
            let mut engine = engine_of(argon());
            let moving = velocities.map(|velocity| (0, velocity)).into_iter();
            engine.apply(1, Command::Edit(Edit::SetVelocities(moving.collect())));
            let task = Task::Dynamics(Dynamics {
                timestep: 1.0,
                ensemble,
                rigid_motion: RigidMotion::Free,
            });
            engine.apply(2, Command::Run(task));
            engine.step().unwrap()
        };
        for at_rest in [start(None), start(Some(DVec3::ZERO))] {
            assert!((at_rest.temperature - 80.0).abs() < 1e-9, "{at_rest:?}");
        }
        let moving = start(Some(0.001 * DVec3::X));
        assert_eq!(moving.velocities[0], 0.001 * DVec3::X);
    }
}

#[test]
fn the_same_seed_and_commands_give_the_same_frames() {
    let run = |seed| {
        let mut engine = Engine::new(argon(), Some(Box::new(LennardJones::noble_gases())), seed);
        engine.apply(1, Command::Run(langevin(5.0, 40.0)));
        frames(&mut engine, 50);
        let grip = Grip::Hold;
        engine.apply(
            2,
            Command::Grab {
                hand: HAND,
                atoms: vec![3],
                grip,
            },
        );
        engine.apply(
            3,
            Command::Move {
                hand: HAND,
                to: DVec3::new(4.5, 4.0, 0.0),
            },
        );
        frames(&mut engine, 50);
        engine.apply(4, Command::Release(HAND));
        frames(&mut engine, 51).pop().unwrap()
    };
    let (one, other, third) = (run(1), run(1), run(2));
    assert_eq!(one.positions, other.positions);
    assert_eq!(one.velocities, other.velocities);
    assert_ne!(one.positions, third.positions);
}

#[test]
fn a_frame_is_complete() {
    let mut engine = engine_of(argon());
    engine.apply(9, Command::Run(langevin(5.0, 40.0)));
    let frame = frames(&mut engine, 20).pop().unwrap();
    assert_eq!(frame.structure().elements(), argon().elements());
    assert_eq!(frame.structure().positions(), frame.positions);
    assert_eq!(frame.potential.as_deref(), Some("Lennard-Jones"));
    assert_eq!(frame.ticket, 9);
    assert_eq!(frame.activity, Activity::Running(langevin(5.0, 40.0)));
    assert!(frame.temperature > 0.0 && frame.kinetic_energy > 0.0);
    assert_eq!(frame.step, 19, "the first frame shows the start");
    assert!((frame.time - 19.0 * 5.0).abs() < 1e-9);
}

#[test]
fn a_refused_command_is_acknowledged_by_the_ticket_of_a_frame() {
    let mut engine = engine_of(argon());
    while engine.step().is_some() {}
    let before = engine.frame();
    engine.apply(7, Command::Edit(Edit::Remove(vec![99])));
    let answer = engine.step().unwrap();
    assert_eq!((answer.ticket, answer.revision), (7, before.revision));
    assert_eq!(answer.positions, before.positions);
    assert!(engine.step().is_none());
    assert_eq!(refusals(&mut engine).len(), 1);
}

#[test]
fn without_a_run_each_move_of_a_hand_updates_the_forces() {
    let mut engine = engine_of(argon());
    let before = engine.frame();
    engine.apply(
        1,
        Command::Grab {
            hand: HAND,
            atoms: vec![0, 1],
            grip: Grip::Hold,
        },
    );
    let to = DVec3::new(-1.0, -1.0, 0.0);
    engine.apply(2, Command::Move { hand: HAND, to });
    let frame = engine.step().unwrap();
    assert_eq!(frame.positions[0], to);
    assert_eq!(
        frame.positions[1],
        to + argon().positions()[1],
        "the second keeps its place"
    );
    assert_ne!(frame.evaluation, before.evaluation);
    assert_eq!((frame.step, frame.ticket), (0, 2));
    assert!(engine.step().is_none(), "the engine is idle");
}

#[test]
fn a_held_atom_stays_at_its_target_while_the_others_move() {
    let mut engine = engine_of(argon());
    engine.apply(1, Command::Run(langevin(5.0, 60.0)));
    engine.apply(
        2,
        Command::Grab {
            hand: HAND,
            atoms: vec![2],
            grip: Grip::Hold,
        },
    );
    let mut before = engine.step().unwrap();
    for step in 0..40 {
        let to = DVec3::new(0.0, 3.9 + 0.02 * f64::from(step), 0.0);
        engine.apply(3, Command::Move { hand: HAND, to });
        let frame = engine.step().unwrap();
        assert_eq!(frame.positions[2], to);
        assert_eq!(frame.velocities[2], DVec3::ZERO);
        assert_ne!(frame.positions[5], before.positions[5]);
        before = frame;
    }
    engine.apply(4, Command::Release(HAND));
    let free = frames(&mut engine, 3);
    assert!(free[2].grips.grasps().is_empty());
    assert_ne!(free[2].positions[2], before.positions[2]);
}

#[test]
fn a_run_stops_after_its_number_of_steps_with_an_event() {
    let mut engine = engine_of(argon());
    engine.apply(1, Command::Steps(nve(2.0), 12));
    let mut last = engine.frame();
    while let Some(frame) = engine.step() {
        last = frame;
    }
    assert_eq!(last.step, 12);
    assert_eq!(last.activity, Activity::Idle);
    let events = engine.take_events();
    assert_eq!(
        events,
        [
            Event::Started { task: "dynamics" },
            Event::Stopped { steps: 12 }
        ]
    );
}

#[test]
fn a_run_with_too_large_displacements_stops_at_the_last_valid_state() {
    let mut engine = engine_of(argon());
    engine.apply(1, Command::Run(langevin(5.0, 50.0)));
    let good = frames(&mut engine, 30).pop().unwrap();
    engine.apply(2, Command::Run(nve(1e5)));
    frames(&mut engine, 2);
    let after = engine.frame();
    assert_eq!(after.positions, good.positions);
    assert_eq!(after.velocities, good.velocities);
    assert_eq!(after.activity, Activity::Idle);
    let events = engine.take_events();
    let Some(Event::Interrupted { reason }) = events.last() else {
        panic!("{events:?}")
    };
    assert!(reason.contains("shorter timestep"), "{reason}");
}

#[test]
fn overlapping_atoms_have_no_forces_and_the_edit_can_be_undone() {
    let mut engine = engine_of(argon());
    let positions = vec![(0, argon().positions()[1])];
    engine.apply(1, Command::Edit(Edit::SetPositions(positions)));
    let frame = engine.step().unwrap();
    assert_eq!(frame.evaluation, None);
    engine.apply(2, Command::Run(nve(1.0)));
    assert_eq!(refusals(&mut engine).len(), 1);
    engine.apply(3, Command::Edit(Edit::SetPositions(vec![(0, DVec3::ZERO)])));
    let mended = frames(&mut engine, 1).pop().unwrap();
    assert!(mended.evaluation.is_some());
}

#[test]
fn a_structure_without_a_potential_can_be_edited_but_not_run() {
    let iron =
        Structure::new(vec![Element::from_symbol("Fe").unwrap()], vec![DVec3::ZERO]).unwrap();
    let mut engine = engine_of(iron);
    let events = engine.take_events();
    let [Event::Unevaluated { reason }] = &events[..] else {
        panic!("{events:?}")
    };
    assert!(reason.contains("Fe"), "{reason}");
    assert_eq!(engine.frame().evaluation, None);
    engine.apply(1, Command::Run(nve(1.0)));
    assert_eq!(refusals(&mut engine).len(), 1);
    engine.apply(2, Command::Edit(Edit::SetElement(0, Element::CU)));
    engine.apply(3, Command::SetPotential(Box::new(Emt::default())));
    let frame = engine.step().unwrap();
    assert_eq!(frame.potential.as_deref(), Some("EMT"));
    assert!(frame.evaluation.is_some());
}

#[test]
fn another_structure_is_never_evaluated_by_the_old_potential() {
    let copper = Structure::new(vec![Element::CU; 2], vec![DVec3::ZERO, 2.5 * DVec3::X]).unwrap();
    let open = |structure: Structure, potential: Command| {
        let velocities = vec![DVec3::ZERO; structure.len()];
        let replace = Edit::Replace(Box::new(structure), velocities);
        Command::Batch(vec![Command::Stop, Command::Edit(replace), potential])
    };
    let mut engine = engine_of(argon());
    engine.apply(1, Command::Run(langevin(2.0, 40.0)));
    frames(&mut engine, 3);
    engine.apply(2, open(copper, Command::SetPotential(Box::new(Emt::new()))));
    let frame = engine.step().unwrap();
    assert_eq!(frame.potential.as_deref(), Some("EMT"));
    assert_eq!(frame.positions.len(), 2);
    assert!(frame.evaluation.is_some() && !engine.is_running());

    engine.apply(3, open(argon(), Command::RemovePotential));
    let frame = engine.step().unwrap();
    assert_eq!(frame.potential, None);
    assert!(frame.evaluation.is_none() && frame.positions.len() == 8);
    engine.apply(4, Command::Run(nve(1.0)));
    assert!(refusals(&mut engine)[0].contains("choose a potential"));
}

#[test]
fn restarting_the_clock_counts_from_zero_and_undo_restores_it() {
    let mut engine = engine_of(argon());
    engine.apply(1, Command::Run(langevin(5.0, 40.0)));
    let before = frames(&mut engine, 10).pop().unwrap();
    assert!(before.time > 0.0 && before.step > 0);
    let atoms = argon();
    let velocities = vec![DVec3::ZERO; atoms.len()];
    let open = vec![
        Command::Stop,
        Command::Edit(Edit::Replace(Box::new(atoms), velocities)),
        Command::RestartClock,
    ];
    engine.apply(2, Command::Batch(open));
    let frame = engine.step().unwrap();
    assert_eq!((frame.time, frame.step), (0.0, 0));
    engine.apply(3, Command::Undo);
    let frame = engine.step().unwrap();
    assert_eq!((frame.time, frame.step), (before.time, before.step));
}

#[test]
fn structures_of_no_atoms_and_of_one_atom_are_supported() {
    for atoms in 0..2 {
        let structure = argon().select(&(0..atoms).collect::<Vec<_>>()).unwrap();
        let mut engine = engine_of(structure);
        engine.apply(1, Command::Run(langevin(5.0, 300.0)));
        let frame = frames(&mut engine, 10).pop().unwrap();
        assert_eq!(frame.positions.len(), atoms);
        assert!(frame.temperature.is_finite());
        assert_eq!(frame.evaluation.as_ref().unwrap().energy, 0.0);
        engine.apply(2, Command::Run(nve(5.0)));
        assert!(frames(&mut engine, 3)[2].temperature.is_finite());
        assert!(refusals(&mut engine).is_empty());
    }
}

#[test]
fn atoms_can_be_added_and_removed_during_a_run() {
    let mut engine = engine_of(argon());
    engine.apply(1, Command::Run(langevin(5.0, 40.0)));
    frames(&mut engine, 5);
    let grip = Grip::Hold;
    engine.apply(
        2,
        Command::Grab {
            hand: HAND,
            atoms: vec![7],
            grip,
        },
    );
    let position = engine.frame().positions[7];
    let neon = Structure::new(vec![Element::NE], vec![DVec3::new(9.0, 9.0, 9.0)]).unwrap();
    engine.apply(3, Command::Edit(Edit::Append(Box::new(neon))));
    let grown = frames(&mut engine, 4).pop().unwrap();
    assert_eq!((grown.positions.len(), grown.revision), (9, 1));
    assert_eq!(grown.identity.elements()[8], Element::NE);
    engine.apply(4, Command::Edit(Edit::Remove(vec![0, 3])));
    let shrunk = frames(&mut engine, 4).pop().unwrap();
    assert_eq!(
        (
            shrunk.positions.len(),
            shrunk.velocities.len(),
            shrunk.revision
        ),
        (7, 7, 2)
    );
    assert_eq!(
        shrunk.grips.held(),
        [5],
        "the hand keeps its atom under its new number"
    );
    assert_eq!(shrunk.positions[5], position);
    assert!(engine.is_running());
    engine.apply(5, Command::Edit(Edit::Remove(vec![99])));
    assert_eq!(refusals(&mut engine).len(), 1);
}

#[test]
fn the_temperature_has_the_same_degrees_of_freedom_during_and_after_a_run() {
    for (task, modes) in [(nve(2.0), 18.0), (langevin(2.0, 60.0), 24.0)] {
        let mut engine = engine_of(argon());
        engine.apply(1, Command::Thermalize(60.0));
        engine.apply(2, Command::Steps(task, 5));
        let expected = |frame: &Frame| 2.0 * frame.kinetic_energy / (modes * BOLTZMANN);
        while let Some(frame) = engine.step() {
            assert!(
                (frame.temperature - expected(&frame)).abs() < 1e-9,
                "step {}",
                frame.step
            );
        }
        assert!(!engine.is_running());
    }
}

#[test]
fn dynamics_start_at_the_requested_temperature() {
    let mut engine = engine_of(argon());
    engine.apply(1, Command::Run(langevin(2.0, 60.0)));
    assert!((engine.step().unwrap().temperature - 60.0).abs() < 1e-9);
}

#[test]
fn a_change_of_temperature_keeps_the_velocities() {
    let mut engine = engine_of(argon());
    engine.apply(1, Command::Run(langevin(5.0, 40.0)));
    let before = frames(&mut engine, 10).pop().unwrap();
    engine.apply(2, Command::Run(langevin(5.0, 400.0)));
    let after = engine.step().unwrap();
    assert_eq!(after.velocities, before.velocities);
    assert!(matches!(&after.activity, Activity::Running(task) if *task == langevin(5.0, 400.0)));
}

fn edits() -> impl Strategy<Value = Edit> {
    let vector = || prop::array::uniform3(-9.0..9.0f64).prop_map(DVec3::from);
    let position = prop::collection::vec((0usize..8, vector()), 0..6);
    prop_oneof![
        position.clone().prop_map(Edit::SetPositions),
        position.prop_map(Edit::SetVelocities),
        prop::collection::vec(0usize..8, 0..5).prop_map(Edit::Remove),
        (0usize..8, 1u8..=118).prop_map(|(atom, number)| {
            Edit::SetElement(atom, Element::from_number(number).unwrap())
        }),
        prop::collection::vec((0usize..8, any::<bool>()), 0..5).prop_map(Edit::SetFixed),
        (
            prop::collection::vec(prop::collection::vec(0usize..8, 0..4), 0..3),
            any::<bool>()
        )
            .prop_map(|(groups, rigid)| Edit::SetRigid { groups, rigid }),
        (-3..3, 1u32..4).prop_map(|(charge, multiplicity)| Edit::SetCharge {
            charge,
            multiplicity
        }),
        (0usize..4, prop::collection::vec(0usize..8, 0..5), -4.0..4.0).prop_map(
            |(atom, side, angle)| Edit::RotateAboutBond {
                bond: [atom, atom + 4],
                side,
                angle
            }
        ),
        Just(Edit::Append(Box::new(argon()))),
        Just(Edit::SetCell(Some(Box::new(
            Cell::orthorhombic(DVec3::splat(20.0)).unwrap()
        )))),
        Just(Edit::Replace(Box::new(Structure::empty()), Vec::new())),
    ]
}

#[test]
fn several_edits_are_applied_all_or_none() {
    let mut engine = engine_of(argon());
    let nowhere = Edit::SetPositions(vec![(99, DVec3::ZERO)]);
    let edits = vec![
        Edit::Remove(vec![0, 1]),
        Edit::SetElement(0, Element::NE),
        nowhere,
    ];
    engine.apply(1, Command::Edit(Edit::Batch(edits)));
    assert_eq!(refusals(&mut engine).len(), 1);
    assert_eq!(engine.frame().structure(), argon());
    engine.apply(2, Command::Run(nve(1.0)));
    assert_eq!(frames(&mut engine, 2)[1].positions.len(), 8);
}

proptest! {
    #[test]
    fn every_edit_has_an_inverse(
        edit in prop_oneof![edits(), prop::collection::vec(edits(), 1..3).prop_map(Edit::Batch)]
    ) {
        let mut potential = LennardJones::noble_gases();
        let mut state = mlipview_core::sim::State::new(argon(), &mut potential, 0).unwrap();
        state.thermalize(50.0);
        let before = (state.structure.clone(), state.velocities.clone());
        // A later edit may name an atom that an earlier one removed: all or none.
        if let Ok(inverse) = edit.apply(&mut state) {
            inverse.apply(&mut state).unwrap();
        }
        prop_assert_eq!(before, (state.structure, state.velocities));
    }
}

#[test]
fn a_relaxation_continues_with_added_atoms() {
    let mut engine = engine_of(argon());
    let relax = Task::Relaxation(Relaxation {
        fmax: 0.0,
        ..Relaxation::default()
    });
    engine.apply(1, Command::Run(relax));
    frames(&mut engine, 3);
    let more = Structure::new(vec![Element::AR], vec![DVec3::new(0.0, 0.0, 9.0)]).unwrap();
    engine.apply(2, Command::Edit(Edit::Append(Box::new(more))));
    let last = frames(&mut engine, 5).pop().unwrap();
    assert_eq!(last.positions.len(), 9);
    assert!(engine.is_running() && refusals(&mut engine).is_empty());
}
