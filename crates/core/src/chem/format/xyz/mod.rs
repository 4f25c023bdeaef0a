//! XYZ, plain and extended.
//!
//! A frame is a line with the number of atoms, a comment line, and a row for each atom. In extended
//! XYZ (J. Kermode, <https://github.com/libAtoms/extxyz>) the comment holds `key=value` pairs, of
//! which `Lattice`, `pbc` and `Properties` give the cell, its repeating axes and the columns of the
//! rows. ASE is the judge of what a file means (`ase.io.extxyz`); where it refuses a file that
//! people have, the reader is lenient:
//!
//! - A comment without any `key=value` is carried as the text `comment`, and the rows are an element
//!   and three coordinates, whatever follows them.
//! - A value that is not of its key's kind, such as `energy=low`, is carried as it is and noted: a
//!   word of a plain comment may look like a pair.
//! - A column that bears on no atom and has a word that is not of its type is read as text, or not at
//!   all where it has a meaning (`forces`, `momenta`), and noted.
//! - An element is a symbol in any case, an atomic number, or a symbol with a serial number ("C1",
//!   "Fe_2") or a charge ("Na+"), which is kept in the array `label`. D and T are isotopes of
//!   hydrogen. Rows of dummies ("X", "Bq", 0) are left out and noted. Anything else, such as
//!   "Cu_ghost", is an error: there is no atom that it could stand for.
//! - Numbers may have the exponents of Fortran ("1.0D-3") and Mathematica ("2.7*^-4"), lines may end
//!   in CR LF, words may be separated by tabs, and blank lines may stand between frames and after the
//!   last.
//! - Text behind the rows that starts no frame, as in the files of QM9, is passed over and noted. A
//!   row of one atom more than the count says is an error.
//! - A last frame that is cut short is left out, with a note at the frame before it.
//! - The comment may be in Latin-1, and nested arrays in the `[[…], […]]` of the specification.
//!
//! # What becomes of the names
//!
//! | name | becomes | unit in the file |
//! |---|---|---|
//! | `Lattice`, `pbc` | the cell; nothing repeats along rows of zeros, which are filled in, and nine zeros are no cell | Å |
//! | `energy`, `forces` | energy and forces | eV, eV/Å |
//! | `stress` | stress: 9 numbers, or 6 in the order xx yy zz yz xz xy | eV/Å³ |
//! | `momenta` | velocities, after division by the mass | amu·Å per [`ASE_TIME`] |
//! | `velocities` | velocities, where there are no momenta | Å per [`ASE_TIME`] |
//! | `masses` | masses | amu |
//! | `move_mask` | fixed atoms: those that may move along no axis | |
//! | `charge`, `total_charge` | charge | e |
//! | `spin`, `multiplicity`, `total_spin` | multiplicity 2S + 1 | |
//!
//! Facts from other formats that bear one of these names (an SD file's `energy` is a word, not eV) are
//! written as `info_energy` and so on.
//!
//! That `spin` is the multiplicity is the convention of fairchem (`AtomicData.from_ase`), shared by
//! MACE's `total_spin`; 0 means not given. All else is carried by name, in the structure's `info`
//! and `arrays`, and written back. A `move_mask` that frees an atom along some axes only stays in
//! the arrays: it cannot be held as fixed atoms.
//!
//! # What is written
//!
//! Numbers have the fewest digits that give them back, so that reading gives the same structure;
//! velocities, which ASE takes as momenta, are the same but for the last digits. An empty text in a
//! row, such as the insertion code of most residues, is written as `""`. Stated bonds and
//! labels of residues have no place in the format. Whole numbers in arrays beyond 32 bits are
//! written, but ASE refuses them.
//!
//! [`ASE_TIME`]: crate::chem::units::ASE_TIME

mod cell;
mod columns;
mod comment;
mod frame;
mod frames;
mod info;
mod line_reader;
mod records;
mod row;
mod value;
mod write;

use super::beginning::Beginning;
use super::info::Open;
use super::{Configuration, ParseError, Selection, Stream, WriteError};

pub use frames::Frames;

/// The selected frames of a file in memory.
pub(super) fn read(bytes: &[u8], selection: Selection) -> Result<Vec<Configuration>, ParseError> {
    let mut frames = Frames::open(|| Ok(bytes), selection)?;
    let mut read = frames.by_ref().collect::<Result<Vec<_>, _>>()?;
    if selection.is_backwards() {
        read.reverse();
    }
    Ok(read)
}

/// The selected frames of a file, read as they are asked for.
pub(super) fn stream(open: Open<'_>, selection: Selection) -> Result<Stream, ParseError> {
    Ok(Box::new(Frames::open(open, selection)?))
}

/// Whether a content looks like XYZ: a number of atoms alone, a comment, then rows of at least four
/// words, of which three are numbers; of no atoms, the end or the next frame.
pub(super) fn sniff(beginning: &Beginning<'_>) -> bool {
    let row = beginning.line(3).split_whitespace();
    match beginning.line(1).trim().parse::<usize>() {
        Ok(0) => {
            let next = beginning
                .lines()
                .skip(2)
                .find(|line| !line.trim().is_empty());
            next.is_none_or(|next| next.trim().parse::<usize>().is_ok())
        }
        Ok(_) => {
            let (numbers, other): (Vec<&str>, Vec<&str>) =
                row.partition(|word| word.parse::<f64>().is_ok());
            numbers.len() >= 3 && numbers.len() + other.len() >= 4
        }
        Err(_) => false,
    }
}

/// The frames as an extended XYZ file.
pub(super) fn write(configurations: &[Configuration]) -> Result<Vec<u8>, WriteError> {
    let mut content = String::new();
    for configuration in configurations {
        write::extended(configuration, &mut content)?;
    }
    Ok(content.into_bytes())
}

/// The frames as a plain XYZ file: elements, positions, and the text `comment` where there is one.
pub(super) fn write_plain(configurations: &[Configuration]) -> Result<Vec<u8>, WriteError> {
    let mut content = String::new();
    for configuration in configurations {
        write::plain(configuration, &mut content)?;
    }
    Ok(content.into_bytes())
}
