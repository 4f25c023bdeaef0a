//! Playback: any frame shown equals the frame computed; play, loop, interpolate.

use std::sync::Arc;
use std::time::Duration;

use glam::DVec3;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::LennardJones;
use mlipview_core::script::{Action, FrameRange, Message, PlayedScript, Script, Speed};
use mlipview_core::sim::playback::Repeat;
use mlipview_core::sim::timeline::playback::interpolate;
use mlipview_core::sim::{Activity, Command, Engine, Event, Frame, FrameAddress, Play};
use proptest::prelude::*;

use super::stored_frames::StoredFrames;
use crate::fixtures::{argon, frames, langevin};

fn engine() -> Engine {
    Engine::new(argon(), Some(Box::new(LennardJones::noble_gases())), 7)
}

/// An engine in the middle of a run, and the frames so far.
fn running(count: usize) -> (Engine, Vec<Arc<Frame>>) {
    let mut engine = engine();
    let mut all = vec![engine.frame()];
    engine.apply(1, Command::Run(langevin(5.0, 40.0)));
    all.extend(frames(&mut engine, count));
    (engine, all)
}

/// The positions in the timeline of the next shown frames, until playback pauses.
fn played(engine: &mut Engine, max: usize) -> Vec<u64> {
    let timeline = engine.timeline().clone();
    let shown = (0..max).map_while(|_| engine.step());
    let addresses = shown.filter_map(|frame| Some(frame.playback?.address));
    let mut positions: Vec<u64> = addresses
        .map(|address| timeline.position(address).unwrap())
        .collect();
    positions.dedup();
    positions
}

fn is_same_moment(one: &Frame, other: &Frame) -> bool {
    one.positions == other.positions
        && one.velocities == other.velocities
        && one.evaluation == other.evaluation
        && (one.step, one.time, one.temperature) == (other.step, other.time, other.temperature)
}

#[test]
fn any_frame_shown_equals_the_frame_computed_and_the_run_waits_meanwhile() {
    let (mut engine, run) = running(30);
    for frame in &run {
        engine.apply(2, Command::ShowFrame(FrameAddress::Memory(frame.number)));
        let shown = engine.step().unwrap();
        assert!(is_same_moment(&shown, frame), "frame {}", frame.number);
        assert_eq!(shown.activity, Activity::Playback);
        assert!(engine.step().is_none(), "the run waits");
    }
    engine.apply(3, Command::EndPlayback);
    let live = engine.step().unwrap();
    assert!(is_same_moment(&live, &run[30]));
    assert_eq!(engine.step().unwrap().step, run[30].step + 1, "and goes on");
}

#[test]
fn numbers_of_published_frames_rise_also_in_playback() {
    let (mut engine, run) = running(10);
    let mut last = run[10].number;
    for frame in [&run[5], &run[2], &run[5]] {
        engine.apply(2, Command::ShowFrame(FrameAddress::Memory(frame.number)));
        let number = engine.step().unwrap().number;
        assert!(number > last);
        last = number;
    }
}

#[test]
fn frames_play_forward_and_backward_to_the_end_and_pause() {
    let (mut engine, run) = running(9);
    let forward = Play::default();
    engine.apply(2, Command::Play(Some(forward)));
    assert_eq!(played(&mut engine, 100), (0..10).collect::<Vec<_>>());
    assert!(engine.frame().playback.unwrap().play.is_none(), "paused");
    assert!(is_same_moment(&engine.frame(), &run[9]));
    let backward = Play {
        rate: -20.0,
        ..forward
    };
    engine.apply(3, Command::Play(Some(backward)));
    assert_eq!(played(&mut engine, 100), (0..10).rev().collect::<Vec<_>>());
    // At the end, it begins again.
    engine.apply(4, Command::Play(Some(backward)));
    assert_eq!(played(&mut engine, 4), [9, 8, 7, 6]);
    engine.apply(5, Command::Play(None));
    assert_eq!(played(&mut engine, 4), [6]);
}

