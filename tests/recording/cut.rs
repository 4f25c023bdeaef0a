//! Cuts: a recording that ends at any byte has the frames of its whole chunks, and can be continued.

use std::path::Path;

use mcap::Summary;
use mlipview_core::sim::timeline::FrameSource;
use mlipview_recording::{RecordingOptions, RecordingWriter};
use tempfile::tempdir;

use crate::container::assert_valid;
use crate::fixtures::{add, assert_begins, detailed, frames, open, record, time};

/// Number of threads that cut files.
const WORKERS: usize = 4;

/// Number of frames in a chunk.
const PER_CHUNK: usize = 10;

/// Ends of the chunks with frames, and the beginning of each.
fn chunks_with_frames(bytes: &[u8]) -> Vec<[usize; 2]> {
    let summary = Summary::read(bytes).unwrap().unwrap();
    let frames = |id: &u16| summary.channels[id].topic == "/frames";
    let chunks = summary.chunk_indexes.iter();
    let chunks = chunks.filter(|chunk| chunk.message_index_offsets.keys().any(frames));
    chunks
        .map(|chunk| {
            let start = chunk.chunk_start_offset;
            [start, start + chunk.chunk_length].map(|offset| offset as usize)
        })
        .collect()
}

/// A temporary folder in memory where there is one, since each of the files is synchronized.
fn folder_in_memory() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let inside = memory.is_dir().then(|| tempfile::tempdir_in(memory).ok());
    inside.flatten().unwrap_or_else(|| tempdir().unwrap())
}

#[test]
fn a_recording_cut_at_any_byte_of_its_last_chunks_keeps_whole_chunks_and_resumes() {
    let folder = folder_in_memory();
    let whole = folder.path().join("whole.mcap");
    let frames = frames(1, 3 * PER_CHUNK + 2);
    let options = RecordingOptions::default();
    record(&whole, &frames, options);
    let bytes = std::fs::read(&whole).unwrap();
    let chunks = chunks_with_frames(&bytes);
    assert_eq!(chunks.len(), 4);
    let check = |cut: usize, path: &Path| {
        std::fs::write(path, &bytes[..cut]).unwrap();
        let whole_chunks = chunks.iter().filter(|[_, end]| *end <= cut).count();
        let kept = (PER_CHUNK * whole_chunks).min(frames.len());
        let recording = open(path);
        let more = assert_begins(&recording, &frames[..kept], options);
        assert_eq!(more, 0, "cut at byte {cut}");
        let mut writer = RecordingWriter::resume(path, options, time(kept)).unwrap();
        add(&mut writer, &frames[kept..], kept);
        writer.finish().unwrap();
        let valid = assert_valid(path);
        assert_eq!(valid, frames.len() as u64, "cut at byte {cut}");
        let recording = open(path);
        assert_eq!(recording.search_error(), None);
        assert_eq!(assert_begins(&recording, &frames, options), 0);
    };
    std::thread::scope(|scope| {
        for worker in 0..WORKERS {
            let path = folder.path().join(format!("{worker}.mcap"));
            let (check, bytes) = (&check, &bytes);
            let cuts = (chunks[2][0] + worker..=bytes.len()).step_by(WORKERS);
            scope.spawn(move || cuts.for_each(|cut| check(cut, &path)));
        }
    });
}

#[test]
fn a_recording_cut_at_any_byte_before_its_first_chunk_is_empty_or_refused() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    record(&path, &frames(1, 3), detailed());
    let bytes = std::fs::read(&path).unwrap();
    let first = chunks_with_frames(&bytes)[0][0];
    for cut in 0..first {
        std::fs::write(&path, &bytes[..cut]).unwrap();
        assert!(mlipview_recording::Recording::open(&path).is_err());
        assert!(RecordingWriter::resume(&path, detailed(), time(0)).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), &bytes[..cut]);
    }
    std::fs::write(&path, &bytes[..first]).unwrap();
    assert_eq!(open(&path).len(), 0);
}
