//! Energy, forces and stress of one structure by the Stillinger–Weber potential.

use std::ops::Range;

use glam::DVec3;

use super::terms::Terms;
use crate::chem::Structure;
use crate::chem::neighbors::NeighborList;
use crate::potential::Evaluation;
use crate::potential::angle::Cosine;
use crate::potential::chunks::by_chunk;
use crate::potential::neighborhood::Neighborhood;
use crate::potential::pair_sums::PairSums;
use crate::potential::species::Species;
use crate::potential::triplets::TripletTable;

/// One structure with its parameters and neighbors.
pub(super) struct SwSystem<'a> {
    pub(super) structure: &'a Structure,
    pub(super) species: &'a Species,
    pub(super) terms: &'a TripletTable<Terms>,
    /// A full list.
    pub(super) neighbors: &'a NeighborList,
    /// Square of the largest cutoff, Å².
    pub(super) cutoff2: f64,
}

/// A neighbor within the cutoff of its pair.
struct Bond {
    other: usize,
    species: usize,
    d: DVec3,
    r: f64,
    /// Decay of the three-body term.
    decay: f64,
    /// Its logarithmic derivative times 1/r, 1/Å².
    log_derivative: f64,
}

impl SwSystem<'_> {
    pub(super) fn evaluate(&self) -> Evaluation {
        let sums = by_chunk(self.structure.len(), |_, atoms| self.sums(atoms));
        PairSums::total(sums).evaluation(self.structure.cell.as_ref())
    }

    /// The sums over the neighbors, and the pairs of neighbors, of `atoms`.
    fn sums(&self, atoms: Range<usize>) -> PairSums {
        let mut sums = PairSums::zero(self.structure.len());
        let mut neighborhood = Neighborhood::default();
        let mut bonds = Vec::new();
        for atom in atoms {
            let center = self.species.of_atom(atom);
            let mut own = [0.0; 4];
            self.bonds(atom, &mut neighborhood, &mut bonds);
            for (at, bond) in bonds.iter().enumerate() {
                self.add_pair(center, bond, &mut sums, &mut own);
                for other in &bonds[at + 1..] {
                    self.add_triplet(center, [bond, other], &mut sums, &mut own);
                }
            }
            sums.add_atom(atom, own);
        }
        sums
    }

    /// The neighbors of an atom within the cutoffs of their pairs.
    fn bonds(&self, atom: usize, neighborhood: &mut Neighborhood, bonds: &mut Vec<Bond>) {
        let center = self.species.of_atom(atom);
        let positions = self.structure.positions();
        bonds.clear();
        for neighbor in neighborhood.select(atom, positions, self.neighbors, self.cutoff2) {
            let other = neighbor.other as usize;
            let species = self.species.of_atom(other);
            let terms = self.terms.pair(center, species);
            if neighbor.distance2 < terms.cutoff2 {
                let r = neighbor.distance2.sqrt();
                let (decay, log_derivative) = terms.decay(r);
                bonds.push(Bond {
                    other,
                    species,
                    d: neighbor.d,
                    r,
                    decay,
                    log_derivative: log_derivative / r,
                });
            }
        }
    }

    /// Adds half of the energy of a pair: its other half comes from the other atom.
    fn add_pair(&self, center: usize, bond: &Bond, sums: &mut PairSums, own: &mut [f64; 4]) {
        let (energy, derivative) = self.terms.pair(center, bond.species).pair(bond.r);
        let derivative = 0.5 * derivative / bond.r;
        sums.add_pair(own, bond.other, bond.d, 0.5 * energy, derivative);
    }

    /// Adds φ₃ = λε (cos θ − cos θ₀)² e₁ e₂, a third of its energy to each atom.
    fn add_triplet(
        &self,
        center: usize,
        bonds: [&Bond; 2],
        sums: &mut PairSums,
        own: &mut [f64; 4],
    ) {
        let [one, two] = bonds;
        let cosine = Cosine::between([one.d, two.d], [one.r, two.r]);
        let terms = self.terms.triplet(center, one.species, two.species);
        let (bend, slope) = terms.bend(cosine.value);
        let decays = one.decay * two.decay;
        let (energy, slope) = (bend * decays, slope * decays);
        let third = energy / 3.0;
        for ((bond, gradient), share) in bonds.into_iter().zip(cosine.gradients).zip([third, 0.0]) {
            let gradient = slope * gradient + energy * bond.log_derivative * bond.d;
            sums.add_gradient(own, bond.other, bond.d, gradient, [share, third]);
        }
    }
}
