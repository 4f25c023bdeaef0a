//! No reader panics: malformed files, and files of every format passed to every reader.

use std::fs;
use std::path::{Path, PathBuf};

use mlipview_core::chem::format::{Format, FrameSelection, read};

/// One name for each reader, and one that says nothing.
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
    assert!(files.len() > 10, "the data are gone");
    for file in files {
        let bytes = fs::read(&file).unwrap();
        for name in names() {
            // Whether it is refused is the business of other tests.
            let _ = read(&bytes, &name, FrameSelection::ALL);
            let _ = read(&bytes[..bytes.len() / 2], &name, FrameSelection::ALL);
        }
    }
}

/// All files that are small enough to be given to every reader.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    const LARGEST: u64 = 100_000;
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let metadata = entry.metadata().unwrap();
        if metadata.is_dir() {
            collect(&entry.path(), files);
        } else if metadata.len() <= LARGEST {
            files.push(entry.path());
        }
    }
}