#[test]
fn a_range_loops_or_turns_around() {
    let (mut engine, run) = running(9);
    let range = [2, 5].map(|index: usize| FrameAddress::Memory(run[index].number));
    let of = |repeat, rate| Play {
        rate,
        range: Some(range),
        repeat,
        interpolate: false,
    };
    engine.apply(2, Command::Play(Some(of(Repeat::Loop, 10.0))));
    assert_eq!(played(&mut engine, 9), [2, 3, 4, 5, 2, 3, 4, 5, 2]);
    engine.apply(3, Command::Play(Some(of(Repeat::Loop, -10.0))));
    assert_eq!(played(&mut engine, 6), [2, 5, 4, 3, 2, 5]);
    engine.apply(4, Command::Play(Some(of(Repeat::BackAndForth, 10.0))));
    assert_eq!(played(&mut engine, 8), [5, 4, 3, 2, 3, 4, 5, 4]);
}

#[test]
fn a_fast_playback_leaves_frames_out_and_ends_at_the_last() {
    let (mut engine, _) = running(20);
    let play = Play {
        rate: 240.0,
        ..Play::default()
    };
    engine.apply(2, Command::Play(Some(play)));
    assert_eq!(
        engine.step_interval(),
        Some(Duration::from_secs_f64(1.0 / 60.0))
    );
    assert_eq!(played(&mut engine, 100), [0, 4, 8, 12, 16, 20]);
}

#[test]
fn a_playback_rate_of_zero_is_refused() {
    let (mut engine, _) = running(3);
    engine.take_events();
    for rate in [0.0, f64::NAN, f64::INFINITY] {
        let play = Play {
            rate,
            ..Play::default()
        };
        engine.apply(2, Command::Play(Some(play)));
        let events = engine.take_events();
        assert!(matches!(&events[..], [Event::Refused { .. }]), "{events:?}");
    }
}

#[test]
fn a_new_run_ends_playback() {
    let (mut engine, run) = running(5);
    engine.apply(2, Command::Stop);
    engine.step();
    engine.apply(3, Command::ShowFrame(FrameAddress::Memory(run[2].number)));
    engine.step();
    engine.apply(4, Command::Run(langevin(5.0, 40.0)));
    assert!(matches!(
        engine.step().unwrap().activity,
        Activity::Running(_)
    ));
}

#[test]
fn interpolated_positions_are_between_their_frames() {
    let (mut engine, run) = running(3);
    let play = Play {
        rate: 15.0,
        interpolate: true,
        ..Play::default()
    };
    engine.apply(2, Command::Play(Some(play)));
    let shown: Vec<_> = (0..9).map(|_| engine.step().unwrap()).collect();
    for (index, frame) in shown.iter().enumerate() {
        let (whole, part) = (index / 4, 0.25 * (index % 4) as f64);
        let expected = run[whole].positions[0].lerp(run[whole + 1].positions[0], part);
        let found = frame.positions[0];
        assert!(
            (found - expected).length() < 1e-12,
            "{index}: {found} {expected}"
        );
    }
}

#[test]
fn an_unreadable_frame_of_a_file_pauses_playback_with_the_reason() {
    let (_, stored) = running(9);
    let mut engine = engine();
    let source = StoredFrames {
        frames: stored,
        damaged: Some(4),
    };
    engine.apply(1, Command::RestartTimeline(Some(Arc::new(source))));
    engine.step();
    engine.take_events();
    engine.apply(2, Command::Play(Some(Play::default())));
    assert_eq!(played(&mut engine, 30), [0, 1, 2, 3]);
    let events = engine.take_events();
    assert!(
        events[0]
            .to_string()
            .contains("frame 4 of stored.xyz: damaged"),
        "{events:?}"
    );
    engine.apply(3, Command::ShowFrame(FrameAddress::File(99)));
    let events = engine.take_events();
    assert!(
        events[0]
            .to_string()
            .contains("no frame 99: expected 0 to 9"),
        "{events:?}"
    );
}

