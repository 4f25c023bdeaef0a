//! Sums of forces, energies and virials over pairs of atoms.

use super::edges::Edge;

/// Sums over the pairs of a group of atoms; a pair adds to both of its atoms.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    /// `[atoms]`.
    pub(super) atoms: Vec<AtomSums>,
    /// Σ f dᵀ, eV.
    pub(super) virial: [[f64; 3]; 3],
}

/// Sums of one atom.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AtomSums {
    /// eV/Å.
    pub(super) force: [f64; 3],
    /// eV.
    pub(super) energy: f64,
    /// Electrostatic potential of all other atoms, V.
    pub(super) potential: f64,
}

impl Sums {
    /// Sets the sums of `count` atoms to zero.
    pub(super) fn clear(&mut self, count: usize) {
        self.atoms.clear();
        self.atoms.resize(count, AtomSums::default());
        self.virial = [[0.0; 3]; 3];
    }

    /// Adds the energy of a pair, eV, half of it to each atom.
    #[inline(always)]
    pub(super) fn add_energy(&mut self, pair: [usize; 2], energy: f64) {
        for atom in pair {
            self.atoms[atom].energy += 0.5 * energy;
        }
    }

    /// Adds a pair at displacement `d` (Å) with a `force` (eV/Å) on its first atom.
    #[inline(always)]
    pub(super) fn add_force(&mut self, pair: [usize; 2], d: [f64; 3], force: [f64; 3]) {
        for axis in 0..3 {
            self.atoms[pair[0]].force[axis] += force[axis];
            self.atoms[pair[1]].force[axis] -= force[axis];
            for other in 0..3 {
                self.virial[axis][other] += force[axis] * d[other];
            }
        }
    }
}

/// The displacement along an edge, Å.
#[inline(always)]
pub(super) fn displacement(edge: &Edge) -> [f64; 3] {
    edge.unit
        .map(|component| f64::from(component) * f64::from(edge.distance))
}
