//! Sums of energies, forces and the virial over the atoms of a group.

use glam::DVec3;

use super::edges::Block;
use super::lanes::{LANES, Lanes, splat, total};

/// Sums over a group of atoms; the forces are those on all atoms.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    /// Energies of the atoms of the group, eV: [atoms of the group].
    pub(super) energies: Vec<f64>,
    /// eV/Å: [atoms].
    pub(super) forces: Vec<[f64; 3]>,
    /// Σ d ∂E/∂d, eV: xx, yy, zz, yz, xz, xy.
    pub(super) virial: [f64; 6],
}

impl Sums {
    /// Sets the sums to zero, for `count` atoms.
    pub(super) fn clear(&mut self, count: usize) {
        self.energies.clear();
        self.forces.clear();
        self.forces.resize(count, [0.0; 3]);
        self.virial = [0.0; 6];
    }
}

/// Sums of one atom while its neighbors are visited.
pub(super) struct AtomSums {
    /// Σ ∂E/∂d, eV/Å: the force on the atom.
    force: [f64; 3],
    /// Σ d ∂E/∂d, eV, as in [`Sums`].
    virial: [Lanes; 6],
}

impl AtomSums {
    #[inline(always)]
    pub(super) fn zero() -> AtomSums {
        AtomSums {
            force: [0.0; 3],
            virial: [splat(0.0); 6],
        }
    }

    /// Adds the first `count` neighbors of a block with the gradients ∂E/∂d of their displacements,
    /// eV/Å; those beyond are zero.
    #[inline(always)]
    pub(super) fn add(
        &mut self,
        block: &Block,
        gradient: &[Lanes; 3],
        count: usize,
        forces: &mut [[f64; 3]],
    ) {
        let d = &block.displacement;
        for (sum, [one, other]) in self.virial.iter_mut().zip(VOIGT) {
            for lane in 0..LANES {
                sum[lane] += d[one][lane] * gradient[other][lane];
            }
        }
        for lane in 0..count.min(LANES) {
            let force = &mut forces[block.others[lane] as usize];
            for axis in 0..3 {
                let component = f64::from(gradient[axis][lane]);
                force[axis] -= component;
                self.force[axis] += component;
            }
        }
    }

    /// Adds a neighbor at displacement `d` (Å) with the gradient ∂E/∂d, eV/Å, in double precision.
    #[inline(always)]
    pub(super) fn add_one(&mut self, d: DVec3, gradient: DVec3, other: usize, sums: &mut Sums) {
        for axis in 0..3 {
            sums.forces[other][axis] -= gradient[axis];
            self.force[axis] += gradient[axis];
        }
        for (sum, [one, other]) in sums.virial.iter_mut().zip(VOIGT) {
            *sum += d[one] * gradient[other];
        }
    }

    /// Adds the sums of the atom to those of its group.
    #[inline(always)]
    pub(super) fn add_to(&self, atom: usize, sums: &mut Sums) {
        for axis in 0..3 {
            sums.forces[atom][axis] += self.force[axis];
        }
        for (sum, lanes) in sums.virial.iter_mut().zip(&self.virial) {
            *sum += f64::from(total(lanes));
        }
    }
}

/// The axes of the components xx, yy, zz, yz, xz, xy.
pub(super) const VOIGT: [[usize; 2]; 6] = [[0, 0], [1, 1], [2, 2], [1, 2], [0, 2], [0, 1]];