fn one_atom(cell: &Cell, fractional: DVec3) -> Arc<Frame> {
    let position = cell.cartesian(fractional);
    let mut structure = Structure::new(vec![Element::AR], vec![position]).unwrap();
    structure.cell = Some(cell.clone());
    Engine::new(structure, None, 0).frame()
}

proptest! {
    /// Through a face of the cell, an atom takes the short way.
    #[test]
    fn interpolation_in_a_periodic_cell_never_crosses_it(
        one in prop::array::uniform3(0.0..1.0f64),
        other in prop::array::uniform3(0.0..1.0f64),
        fraction in 0.0..1.0f64,
    ) {
        let cell = Cell::new(
            [DVec3::new(9.0, 0.0, 0.0), DVec3::new(2.0, 8.0, 0.0), DVec3::new(1.0, -1.0, 7.0)],
            [true; 3],
        ).unwrap();
        let (from, to) = (one_atom(&cell, one.into()), one_atom(&cell, other.into()));
        let between = interpolate(&from, &to, fraction).positions[0];
        let way = cell.minimum_image(to.positions[0] - from.positions[0]).length();
        let done = (between - from.positions[0]).length();
        prop_assert!(done <= way + 1e-9);
        let left = cell.minimum_image(to.positions[0] - between).length();
        prop_assert!((done + left - way).abs() < 1e-9);
    }
}

/// A script that plays frames 10 to 20 at 5 frames/s.
fn slow_part() -> Arc<PlayedScript> {
    let message = Message {
        range: FrameRange::between(10, 20),
        actions: vec![Action::Speed(Speed::frames_per_second(5.0))],
        ..Message::new("slow")
    };
    Arc::new(PlayedScript::of(Script {
        messages: vec![message],
    }))
}

#[test]
fn playback_takes_the_speed_of_the_script_at_each_frame_in_both_directions() {
    let (mut engine, _) = running(30);
    engine.timeline().set_script(slow_part());
    for rate in [20.0, -20.0] {
        let play = Play {
            rate,
            ..Play::default()
        };
        engine.apply(2, Command::Play(Some(play)));
        let timeline = engine.timeline().clone();
        let mut shown = 0;
        while let Some(status) = engine.step().and_then(|frame| frame.playback)
            && let Some(play) = status.play
        {
            let position = timeline.position(status.address).unwrap();
            let seconds = if (10..=20).contains(&position) {
                0.2
            } else {
                0.05
            };
            let interval = engine.step_interval().unwrap().as_secs_f64();
            assert!(
                (interval - seconds).abs() < 1e-9,
                "{position}: {interval} s"
            );
            assert_eq!(play.rate, rate, "the rate without script");
            shown += 1;
        }
        assert!(shown >= 30, "{shown} frames");
    }
}

#[test]
fn interpolated_playback_advances_by_the_rate_of_the_script_and_says_where_between_two_frames_it_is()
 {
    let (mut engine, _) = running(30);
    engine.timeline().set_script(slow_part());
    let interpolate = true;
    let play = Play {
        rate: 30.0,
        interpolate,
        ..Play::default()
    };
    engine.apply(2, Command::ShowFrame(engine.timeline().address(5).unwrap()));
    engine.step();
    engine.apply(3, Command::Play(Some(play)));
    let timeline = engine.timeline().clone();
    let mut before = 5.0;
    engine.step();
    while before < 20.0 {
        let status = engine.step().unwrap().playback.unwrap();
        let position = timeline.position(status.address).unwrap() as f64 + status.fraction;
        let rate = if before >= 10.0 { 5.0 } else { 30.0 };
        assert!((position - before - rate / 60.0).abs() < 1e-9, "{position}");
        before = position;
    }
}
