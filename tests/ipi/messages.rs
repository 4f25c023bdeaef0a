//! Messages on the wire.

use std::io::Cursor;
use std::time::Duration;

use glam::{DMat3, DVec3};
use mlipview_core::chem::units::{BOHR, HARTREE};
use mlipview_ipi::{Answer, Header, MAX_ATOMS, Positions, Wire, WireError};
use proptest::prelude::*;

fn wire(bytes: &[u8]) -> Wire<Cursor<Vec<u8>>> {
    Wire::new(Cursor::new(bytes.to_vec()), Duration::from_secs(1), || true)
}

/// What a message writes, without its header.
fn written(write: impl FnOnce(&mut Wire<Cursor<Vec<u8>>>)) -> Vec<u8> {
    let mut wire = wire(&[]);
    write(&mut wire);
    wire.stream().get_ref()[12..].to_vec()
}

fn numbers(bytes: &[u8]) -> Vec<f64> {
    let numbers = bytes.chunks_exact(8);
    numbers
        .map(|bytes| f64::from_le_bytes(bytes.try_into().unwrap()))
        .collect()
}

#[test]
fn a_header_is_twelve_characters() {
    for header in Header::ALL {
        let mut sent = wire(&[]);
        sent.send(header).unwrap();
        let bytes = sent.stream().get_ref().clone();
        assert_eq!(bytes, format!("{:<12}", header.text()).into_bytes());
        assert_eq!(wire(&bytes).header().unwrap(), header);
        // Some programs fill with zeros.
        let zeros: Vec<u8> = bytes
            .iter()
            .map(|&byte| if byte == b' ' { 0 } else { byte })
            .collect();
        assert_eq!(wire(&zeros).header().unwrap(), header);
    }
    let error = wire(b"HELLO WORLD!").header().unwrap_err();
    assert!(matches!(error, WireError::Header(text) if text == "HELLO WORLD!"));
    assert!(matches!(wire(b"STAT").header(), Err(WireError::Closed)));
}

#[test]
fn cell_vectors_are_columns_in_bohr_and_the_inverse_follows() {
    let cell = [
        DVec3::new(3.0, 0.0, 0.0),
        DVec3::new(1.0, 4.0, 0.0),
        DVec3::new(0.5, -1.0, 5.0),
    ];
    let positions = vec![DVec3::new(0.1, 0.2, 0.3), DVec3::new(-1.0, 2.0, 7.0)];
    let sent = Positions { cell, positions };
    let bytes = written(|wire| wire.send_positions(&sent).unwrap());
    let found = numbers(&bytes[..144]);
    // Row by row: the first components of the three vectors first.
    for (row, numbers) in found[..9].chunks(3).enumerate() {
        for (column, number) in numbers.iter().enumerate() {
            assert!((number * BOHR - cell[column][row]).abs() < 1e-12);
        }
    }
    let matrix = |numbers: &[f64]| DMat3::from_cols_slice(numbers).transpose();
    let unit = matrix(&found[..9]) * matrix(&found[9..]);
    assert!(unit.abs_diff_eq(DMat3::IDENTITY, 1e-12));
    assert_eq!(bytes[144..148], 2_i32.to_le_bytes());
    assert_eq!(bytes.len(), 148 + 48);
    let read = wire(&bytes).positions().unwrap();
    for (one, other) in read.cell.iter().zip(sent.cell) {
        assert!((*one - other).length() < 1e-12);
    }
    for (one, other) in read.positions.iter().zip(&sent.positions) {
        assert!((*one - *other).length() < 1e-12);
    }
}

#[test]
fn an_answer_is_in_hartree_and_bohr_and_extra_bytes_are_skipped() {
    let answer = Answer {
        energy: -3.0 * HARTREE,
        forces: vec![DVec3::X * HARTREE / BOHR],
        virial: DMat3::from_diagonal(DVec3::new(1.0, 2.0, 3.0)) * HARTREE,
    };
    let mut bytes = written(|wire| wire.send_answer(&answer).unwrap());
    assert!((numbers(&bytes[..8])[0] + 3.0).abs() < 1e-12);
    assert_eq!(bytes[8..12], 1_i32.to_le_bytes());
    assert!((numbers(&bytes[12..36])[0] - 1.0).abs() < 1e-12);
    assert!((numbers(&bytes[36..108])[8] - 3.0).abs() < 1e-12);
    let extra = bytes.len() - 5;
    bytes.truncate(extra);
    bytes.extend(5_i32.to_le_bytes());
    bytes.extend(b"{\"a\":READY       ");
    let mut wire = wire(&bytes);
    let read = wire.answer().unwrap();
    assert!((read.energy - answer.energy).abs() < 1e-9);
    assert!((read.forces[0] - answer.forces[0]).length() < 1e-9);
    assert!(read.virial.abs_diff_eq(answer.virial, 1e-9));
    assert_eq!(wire.header().unwrap(), Header::Ready);
}

#[test]
fn impossible_counts_are_refused_before_they_take_memory() {
    for count in [
        0,
        -1,
        i32::MIN,
        i32::MAX,
        i32::try_from(MAX_ATOMS).unwrap() + 1,
    ] {
        let mut bytes = vec![0; 144];
        bytes.extend(count.to_le_bytes());
        let error = wire(&bytes).positions().unwrap_err();
        assert!(matches!(error, WireError::Atoms(found) if found == count));
    }
    // Possible, and not true.
    let mut bytes = vec![0; 8];
    bytes.extend(9_999_999_i32.to_le_bytes());
    assert!(matches!(wire(&bytes).answer(), Err(WireError::Closed)));
    for count in [-1, i32::MAX] {
        let mut bytes = vec![0; 4];
        bytes.extend(count.to_le_bytes());
        assert!(matches!(wire(&bytes).skip_init(), Err(WireError::Extra(found)) if found == count));
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = wire(&bytes).header();
        let _ = wire(&bytes).positions();
        let _ = wire(&bytes).answer();
        let _ = wire(&bytes).skip_init();
    }
}
