//! Limit on the number of neighbors, so that overlapping atoms do not exhaust memory.

use std::f64::consts::PI;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::chem::Cell;

/// Number of neighbors that any list may hold, however few the atoms: 512 MiB.
const MIN_LIMIT: u64 = 1 << 26;
/// Average number of neighbors per atom above which a list is too long, from 131 072 atoms on.
/// Diamond, the densest solid, has as many within 8.8 Å.
const LIMIT_PER_ATOM: u64 = 512;
/// Memory of an image, in neighbors.
const NEIGHBORS_PER_IMAGE: u64 = 16;

/// More neighbors than can be listed: above 2²⁶ and above 512 per atom. Atoms overlap, or the cutoff is
/// too long.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error(
    "{atoms} atoms, {density:.3} per Å³ or more, have too many neighbors within {reach} Å to list \
     (diamond, the densest solid, has 0.176 per Å³); check that positions and cell are in Å and \
     that no atoms overlap"
)]
pub struct TooDense {
    /// Number of atoms.
    pub atoms: usize,
    /// Lower bound of the number density, of the cell or around an average atom, 1/Å³.
    pub density: f64,
    /// Cutoff plus skin, Å.
    pub reach: f64,
}

impl TooDense {
    pub(super) fn new(atoms: usize, cell: Option<&Cell>, reach: f64) -> TooDense {
        // n > max / N / (4/3 π r³), the limit of neighbors per atom over the volume of the sphere.
        let around = max_neighbors(atoms) as f64 / atoms as f64 / (4.0 / 3.0 * PI * reach.powi(3));
        let in_cell = cell
            .filter(|cell| cell.periodic() == [true; 3])
            .map_or(0.0, |cell| atoms as f64 / cell.volume());
        TooDense {
            atoms,
            density: around.max(in_cell),
            reach,
        }
    }
}

/// Maximum number of neighbors of all atoms together.
fn max_neighbors(atoms: usize) -> u64 {
    MIN_LIMIT.max(LIMIT_PER_ATOM * atoms as u64)
}

/// Maximum number of candidate images to test.
pub(super) fn max_candidates(atoms: usize) -> f64 {
    max_neighbors(atoms) as f64
}

/// Maximum number of images to store.
pub(super) fn max_images(atoms: usize) -> usize {
    (max_neighbors(atoms) / NEIGHBORS_PER_IMAGE) as usize
}

/// Count of the neighbors listed by all threads, and its maximum.
#[derive(Debug)]
pub(super) struct NeighborLimit {
    max: u64,
    listed: AtomicU64,
}

impl NeighborLimit {
    /// The limit for a number of atoms.
    pub(super) fn new(atoms: usize) -> NeighborLimit {
        NeighborLimit {
            max: max_neighbors(atoms),
            listed: AtomicU64::new(0),
        }
    }

    /// Adds neighbors to the count.
    pub(super) fn count(&self, neighbors: usize) {
        self.listed.fetch_add(neighbors as u64, Ordering::Relaxed);
    }

    /// Whether the count exceeds the maximum. The final result is the same for any number of threads,
    /// since all count until it does.
    pub(super) fn is_exceeded(&self) -> bool {
        self.listed.load(Ordering::Relaxed) > self.max
    }
}
