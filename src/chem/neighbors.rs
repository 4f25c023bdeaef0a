//! All pairs of atoms within a cutoff.

use glam::{DVec3, IVec3};

use super::Cell;

/// One atom seen from another: which, and in which image of the cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Neighbor {
    /// The neighboring atom.
    pub atom: u32,
    /// Its image: an index into [`NeighborList::shifts`] and [`NeighborList::translations`].
    pub image: u32,
}

/// The neighbors of every atom, kept up to date as atoms move.
pub struct NeighborList {
    cutoff: f64,
    skin: f64,
}

impl NeighborList {
    /// A list of all directed pairs (i to j and j to i) within `cutoff` (Å), built with a margin of
    /// `skin` (Å): it stays valid until an atom has moved skin/2.
    pub fn full(cutoff: f64, skin: f64) -> NeighborList {
        NeighborList { cutoff, skin }
    }

    /// As [`NeighborList::full`], with each pair listed once.
    pub fn half(cutoff: f64, skin: f64) -> NeighborList {
        NeighborList { cutoff, skin }
    }

    /// Brings the list up to date; says whether it was rebuilt.
    pub fn update(&mut self, positions: &[DVec3], cell: Option<&Cell>) -> bool {
        let _ = (positions, cell, self.cutoff, self.skin);
        unimplemented!()
    }

    /// The neighbors of an atom within cutoff + skin, sorted: whoever loops over them compares the
    /// distance with the cutoff. The displacement to a neighbor is
    /// `positions[neighbor.atom] + translations()[neighbor.image] - positions[atom]`.
    pub fn neighbors(&self, atom: usize) -> &[Neighbor] {
        let _ = atom;
        unimplemented!()
    }

    /// The images that occur: how many cells away, along a, b, c.
    pub fn shifts(&self) -> &[IVec3] {
        unimplemented!()
    }

    /// The same images as translations in the current cell, Å.
    pub fn translations(&self) -> &[DVec3] {
        unimplemented!()
    }
}
