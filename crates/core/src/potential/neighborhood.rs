//! The neighbors of one atom within a cutoff, for loops over pairs.

use glam::DVec3;

use crate::chem::neighbors::NeighborList;

/// A neighbor within the cutoff.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NeighborAt {
    /// Displacement to it, Å.
    pub(super) d: DVec3,
    /// |d|², Å².
    pub(super) distance2: f64,
    /// Index of the neighbor.
    pub(super) other: u32,
}

/// The neighbors of one atom within the cutoff, in a buffer that is reused for the next atom.
#[derive(Debug, Default)]
pub(super) struct Neighborhood(Vec<NeighborAt>);

impl Neighborhood {
    /// Selects the listed neighbors of an atom whose squared distance is below `cutoff2`.
    ///
    /// Selected before use and without a branch: in a list with a skin every fourth is beyond the
    /// cutoff, which branch prediction cannot learn.
    #[inline]
    pub(super) fn select(
        &mut self,
        atom: usize,
        positions: &[DVec3],
        list: &NeighborList,
        cutoff2: f64,
    ) -> &[NeighborAt] {
        let here = positions[atom];
        let (neighbors, translations) = (list.neighbors(atom), list.translations());
        if self.0.len() < neighbors.len() {
            self.0.resize(neighbors.len(), NeighborAt::default());
        }
        let buffer = &mut self.0[..neighbors.len()];
        let mut count = 0;
        for neighbor in neighbors {
            let d =
                positions[neighbor.atom as usize] - here + translations[neighbor.image as usize];
            let distance2 = d.length_squared();
            buffer[count] = NeighborAt {
                d,
                distance2,
                other: neighbor.atom,
            };
            count += usize::from(distance2 < cutoff2);
        }
        &buffer[..count]
    }
}
