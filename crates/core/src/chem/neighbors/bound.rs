//! How many neighbors are too many: atoms on top of each other must not take all memory.

use std::f64::consts::PI;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::chem::Cell;

/// The most neighbors that any list may hold, however few the atoms: half a gibibyte of them.
const ALWAYS: u64 = 1 << 26;
/// The most neighbors per atom on average, where that allows more. Diamond, the densest matter, has
/// so many within 8.8 Å; a list of fewer than 131 072 atoms may have more.
const PER_ATOM: u64 = 512;
/// An image takes the memory of so many neighbors.
const IMAGE: u64 = 16;

/// Atoms so close together, or a cutoff so long, that the neighbors would be more than 2²⁶ and more
/// than 512 for each atom.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error(
    "{atoms} atoms, {density:.3} per Å³ or more, have too many neighbors within {reach} Å to list \
     (diamond, the densest matter, has 0.176 per Å³); check that positions and cell are in Å and \
     that no atoms lie on top of each other"
)]
pub struct TooDense {
    /// How many atoms there are.
    pub atoms: usize,
    /// How many there are at least in the cell or, on average, around an atom, 1/Å³.
    pub density: f64,
    /// How far neighbors may be, with the skin, Å.
    pub reach: f64,
}

impl TooDense {
    pub(super) fn new(atoms: usize, cell: Option<&Cell>, reach: f64) -> TooDense {
        let around = most(atoms) as f64 / atoms as f64 / (4.0 / 3.0 * PI * reach.powi(3));
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

/// How many neighbors so many atoms may have.
fn most(atoms: usize) -> u64 {
    ALWAYS.max(PER_ATOM * atoms as u64)
}

/// How many places may be looked at for images of so many atoms.
pub(super) fn most_places(atoms: usize) -> f64 {
    most(atoms) as f64
}

/// How many images may be kept.
pub(super) fn most_images(atoms: usize) -> usize {
    (most(atoms) / IMAGE) as usize
}

/// The neighbors that may still be listed, whichever thread finds them.
#[derive(Debug)]
pub(super) struct Allowance {
    most: u64,
    listed: AtomicU64,
}

impl Allowance {
    /// Of so many atoms.
    pub(super) fn of(atoms: usize) -> Allowance {
        Allowance {
            most: most(atoms),
            listed: AtomicU64::new(0),
        }
    }

    /// Counts neighbors that are being listed.
    pub(super) fn list(&self, neighbors: usize) {
        self.listed.fetch_add(neighbors as u64, Ordering::Relaxed);
    }

    /// Whether there were more than are allowed. The answer at the end is the same for any number
    /// of threads: nobody stops counting before.
    pub(super) fn is_exceeded(&self) -> bool {
        self.listed.load(Ordering::Relaxed) > self.most
    }
}
