//! Packing in a simulation: watched, stirred by a hand, stopped, undone, and followed by dynamics.

use glam::DVec3;
use mlipview_core::chem::{Structure, library};
use mlipview_core::packing::{Mixture, Packer, PackingSettings, Region};
use mlipview_core::potential::Nano;
use mlipview_core::sim::task::DynamicsSettings;
use mlipview_core::sim::{Activity, Command, Engine, Event, Grip, Hand};

fn named(name: &str) -> Structure {
    library::find(name).unwrap().structure().unwrap()
}

fn packer(count: usize, density: f64, max_steps: u64) -> Box<Packer> {
    let molecules = vec![(named("water"), Some(count))];
    let mixture = Mixture::new(molecules, Structure::empty(), Region::Cube, Some(density)).unwrap();
    let settings = PackingSettings {
        max_steps,
        ..PackingSettings::default()
    };
    Box::new(Packer::new(&mixture, settings).unwrap())
}

/// A simulation of a water molecule.
fn engine() -> Engine {
    Engine::new(named("water"), Some(Box::new(Nano::new())), 1)
}

fn run_until_idle(engine: &mut Engine) -> Vec<Event> {
    for _ in 0..5000 {
        if engine.step().is_none() {
            return engine.take_events();
        }
    }
    panic!("still busy: {:?}", engine.frame().activity);
}

#[test]
fn molecules_are_packed_frame_by_frame_and_then_run() {
    let mut engine = engine();
    engine.apply(1, Command::Pack(packer(40, 1.0, 5000)));
    let first = engine.step().unwrap();
    assert!(matches!(first.activity, Activity::Packing(_)));
    assert_eq!((first.positions.len(), first.ticket), (120, 1));
    assert!(
        first.evaluation.is_none(),
        "not evaluated while molecules overlap"
    );
    assert!(engine.step_interval().is_some());
    let events = run_until_idle(&mut engine);
    assert!(
        events
            .iter()
            .any(|event| matches!(event, Event::Packed { smallest, .. } if *smallest >= 2.0))
    );
    let packed = engine.frame();
    assert_eq!(packed.activity, Activity::Idle);
    assert!(packed.evaluation.is_some());
    engine.apply(2, Command::Steps(DynamicsSettings::default().task(), 20));
    run_until_idle(&mut engine);
    assert_eq!(engine.frame().step, 20);
    assert!(engine.frame().temperature < 2000.0);
}

#[test]
fn undo_restores_the_structure_before_and_redo_the_box() {
    let mut engine = engine();
    engine.apply(1, Command::Pack(packer(20, 0.9, 5000)));
    run_until_idle(&mut engine);
    let packed = engine.frame();
    engine.apply(2, Command::Undo);
    run_until_idle(&mut engine);
    assert_eq!(engine.frame().positions, named("water").positions());
    assert_eq!(engine.frame().cell, None);
    engine.apply(3, Command::Redo);
    run_until_idle(&mut engine);
    assert_eq!(engine.frame().positions, packed.positions);
    assert_eq!(engine.frame().cell, packed.cell);
}

#[test]
fn undo_during_a_packing_ends_it() {
    let mut engine = engine();
    engine.apply(1, Command::Pack(packer(40, 1.0, 5000)));
    engine.step();
    engine.apply(2, Command::Undo);
    run_until_idle(&mut engine);
    assert_eq!(engine.frame().positions.len(), 3);
    assert_eq!(engine.frame().activity, Activity::Idle);
}

#[test]
fn a_stop_ends_a_packing_where_it_is() {
    let mut engine = engine();
    engine.apply(1, Command::Pack(packer(64, 1.1, 5000)));
    (0..5).for_each(|_| drop(engine.step()));
    engine.apply(2, Command::Stop);
    let events = run_until_idle(&mut engine);
    assert!(events.contains(&Event::Stopped { steps: 5 }), "{events:?}");
    assert_eq!(engine.frame().positions.len(), 192);
}

#[test]
fn a_hand_moves_a_molecule_and_packing_waits_until_it_opens() {
    let mut engine = engine();
    engine.apply(1, Command::Pack(packer(20, 0.5, 5000)));
    let start = engine.step().unwrap().positions[30];
    let hand = Hand(1);
    let grab = |grip| Command::Grab {
        hand,
        atoms: vec![30],
        grip,
    };
    engine.apply(2, grab(Grip::Hold));
    let target = start + DVec3::new(4.0, 0.0, 0.0);
    engine.apply(3, Command::Move { hand, to: target });
    (0..600).for_each(|_| drop(engine.step()));
    let held = engine.frame();
    assert!(
        matches!(held.activity, Activity::Packing(_)),
        "the hand holds on"
    );
    assert!(held.positions[30].distance(target) < 0.5);
    let bond = |positions: &[DVec3]| positions[30].distance(positions[31]);
    assert!(
        (bond(&held.positions) - bond(named("water").positions().repeat(11).as_slice())).abs()
            < 1e-9
    );
    engine.apply(4, Command::Release(hand));
    let events = run_until_idle(&mut engine);
    assert!(
        events
            .iter()
            .any(|event| matches!(event, Event::Packed { .. })),
        "{events:?}"
    );
}

#[test]
fn a_density_that_cannot_be_reached_is_said_with_how_far_it_came() {
    let mut engine = engine();
    engine.apply(1, Command::Pack(packer(64, 2.5, 400)));
    let events = run_until_idle(&mut engine);
    let reason = events.iter().find_map(|event| match event {
        Event::Interrupted { reason } => Some(reason.as_str()),
        _ => None,
    });
    let reason = reason.expect("a reason");
    assert!(
        reason.contains("do not fit") && reason.contains("smallest distance"),
        "{reason}"
    );
}
