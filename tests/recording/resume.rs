//! Resuming: a recording goes on in the same file.

use std::io::{Seek, SeekFrom, Write};

use mlipview_core::sim::timeline::FrameSource;
use mlipview_recording::{RecordingError, RecordingWriter};
use tempfile::tempdir;

use crate::container::assert_valid;
use crate::fixtures::{add, assert_begins, detailed, edited_frames, frames, open, record, time};

#[test]
fn a_finished_recording_goes_on_many_times() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let frames = edited_frames();
    record(&path, &frames[..4], detailed());
    for index in 4..frames.len() {
        let mut writer = RecordingWriter::resume(&path, detailed(), time(index)).unwrap();
        assert_eq!(writer.frames(), index as u64);
        add(&mut writer, &frames[index..=index], index);
        writer.finish().unwrap();
        assert_eq!(assert_valid(&path), index as u64 + 1);
    }
    assert_eq!(assert_begins(&open(&path), &frames, detailed()), 0);
}

#[test]
fn another_simulation_with_the_same_revision_has_its_own_structure() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let one = frames(1, 3);
    let other = frames(2, 3);
    assert_eq!(one[0].revision, other[0].revision);
    record(&path, &one, detailed());
    let mut writer = RecordingWriter::resume(&path, detailed(), time(3)).unwrap();
    add(&mut writer, &other, 3);
    writer.finish().unwrap();
    let all: Vec<_> = one.into_iter().chain(other).collect();
    assert_eq!(assert_begins(&open(&path), &all, detailed()), 0);
}

#[test]
fn a_last_chunk_that_was_not_written_to_the_disk_is_cut_off() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let frames = frames(1, 20);
    let mut writer = RecordingWriter::create(&path, detailed()).unwrap();
    add(&mut writer, &frames, 0);
    writer.write_due(time(100)).unwrap();
    let length = std::fs::metadata(&path).unwrap().len();
    // After a power failure a file may have its new length but zeros at its end.
    let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.seek(SeekFrom::Start(length - 3000)).unwrap();
    file.write_all(&[0; 3000]).unwrap();
    std::mem::forget(writer);
    drop(file);
    let copy = folder.path().join("copy.mcap");
    std::fs::copy(&path, &copy).unwrap();
    let recording = open(&copy);
    assert!(recording.search_error().is_some());
    assert_eq!(assert_begins(&recording, &frames[..10], detailed()), 0);
    let mut writer = RecordingWriter::resume(&copy, detailed(), time(10)).unwrap();
    add(&mut writer, &frames[10..], 10);
    writer.finish().unwrap();
    assert_eq!(assert_valid(&copy), 20);
    assert_eq!(assert_begins(&open(&copy), &frames, detailed()), 0);
}

#[test]
fn damage_far_before_the_end_is_not_cut_off() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    record(&path, &frames(1, 20), detailed());
    let mut bytes = std::fs::read(&path).unwrap();
    // Without summary, and with a record of impossible length before 100 MB of data.
    let summary = mcap::Summary::read(&bytes).unwrap().unwrap();
    bytes.truncate(summary.chunk_indexes[2].chunk_start_offset as usize);
    bytes.extend_from_slice(&[6, 255, 255, 255, 255, 255, 255, 255, 255]);
    bytes.resize(100_000_000, 7);
    std::fs::write(&path, &bytes).unwrap();
    let error = RecordingWriter::resume(&path, detailed(), time(0)).err();
    assert!(matches!(error, Some(RecordingError::Damaged { .. })));
    assert_eq!(std::fs::metadata(&path).unwrap().len(), 100_000_000);
}

#[test]
fn a_missing_file_is_not_created() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let error = RecordingWriter::resume(&path, detailed(), time(0)).err();
    assert!(matches!(error, Some(RecordingError::Read { .. })));
    assert!(!path.exists());
}
