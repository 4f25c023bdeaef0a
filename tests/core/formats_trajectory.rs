//! XTC and DCD files in agreement with MDAnalysis (`tests/data/good/trajectories.py`).

use glam::DVec3;
use mlipview_core::chem::format::{
    Compression, Format, FrameSelection, Trajectory, read, read_trajectory,
};
use mlipview_core::chem::{Element, Structure};
use serde_json::Value;

const GOOD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/good");

fn topology(atoms: usize) -> Structure {
    let mut structure = Structure::new(vec![Element::O; atoms], vec![DVec3::ZERO; atoms]).unwrap();
    structure.charge = -2;
    structure
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{GOOD}/{name}")).unwrap()
}

fn vector(value: &Value) -> DVec3 {
    let numbers: Vec<f64> = value
        .as_array()
        .unwrap()
        .iter()
        .map(|x| x.as_f64().unwrap())
        .collect();
    DVec3::from_slice(&numbers)
}

#[test]
fn trajectories_are_read_as_by_mdanalysis() {
    let reference = include_str!("../data/reference/trajectories.json");
    let reference: serde_json::Map<String, Value> = serde_json::from_str(reference).unwrap();
    for (name, frames) in reference {
        let frames = frames.as_array().unwrap();
        let topology = topology(frames[0]["positions"].as_array().unwrap().len());
        let read = read_trajectory(&bytes(&name), &name, &topology, FrameSelection::ALL).unwrap();
        assert_eq!(read.len(), frames.len(), "frames of {name}");
        for (configuration, frame) in read.iter().zip(frames) {
            let structure = &configuration.structure;
            assert_eq!(structure.charge, topology.charge);
            for (position, there) in structure
                .positions()
                .iter()
                .zip(frame["positions"].as_array().unwrap())
            {
                // Single precision, of both.
                let there = vector(there);
                assert!(
                    (*position - there).length() < 2e-6 * (1.0 + there.length()),
                    "{name}: {position} {there}"
                );
            }
            let vectors = structure.cell.as_ref().map(|cell| cell.vectors());
            assert_eq!(
                vectors.is_some(),
                !frame["cell"].is_null(),
                "cell of {name}"
            );
            for (axis, here) in vectors.iter().flatten().enumerate() {
                assert!(
                    (*here - vector(&frame["cell"][axis])).length() < 1e-5,
                    "{name}"
                );
            }
            let time = match structure.info["time"].data() {
                mlipview_core::chem::properties::Data::Reals(times) => times[0],
                _ => panic!("a time is a number"),
            };
            assert!(
                (time - frame["time"].as_f64().unwrap()).abs() < 1e-3,
                "{name}: {time}"
            );
        }
    }
}

#[test]
fn a_selection_reads_the_selected_frames() {
    for name in ["waters.xtc", "charmm.dcd", "fixed.dcd"] {
        let all = read_trajectory(&bytes(name), name, &topology(15), FrameSelection::ALL).unwrap();
        let backwards = FrameSelection::parse("::-2").unwrap();
        let some = read_trajectory(&bytes(name), name, &topology(15), backwards).unwrap();
        assert_eq!(some, [all[3].clone(), all[1].clone()]);
    }
}

#[test]
fn complete_frames_of_a_truncated_file_are_read() {
    for (name, whole) in [
        ("waters_cut.xtc", "waters.xtc"),
        ("charmm_cut.dcd", "charmm.dcd"),
    ] {
        let (cut, whole) = (bytes(name), bytes(whole));
        let topology = topology(15);
        let cut = Trajectory::open(&cut, &topology).unwrap();
        let whole = Trajectory::open(&whole, &topology).unwrap();
        assert_eq!(cut.len(), whole.len());
        for frame in 0..3 {
            assert_eq!(cut.frame(frame), whole.frame(frame));
        }
        let error = cut.frame(3).unwrap_err().to_string();
        assert!(error.contains("(a frame cut short?)"), "{error}");
        assert!(cut.frame(4).is_err());
    }
}

#[test]
fn complete_frames_of_a_truncated_compressed_file_are_read_with_a_note() {
    let whole = read_trajectory(
        &bytes("charmm.dcd"),
        "a.dcd",
        &topology(15),
        FrameSelection::ALL,
    )
    .unwrap();
    let file = Compression::Gzip.compress(&bytes("charmm.dcd"));
    let cut = &file[..file.len() * 3 / 4];
    let frames = read_trajectory(cut, "a.dcd.gz", &topology(15), FrameSelection::ALL).unwrap();
    assert!((1..whole.len()).contains(&frames.len()), "{}", frames.len());
    for (one, other) in frames.iter().zip(&whole) {
        assert_eq!(one.structure, other.structure);
    }
    let mut notes = frames.last().unwrap().notes.sentences();
    assert!(notes.any(|note| note.contains("the gzip file is cut short")));
}

