//! Frame of a trajectory of positions.

use glam::DVec3;

use super::super::ParseError;
use crate::chem::properties::Value;
use crate::chem::{Cell, Structure};

/// Positions, cell and time of one frame.
pub(super) struct DecodedFrame {
    /// Positions, Å.
    pub(super) positions: Vec<DVec3>,
    pub(super) cell: Option<Cell>,
    /// Time, fs.
    pub(super) time: f64,
}

impl DecodedFrame {
    /// The topology with the positions, cell and time of this frame, without those of virtual sites.
    pub(super) fn with_atoms(
        mut self,
        topology: &Structure,
        virtual_sites: &[usize],
        index: usize,
    ) -> Result<Structure, ParseError> {
        let mut row = 0..;
        self.positions.retain(|_| {
            let row = row.next().unwrap_or(usize::MAX);
            virtual_sites.binary_search(&row).is_err()
        });
        let is_infinite = |position: &DVec3| !position.is_finite();
        if let Some(atom) = self.positions.iter().position(is_infinite) {
            let expected = format!("a finite position of atom {} in frame {index}", atom + 1);
            let found = self.positions[atom].to_string();
            return Err(ParseError::whole(expected, found));
        }
        let mut structure = topology.clone();
        structure.positions_mut().copy_from_slice(&self.positions);
        structure.cell = self.cell;
        structure.info.insert("time".into(), Value::real(self.time));
        Ok(structure)
    }
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
