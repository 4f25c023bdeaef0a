//! Energy, forces and stress of one structure by the Tersoff potential.

use std::ops::Range;

use glam::DVec3;

use super::terms::{Terms, Weight};
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
pub(super) struct TersoffSystem<'a> {
    pub(super) structure: &'a Structure,
    pub(super) species: &'a Species,
    pub(super) terms: &'a TripletTable<Terms>,
    /// A full list.
    pub(super) neighbors: &'a NeighborList,
    /// Square of the largest cutoff, Å².
    pub(super) cutoff2: f64,
}

/// A neighbor within the largest cutoff.
struct Neighbor {
    other: usize,
    species: usize,
    d: DVec3,
    distance2: f64,
    r: f64,
}

/// A third atom of a bond.
struct Third {
    /// Index into the neighbors.
    neighbor: usize,
    weight: Weight,
    cosine: Cosine,
}

/// Buffers for one atom.
#[derive(Default)]
struct Buffers {
    neighborhood: Neighborhood,
    neighbors: Vec<Neighbor>,
    thirds: Vec<Third>,
}

impl TersoffSystem<'_> {
    pub(super) fn evaluate(&self) -> Evaluation {
        let sums = by_chunk(self.structure.len(), |_, atoms| self.sums(atoms));
        PairSums::total(sums).evaluation(self.structure.cell.as_ref())
    }

    /// The sums over the bonds from `atoms`.
    fn sums(&self, atoms: Range<usize>) -> PairSums {
        let mut sums = PairSums::zero(self.structure.len());
        let mut buffers = Buffers::default();
        for atom in atoms {
            let mut own = [0.0; 4];
            self.find_neighbors(atom, &mut buffers);
            for bond in 0..buffers.neighbors.len() {
                self.add_bond(atom, bond, &mut buffers, &mut sums, &mut own);
            }
            sums.add_atom(atom, own);
        }
        sums
    }

    fn find_neighbors(&self, atom: usize, buffers: &mut Buffers) {
        let positions = self.structure.positions();
        let selected = buffers
            .neighborhood
            .select(atom, positions, self.neighbors, self.cutoff2);
        buffers.neighbors.clear();
        buffers.neighbors.extend(selected.iter().map(|neighbor| {
            let other = neighbor.other as usize;
            Neighbor {
                other,
                species: self.species.of_atom(other),
                d: neighbor.d,
                distance2: neighbor.distance2,
                r: neighbor.distance2.sqrt(),
            }
        }));
    }

    /// Adds E = ½ (f_R(r) + b(ζ) f_A(r)) of the bond from an atom to a neighbor.
    fn add_bond(
        &self,
        atom: usize,
        bond: usize,
        buffers: &mut Buffers,
        sums: &mut PairSums,
        own: &mut [f64; 4],
    ) {
        let center = self.species.of_atom(atom);
        let neighbor = &buffers.neighbors[bond];
        let terms = self.terms.pair(center, neighbor.species);
        if neighbor.distance2 >= terms.cutoff2 {
            return;
        }
        let zeta = self.zeta(center, bond, &buffers.neighbors, &mut buffers.thirds);
        let (order, order_slope) = terms.bond_order(zeta);
        let (repulsion, repulsion_slope) = terms.repulsion(neighbor.r);
        let (attraction, attraction_slope) = terms.attraction(neighbor.r);
        let energy = 0.5 * (repulsion + order * attraction);
        let slope = 0.5 * (repulsion_slope + order * attraction_slope);
        // ∂E/∂ζ times the gradients of ζ.
        let by_zeta = 0.5 * order_slope * attraction;
        let mut gradient = slope / neighbor.r * neighbor.d;
        for third in &buffers.thirds {
            let Weight {
                by_distances,
                by_cosine,
                ..
            } = third.weight;
            let other = &buffers.neighbors[third.neighbor];
            let [by_bond, by_other] = third.cosine.gradients;
            gradient += by_zeta * (by_distances[0] / neighbor.r * neighbor.d + by_cosine * by_bond);
            let gradient = by_zeta * (by_distances[1] / other.r * other.d + by_cosine * by_other);
            sums.add_gradient(own, other.other, other.d, gradient, [0.0; 2]);
        }
        let half = 0.5 * energy;
        sums.add_gradient(own, neighbor.other, neighbor.d, gradient, [half, half]);
    }

    /// ζ of a bond: the sum of the weights of all other neighbors, which are written to `thirds`.
    fn zeta(
        &self,
        center: usize,
        bond: usize,
        neighbors: &[Neighbor],
        thirds: &mut Vec<Third>,
    ) -> f64 {
        let one = &neighbors[bond];
        thirds.clear();
        let mut zeta = 0.0;
        for (index, other) in neighbors.iter().enumerate() {
            let terms = self.terms.triplet(center, one.species, other.species);
            if index == bond || other.distance2 >= terms.cutoff2 {
                continue;
            }
            let cosine = Cosine::between([one.d, other.d], [one.r, other.r]);
            let weight = terms.weight([one.r, other.r], cosine.value);
            zeta += weight.value;
            thirds.push(Third {
                neighbor: index,
                weight,
                cosine,
            });
        }
        zeta
    }
}
