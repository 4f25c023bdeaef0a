//! What pairs of atoms add up to: force and energy of each atom, and the virial of all.

use std::ops::Range;

use glam::{DMat3, DVec3};
use rayon::prelude::*;

use super::Evaluation;
use crate::chem::Cell;
use crate::chem::neighbors::NeighborList;

/// Atoms that one chunk owns at least: below it, a thread costs more than it brings.
const CHUNK: usize = 2048;

/// Chunks at most: each has sums of its own for every atom.
const CHUNKS: usize = 16;

/// Running sums over pairs. A pair adds to both of its atoms, so every pair is to be met once.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    /// Force (x, y, z; eV/Å) and energy (eV) of each atom, side by side in half a cache line.
    pub(super) atoms: Vec<[f64; 4]>,
    /// Upper triangle xx, yy, zz, yz, xz, xy of Σ f ⊗ d, eV.
    pub(super) virial: [f64; 6],
}

impl Tally {
    /// Nothing yet, for `count` atoms.
    pub(super) fn zero(count: usize) -> Tally {
        Tally {
            atoms: vec![[0.0; 4]; count],
            virial: [0.0; 6],
        }
    }

    /// Adds a pair at displacement `d` (Å) to `own`, the sums of the atom it starts from, and to the
    /// `other` atom: its energy (eV), and its force from `slope` = (1/r) dE/dr (eV/Å²).
    #[inline]
    pub(super) fn pair(
        &mut self,
        own: &mut [f64; 4],
        other: usize,
        d: DVec3,
        energy: f64,
        slope: f64,
    ) {
        let pull = slope * d;
        let half = 0.5 * energy;
        let theirs = &mut self.atoms[other];
        *theirs = [
            theirs[0] - pull.x,
            theirs[1] - pull.y,
            theirs[2] - pull.z,
            theirs[3] + half,
        ];
        *own = [
            own[0] + pull.x,
            own[1] + pull.y,
            own[2] + pull.z,
            own[3] + half,
        ];
        let products = [
            pull.x * d.x,
            pull.y * d.y,
            pull.z * d.z,
            pull.y * d.z,
            pull.x * d.z,
            pull.x * d.y,
        ];
        for (sum, product) in self.virial.iter_mut().zip(products) {
            *sum += product;
        }
    }

    /// Adds an atom's own sums, after its last pair.
    #[inline]
    pub(super) fn atom(&mut self, atom: usize, own: [f64; 4]) {
        for (sum, own) in self.atoms[atom].iter_mut().zip(own) {
            *sum += own;
        }
    }

    /// Adds another's sums to these.
    fn add(&mut self, other: &Tally) {
        for (sum, more) in self.atoms.iter_mut().zip(&other.atoms) {
            for component in 0..4 {
                sum[component] += more[component];
            }
        }
        for (sum, more) in self.virial.iter_mut().zip(other.virial) {
            *sum += more;
        }
    }

    /// All chunks' sums, added in the order of the chunks.
    pub(super) fn total(chunks: Vec<Tally>) -> Tally {
        let mut chunks = chunks.into_iter();
        let first = chunks.next().unwrap_or_else(|| Tally::zero(0));
        chunks.fold(first, |mut total, chunk| {
            total.add(&chunk);
            total
        })
    }

    /// The sums as an evaluation of atoms in `cell`.
    pub(super) fn evaluation(self, cell: Option<&Cell>) -> Evaluation {
        let [xx, yy, zz, yz, xz, xy] = self.virial;
        let virial = DMat3::from_cols_array(&[xx, xy, xz, xy, yy, yz, xz, yz, zz]);
        let energies: Vec<f64> = self.atoms.iter().map(|atom| atom[3]).collect();
        Evaluation {
            energy: energies.iter().sum(),
            forces: self
                .atoms
                .iter()
                .map(|atom| DVec3::from_slice(atom))
                .collect(),
            stress: cell
                .filter(|cell| cell.is_periodic())
                .map(|cell| virial * (1.0 / cell.volume())),
            atom_energies: Some(energies),
            ..Evaluation::default()
        }
    }
}

/// A neighbor within reach.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Near {
    /// Displacement to it, Å.
    pub(super) d: DVec3,
    /// |d|², Å².
    pub(super) distance2: f64,
    /// Which atom it is.
    pub(super) other: u32,
}

/// The neighbors of one atom after another, in room that is used again.
#[derive(Debug, Default)]
pub(super) struct Neighborhood(Vec<Near>);

impl Neighborhood {
    /// The listed neighbors of an atom whose squared distance is below `cutoff2`.
    ///
    /// Picked out first, without a branch, as in a list with a skin every fourth is too far and the
    /// processor never guesses which.
    #[inline]
    pub(super) fn of(
        &mut self,
        atom: usize,
        positions: &[DVec3],
        list: &NeighborList,
        cutoff2: f64,
    ) -> &[Near] {
        let here = positions[atom];
        let (neighbors, translations) = (list.neighbors(atom), list.translations());
        if self.0.len() < neighbors.len() {
            self.0.resize(neighbors.len(), Near::default());
        }
        let room = &mut self.0[..neighbors.len()];
        let mut count = 0;
        for neighbor in neighbors {
            let d =
                positions[neighbor.atom as usize] - here + translations[neighbor.image as usize];
            let distance2 = d.length_squared();
            room[count] = Near {
                d,
                distance2,
                other: neighbor.atom,
            };
            count += usize::from(distance2 < cutoff2);
        }
        &room[..count]
    }
}

/// Does `work` for every chunk of `count` atoms, given its index and its atoms; on several threads
/// where there are several chunks.
///
/// The chunks depend on `count` alone, and the results come in their order: whatever is summed from
/// them is the same to the last bit on any number of threads.
pub(super) fn by_chunk<T: Send>(
    count: usize,
    work: impl Fn(usize, Range<usize>) -> T + Sync,
) -> Vec<T> {
    let chunks = (count / CHUNK).clamp(1, CHUNKS);
    if chunks == 1 {
        return vec![work(0, 0..count)];
    }
    let bound = |chunk: usize| chunk * count / chunks;
    (0..chunks)
        .into_par_iter()
        .map(|chunk| work(chunk, bound(chunk)..bound(chunk + 1)))
        .collect()
}
