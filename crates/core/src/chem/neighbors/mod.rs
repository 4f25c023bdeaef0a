//! All pairs of atoms within a cutoff.
//!
//! Atoms and those of their images that come near enough (`images`) are sorted into cubic bins
//! (`bins`), and every atom is compared with the contents of the bins around it (`search`). The
//! cost grows with the number of atoms and pairs, the memory too: empty space takes none. Bins
//! follow M. P. Allen and D. J. Tildesley, Computer Simulation of Liquids, 2nd ed. (2017), 5.3;
//! the skin L. Verlet, Phys. Rev. 159, 98 (1967).

mod bins;
mod bound;
mod images;
mod pair;
mod search;
mod shifts;

use glam::{DVec3, IVec3};

use super::Cell;
use bins::Bins;
use bound::Allowance;
pub use bound::TooDense;
use images::Images;
pub use pair::{Pair, pairs};
use search::Search;

/// One atom seen from another: which, and in which image of the cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Neighbor {
    /// The neighboring atom.
    pub atom: u32,
    /// Its image: an index into [`NeighborList::shifts`] and [`NeighborList::translations`].
    pub image: u32,
}

/// The neighbors of every atom, kept up to date as atoms move.
///
/// Any cell will do: periodic along some axes, skewed, left-handed, smaller than the cutoff, with
/// atoms outside it. Shifts refer to the positions as given, which are never wrapped. An atom whose
/// position is not finite has no neighbors and is none.
///
/// The list is the same for any number of threads.
#[derive(Clone, Debug)]
pub struct NeighborList {
    cutoff: f64,
    skin: f64,
    half: bool,
    built_at: Vec<DVec3>,
    built_in: Option<Cell>,
    images: Images,
    bins: Bins,
    search: Search,
    translations: Vec<DVec3>,
}

impl NeighborList {
    /// A list of all directed pairs (i to j and j to i) within `cutoff` (Å), built with a margin of
    /// `skin` (Å): it stays valid until an atom has moved skin/2.
    ///
    /// # Panics
    /// If the cutoff or the skin is negative or not finite.
    pub fn full(cutoff: f64, skin: f64) -> NeighborList {
        assert!(
            cutoff >= 0.0 && skin >= 0.0 && (cutoff + skin).is_finite(),
            "a neighbor list with a cutoff of {cutoff} Å and a skin of {skin} Å"
        );
        NeighborList {
            cutoff,
            skin,
            half: false,
            built_at: Vec::new(),
            built_in: None,
            images: Images::default(),
            bins: Bins::default(),
            search: Search::default(),
            translations: Vec::new(),
        }
    }

    /// As [`NeighborList::full`], with each pair listed once: at the atom of lower index, and an
    /// atom with its own image at the lexicographically positive shift.
    ///
    /// # Panics
    /// As [`NeighborList::full`].
    pub fn half(cutoff: f64, skin: f64) -> NeighborList {
        NeighborList {
            half: true,
            ..NeighborList::full(cutoff, skin)
        }
    }

    /// The distance within which no pair is missed, Å.
    pub fn cutoff(&self) -> f64 {
        self.cutoff
    }

    /// The margin beyond the cutoff, Å.
    pub fn skin(&self) -> f64 {
        self.skin
    }

    /// Number of atoms at the last update.
    pub fn len(&self) -> usize {
        self.built_at.len()
    }

    /// Whether there were no atoms at the last update.
    pub fn is_empty(&self) -> bool {
        self.built_at.is_empty()
    }

    /// Brings the list up to date; says whether it was rebuilt, because an atom has moved skin/2,
    /// the number of atoms has changed or the cell has.
    ///
    /// # Errors
    /// If there are too many neighbors to list; the list is empty then, of no atoms.
    pub fn update(&mut self, positions: &[DVec3], cell: Option<&Cell>) -> Result<bool, TooDense> {
        if self.built_in.as_ref() == cell && self.is_near(positions) {
            return Ok(false);
        }
        if let Err(error) = self.build(positions, cell) {
            // Gives the memory back, too.
            *self = NeighborList {
                half: self.half,
                ..NeighborList::full(self.cutoff, self.skin)
            };
            return Err(error);
        }
        Ok(true)
    }

    fn build(&mut self, positions: &[DVec3], cell: Option<&Cell>) -> Result<(), TooDense> {
        let reach = self.cutoff + self.skin;
        self.images.surround(positions, cell, reach)?;
        self.bins.sort(&self.images);
        let allowance = Allowance::of(positions.len());
        let offsets = &self.images.offsets;
        self.search
            .run(&self.bins, offsets, positions.len(), self.half, &allowance);
        if allowance.is_exceeded() {
            return Err(TooDense::new(positions.len(), cell, reach));
        }
        self.translations.clear();
        self.translations.extend(
            self.search
                .shifts
                .iter()
                .map(|&shift| cell.map_or(DVec3::ZERO, |cell| cell.translation(shift))),
        );
        self.built_at.clear();
        self.built_at.extend_from_slice(positions);
        self.built_in = cell.cloned();
        Ok(())
    }

    /// The neighbors of an atom within cutoff + skin, sorted: whoever loops over them compares the
    /// distance with the cutoff. The displacement to a neighbor, Å, is
    /// `positions[neighbor.atom] - positions[atom] + translations()[neighbor.image]`; in this order
    /// of operations the displacements of the two directions differ in sign and in nothing else.
    ///
    /// # Panics
    /// If there was no such atom at the last update.
    pub fn neighbors(&self, atom: usize) -> &[Neighbor] {
        self.search.neighbors(atom)
    }

    /// The images that occur, sorted: how many cells away, along a, b, c.
    pub fn shifts(&self) -> &[IVec3] {
        &self.search.shifts
    }

    /// The same images as translations in the current cell, Å.
    pub fn translations(&self) -> &[DVec3] {
        &self.translations
    }

    /// Whether these are the atoms of the last build, none moved by more than half the skin.
    fn is_near(&self, positions: &[DVec3]) -> bool {
        let limit = (0.5 * self.skin).powi(2);
        self.built_at.len() == positions.len()
            && self
                .built_at
                .iter()
                .zip(positions)
                .all(|(then, now)| then.distance_squared(*now) <= limit)
    }
}
