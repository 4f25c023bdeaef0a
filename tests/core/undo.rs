//! Undo and redo of edits, runs and hands.

use std::sync::Arc;

use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::potential::LennardJones;
use mlipview_core::sim::constraint::{Grip, Hand};
use mlipview_core::sim::undo::UndoHistory;
use mlipview_core::sim::{Activity, Command, Edit, Engine, Event, Frame, Task};
use proptest::prelude::*;

use crate::fixtures::langevin;

fn argon() -> Structure {
    let positions = (0..4).map(|i| DVec3::new(3.9 * f64::from(i), 0.1 * f64::from(i * i), 0.0));
    Structure::new(vec![Element::AR; 4], positions.collect()).unwrap()
}

fn engine() -> Engine {
    Engine::new(argon(), Some(Box::new(LennardJones::noble_gases())), 7)
}

fn dynamics() -> Task {
    langevin(5.0, 40.0)
}

fn settle(engine: &mut Engine) -> Arc<Frame> {
    while !engine.is_running() && engine.step().is_some() {}
    engine.frame()
}

/// The restored part of a frame: structure, velocities, time and step.
fn restored(frame: &Frame) -> (Structure, Vec<DVec3>, f64, u64) {
    let velocities = frame.velocities.clone();
    (frame.structure(), velocities, frame.time, frame.step)
}

fn refusal(engine: &mut Engine) -> Option<String> {
    let mut events = engine.take_events().into_iter();
    events.find_map(|event| match event {
        Event::Refused { reason, .. } => Some(reason),
        _ => None,
    })
}

#[test]
fn an_edit_is_undone_and_redone() {
    let mut engine = engine();
    let start = settle(&mut engine);
    engine.apply(1, Command::Edit(Edit::Remove(vec![1, 2])));
    let edited = settle(&mut engine);
    assert_eq!((edited.undo_count, edited.redo_count), (1, 0));
    engine.apply(2, Command::Undo);
    let back = settle(&mut engine);
    assert_eq!(restored(&back), restored(&start));
    assert_eq!(back.evaluation, start.evaluation);
    assert_eq!((back.undo_count, back.redo_count), (0, 1));
    engine.apply(3, Command::Redo);
    assert_eq!(restored(&settle(&mut engine)), restored(&edited));
    assert!(
        back.revision > edited.revision,
        "a restored structure has a new revision"
    );
}

#[test]
fn undoing_a_run_returns_to_its_start_and_stops_it() {
    let mut engine = engine();
    let start = settle(&mut engine);
    engine.apply(1, Command::Run(dynamics()));
    for _ in 0..30 {
        engine.step();
    }
    let end = engine.frame();
    engine.take_events();
    engine.apply(2, Command::Undo);
    let back = settle(&mut engine);
    assert_eq!(restored(&back), restored(&start));
    assert_eq!(back.activity, Activity::Idle);
    assert_eq!(engine.take_events(), [Event::Stopped { steps: 29 }]);
    engine.apply(3, Command::Redo);
    assert_eq!(restored(&settle(&mut engine)), restored(&end));
    assert!(!engine.is_running());
}

#[test]
fn undoing_an_edit_during_a_run_returns_to_the_state_before_it() {
    let mut engine = engine();
    let start = settle(&mut engine);
    engine.apply(1, Command::Run(dynamics()));
    for _ in 0..10 {
        engine.step();
    }
    let before = engine.frame();
    engine.apply(2, Command::Edit(Edit::Remove(vec![3])));
    for _ in 0..10 {
        engine.step();
    }
    engine.apply(3, Command::Undo);
    assert_eq!(restored(&settle(&mut engine)), restored(&before));
    engine.apply(4, Command::Undo);
    assert_eq!(restored(&settle(&mut engine)), restored(&start));
}

#[test]
fn moves_of_a_hand_without_a_run_are_undone_at_once() {
    let mut engine = engine();
    let start = settle(&mut engine);
    let hand = Hand(1);
    let (atoms, grip) = (vec![3], Grip::Hold);
    engine.apply(1, Command::Grab { hand, atoms, grip });
    assert_eq!(settle(&mut engine).undo_count, 0, "a grab is no change");
    for way in 1..5 {
        let to = argon().positions()[3] + f64::from(way) * 0.1 * DVec3::Y;
        engine.apply(2, Command::Move { hand, to });
        settle(&mut engine);
    }
    engine.apply(3, Command::Release(hand));
    let moved = settle(&mut engine);
    assert_eq!(moved.undo_count, 1);
    engine.apply(4, Command::Undo);
    assert_eq!(restored(&settle(&mut engine)), restored(&start));
    engine.apply(5, Command::Redo);
    assert_eq!(restored(&settle(&mut engine)), restored(&moved));
}

