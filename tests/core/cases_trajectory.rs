//! Regression tests of DCD and XTC files (`tests/data/cases`).
//!
//! The comment of each test names the program that gives the expected value.

use glam::DVec3;
use mlipview_core::chem::format::{Configuration, FrameSelection, ParseError, read_trajectory};
use mlipview_core::chem::{Cell, Element, Structure};

const TESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data");

fn bytes(path: &str) -> Vec<u8> {
    std::fs::read(format!("{TESTS}/{path}")).unwrap()
}

fn frames(
    bytes: &[u8],
    atoms: usize,
    selection: FrameSelection,
) -> Result<Vec<Configuration>, ParseError> {
    let topology = Structure::new(vec![Element::AR; atoms], vec![DVec3::ZERO; atoms]).unwrap();
    read_trajectory(bytes, "run", &topology, selection)
}

fn notes(configuration: &Configuration) -> Vec<String> {
    configuration.notes.sentences().collect()
}

/// Position of the six numbers of the cell in `dcd-shape.dcd`: behind the records of the head (84
/// bytes), the title (84) and the number of atoms (4), each between two lengths of 4 bytes.
const CELL_AT: usize = (4 + 84 + 4) + (4 + 84 + 4) + (4 + 4 + 4) + 4;
/// Position of the version, the last number of the head.
const VERSION_AT: usize = 4 + 80;

/// The cell that is read from these six numbers in a file of this version.
fn cell(version: i32, numbers: [f64; 6]) -> Result<Cell, ParseError> {
    let mut file = bytes("cases/dcd-shape.dcd");
    file[VERSION_AT..][..4].copy_from_slice(&version.to_le_bytes());
    for (index, number) in numbers.iter().enumerate() {
        file[CELL_AT + 8 * index..][..8].copy_from_slice(&number.to_le_bytes());
    }
    let cell = frames(&file, 12, FrameSelection::LAST)?
        .remove(0)
        .structure
        .cell;
    Ok(cell.unwrap())
}

fn assert_cell(cell: &Cell, lengths: [f64; 3], angles: [f64; 3], tolerance: f64) {
    let found = [cell.lengths(), cell.angles()].concat();
    let expected = [lengths, angles].concat();
    for (found, expected) in found.iter().zip(&expected) {
        assert!(
            (found - expected).abs() < tolerance,
            "{:?} {:?}, not {lengths:?} {angles:?}",
            cell.lengths(),
            cell.angles()
        );
    }
}

/// chemfiles: 11, 12, 13 Å, 88°, 93°, 86.5°, 1709.2 Å³.
#[test]
fn charmm_writes_the_symmetric_matrix_of_a_triclinic_cell() {
    let file = bytes("cases/dcd-shape.dcd");
    let frame = frames(&file, 12, FrameSelection::LAST).unwrap().remove(0);
    let cell = frame.structure.cell.unwrap();
    assert_cell(&cell, [11.0, 12.0, 13.0], [88.0, 93.0, 86.5], 1e-9);
    assert!((cell.volume() - 1_709.202_363).abs() < 1e-6);
    let rows = cell.vectors();
    assert_eq!(rows[0].y, rows[1].x, "it is as symmetric as the file says");
}

/// The lower triangle of the symmetric matrix of a cell.
fn matrix_of(lengths: [f64; 3], angles: [f64; 3]) -> [f64; 6] {
    // The square root of the metric tensor G = A·Aᵀ, by the iteration of Denman and Beavers.
    let vectors = Cell::from_lengths_and_angles(lengths, angles)
        .unwrap()
        .matrix();
    let metric = vectors.transpose() * vectors;
    let (mut root, mut inverse) = (metric, glam::DMat3::IDENTITY);
    for _ in 0..60 {
        let next = (root + inverse.inverse()) * 0.5;
        inverse = (inverse + root.inverse()) * 0.5;
        root = next;
    }
    let [x, y, z] = [root.x_axis, root.y_axis, root.z_axis];
    [x.x, x.y, y.y, x.z, y.z, z.z]
}

/// n-octane, as chemfiles reads the trajectory and as its crystal is known: 4.16, 4.75, 11.00 Å, 94.8°,
/// 84.5°, 105.1°, 208.4 Å³; the others are CHARMM's own of tip125_tric_C36.dcd (MDAnalysis's tests)
/// and a cell whose matrix has elements that pass for degrees.
#[test]
fn the_version_determines_whether_numbers_are_a_matrix() {
    for (lengths, angles) in [
        ([4.16, 4.75, 11.00], [94.8, 84.5, 105.1]),
        (
            [35.446_04, 35.061_56, 34.158_50],
            [91.328_02, 61.735_21, 44.407_03],
        ),
        ([12.0, 13.0, 14.0], [60.0, 65.0, 70.0]),
        ([120.0, 130.0, 140.0], [60.0, 65.0, 70.0]),
    ] {
        let numbers = matrix_of(lengths, angles);
        for version in [25, 35, 48] {
            let read = cell(version, numbers).unwrap();
            assert_cell(&read, lengths, angles, 1e-6);
        }
    }
    let octane = cell(35, matrix_of([4.16, 4.75, 11.00], [94.8, 84.5, 105.1])).unwrap();
    assert!((octane.volume() - 208.4).abs() < 0.2, "{}", octane.volume());
}

