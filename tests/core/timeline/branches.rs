//! Branches: continuing from an earlier frame, with the frames after it kept.

use std::sync::Arc;

use mlipview_core::chem::Structure;
use mlipview_core::potential::{Emt, LennardJones, Nano, Potential};
use mlipview_core::sim::propagate::Dynamics;
use mlipview_core::sim::task::{Barostat, DynamicsSettings, Thermostat};
use mlipview_core::sim::{Activity, Command, Engine, Frame, FrameAddress, Task};

use super::stored_frames::StoredFrames;
use crate::fixtures::{argon, built_in, frames, langevin};

fn address(frame: &Frame) -> FrameAddress {
    FrameAddress::Memory(frame.number)
}

fn argon_engine() -> Engine {
    Engine::new(argon(), Some(Box::new(LennardJones::noble_gases())), 7)
}

fn dynamics(settings: DynamicsSettings) -> Task {
    settings.task()
}

/// Positions and velocities, then energy, time and step, and the position in the random numbers.
type State = ([Vec<[u64; 3]>; 2], [u64; 3], Option<u128>);

/// Everything that dynamics depend on, bit for bit.
fn state(frame: &Frame) -> State {
    let bits = |vectors: &[glam::DVec3]| {
        let each = vectors
            .iter()
            .map(|vector| vector.to_array().map(f64::to_bits));
        each.collect::<Vec<_>>()
    };
    let energy = frame.evaluation.as_ref().unwrap().energy;
    (
        [bits(&frame.positions), bits(&frame.velocities)],
        [energy.to_bits(), frame.time.to_bits(), frame.step],
        frame.random_position,
    )
}

#[test]
fn a_branch_continues_bit_for_bit_as_the_run_did_from_there() {
    type Case = (&'static str, Structure, fn() -> Box<dyn Potential>, Task);
    let bussi = DynamicsSettings {
        thermostat: Thermostat::Bussi,
        temperature: 400.0,
        ..DynamicsSettings::default()
    };
    let rescaled = DynamicsSettings {
        barostat: Some(Barostat::isotropic(1.0, 1000.0)),
        timestep: 2.0,
        ..bussi
    };
    let nve = DynamicsSettings {
        thermostat: Thermostat::None,
        ..DynamicsSettings::default()
    };
    let noble = || Box::new(LennardJones::noble_gases()) as Box<dyn Potential>;
    let cases: Vec<Case> = vec![
        ("argon", argon(), noble, langevin(5.0, 60.0)),
        (
            "liquid argon",
            built_in("argon-liquid"),
            noble,
            langevin(10.0, 120.0),
        ),
        (
            "copper",
            built_in("copper"),
            || Box::new(Emt::new()),
            dynamics(rescaled),
        ),
        (
            "caffeine",
            built_in("caffeine"),
            || Box::new(Nano::new()),
            dynamics(bussi),
        ),
        (
            "water",
            built_in("water"),
            || Box::new(Nano::new()),
            dynamics(nve),
        ),
    ];
    for (name, structure, potential, task) in cases {
        let mut engine = Engine::new(structure, Some(potential()), 11);
        engine.apply(1, Command::Run(task.clone()));
        let run = frames(&mut engine, 60);
        engine.apply(2, Command::ContinueFrom(address(&run[20])));
        let branch = engine.step().unwrap();
        assert_eq!(state(&branch), state(&run[20]), "{name}");
        assert_eq!(branch.activity, Activity::Idle);
        engine.apply(3, Command::Run(task));
        let start = engine.step().unwrap();
        assert_eq!(state(&start), state(&run[20]), "{name}");
        let again = frames(&mut engine, 39);
        for (frame, before) in again.iter().zip(&run[21..]) {
            assert_eq!(state(frame), state(before), "{name}, step {}", before.step);
        }
    }
}

#[test]
fn the_frames_after_a_branch_stay_on_their_line() {
    let mut engine = argon_engine();
    engine.apply(1, Command::Run(langevin(5.0, 40.0)));
    let run = frames(&mut engine, 30);
    let before = engine.timeline().len();
    engine.apply(2, Command::ContinueFrom(address(&run[10])));
    engine.apply(3, Command::Run(langevin(5.0, 80.0)));
    let branch = frames(&mut engine, 5);
    let timeline = engine.timeline().clone();
    let position = timeline.position(address(&run[10])).unwrap();
    assert_eq!(timeline.len(), position + 1 + 5);
    assert_eq!(timeline.position(address(&run[20])), None);
    let lines = timeline.lines();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1].after, Some(address(&run[10])));
    assert_eq!((lines[1].frames, lines[1].is_live), (5, true));

    // The other line can be looked at,
    engine.apply(4, Command::ShowFrame(address(&run[25])));
    let shown = engine.step().unwrap();
    assert_eq!(shown.positions, run[25].positions);
    assert_eq!(timeline.len(), before);
    // and one returns from it to the simulation,
    engine.apply(5, Command::EndPlayback);
    let live = engine.step().unwrap();
    assert_eq!(live.positions, branch[4].positions);
    assert!(timeline.position(address(&branch[4])).is_some());
    // or continues from there.
    engine.apply(6, Command::ContinueFrom(address(&run[29])));
    let continued = engine.step().unwrap();
    assert_eq!(continued.positions, run[29].positions);
    assert_eq!(timeline.position(address(&continued)), Some(before));
}

#[test]
fn a_branch_from_a_file_keeps_the_frames_before_it() {
    let mut recorded = argon_engine();
    recorded.apply(1, Command::Run(langevin(5.0, 40.0)));
    let stored = frames(&mut recorded, 20);
    let mut engine = argon_engine();
    let source = StoredFrames {
        frames: stored.clone(),
        damaged: None,
    };
    engine.apply(1, Command::RestartTimeline(Some(Arc::new(source))));
    engine.step();
    assert_eq!(engine.timeline().len(), 21, "the file, then the simulation");
    engine.apply(2, Command::ContinueFrom(FrameAddress::File(7)));
    engine.apply(3, Command::Run(langevin(5.0, 40.0)));
    let branch = frames(&mut engine, 3);
    assert_eq!(branch[0].positions, stored[7].positions);
    assert_eq!(engine.timeline().len(), 8 + 3);
    assert_eq!(engine.timeline().address(7), Some(FrameAddress::File(7)));
    assert_eq!(engine.timeline().address(8), Some(address(&branch[0])));
    engine.apply(4, Command::ShowFrame(FrameAddress::File(15)));
    assert_eq!(engine.step().unwrap().positions, stored[15].positions);
    assert_eq!(engine.timeline().len(), 21, "the line of the whole file");
}

#[test]
fn a_dynamics_parameter_of_the_branch_is_its_own() {
    let mut engine = argon_engine();
    let task = |timestep| {
        Task::Dynamics(Dynamics {
            timestep,
            ..crate::dynamics::nve(1.0)
        })
    };
    engine.apply(1, Command::Run(task(4.0)));
    let run = frames(&mut engine, 10);
    engine.apply(2, Command::ContinueFrom(address(&run[3])));
    engine.apply(3, Command::Run(task(1.0)));
    let branch = frames(&mut engine, 2);
    assert_eq!(branch[1].time - branch[0].time, 1.0);
    assert_ne!(branch[1].positions, run[4].positions);
}