#[test]
fn edits_without_a_frame_in_between_are_undone_one_by_one() {
    let mut engine = engine();
    for atom in 0..3 {
        let positions = vec![(atom, DVec3::splat(-9.0 * (1.0 + atom as f64)))];
        engine.apply(1, Command::Edit(Edit::SetPositions(positions)));
    }
    for left in (0..3).rev() {
        engine.apply(2, Command::Undo);
        let frame = settle(&mut engine);
        assert_eq!(frame.undo_count, left);
        assert_eq!(frame.positions[left..], argon().positions()[left..]);
    }
}

#[test]
fn a_new_change_drops_undone_changes() {
    let mut engine = engine();
    engine.apply(1, Command::Edit(Edit::Remove(vec![0])));
    engine.apply(2, Command::Undo);
    engine.apply(3, Command::Edit(Edit::Remove(vec![1])));
    engine.apply(4, Command::Redo);
    let reason = refusal(&mut engine).unwrap();
    assert!(reason.contains("nothing to redo"), "{reason}");
    assert_eq!(settle(&mut engine).undo_count, 1);
}

#[test]
fn undo_without_changes_is_refused() {
    let mut engine = engine();
    let start = settle(&mut engine);
    engine.apply(1, Command::Undo);
    assert!(refusal(&mut engine).unwrap().contains("nothing to undo"));
    engine.apply(2, Command::Edit(Edit::Remove(vec![99])));
    assert!(refusal(&mut engine).is_some());
    assert_eq!(
        engine.frame().undo_count,
        0,
        "what was refused is no change"
    );
    assert_eq!(restored(&engine.frame()), restored(&start));
}

#[test]
fn returning_to_a_recorded_frame_can_be_undone() {
    let mut engine = engine();
    engine.apply(1, Command::Steps(dynamics(), 20));
    while engine.step().is_some() {}
    let end = engine.frame();
    let early = engine.timeline().address(5).unwrap();
    engine.apply(2, Command::ContinueFrom(early));
    settle(&mut engine);
    engine.apply(3, Command::Undo);
    assert_eq!(restored(&settle(&mut engine)), restored(&end));
}

#[test]
fn a_full_history_drops_the_oldest_state_and_keeps_the_newest() {
    let mut engine = engine();
    let frame = settle(&mut engine);
    let mut history = UndoHistory::new(10 * (frame.bytes() + frame.identity_bytes()));
    for _ in 0..25 {
        history.record(Arc::clone(&frame));
    }
    assert_eq!(history.undo_count(), 10);
    let mut small = UndoHistory::new(1);
    small.record(Arc::clone(&frame));
    small.record(Arc::clone(&frame));
    assert_eq!(small.undo_count(), 1);
    assert!(small.undo(|| frame).is_some());
    assert_eq!((small.undo_count(), small.redo_count()), (0, 1));
}

fn edits() -> impl Strategy<Value = Edit> {
    let vector = || prop::array::uniform3(-9.0..9.0f64).prop_map(DVec3::from);
    prop_oneof![
        (0usize..3, vector())
            .prop_map(|(atom, position)| Edit::SetPositions(vec![(atom, position)])),
        (0usize..3).prop_map(|atom| Edit::Remove(vec![atom])),
        (0usize..3).prop_map(|atom| Edit::SetElement(atom, Element::NE)),
        (0usize..3, any::<bool>()).prop_map(|(atom, fixed)| Edit::SetFixed(vec![(atom, fixed)])),
        (0usize..3, 0usize..3, any::<bool>()).prop_map(|(one, other, rigid)| Edit::SetRigid {
            groups: vec![vec![one, other]],
            rigid
        }),
        Just(Edit::Append(Box::new(argon()))),
    ]
}

proptest! {
    #[test]
    fn equal_numbers_of_undo_and_redo_restore_the_state(
        edits in prop::collection::vec((edits(), any::<bool>()), 1..8)
    ) {
        let mut engine = engine();
        let start = settle(&mut engine);
        for (edit, look) in edits {
            engine.apply(1, Command::Edit(edit));
            if look {
                settle(&mut engine);
            }
        }
        let end = settle(&mut engine);
        for _ in 0..end.undo_count {
            engine.apply(2, Command::Undo);
        }
        prop_assert_eq!(restored(&settle(&mut engine)), restored(&start));
        for _ in 0..end.undo_count {
            engine.apply(3, Command::Redo);
        }
        prop_assert_eq!(restored(&settle(&mut engine)), restored(&end));
    }
}
