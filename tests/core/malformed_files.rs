//! No reader panics: malformed files, and files of every format passed to every reader.

use std::fs;
use std::path::{Path, PathBuf};

use mlipview_core::chem::format::{Format, FrameSelection, read};

/// A name for each reader, and one without an extension.
fn names() -> Vec<String> {
    let extensions = Format::all().filter_map(|format| format.info().extensions.first());
    let names = extensions.map(|extension| format!("a.{extension}"));
    names.chain(["a".to_owned()]).collect()
}

#[test]
fn no_file_makes_any_reader_panic() {
    let mut files = Vec::new();
    collect(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data")),
        &mut files,
    );
    assert!(files.len() > 10, "test data not found");
    for file in files {
        let bytes = fs::read(&file).unwrap();
        for name in names() {
            // Other tests check the errors.
            let _ = read(&bytes, &name, FrameSelection::ALL);
            let _ = read(&bytes[..bytes.len() / 2], &name, FrameSelection::ALL);
        }
    }
}

/// Collects all files up to a maximum size.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    const MAX_SIZE: u64 = 100_000;
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let metadata = entry.metadata().unwrap();
        if metadata.is_dir() {
            collect(&entry.path(), files);
        } else if metadata.len() <= MAX_SIZE {
            files.push(entry.path());
        }
    }
}
