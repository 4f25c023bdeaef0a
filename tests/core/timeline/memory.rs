//! Memory of the timeline: the oldest frames go first, the newest never.

use std::sync::Arc;

use mlipview_core::potential::LennardJones;
use mlipview_core::sim::undo::UndoHistory;
use mlipview_core::sim::{Command, Engine, Frame, FrameAddress, Timeline};

use crate::fixtures::{argon, frames, langevin};

fn engine(max_bytes: usize) -> Engine {
    Engine::new(argon(), Some(Box::new(LennardJones::noble_gases())), 7)
        .with_memory_limits(Timeline::new(max_bytes), UndoHistory::default())
}

fn numbers(timeline: &Timeline) -> Vec<u64> {
    let frames = timeline.frames_in_memory(0, u64::MAX);
    frames.iter().map(|frame| frame.number).collect()
}

fn run(engine: &mut Engine, count: usize) -> Vec<Arc<Frame>> {
    engine.apply(1, Command::Run(langevin(5.0, 40.0)));
    frames(engine, count)
}

#[test]
fn memory_is_bounded_and_the_oldest_frames_are_dropped() {
    let bytes = engine(0).frame().bytes();
    let mut engine = engine(20 * bytes);
    let run = run(&mut engine, 50);
    let timeline = engine.timeline();
    assert!(timeline.bytes() <= 20 * bytes, "{} bytes", timeline.bytes());
    let kept = numbers(timeline);
    assert!((15..=20).contains(&kept.len()), "{} frames", kept.len());
    let newest = run[49].number;
    assert_eq!(
        kept,
        (newest + 1 - kept.len() as u64..=newest).collect::<Vec<_>>()
    );
    engine.apply(2, Command::ShowFrame(FrameAddress::Memory(run[0].number)));
    assert!(
        engine
            .take_events()
            .iter()
            .any(|event| event.to_string().contains("refused"))
    );
}

#[test]
fn the_newest_frame_is_kept_without_any_memory() {
    let mut engine = engine(0);
    let run = run(&mut engine, 5);
    assert_eq!(numbers(engine.timeline()), [run[4].number]);
}

#[test]
fn frames_after_a_branch_are_dropped_before_those_of_the_simulation() {
    let bytes = engine(0).frame().bytes();
    let mut engine = engine(60 * bytes);
    let first = run(&mut engine, 40);
    let fork = FrameAddress::Memory(first[10].number);
    engine.apply(2, Command::ContinueFrom(fork));
    let second = run(&mut engine, 40);
    let timeline = engine.timeline().clone();
    let kept = numbers(&timeline);
    assert!(
        kept.contains(&first[0].number),
        "the line of the simulation is whole"
    );
    assert!(kept.contains(&second[39].number));
    let other = FrameAddress::Memory(first[30].number);
    assert!(timeline.frame(other).is_err(), "the other line was dropped");
    assert!(timeline.frame(fork).is_ok());
}
