//! Cell and positions that a server sends.

use glam::DVec3;
use mlipview_core::chem::{Cell, Structure};

use super::orientation::Orientation;

/// Cell and positions.
#[derive(Clone, Debug, PartialEq)]
pub struct Positions {
    /// The cell vectors, Å.
    pub cell: [DVec3; 3],
    /// Position of each atom, Å: `[atoms]`.
    pub positions: Vec<DVec3>,
}

/// Space around the atoms of a structure without a cell, Å.
const EMPTY_SPACE: f64 = 100.0;

impl Positions {
    /// Those of a structure, with a along x and b in the xy plane. A structure without a cell has a cube with this
    /// edge, Å: the protocol always sends a cell, and cannot say whether it is periodic.
    pub(crate) fn of(structure: &Structure, cube: f64) -> (Positions, Orientation) {
        let cell = structure.cell.as_ref();
        let cell = cell.map_or_else(|| DVec3::AXES.map(|axis| axis * cube), Cell::vectors);
        let orientation = Orientation::of(cell);
        let turn = |vector: &DVec3| orientation.turn(*vector);
        let mut turned = Positions {
            cell: cell.map(|vector| orientation.turn(vector)),
            positions: structure.positions().iter().map(turn).collect(),
        };
        // Exactly, as other programs check.
        let [a, b, _] = &mut turned.cell;
        (a.y, a.z, b.z) = (0.0, 0.0, 0.0);
        (turned, orientation)
    }

    /// The edge of a cube around the atoms of a structure in which no program sees periodic images, Å.
    pub(crate) fn cube_of(structure: &Structure) -> f64 {
        let positions = structure.positions();
        let first = positions.first().copied().unwrap_or_default();
        let bounds = |pick: fn(DVec3, DVec3) -> DVec3| {
            positions.iter().fold(first, |one, other| pick(one, *other))
        };
        (bounds(DVec3::max) - bounds(DVec3::min)).max_element() + EMPTY_SPACE
    }
}
