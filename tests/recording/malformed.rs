//! Malformed files: errors, never a panic.

use std::sync::LazyLock;

use mlipview_core::sim::timeline::FrameSource;
use mlipview_recording::{Recording, RecordingWriter};
use proptest::prelude::*;
use tempfile::tempdir;

use crate::fixtures::{detailed, edited_frames, open, record, time};

/// Uses a file in every way.
fn exercise(bytes: &[u8]) {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    std::fs::write(&path, bytes).unwrap();
    if Recording::open(&path).is_ok() {
        let recording = open(&path);
        let marks = recording.marks();
        assert!(marks.is_sorted_by_key(|mark| mark.address));
        for index in (0..recording.len()).take(100) {
            if let Ok(frame) = recording.read(index) {
                assert_eq!(frame.positions.len(), frame.identity.len());
                assert!(frame.positions.iter().all(|position| position.is_finite()));
            }
            assert!(recording.energy(index).is_none_or(f64::is_finite));
        }
        assert!(recording.read(recording.len()).is_err());
    }
    if let Ok(mut writer) = RecordingWriter::resume(&path, detailed(), time(0)) {
        writer.finish().unwrap();
    }
}

static VALID: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    record(&path, &edited_frames(), detailed());
    std::fs::read(&path).unwrap()
});

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000), has_header: bool) {
        let mut file = if has_header { VALID[..60].to_vec() } else { Vec::new() };
        file.extend_from_slice(&bytes);
        exercise(&file);
    }

    #[test]
    fn mutated_recordings_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
        is_cut: bool,
    ) {
        let mut bytes = VALID.clone();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if is_cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        exercise(&bytes);
    }
}

#[test]
fn damaged_chunks_leave_the_others_readable() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    let frames = crate::fixtures::frames(2, 40);
    record(&path, &frames, detailed());
    let mut bytes = std::fs::read(&path).unwrap();
    let summary = mcap::Summary::read(&bytes).unwrap().unwrap();
    // The second chunk with frames: each is followed by its index.
    let chunk = &summary.chunk_indexes[2];
    let middle = chunk.compressed_data_offset().unwrap() + chunk.compressed_size / 2;
    bytes[middle as usize] ^= 0x55;
    std::fs::write(&path, &bytes).unwrap();
    let recording = open(&path);
    assert_eq!(recording.len(), 40);
    let is_readable = |index| recording.read(index).is_ok();
    let readable: Vec<u64> = (0..40).filter(|index| is_readable(*index)).collect();
    let expected: Vec<u64> = (0..10).chain(20..40).collect();
    assert_eq!(readable, expected);
    let error = recording.read(15).unwrap_err().to_string();
    assert!(error.contains("damaged"), "{error}");
}
