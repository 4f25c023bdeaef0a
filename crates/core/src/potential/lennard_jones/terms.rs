//! Energies and forces of Lennard-Jones pairs, and their sums.

use std::ops::Range;

use glam::DVec3;

use super::interaction::{Interaction, Truncation};
use crate::chem::neighbors::NeighborList;
use crate::potential::neighborhood::Neighborhood;
use crate::potential::pair_sums::PairSums;
use crate::potential::species::Species;

/// An [`Interaction`] with its [`Truncation`], precomputed for the innermost loop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms {
    /// 4 ε σ¹², eV Å¹².
    repulsion: f64,
    /// 4 ε σ⁶, eV Å⁶.
    attraction: f64,
    /// u(rc) of a shifted truncation, eV.
    shift: f64,
    /// rc², Å².
    pub(super) cutoff2: f64,
    /// Squared onset of the switch, Å²; infinite without one.
    onset2: f64,
}

impl Terms {
    pub(super) fn new(pair: Interaction, truncation: Truncation) -> Terms {
        let sigma6 = pair.sigma.powi(6);
        let cutoff2 = pair.cutoff.powi(2);
        let mut terms = Terms {
            repulsion: 4.0 * pair.epsilon * sigma6 * sigma6,
            attraction: 4.0 * pair.epsilon * sigma6,
            shift: 0.0,
            cutoff2,
            onset2: f64::INFINITY,
        };
        match truncation {
            Truncation::Shifted => terms.shift = terms.energy_and_derivative(cutoff2).0,
            Truncation::Smooth { onset } => terms.onset2 = onset * onset * cutoff2,
        }
        terms
    }

    /// u (eV) and (1/r) du/dr (eV/Å²) at a squared distance (Å²).
    #[inline]
    fn energy_and_derivative(&self, distance2: f64) -> (f64, f64) {
        let inverse2 = 1.0 / distance2;
        let inverse6 = inverse2 * inverse2 * inverse2;
        let energy = inverse6 * (self.repulsion * inverse6 - self.attraction);
        let derivative =
            -6.0 * inverse2 * inverse6 * (2.0 * self.repulsion * inverse6 - self.attraction);
        if distance2 <= self.onset2 {
            return (energy - self.shift, derivative);
        }
        let (rest, span) = (self.cutoff2 - distance2, self.cutoff2 - self.onset2);
        let span3 = span * span * span;
        let switch = rest * rest * (self.cutoff2 + 2.0 * distance2 - 3.0 * self.onset2) / span3;
        // dS/dr = 2 r S'(r²).
        let switch_derivative = 12.0 * rest * (self.onset2 - distance2) / span3;
        (
            switch * energy,
            switch * derivative + switch_derivative * energy,
        )
    }
}

/// The sums over the pairs of the atoms of `chunk`.
pub(super) fn pair_sums(
    chunk: Range<usize>,
    positions: &[DVec3],
    species: &Species,
    terms: &[Terms],
    neighbors: &NeighborList,
) -> PairSums {
    let longest2 = neighbors.cutoff() * neighbors.cutoff();
    let mut neighborhood = Neighborhood::default();
    let mut sums = PairSums::zero(positions.len());
    for atom in chunk {
        let terms = &terms[species.of_atom(atom) * species.elements.len()..];
        let mut own = [0.0; 4];
        for neighbor in neighborhood.select(atom, positions, neighbors, longest2) {
            let other = neighbor.other as usize;
            let pair = &terms[species.of_atom(other)];
            if neighbor.distance2 < pair.cutoff2 {
                let (energy, derivative) = pair.energy_and_derivative(neighbor.distance2);
                sums.add_pair(&mut own, other, neighbor.d, energy, derivative);
            }
        }
        sums.add_atom(atom, own);
    }
    sums
}
