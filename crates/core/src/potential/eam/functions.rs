//! Functions of the embedded atom method for the elements of one structure.

use std::sync::Arc;

use super::spline::{Grid, Place, Spline};

/// Embedding energy of an atom as a function of the density at it.
pub(super) trait Embedding: Send + Sync {
    /// Energy (eV) and its derivative (eV), at a density.
    fn energy_and_derivative(&self, density: f64) -> (f64, f64);
}

/// The functions of all pairs and atoms of some elements, by their indices.
pub(super) struct Functions {
    /// Distance beyond which atoms do not interact, Å.
    pub(super) cutoff: f64,
    /// Grid of all functions of the distance, Å.
    pub(super) grid: Grid,
    /// F of each element: `[elements]`.
    pub(super) embeddings: Vec<Arc<dyn Embedding>>,
    /// Density at an atom due to a neighbor as a function of the distance: `[elements of the atom,
    /// elements of the neighbor]`.
    pub(super) densities: Vec<Spline>,
    /// z = r φ of a pair as a function of the distance r, eV·Å: `[elements, elements]`, symmetric.
    pub(super) pairs: Vec<Spline>,
}

/// The functions of a pair of atoms at one distance.
#[derive(Clone, Copy, Debug)]
pub(super) struct PairAt {
    /// φ, eV.
    pub(super) energy: f64,
    /// dφ/dr, eV/Å.
    pub(super) energy_derivative: f64,
    /// dρ/dr at the first atom due to the second, 1/Å.
    pub(super) density_derivative: f64,
}

impl Functions {
    /// The functions of some of the elements, by their indices.
    pub(super) fn of(&self, elements: &[usize]) -> Functions {
        let pairs = || {
            let pair = |atom: usize| elements.iter().map(move |other| self.pair(atom, *other));
            elements.iter().flat_map(move |atom| pair(*atom))
        };
        Functions {
            cutoff: self.cutoff,
            grid: self.grid,
            embeddings: elements
                .iter()
                .map(|it| self.embeddings[*it].clone())
                .collect(),
            densities: pairs().map(|pair| self.densities[pair].clone()).collect(),
            pairs: pairs().map(|pair| self.pairs[pair].clone()).collect(),
        }
    }

    /// Index of the functions of a pair, by the indices of the elements of an atom and its neighbor.
    #[inline(always)]
    pub(super) fn pair(&self, atom: usize, neighbor: usize) -> usize {
        atom * self.embeddings.len() + neighbor
    }

    /// The density at an atom due to a neighbor.
    #[inline(always)]
    pub(super) fn density(&self, pair: usize, place: Place) -> f64 {
        self.densities[pair].value(place)
    }

    /// The functions of a pair at a distance, Å.
    #[inline(always)]
    pub(super) fn at(&self, pair: usize, place: Place, distance: f64) -> PairAt {
        let (product, product_derivative) =
            self.pairs[pair].value_and_derivative(place, &self.grid);
        // φ = z/r, φ′ = (z′ − φ)/r.
        let energy = product / distance;
        PairAt {
            energy,
            energy_derivative: (product_derivative - energy) / distance,
            density_derivative: self.densities[pair].derivative(place, &self.grid),
        }
    }
}
