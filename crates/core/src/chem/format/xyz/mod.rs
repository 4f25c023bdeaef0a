//! Plain and extended XYZ.
//!
//! A frame is a line with the number of atoms, a comment line, and a row for each atom. In extended
//! XYZ (J. Kermode, <https://github.com/libAtoms/extxyz>) the comment holds `key=value` pairs, of
//! which `Lattice`, `pbc` and `Properties` give the cell, its repeating axes and the columns of the
//! rows. The interpretation follows ASE (`ase.io.extxyz`), except that the reader is lenient with common
//! files that ASE rejects:
//!
//! - A comment without `key=value` pairs is kept as the text `comment`, and rows are an element and three
//!   coordinates; further words are ignored.
//! - An invalid value, such as `energy=low`, is kept as text and noted, since a word of a plain comment
//!   may look like a pair.
//! - A column with invalid values that does not define atoms is read as text, or ignored if it has a
//!   meaning (`forces`, `momenta`), and noted.
//! - An element is a symbol in any case, an atomic number, or a symbol with a serial number ("C1",
//!   "Fe_2") or a charge ("Na+"), which is kept in the array `label`. D and T are isotopes of
//!   hydrogen. Rows of dummies ("X", "Bq", 0) are skipped and noted. Other words, such as "Cu_ghost", are
//!   an error.
//! - Numbers may have the exponents of Fortran ("1.0D-3") and Mathematica ("2.7*^-4"), lines may end
//!   in CR LF, words may be separated by tabs, and blank lines may stand between frames and after the
//!   last.
//! - Text after the rows that does not start a frame, as in the files of QM9, is ignored and noted. A row
//!   beyond the stated count is an error.
//! - A truncated last frame is skipped with a note on the frame before it.
//! - The comment may be in Latin-1, and nested arrays in the `[[…], […]]` of the specification.
//!
//! # Keys and columns
//!
//! | name | meaning | unit in the file |
//! |---|---|---|
//! | `Lattice`, `pbc` | the cell; rows of zeros are non-periodic and completed, nine zeros mean no cell | Å |
//! | `energy`, `forces` | energy and forces | eV, eV/Å |
//! | `stress` | stress: 9 numbers, or 6 in the order xx yy zz yz xz xy | eV/Å³ |
//! | `momenta` | velocities, after division by the mass | amu·Å per [`ASE_TIME`] |
//! | `velocities` | velocities, unless there are momenta | Å per [`ASE_TIME`] |
//! | `masses` | masses | amu |
//! | `move_mask` | fixed atoms: those that cannot move along any axis | |
//! | `charge`, `total_charge` | charge | e |
//! | `spin`, `multiplicity`, `total_spin` | multiplicity 2S + 1 | |
//!
//! Info of other formats with one of these names (the `energy` of an SD file is text, not eV) is written
//! as `info_energy` and so on.
//!
//! `spin` is the multiplicity, as in fairchem (`AtomicData.from_ase`) and `total_spin` in MACE; 0 means
//! not stated. Other data are kept by name in the structure's `info` and `arrays`, and written back. A
//! `move_mask` of partially fixed atoms stays in the arrays.
//!
//! # Writer
//!
//! Numbers have the fewest digits that parse to the same value; velocities, written as momenta for ASE,
//! may differ in the last digits. An empty text in a row, such as the insertion code of most residues, is
//! written as `""`. The format cannot store bonds and residue labels. Integers in arrays beyond 32 bits
//! are written, but ASE rejects them.
//!
//! [`ASE_TIME`]: crate::chem::units::ASE_TIME

mod cell;
mod columns;
mod comment;
mod expected;
mod frame;
mod frames;
mod index;
mod info;
mod line_reader;
mod records;
mod row;
mod value;
mod write;

use super::beginning::Beginning;
use super::info::OpenFn;
use super::{Configuration, FrameSelection, ParseError, Stream, WriteError};

pub use frames::XyzFrames;
pub use index::{IndexedFrame, XyzIndexer, read_frame};

/// Reads the selected frames of a file in memory.
pub(super) fn read(
    bytes: &[u8],
    selection: FrameSelection,
) -> Result<Vec<Configuration>, ParseError> {
    let mut frames = XyzFrames::open(|| Ok(bytes), selection)?;
    let mut read = frames.by_ref().collect::<Result<Vec<_>, _>>()?;
    if selection.is_backward() {
        read.reverse();
    }
    Ok(read)
}

/// Streams the selected frames of a file.
pub(super) fn stream(open: OpenFn<'_>, selection: FrameSelection) -> Result<Stream, ParseError> {
    Ok(Box::new(XyzFrames::open(open, selection)?))
}

/// Whether the content looks like XYZ: a number of atoms, a comment, then rows of at least four words, of
/// which three are numbers; without atoms, the end or the next frame.
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

/// Writes an extended XYZ file.
pub(super) fn write(configurations: &[Configuration]) -> Result<Vec<u8>, WriteError> {
    let mut content = String::new();
    for configuration in configurations {
        write::extended(configuration, &mut content)?;
    }
    Ok(content.into_bytes())
}

/// Writes a plain XYZ file: elements, positions, and the text `comment`, if any.
pub(super) fn write_plain(configurations: &[Configuration]) -> Result<Vec<u8>, WriteError> {
    let mut content = String::new();
    for configuration in configurations {
        write::plain(configuration, &mut content)?;
    }
    Ok(content.into_bytes())
}
