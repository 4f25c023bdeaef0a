//! Frame of a trajectory of positions.

use glam::DVec3;

use super::super::ParseError;
use crate::chem::Cell;

/// Positions, cell and time of one frame.
pub(super) struct DecodedFrame {
    /// Positions, Å.
    pub(super) positions: Vec<DVec3>,
    pub(super) cell: Option<Cell>,
    /// Time, fs.
    pub(super) time: f64,
}

/// Checks that the numbers of atoms of trajectory and topology agree.
pub(super) fn expect_atoms(found: u64, topology: usize) -> Result<(), ParseError> {
    if usize::try_from(found) == Ok(topology) {
        return Ok(());
    }
    let expected = format!("the {topology} atoms of the topology");
    Err(ParseError::whole(
        expected,
        format!("{found} atoms in the trajectory"),
    ))
}

/// A cell of vectors (Å), periodic along those that are not zero; `None` if all are zero.
pub(super) fn cell_of(vectors: [DVec3; 3], frame: usize) -> Result<Option<Cell>, ParseError> {
    if vectors == [DVec3::ZERO; 3] {
        return Ok(None);
    }
    let periodic = vectors.map(|vector| vector != DVec3::ZERO);
    Cell::completed(vectors, periodic)
        .map(Some)
        .map_err(|error| ParseError::whole(format!("a cell in frame {frame}"), error.to_string()))
}
