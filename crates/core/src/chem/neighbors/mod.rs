//! Neighbor lists: all pairs of atoms within a cutoff, by cell lists with a Verlet skin.
//!
//! Atoms and their periodic images within reach (`images`) are sorted into cubic bins (`bins`), and
//! every atom is compared with the images in the bins around it (`search`). Time and memory are linear
//! in the number of atoms and pairs; empty space costs nothing. Cell lists: M. P. Allen and
//! D. J. Tildesley, Computer Simulation of Liquids, 2nd ed. (2017), 5.3; skin: L. Verlet, Phys. Rev.
//! 159, 98 (1967).

mod bins;
mod images;
mod limits;
mod neighbor;
mod pair;
mod search;
mod shifts;
mod whole;

use glam::{DVec3, IVec3};

use super::Cell;
use bins::Bins;
use images::Images;
use limits::NeighborLimit;
pub use limits::TooDense;
pub use neighbor::Neighbor;
pub use pair::{Pair, pairs};
use search::Search;
pub(crate) use whole::make_whole;

/// Neighbors of every atom, rebuilt when an atom has moved by half the skin.
///
/// Any cell is allowed: partially periodic, skewed, left-handed, smaller than the cutoff, with atoms
/// outside it. Shifts refer to the positions as given; these are never wrapped. An atom with a
/// non-finite position has no neighbors and is not listed. The order is independent of the number of
/// threads.
///
/// ```
/// use glam::DVec3;
/// use mlipview_core::chem::{Cell, NeighborList};
///
/// let cell = Cell::orthorhombic(DVec3::splat(3.0))?;
/// let mut list = NeighborList::full(3.1, 0.5);
/// list.update(&[DVec3::ZERO], Some(&cell))?;
/// assert_eq!(list.pairs(&[DVec3::ZERO]).count(), 6); // simple cubic
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
    /// A full list: both directions (i, j) and (j, i) of each pair within `cutoff` (Å). It is built for
    /// cutoff + `skin` (Å) and stays valid until an atom has moved by skin/2.
    ///
    /// # Panics
    /// If the cutoff or the skin is negative or not finite.
    pub fn full(cutoff: f64, skin: f64) -> NeighborList {
        assert!(
            cutoff >= 0.0 && skin >= 0.0 && (cutoff + skin).is_finite(),
            "invalid cutoff {cutoff} Å or skin {skin} Å of a neighbor list"
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

    /// A half list: each pair once, at the atom of lower index; pairs of an atom with its own image at
    /// the lexicographically positive shift. Cutoff and skin in Å.
    ///
    /// # Panics
    /// As [`NeighborList::full`].
    pub fn half(cutoff: f64, skin: f64) -> NeighborList {
        NeighborList {
            half: true,
            ..NeighborList::full(cutoff, skin)
        }
    }

    /// Cutoff, Å: all pairs within this distance are listed.
    pub fn cutoff(&self) -> f64 {
        self.cutoff
    }

    /// Verlet skin beyond the cutoff, Å.
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

    /// Rebuilds the list if an atom has moved by skin/2 or the number of atoms or the cell has changed.
    /// Returns whether it was rebuilt.
    ///
    /// # Errors
    /// If there are too many neighbors to list; the list is empty then.
    pub fn update(&mut self, positions: &[DVec3], cell: Option<&Cell>) -> Result<bool, TooDense> {
        if self.built_in.as_ref() == cell && self.is_near(positions) {
            return Ok(false);
        }
        if let Err(error) = self.build(positions, cell) {
            // A new list also frees the memory.
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
        self.images.gather(positions, cell, reach)?;
        self.bins.sort(&self.images);
        let limit = NeighborLimit::new(positions.len());
        let offsets = &self.images.offsets;
        self.search
            .run(&self.bins, offsets, positions.len(), self.half, &limit);
        if limit.is_exceeded() {
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

    /// The neighbors of an atom within cutoff + skin, sorted; callers compare distances with the
    /// cutoff.
    ///
    /// The displacement to a neighbor is r_j − r_i + H · shift, Å:
    /// `positions[neighbor.atom] - positions[atom] + translations()[neighbor.image]`. In this order of
    /// operations the displacements of both directions are exactly opposite.
    ///
    /// # Panics
    /// If the atom is out of range of the last update.
    pub fn neighbors(&self, atom: usize) -> &[Neighbor] {
        self.search.neighbors(atom)
    }

    /// Shifts of the images in cells along a, b, c, sorted.
    pub fn shifts(&self) -> &[IVec3] {
        &self.search.shifts
    }

    /// Translations of the images, Å, `[shifts]`: H · shift, H the matrix of the current cell.
    pub fn translations(&self) -> &[DVec3] {
        &self.translations
    }

    /// Whether no atom has moved by more than half the skin since the last build.
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
