//! What pairs of atoms add up to, in room that is used again.

use super::surroundings::Near;

/// Sums over the pairs that some of the atoms own; a pair adds to both of its atoms.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    pub(super) atoms: Vec<AtomSums>,
    /// Σ f ⊗ d, eV.
    pub(super) virial: [[f64; 3]; 3],
}

/// An atom's sums.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AtomSums {
    /// eV/Å.
    pub(super) force: [f64; 3],
    /// eV.
    pub(super) energy: f64,
    /// The electrostatic potential that other atoms make here, V.
    pub(super) potential: f64,
}

impl Sums {
    /// Nothing yet, for `count` atoms.
    pub(super) fn clear(&mut self, count: usize) {
        self.atoms.clear();
        self.atoms.resize(count, AtomSums::default());
        self.virial = [[0.0; 3]; 3];
    }

    /// Adds the force of a pair at displacement `d` (Å), which pulls its first atom.
    #[inline(always)]
    pub(super) fn pull(&mut self, pair: [usize; 2], d: [f64; 3], pull: [f64; 3]) {
        for axis in 0..3 {
            self.atoms[pair[0]].force[axis] += pull[axis];
            self.atoms[pair[1]].force[axis] -= pull[axis];
            for other in 0..3 {
                self.virial[axis][other] += pull[axis] * d[other];
            }
        }
    }
}

/// The displacement to a neighbor, Å.
#[inline(always)]
pub(super) fn displacement(near: &Near) -> [f64; 3] {
    near.unit
        .map(|component| f64::from(component) * f64::from(near.distance))
}
