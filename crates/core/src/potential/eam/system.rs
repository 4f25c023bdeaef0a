//! Energy, forces and stress of one structure by the embedded atom method.

use std::ops::Range;

use super::functions::Functions;
use crate::chem::Structure;
use crate::chem::neighbors::NeighborList;
use crate::potential::Evaluation;
use crate::potential::chunks::by_chunk;
use crate::potential::neighborhood::{NeighborAt, Neighborhood};
use crate::potential::pair_sums::PairSums;
use crate::potential::species::Species;

/// One structure with its functions and neighbors.
pub(super) struct EamSystem<'a> {
    pub(super) structure: &'a Structure,
    pub(super) species: &'a Species,
    pub(super) functions: &'a Functions,
    pub(super) neighbors: &'a NeighborList,
}

impl EamSystem<'_> {
    /// Two passes over the pairs, because forces need the densities summed over all neighbors.
    pub(super) fn evaluate(&self) -> Evaluation {
        let count = self.structure.len();
        let chunks = by_chunk(count, |_, atoms| self.densities(atoms));
        let (energies, derivatives): (Vec<f64>, Vec<f64>) = (0..count)
            .map(|atom| {
                let density = chunks.iter().map(|densities| densities[atom]).sum();
                let embedding = &self.functions.embeddings[self.species.of_atom(atom)];
                embedding.energy_and_derivative(density)
            })
            .unzip();
        let sums = by_chunk(count, |_, atoms| self.pair_sums(atoms, &derivatives));
        let mut total = PairSums::total(sums);
        for (sum, energy) in total.atoms.iter_mut().zip(energies) {
            sum[3] += energy;
        }
        total.evaluation(self.structure.cell.as_ref())
    }

    #[inline]
    fn neighbors_within_cutoff<'a>(
        &self,
        atom: usize,
        neighborhood: &'a mut Neighborhood,
    ) -> &'a [NeighborAt] {
        let cutoff2 = self.functions.cutoff * self.functions.cutoff;
        neighborhood.select(atom, self.structure.positions(), self.neighbors, cutoff2)
    }

    /// First pass: the densities due to the pairs of `atoms`, at all atoms: `[atoms]`.
    fn densities(&self, atoms: Range<usize>) -> Vec<f64> {
        let mut neighborhood = Neighborhood::default();
        let mut densities = vec![0.0; self.structure.len()];
        for atom in atoms {
            let one = self.species.of_atom(atom);
            let mut own = 0.0;
            for neighbor in self.neighbors_within_cutoff(atom, &mut neighborhood) {
                let other = neighbor.other as usize;
                let two = self.species.of_atom(other);
                let place = self.functions.grid.place(neighbor.distance2.sqrt());
                let at_atom = self.functions.density(self.functions.pair(one, two), place);
                own += at_atom;
                densities[other] += if one == two {
                    at_atom
                } else {
                    self.functions.density(self.functions.pair(two, one), place)
                };
            }
            densities[atom] += own;
        }
        densities
    }

    /// Second pass: the sums over the pairs of `atoms`, with the derivatives F′ of the embedding energies,
    /// eV: `[atoms]`. The energy of a pair has the derivative φ′ + F′ᵢ ρ′ᵢⱼ + F′ⱼ ρ′ⱼᵢ.
    fn pair_sums(&self, atoms: Range<usize>, derivatives: &[f64]) -> PairSums {
        let functions = self.functions;
        let mut sums = PairSums::zero(self.structure.len());
        let mut neighborhood = Neighborhood::default();
        for atom in atoms {
            let one = self.species.of_atom(atom);
            let mut own = [0.0; 4];
            for neighbor in self.neighbors_within_cutoff(atom, &mut neighborhood) {
                let other = neighbor.other as usize;
                let two = self.species.of_atom(other);
                let distance = neighbor.distance2.sqrt();
                let place = functions.grid.place(distance);
                let at = functions.at(functions.pair(one, two), place, distance);
                let at_neighbor = if one == two {
                    at.density_derivative
                } else {
                    let pair = functions.pair(two, one);
                    functions.densities[pair].derivative(place, &functions.grid)
                };
                let derivative = at.energy_derivative
                    + derivatives[atom] * at.density_derivative
                    + derivatives[other] * at_neighbor;
                sums.add_pair(
                    &mut own,
                    other,
                    neighbor.d,
                    at.energy,
                    derivative / distance,
                );
            }
            sums.add_atom(atom, own);
        }
        sums
    }
}
