//! Summaries of the timeline.

use std::sync::Arc;
use std::time::Duration;

use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::potential::LennardJones;
use mlipview_core::presence::Role;
use mlipview_core::sim::FrameAddress as Address;
use mlipview_core::sim::task::DynamicsSettings;
use mlipview_core::sim::undo::UndoHistory;
use mlipview_core::sim::{Activity, Command, Edit, Engine, Timeline as Recorded};
use mlipview_server::session::timeline::{
    MAX_COLUMNS, MAX_RUNS, NumberRun, TimelineSummary, TimelineTracker,
};

use super::client::*;
use super::room::RoomClient;
use super::trajectory::Trajectory;

/// A simulation of four argon atoms that keeps at most `bytes` of frames.
fn argon(bytes: usize) -> Engine {
    let positions = (0..4).map(|atom| DVec3::new(3.8 * f64::from(atom), 0.0, 0.0));
    let argon = Structure::new(vec![Element::AR; 4], positions.collect()).unwrap();
    let mut engine = Engine::new(argon, Some(Box::new(LennardJones::noble_gases())), 1)
        .with_memory_limits(Recorded::new(bytes), UndoHistory::default());
    engine.apply(1, Command::Stop);
    engine.step();
    engine
}

fn run(engine: &mut Engine, steps: u64) {
    engine.apply(1, Command::Steps(DynamicsSettings::default().task(), steps));
    while engine.step().is_some() {}
}

/// The summary of a tracker that has read nothing before.
fn fresh(engine: &Engine) -> TimelineSummary {
    TimelineTracker::new(engine.timeline().clone()).update(Activity::Idle)
}

/// Number of the frame at a position, by the runs of a summary.
fn number_at(summary: &TimelineSummary, position: u64) -> Option<u64> {
    let missing = summary.memory_frames - summary.runs.iter().map(|run| run.frames).sum::<u64>();
    let mut index = position.checked_sub(summary.file_frames + missing)?;
    for run in &summary.runs {
        if index < run.frames {
            return Some(run.first + index);
        }
        index -= run.frames;
    }
    None
}

#[test]
fn the_runs_of_a_summary_give_the_number_at_each_position() {
    let mut engine = argon(usize::MAX);
    run(&mut engine, 5);
    // Frames shown take numbers, which no frame in memory has.
    engine.apply(2, Command::ShowFrame(engine.timeline().address(2).unwrap()));
    engine.step();
    engine.apply(3, Command::EndPlayback);
    run(&mut engine, 4);
    let summary = fresh(&engine);
    assert!(summary.runs.len() > 1);
    assert_eq!(summary.memory_frames, engine.timeline().len());
    for position in 0..summary.memory_frames {
        let address = engine.timeline().address(position);
        assert_eq!(address, number_at(&summary, position).map(Address::Memory));
    }
    assert_eq!(Some(summary.first), number_at(&summary, 0));
    assert_eq!(
        Some(summary.last),
        number_at(&summary, summary.memory_frames - 1)
    );
}

#[test]
fn the_energy_curve_has_the_smallest_and_largest_energy_of_each_column() {
    let mut engine = argon(usize::MAX);
    run(&mut engine, 1500);
    let summary = fresh(&engine);
    let columns = &summary.energy;
    assert!(columns.len() > MAX_COLUMNS / 3 && columns.len() <= MAX_COLUMNS);
    let frames = engine.timeline().frames_in_memory(0, u64::MAX);
    let energies: Vec<f32> = frames
        .iter()
        .map(|frame| frame.evaluation.as_ref().unwrap().energy as f32)
        .collect();
    for (index, column) in columns.iter().enumerate() {
        let start = column.position as usize;
        let end = columns
            .get(index + 1)
            .map_or(frames.len(), |it| it.position as usize);
        let low = energies[start..end]
            .iter()
            .copied()
            .fold(f32::INFINITY, f32::min);
        let high = energies[start..end]
            .iter()
            .copied()
            .fold(f32::NEG_INFINITY, f32::max);
        assert_eq!((column.range.low, column.range.high), (low, high));
    }
    assert_eq!(columns[0].position, 0);
}

#[test]
fn a_summary_counts_the_frames_of_the_file_first() {
    let mut engine = argon(usize::MAX);
    let source = Arc::new(Trajectory::new(700, 700));
    engine.apply(1, Command::RestartTimeline(Some(source)));
    engine.step();
    run(&mut engine, 20);
    let summary = fresh(&engine);
    assert_eq!((summary.file.as_str(), summary.searched), ("run.xyz", 1.0));
    assert_eq!(summary.file_frames, 700);
    assert_eq!(
        summary.file_frames + summary.memory_frames,
        engine.timeline().len()
    );
    let marks: Vec<(u64, Address)> = summary
        .marks
        .iter()
        .map(|it| (it.position, it.address))
        .collect();
    assert_eq!(marks[0], (1, Address::File(1)));
    assert!(
        marks[1].0 >= 700 && matches!(marks[1].1, Address::Memory(_)),
        "the run"
    );
    // Energies of the file are −index.
    let column = summary.energy[100];
    assert_eq!(column.range.high, -(column.position as f32));

    engine.apply(2, Command::ContinueFrom(Address::File(99)));
    engine.step();
    let summary = fresh(&engine);
    assert_eq!(summary.file_frames, 100);
    let lines = &summary.lines;
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1].after, Some(Address::File(99)));
}