#[test]
fn a_trajectory_of_other_atoms_is_an_error() {
    for name in ["waters.xtc", "charmm.dcd"] {
        let error =
            read_trajectory(&bytes(name), name, &topology(7), FrameSelection::ALL).unwrap_err();
        let expected = format!(
            "{name}: expected the 7 atoms of the topology, found 15 atoms in the trajectory"
        );
        assert_eq!(error.to_string(), expected);
        let error = read(&bytes(name), name, FrameSelection::ALL).unwrap_err();
        assert!(
            error.to_string().contains("a topology: another file"),
            "{error}"
        );
    }
}

/// The same DCD with 64-bit numbers around its records.
fn with_long_markers(short: &[u8], big_endian: bool) -> Vec<u8> {
    let mut long = Vec::new();
    let mut rest = short;
    while let Some((marker, behind)) = rest.split_first_chunk() {
        let length = match big_endian {
            true => u32::from_be_bytes(*marker),
            false => u32::from_le_bytes(*marker),
        };
        let marker = match big_endian {
            true => u64::from(length).to_be_bytes(),
            false => u64::from(length).to_le_bytes(),
        };
        let (content, behind) = behind.split_at(length as usize);
        long.extend([&marker, content, &marker].concat());
        rest = &behind[4..];
    }
    long
}

#[test]
fn the_numbers_around_records_may_be_of_64_bits() {
    for (name, big_endian) in [
        ("charmm.dcd", false),
        ("fixed.dcd", false),
        ("xplor.dcd", false),
        ("big_endian.dcd", true),
    ] {
        let short = bytes(name);
        let long = with_long_markers(&short, big_endian);
        assert_eq!(Format::of_content(&long), Some(Format::Dcd));
        let read = |bytes: &[u8]| read_trajectory(bytes, name, &topology(15), FrameSelection::ALL);
        assert_eq!(read(&long).unwrap(), read(&short).unwrap(), "{name}");
        let whole = read(&short).unwrap().len();
        assert_eq!(read(&long[..long.len() - 4]).unwrap().len(), whole - 1);
    }
}

/// The same XTC as written for frames too large for 32-bit lengths.
fn with_long_lengths(xtc: &[u8]) -> Vec<u8> {
    // Up to the coordinates' length: magic, atoms, step, time, cell, atoms, precision, six bounds
    // and the size of a small difference.
    const LENGTH_AT: usize = 4 * (4 + 9 + 1 + 1 + 6 + 1);
    let mut long = Vec::new();
    let mut rest = xtc;
    while !rest.is_empty() {
        let length = u32::from_be_bytes(rest[LENGTH_AT..][..4].try_into().unwrap());
        let end = LENGTH_AT + 4 + (length as usize).next_multiple_of(4);
        long.extend(2023u32.to_be_bytes());
        long.extend(&rest[4..LENGTH_AT]);
        long.extend(u64::from(length).to_be_bytes());
        long.extend(&rest[LENGTH_AT + 4..end]);
        rest = &rest[end..];
    }
    long
}

#[test]
fn xtc_of_large_frames_is_detected_by_content() {
    let (short, name) = (bytes("waters.xtc"), "waters.xtc");
    let long = with_long_lengths(&short);
    assert_eq!(Format::of_content(&long), Some(Format::Xtc));
    let read = |bytes: &[u8]| read_trajectory(bytes, name, &topology(15), FrameSelection::ALL);
    assert_eq!(read(&long).unwrap(), read(&short).unwrap());
}

#[test]
fn damaged_trajectories_are_errors_and_do_not_panic() {
    for name in [
        "waters.xtc",
        "few.xtc",
        "charmm.dcd",
        "fixed.dcd",
        "xplor.dcd",
    ] {
        let whole = bytes(name);
        for offset in 0..whole.len() {
            for value in [0x00, 0x7f, 0xff] {
                let mut damaged = whole.clone();
                damaged[offset] = value;
                let atoms = if name == "few.xtc" { 6 } else { 15 };
                // Damage to a number may be undetectable.
                if let Ok(frames) =
                    read_trajectory(&damaged, name, &topology(atoms), FrameSelection::ALL)
                {
                    assert!(frames.iter().all(|frame| frame.structure.len() == atoms));
                }
            }
        }
        assert!(read_trajectory(&whole[..40], name, &topology(15), FrameSelection::ALL).is_err());
    }
}
