//! Replay: a recording has the frames that were recorded.

use std::sync::Arc;

use mlipview_core::sim::timeline::{FrameSource, FrameSourceError, MarkKind};
use mlipview_core::sim::{Command, Engine, FrameAddress};
use mlipview_recording::{Recording, RecordingError, RecordingOptions, RecordingWriter};
use tempfile::tempdir;

use crate::fixtures::{
    add, argon, assert_begins, detailed, edited_frames, frames, open, record, time,
};

#[test]
fn a_recording_replays_the_same_frames_within_its_precision() {
    let folder = tempdir().unwrap();
    let frames = frames(3, 25);
    for (name, options) in [("a", RecordingOptions::default()), ("b", detailed())] {
        let path = folder.path().join(name);
        record(&path, &frames, options);
        let recording = open(&path);
        assert_eq!(recording.search_error(), None);
        assert_eq!(assert_begins(&recording, &frames, options), 0);
    }
}

#[test]
fn frames_of_the_same_atoms_share_their_structure() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    record(&path, &frames(2, 25), detailed());
    let recording = open(&path);
    let one = recording.read(3).unwrap();
    let other = recording.read(21).unwrap();
    assert!(Arc::ptr_eq(&one.identity, &other.identity));
}

#[test]
fn edits_may_change_the_number_of_atoms_and_are_marked() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let frames = edited_frames();
    record(&path, &frames, detailed());
    let recording = open(&path);
    assert_eq!(assert_begins(&recording, &frames, detailed()), 0);
    let atoms = |index| recording.read(index).unwrap().positions.len();
    assert_eq!([atoms(0), atoms(5), atoms(14)], [8, 9, 7]);
    let marks: Vec<_> = recording
        .marks()
        .into_iter()
        .map(|mark| (mark.address, mark.kind))
        .collect();
    let expected = [5, 10].map(|index| (FrameAddress::File(index), MarkKind::Edit));
    assert_eq!(marks, expected);
}

#[test]
fn frames_without_atoms_or_potential_are_recorded() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let empty = mlipview_core::chem::Structure::empty();
    let frames = [empty, argon(1)].map(|structure| Engine::new(structure, None, 0).frame());
    record(&path, &frames, detailed());
    assert_eq!(assert_begins(&open(&path), &frames, detailed()), 0);
}

#[test]
fn every_nth_step_and_all_edits_are_recorded() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let options = RecordingOptions {
        every: 4,
        ..RecordingOptions::default()
    };
    let mut writer = RecordingWriter::create(&path, options).unwrap();
    for (index, frame) in edited_frames().iter().enumerate() {
        writer.frame(frame, time(index)).unwrap();
    }
    writer.finish().unwrap();
    let recording = open(&path);
    let step = |index| recording.read(index).unwrap().step;
    let steps: Vec<u64> = (0..recording.len()).map(step).collect();
    // Atoms are edited after steps 4 and 8.
    assert_eq!(steps, [0, 4, 4, 8, 8, 12]);
}

#[test]
fn the_rate_of_frames_is_limited() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let options = RecordingOptions {
        rate: Some(2.5),
        ..RecordingOptions::default()
    };
    let mut writer = RecordingWriter::create(&path, options).unwrap();
    // 10 frames per second.
    for (index, frame) in frames(1, 20).iter().enumerate() {
        writer.frame(frame, time(index)).unwrap();
    }
    assert_eq!(writer.frames(), 5);
}

#[test]
fn a_recording_can_be_read_while_it_is_written() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let frames = frames(2, 25);
    let mut writer = RecordingWriter::create(&path, detailed()).unwrap();
    add(&mut writer, &frames, 0);
    let recording = open(&path);
    assert_eq!(recording.search_error(), None);
    assert_eq!(assert_begins(&recording, &frames[..20], detailed()), 0);
    writer.finish().unwrap();
    assert_eq!(recording.len(), 20);
    assert_eq!(assert_begins(&open(&path), &frames, detailed()), 0);
}

#[test]
fn a_file_is_never_overwritten_by_accident() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    std::fs::write(&path, "notes").unwrap();
    let error = RecordingWriter::create(&path, RecordingOptions::default()).err();
    let error = error.unwrap();
    assert!(matches!(error, RecordingError::Exists { .. }));
    assert!(error.to_string().contains("run.mcap"));
    assert_eq!(std::fs::read(&path).unwrap(), b"notes");
    let frames = frames(1, 3);
    let mut writer = RecordingWriter::replace(&path, detailed()).unwrap();
    add(&mut writer, &frames, 0);
    writer.finish().unwrap();
    assert_eq!(assert_begins(&open(&path), &frames, detailed()), 0);
}

#[cfg(not(windows))]
#[test]
fn only_one_program_writes_a_recording() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let writer = RecordingWriter::create(&path, detailed()).unwrap();
    let error = RecordingWriter::resume(&path, detailed(), time(0)).err();
    assert!(matches!(error, Some(RecordingError::InUse { .. })));
    drop(writer);
    assert!(RecordingWriter::resume(&path, detailed(), time(0)).is_ok());
}

#[test]
fn absent_frames_and_other_files_are_errors_that_name_the_file() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    record(&path, &frames(1, 3), detailed());
    let error = open(&path).read(3).unwrap_err();
    assert!(matches!(
        error,
        FrameSourceError::NoSuchFrame {
            index: 3,
            len: 3,
            ..
        }
    ));
    let other = folder.path().join("water.xyz");
    std::fs::write(&other, "1\n\nO 0 0 0\n").unwrap();
    let error = Recording::open(&other).unwrap_err();
    assert!(error.to_string().contains("water.xyz"), "{error}");
}

#[test]
fn a_recording_is_opened_in_a_timeline() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let frames = frames(2, 12);
    record(&path, &frames, detailed());
    let mut engine = Engine::new(argon(2), None, 0);
    let source: Arc<dyn FrameSource> = Arc::new(open(&path));
    engine.apply(1, Command::RestartTimeline(Some(source)));
    engine.apply(2, Command::ShowFrame(FrameAddress::File(11)));
    assert_eq!(engine.step().unwrap().step, frames[11].step);
}
