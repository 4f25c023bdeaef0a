//! Cell of an XYZ file: `Lattice` and `pbc`, or the vectors after the atoms in files of ADF.

use glam::DVec3;

use super::expected::Expected;
use super::row::Words;
use crate::chem::Cell;
use crate::chem::properties::{Data, Value};

/// The cell vectors of the nine numbers of `Lattice`, row-major.
pub(super) fn vectors(numbers: &[f64]) -> Option<[DVec3; 3]> {
    let numbers: &[f64; 9] = numbers.try_into().ok()?;
    Some([0, 3, 6].map(|first| DVec3::new(numbers[first], numbers[first + 1], numbers[first + 2])))
}

/// Whether each vector is zero, that is missing.
pub(super) fn is_none(vectors: [DVec3; 3]) -> [bool; 3] {
    vectors.map(|vector| vector == DVec3::ZERO)
}

/// The cell of up to three lines `VEC1 x y z`, periodic along those axes.
pub(super) fn from_vectors<'a>(
    lines: impl Iterator<Item = &'a [u8]>,
) -> Result<Option<Cell>, Expected> {
    let mut vectors = [DVec3::ZERO; 3];
    let mut periodic = [false; 3];
    for (axis, line) in lines.enumerate() {
        let mut words = Words::new(line);
        let named = words.next() == Some(format!("VEC{}", axis + 1).as_bytes());
        let mut number = || words.number().ok();
        match (number(), number(), number()) {
            (Some(x), Some(y), Some(z)) if named && axis < 3 => {
                vectors[axis] = DVec3::new(x, y, z);
                periodic[axis] = true;
            }
            _ => return Err("VEC1, VEC2, VEC3 with three numbers each after the atoms".into()),
        }
    }
    assembled(vectors, periodic)
}

/// The cell of these vectors; `None` if all are zero and no axis is periodic.
pub(super) fn assembled(
    vectors: [DVec3; 3],
    periodic: [bool; 3],
) -> Result<Option<Cell>, Expected> {
    if vectors == [DVec3::ZERO; 3] && periodic == [false; 3] {
        return Ok(None);
    }
    let cell = Cell::completed(vectors, periodic);
    cell.map(Some)
        .map_err(|error| format!("a cell: {error}").into())
}

/// The periodic axes of `pbc`.
pub(super) fn periodic(pbc: &Value) -> Option<[bool; 3]> {
    let flags: Vec<bool> = match pbc.data() {
        Data::Bools(flags) => flags.clone(),
        Data::Integers(flags) => flags.iter().map(|&flag| flag != 0).collect(),
        Data::Reals(_) | Data::Texts(_) => Vec::new(),
    };
    match *flags.as_slice() {
        [all] => Some([all; 3]),
        [a, b, c] => Some([a, b, c]),
        _ => None,
    }
}

/// The cell vectors to write: vectors along non-periodic axes that the reader would complete are zero, as
/// in files of slabs and wires.
pub(super) fn written(cell: &Cell) -> [DVec3; 3] {
    let periodic = cell.periodic();
    let without = |left_out: [bool; 3]| {
        let mut vectors = cell.vectors();
        for axis in 0..3 {
            if left_out[axis] {
                vectors[axis] = DVec3::ZERO;
            }
        }
        let given_back = Cell::completed(vectors, periodic).is_ok_and(|read| read == *cell);
        given_back.then_some(vectors)
    };
    const PAIRS: [[bool; 3]; 3] = [
        [true, true, false],
        [true, false, true],
        [false, true, true],
    ];
    const ONES: [[bool; 3]; 3] = [
        [true, false, false],
        [false, true, false],
        [false, false, true],
    ];
    let choices = PAIRS.into_iter().chain(ONES);
    choices
        .filter(|choice| (0..3).all(|axis| !(choice[axis] && periodic[axis])))
        .find_map(without)
        .unwrap_or_else(|| cell.vectors())
}
