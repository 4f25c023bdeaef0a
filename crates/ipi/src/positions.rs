//! Cell and positions that a server sends.

use glam::DVec3;
use mlipview_core::chem::{Cell, Structure};

/// Space around atoms without a cell, Å: programs that want a cell see no images.
const EMPTY_SPACE: f64 = 100.0;

/// Cell and positions.
#[derive(Clone, Debug, PartialEq)]
pub struct Positions {
    /// The cell vectors, Å.
    pub cell: [DVec3; 3],
    /// Position of each atom, Å: `[atoms]`.
    pub positions: Vec<DVec3>,
}

impl Positions {
    /// Those of a structure. One without a cell has a cube that is 100 Å larger than its atoms, since the protocol
    /// always sends a cell and cannot say whether it is periodic.
    pub fn of(structure: &Structure) -> Positions {
        let positions = structure.positions().to_vec();
        let cell = structure.cell.as_ref().map_or_else(
            || {
                let first = positions.first().copied().unwrap_or_default();
                let bounds = |pick: fn(DVec3, DVec3) -> DVec3| {
                    positions.iter().fold(first, |one, other| pick(one, *other))
                };
                let size = (bounds(DVec3::max) - bounds(DVec3::min)).max_element();
                DVec3::AXES.map(|axis| axis * (size + EMPTY_SPACE))
            },
            Cell::vectors,
        );
        Positions { cell, positions }
    }
}