#[test]
fn the_columns_of_a_long_file_have_its_whole_range() {
    let mut engine = argon(usize::MAX);
    let source = Arc::new(Trajectory::new(10_000, 10_000));
    engine.apply(1, Command::RestartTimeline(Some(source)));
    engine.step();
    let columns = fresh(&engine).energy;
    assert!(columns.len() > MAX_COLUMNS / 3 && columns.len() <= MAX_COLUMNS);
    for pair in columns.windows(2).filter(|pair| pair[1].position < 10_000) {
        assert_eq!(pair[0].range.high, -(pair[0].position as f32));
        assert_eq!(pair[0].range.low, 1.0 - pair[1].position as f32);
    }
}

#[test]
fn a_tracker_that_follows_says_the_same_as_one_that_reads_anew() {
    // Memory of about forty frames.
    let mut engine = argon(40_000);
    let mut tracker = TimelineTracker::new(engine.timeline().clone());
    let mut dropped = false;
    for round in 0..60_u64 {
        match round % 6 {
            3 => {
                let len = engine.timeline().len();
                let address = engine.timeline().address(len * (round % 5) / 7).unwrap();
                engine.apply(1, Command::ContinueFrom(address));
            }
            5 => {
                let address = engine.timeline().address(round % 4).unwrap();
                engine.apply(1, Command::ShowFrame(address));
                engine.step();
                engine.apply(1, Command::EndPlayback);
            }
            4 => engine.apply(1, Command::Edit(Edit::Remove(vec![0]))),
            _ => run(&mut engine, 1 + round % 9),
        }
        if round % 6 == 4 {
            engine.step();
            engine.apply(1, Command::Undo);
        }
        engine.step();
        let summary = tracker.update(Activity::Idle);
        let anew = fresh(&engine);
        dropped |= engine.timeline().lines()[0].after.is_none() && summary.first > 2;
        // A tracker that follows knows what happened before the first frame.
        let without_first = |summary: &TimelineSummary| {
            let mut summary = summary.clone();
            summary.marks.retain(|mark| mark.position > 0);
            summary
        };
        assert!(
            without_first(&summary).says_same(&without_first(&anew)),
            "round {round}: {summary:?}\n{anew:?}"
        );
    }
    assert!(dropped, "the memory was never full");
}

#[test]
fn runs_marks_and_columns_are_bounded() {
    let mut engine = argon(usize::MAX);
    for _ in 0..300 {
        engine.apply(1, Command::ShowFrame(engine.timeline().address(0).unwrap()));
        engine.step();
        engine.apply(2, Command::EndPlayback);
        run(&mut engine, 1);
    }
    let summary = fresh(&engine);
    assert_eq!(summary.runs.len(), MAX_RUNS);
    let newest = summary.runs.last().unwrap();
    let NumberRun { first, frames } = *newest;
    assert_eq!(first + frames - 1, summary.last);
    assert!(summary.marks.len() <= MAX_COLUMNS && summary.energy.len() <= MAX_COLUMNS);
    assert!(summary.marks.is_sorted_by_key(|mark| mark.position));
}

#[test]
fn summaries_are_sent_on_request_at_most_twice_per_second_and_the_newest_only() {
    let mut room = RoomClient::new(Role::Spectator);
    let mut tracker = TimelineTracker::new(room.engine.timeline().clone());
    room.session
        .on_timeline(Arc::new(tracker.update(Activity::Idle)));
    let timelines = |received: &[ServerResult]| -> Vec<Timeline> {
        let timelines = received
            .iter()
            .filter_map(|message| match &message.payload {
                Some(Answer::Timeline(timeline)) => Some(timeline.clone()),
                _ => None,
            });
        timelines.collect()
    };
    assert!(timelines(&room.receive_later()).is_empty(), "not requested");
    room.request(Payload::Attach(Attach {
        timeline: true,
        ..Default::default()
    }));
    let mut received = Vec::new();
    for _ in 0..40 {
        room.now += Duration::from_millis(50);
        room.engine.apply(1, Command::Stop);
        room.step(1);
        room.session
            .on_timeline(Arc::new(tracker.update(Activity::Idle)));
        let messages = room.receive();
        if let Some(last) = messages.last() {
            let ack = room.builder.acknowledge(last.seq);
            room.send(&ack);
        }
        received.extend(timelines(&messages));
    }
    assert!(
        (4..=5).contains(&received.len()),
        "{} in two seconds",
        received.len()
    );
    let lasts: Vec<u64> = received.iter().map(|timeline| timeline.last).collect();
    assert!(
        lasts.windows(2).all(|pair| pair[1] >= pair[0] + 9),
        "{lasts:?}"
    );
    for _ in 0..2 {
        room.receive_later();
        room.engine.apply(1, Command::Stop);
        room.step(1);
        room.session
            .on_timeline(Arc::new(tracker.update(Activity::Idle)));
    }
    room.now += Duration::from_secs(1);
    let sent = timelines(&room.receive());
    assert_eq!(sent.len(), 1);
    room.session
        .on_timeline(Arc::new(tracker.update(Activity::Idle)));
    room.now += Duration::from_millis(100);
    assert_eq!(
        room.session.wait(room.now),
        Some(Duration::from_millis(400))
    );
    let last = timelines(&room.receive_later()).pop().unwrap();
    assert_eq!(last.memory_frames, room.engine.timeline().len());
    assert_eq!(
        last.energy.unwrap().positions.len() as u64,
        last.memory_frames
    );
}
