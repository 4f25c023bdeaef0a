//! The cell in an XYZ file: `Lattice` and `pbc`, or the vectors that ADF puts after the atoms.

use glam::DVec3;

use super::row::Words;
use super::value;
use crate::chem::Cell;
use crate::chem::properties::{Data, Value};

/// The cell of `Lattice` and `pbc`, which repeats along all axes where there is no `pbc`. The error
/// says what should have been there.
pub(super) fn from_info(
    lattice: Option<&Value>,
    pbc: Option<&Value>,
) -> Result<Option<Cell>, String> {
    let periodic = pbc.map(periodic).transpose()?;
    let Some(lattice) = lattice else {
        return match periodic {
            Some([false, false, false]) | None => Ok(None),
            Some(_) => Err("a Lattice, as pbc names axes that repeat".to_owned()),
        };
    };
    let numbers = value::reals(lattice).unwrap_or_default();
    let &[ax, ay, az, bx, by, bz, cx, cy, cz] = numbers.as_slice() else {
        return Err("nine numbers for Lattice".to_owned());
    };
    let vectors = [
        DVec3::new(ax, ay, az),
        DVec3::new(bx, by, bz),
        DVec3::new(cx, cy, cz),
    ];
    assembled(vectors, periodic.unwrap_or([true; 3]))
}

/// The cell of up to three lines `VEC1 x y z`; it repeats along those axes.
pub(super) fn from_vectors<'a>(
    lines: impl Iterator<Item = &'a [u8]>,
) -> Result<Option<Cell>, String> {
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
            _ => return Err("VEC1, VEC2, VEC3 with three numbers each after the atoms".to_owned()),
        }
    }
    assembled(vectors, periodic)
}

fn assembled(vectors: [DVec3; 3], periodic: [bool; 3]) -> Result<Option<Cell>, String> {
    if vectors == [DVec3::ZERO; 3] && periodic == [false; 3] {
        return Ok(None);
    }
    let cell = Cell::completed(vectors, periodic);
    cell.map(Some).map_err(|error| format!("a cell: {error}"))
}

fn periodic(pbc: &Value) -> Result<[bool; 3], String> {
    let flags: Vec<bool> = match pbc.data() {
        Data::Bools(flags) => flags.clone(),
        Data::Integers(flags) => flags.iter().map(|&flag| flag != 0).collect(),
        Data::Reals(_) | Data::Texts(_) => Vec::new(),
    };
    match *flags.as_slice() {
        [all] => Ok([all; 3]),
        [a, b, c] => Ok([a, b, c]),
        _ => Err("three of T or F for pbc".to_owned()),
    }
}

/// The cell vectors to write: along axes that do not repeat, vectors that would be filled in when
/// read are left out, as files of slabs and wires do.
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