/// MDAnalysis and chemfiles: NAMD, VMD and LAMMPS write version 24 with degrees or cosines.
#[test]
fn older_versions_have_lengths_and_angles() {
    let (lengths, angles) = ([12.0, 13.0, 14.0], [80.0, 95.0, 101.0]);
    let [a, b, c] = lengths;
    let [alpha, beta, gamma] = angles;
    for version in [22, 24] {
        let read = cell(version, [a, gamma, b, beta, alpha, c]).unwrap();
        assert_cell(&read, lengths, angles, 1e-9);
        let [cos_alpha, cos_beta, cos_gamma] = angles.map(|angle: f64| angle.to_radians().cos());
        let read = cell(version, [a, cos_gamma, b, cos_beta, cos_alpha, c]).unwrap();
        assert_cell(&read, lengths, angles, 1e-9);
    }
}

#[test]
fn numbers_that_contradict_the_version_are_interpreted_by_their_values() {
    let (lengths, right) = ([20.0, 21.0, 22.0], [90.0; 3]);
    // Right angles in degrees, in small and in large cells; 90² exceeds 20·21, but not 100².
    let read = cell(35, [20.0, 90.0, 21.0, 90.0, 90.0, 22.0]).unwrap();
    assert_cell(&read, lengths, right, 1e-9);
    let read = cell(35, [100.0, 90.0, 100.0, 90.0, 90.0, 100.0]).unwrap();
    assert_cell(&read, [100.0; 3], right, 1e-9);
    let read = cell(35, [20.0, 60.0, 21.0, 70.0, 80.0, 22.0]).unwrap();
    assert_cell(&read, lengths, [80.0, 70.0, 60.0], 1e-9);
    // No cell has angles of 4°, 7° and 9° that people simulate.
    let read = cell(24, matrix_of([12.0, 13.0, 14.0], [60.0, 65.0, 70.0])).unwrap();
    assert_cell(&read, [12.0, 13.0, 14.0], [60.0, 65.0, 70.0], 1e-6);
    let read = cell(24, matrix_of([12.0, 13.0, 14.0], [110.0, 65.0, 100.0])).unwrap();
    assert_cell(&read, [12.0, 13.0, 14.0], [110.0, 65.0, 100.0], 1e-6);
}

#[test]
fn axes_of_length_zero_are_not_periodic() {
    let flat = cell(24, [20.0, 90.0, 21.0, 90.0, 90.0, 0.0]).unwrap();
    assert_eq!(flat.periodic(), [true, true, false]);
    assert_eq!(flat.lengths()[..2], [20.0, 21.0]);
    // The third vector of the box, behind four numbers and two vectors of three.
    const THIRD_VECTOR: std::ops::Range<usize> = 4 * (4 + 6)..4 * (4 + 9);
    let mut file = bytes("good/few.xtc");
    file[THIRD_VECTOR].fill(0);
    let frame = frames(&file, 6, FrameSelection::One(0)).unwrap().remove(0);
    let slab = frame.structure.cell.unwrap();
    assert_eq!(slab.periodic(), [true, true, false]);
}

/// MDAnalysis: one frame, 20 × 21 × 22 Å; chemfiles refuses it.
#[test]
fn a_record_of_titles_may_give_a_wrong_length() {
    let file = bytes("cases/dcd-title.dcd");
    let frame = frames(&file, 12, FrameSelection::LAST).unwrap().remove(0);
    assert_eq!(
        frame.structure.cell.as_ref().unwrap().lengths(),
        [20.0, 21.0, 22.0]
    );
    let first = DVec3::new(9.430_561, 5.113_275_5, 9.762_437);
    assert!(frame.structure.positions()[0].abs_diff_eq(first, 1e-6));
    let note = "the record of titles says that it has 164 bytes and has 244: read by the number of \
                titles";
    assert_eq!(notes(&frame), [note]);
}

#[test]
fn the_last_complete_frame_of_a_truncated_trajectory_is_the_last() {
    for (cut, whole) in [
        ("good/waters_cut.xtc", "good/waters.xtc"),
        ("good/charmm_cut.dcd", "good/charmm.dcd"),
    ] {
        let (cut, whole) = (bytes(cut), bytes(whole));
        let whole = frames(&whole, 15, FrameSelection::ALL).unwrap();
        let selected =
            |selection: &str| frames(&cut, 15, FrameSelection::parse(selection).unwrap());
        for (selection, expected) in [
            ("-1", vec![2]),
            ("-2", vec![2]),
            ("-3", vec![1]),
            (":", vec![0, 1, 2]),
            ("2:", vec![2]),
        ] {
            let read = selected(selection).unwrap();
            assert_eq!(read.len(), expected.len(), "@{selection}");
            for (read, &expected) in read.iter().zip(&expected) {
                assert_eq!(read.structure, whole[expected].structure, "@{selection}");
            }
            let note = &notes(read.last().unwrap())[0];
            assert!(
                note.contains("the last frame is cut short and left out"),
                "{note}"
            );
        }
        let error = selected("3").unwrap_err().to_string();
        assert!(error.contains("(a frame cut short?)"), "{error}");
        assert!(selected("4").unwrap_err().to_string().contains("found @4"));
    }
}
