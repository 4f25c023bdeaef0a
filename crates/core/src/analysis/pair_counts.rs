//! Numbers of pairs of atoms of two selections, by distance.

use glam::DVec3;

use super::AnalysisError;
use crate::chem::{Cell, NeighborList};

/// Counts of pairs (i, j), i of one selection and j of the other, with all periodic images of j but not i
/// itself.
#[derive(Clone, Debug)]
pub(super) struct PairCounts {
    list: NeighborList,
    counts: Vec<PairCount>,
}

/// Pairs in a bin.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PairCount {
    /// Ordered pairs: those of two atoms of both selections count twice.
    pub(super) ordered: u64,
    /// Pairs, each once.
    pub(super) unordered: u64,
}

impl PairCounts {
    /// Empty bins up to a distance, Å.
    pub(super) fn new(max_distance: f64, bins: usize) -> PairCounts {
        PairCounts {
            list: NeighborList::half(max_distance, 0.0),
            counts: vec![PairCount::default(); bins],
        }
    }

    /// Largest distance, Å.
    pub(super) fn max_distance(&self) -> f64 {
        self.list.cutoff()
    }

    /// Number of pairs in each bin.
    pub(super) fn counts(&self) -> &[PairCount] {
        &self.counts
    }

    /// Adds the pairs of a frame; `selections` has for each atom whether it is of the one and of the other.
    pub(super) fn push(
        &mut self,
        positions: &[DVec3],
        cell: Option<&Cell>,
        selections: &[[bool; 2]],
    ) -> Result<(), AnalysisError> {
        self.list.update(positions, cell)?;
        let per_angstrom = self.counts.len() as f64 / self.list.cutoff();
        let counts = &mut self.counts;
        self.list.pairs(positions).for_each(|pair| {
            let [i, j] = [pair.i, pair.j].map(|atom| selections[atom as usize]);
            let ordered = u64::from(i[0] && j[1]) + u64::from(j[0] && i[1]);
            if ordered > 0 {
                let bin = (pair.vector.length() * per_angstrom) as usize;
                // The cutoff belongs to no bin, as the lower end of the next one.
                if let Some(count) = counts.get_mut(bin) {
                    count.ordered += ordered;
                    count.unordered += 1;
                }
            }
        });
        Ok(())
    }
}
