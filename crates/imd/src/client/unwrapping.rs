//! Positions of a program that wraps them into its cell, made continuous again.

use glam::DVec3;
use mlipview_core::chem::{Cell, Structure};
use mlipview_core::sim::external::ExternalFrame;

/// Moves each atom by vectors of the cell to the image that is nearest to its last position, so that molecules
/// stay whole and no pull turns around. The first positions are those of a structure.
pub(super) struct Unwrapping {
    last: Vec<DVec3>,
    cell: Option<Cell>,
}

impl Unwrapping {
    pub(super) fn of(structure: &Structure) -> Unwrapping {
        Unwrapping {
            last: structure.positions().to_vec(),
            cell: structure.cell.clone(),
        }
    }

    /// Unwraps a frame, in its cell or in the last one.
    pub(super) fn apply(&mut self, frame: &mut ExternalFrame) {
        if frame.cell.is_some() {
            self.cell.clone_from(&frame.cell);
        }
        let Some(cell) = &self.cell else { return };
        for (position, last) in frame.positions.iter_mut().zip(&mut self.last) {
            // A position that is not finite is refused by the simulation, and must not stay.
            if position.is_finite() {
                *position = *last + cell.minimum_image(*position - *last);
                *last = *position;
            }
        }
    }
}
