//! Truncated compressed files: complete records are read with a note.

use std::fmt::Write as _;
use std::fs;

use mlipview_core::chem::format::{Compression, Configuration, FrameSelection, ParseError, read};
use mlipview_core::files;

use super::formats_encoding::text_files;

/// Asserts that the frames of a truncated file are the first ones of the complete file, and that the last has a
/// note. Returns their number.
fn assert_prefix(
    what: &str,
    cut: Result<Vec<Configuration>, String>,
    whole: &[Configuration],
) -> usize {
    let frames = match cut {
        Ok(frames) => frames,
        Err(error) => {
            assert!(error.contains("cut short"), "{what}: {error}");
            return 0;
        }
    };
    assert!(frames.len() <= whole.len(), "{what}");
    for (one, other) in frames.iter().zip(whole) {
        let (one, other) = (&one.structure, &other.structure);
        assert_eq!(one.elements(), other.elements(), "{what}");
        assert_eq!(one.positions(), other.positions(), "{what}");
        assert_eq!(one.cell, other.cell, "{what}");
        assert_eq!(one.charge, other.charge, "{what}");
    }
    let mut notes = frames.last().unwrap().notes.sentences();
    assert!(
        notes.any(|note| note.contains("file is cut short")),
        "{what}"
    );
    frames.len()
}

fn in_memory(bytes: &[u8], name: &str) -> Result<Vec<Configuration>, String> {
    read(bytes, name, FrameSelection::ALL).map_err(|error| error.to_string())
}

fn streamed(path: &str) -> Result<Vec<Configuration>, String> {
    let frames = files::frames(path, FrameSelection::ALL).map_err(|error| error.to_string())?;
    let frames: Result<_, ParseError> = frames.collect();
    frames.map_err(|error| error.to_string())
}

/// All valid files, truncated at many positions: deflate outputs its content byte by byte.
#[test]
fn a_truncated_gzip_file_of_any_format_has_complete_records_or_none() {
    const CUTS: usize = 40;
    let mut read_some = 0;
    for (name, bytes) in text_files() {
        // Its cell follows the atoms and is not announced, so its loss cannot be detected.
        if name == "adf.xyz" {
            continue;
        }
        let whole = read(&bytes, &name, FrameSelection::ALL).unwrap();
        let file = Compression::Gzip.compress(&bytes);
        for cut in 1..=CUTS {
            // Three bytes identify gzip; the last cut removes one byte.
            let length = 3 + cut * (file.len() - 4) / CUTS;
            let what = format!("{name} cut to {length} of {} bytes", file.len());
            read_some += assert_prefix(&what, in_memory(&file[..length], &name), &whole);
        }
    }
    assert!(read_some > 100, "{read_some}");
}

/// Pseudorandom positions, which every compression splits into several blocks.
fn trajectory() -> String {
    let mut state = 1_u64;
    let mut number = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / 1e6
    };
    let mut text = String::new();
    for frame in 0..400 {
        let _ = writeln!(text, "100\nstep={frame}");
        for _ in 0..100 {
            let _ = writeln!(text, "Ar {:.6} {:.6} {:.6}", number(), number(), number());
        }
    }
    text
}

#[test]
fn complete_frames_of_a_truncated_trajectory_are_read_under_each_compression() {
    let text = trajectory();
    let whole = read(text.as_bytes(), "a.xyz", FrameSelection::ALL).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for compression in Compression::ALL {
        let file = compression.compress(text.as_bytes());
        let name = format!("a.xyz.{}", compression.extension());
        let path = folder.path().join(&name);
        for length in [100, file.len() / 2, file.len() - 1] {
            let cut = &file[..length];
            let what = format!("{name} cut to {length} bytes");
            let frames = assert_prefix(&what, in_memory(cut, &name), &whole);
            assert_eq!(frames > 0, length > 100, "{what}");
            fs::write(&path, cut).unwrap();
            let streamed = assert_prefix(&what, streamed(path.to_str().unwrap()), &whole);
            assert_eq!(streamed, frames, "{what}");
        }
    }
}

#[test]
fn frames_of_a_truncated_file_are_selected_as_in_a_complete_one() {
    let text = trajectory();
    let file = Compression::Gzip.compress(text.as_bytes());
    let cut = &file[..file.len() / 2];
    let all = read(cut, "a.xyz", FrameSelection::ALL).unwrap();
    let last = read(cut, "a.xyz", FrameSelection::LAST).unwrap();
    assert_eq!(last[0].structure, all.last().unwrap().structure);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xyz.gz");
    fs::write(&path, cut).unwrap();
    let path = path.to_str().unwrap();
    let streamed: Vec<_> = files::frames(path, FrameSelection::LAST).unwrap().collect();
    assert_eq!(streamed[0].as_ref().unwrap().structure, last[0].structure);
    // A selection before the cut needs no note.
    let first = files::frames(path, FrameSelection::One(0)).unwrap().next();
    assert!(first.unwrap().unwrap().notes.is_empty());
}

/// Wrong bytes in the middle are not a truncation: nothing is read.
#[test]
fn a_damaged_file_is_an_error() {
    let text = trajectory();
    for compression in Compression::ALL {
        let mut file = compression.compress(text.as_bytes());
        let middle = file.len() / 2;
        for byte in &mut file[middle..middle + 64] {
            *byte = !*byte;
        }
        let name = format!("a.xyz.{}", compression.extension());
        let frames = read(&file, &name, FrameSelection::ALL);
        let is_said = frames.is_err_and(|error| error.to_string().contains("whole"));
        assert!(is_said, "{name}");
    }
}
