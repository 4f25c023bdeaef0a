//! Files compressed by gzip, bzip2, xz and zstd.

use std::fs;
use std::path::PathBuf;

use mlipview_core::chem::format::{Compression, Format, FrameSelection, read, write};
use mlipview_core::files;

use super::formats_encoding::{debug_text, text_files};

/// Written by the programs that define the formats (`make.py` beside them).
const FOLDER: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../tests/data/good/compressed"
);

#[test]
fn files_of_other_programs_are_decompressed() {
    let plain = fs::read(format!("{FOLDER}/waters.xyz")).unwrap();
    let plain = read(&plain, "waters.xyz", FrameSelection::ALL).unwrap();
    let mut count = 0;
    for entry in fs::read_dir(FOLDER).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if Compression::split(&name).1.is_none() {
            continue;
        }
        let path = format!("{FOLDER}/{name}");
        let bytes = fs::read(&path).unwrap();
        assert_eq!(
            read(&bytes, &name, FrameSelection::ALL).unwrap(),
            plain,
            "{name}"
        );
        assert_eq!(
            read(&bytes, "a", FrameSelection::ALL).unwrap(),
            plain,
            "{name} by its content"
        );
        let streamed = files::frames(&path, FrameSelection::ALL).unwrap();
        let streamed: Vec<_> = streamed.map(Result::unwrap).collect();
        assert_eq!(streamed, plain, "{name} as a stream");
        count += 1;
    }
    assert!(count >= 2 * Compression::ALL.len());
}

#[test]
fn every_format_is_read_under_each_compression() {
    for (name, bytes) in text_files() {
        let plain = debug_text(&bytes, &name);
        for compression in Compression::ALL {
            let name = format!("{name}.{}", compression.extension());
            let file = compression.compress(&bytes);
            assert_eq!(debug_text(&file, &name), plain, "{name}");
        }
    }
}

#[test]
fn files_with_a_compressed_name_are_written_compressed() {
    let plain = fs::read(format!("{FOLDER}/waters.xyz")).unwrap();
    let frames = read(&plain, "waters.xyz", FrameSelection::ALL).unwrap();
    for compression in Compression::ALL {
        for format in ["xyz", "pdb", "gro"] {
            let name = format!("a.{format}.{}", compression.extension());
            let file = write(&frames[..1], &name).unwrap();
            let plain = write(&frames[..1], &format!("a.{format}")).unwrap();
            assert_ne!(file, plain, "{name}");
            assert_eq!(
                read(&file, "a", FrameSelection::ALL).unwrap(),
                read(&plain, "a", FrameSelection::ALL).unwrap(),
                "{name}"
            );
        }
    }
}

#[test]
fn trajectories_are_written_frame_by_frame_under_each_compression() {
    let plain = fs::read(format!("{FOLDER}/waters.xyz")).unwrap();
    let frames = read(&plain, "waters.xyz", FrameSelection::ALL).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for compression in Compression::ALL {
        let path: PathBuf = folder
            .path()
            .join(format!("a.xyz.{}", compression.extension()));
        let path = path.to_str().unwrap();
        let mut trajectory = files::TrajectoryWriter::create(path).unwrap();
        for frame in &frames {
            trajectory.push(frame).unwrap();
        }
        trajectory.finish().unwrap();
        assert_eq!(files::read(&format!("{path}@:")).unwrap(), frames);
    }
}

#[test]
fn damaged_files_do_not_panic() {
    for entry in fs::read_dir(FOLDER).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if Compression::split(&name).1.is_none() {
            continue;
        }
        let bytes = fs::read(format!("{FOLDER}/{name}")).unwrap();
        for offset in (0..bytes.len()).step_by(7) {
            let mut damaged = bytes.clone();
            damaged[offset] ^= 0x55;
            let _ = read(&damaged, &name, FrameSelection::ALL);
            let _ = read(&bytes[..offset], &name, FrameSelection::ALL);
        }
    }
}

#[test]
fn the_extension_of_compression_does_not_change_the_format() {
    for compression in Compression::ALL {
        let extension = compression.extension();
        assert_eq!(
            Format::of_name(&format!("a.pdb.{extension}")),
            Some(Format::Pdb)
        );
        let upper = format!("POSCAR.{}", extension.to_uppercase());
        assert_eq!(Format::of_name(&upper), Some(Format::Poscar));
        assert_eq!(Format::of_name(&format!("a.{extension}")), None);
    }
}
