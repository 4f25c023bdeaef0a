//! Sums over pairs of atoms: force and energy of each atom, and the virial.

use glam::{DMat3, DVec3};

use super::Evaluation;
use crate::chem::Cell;

/// Running sums over pairs. A pair adds to both of its atoms, so every pair is added once.
#[derive(Clone, Debug)]
pub(super) struct PairSums {
    /// Force (x, y, z; eV/Å) and energy (eV) of each atom, in half a cache line: [atoms, 4].
    pub(super) atoms: Vec<[f64; 4]>,
    /// Upper triangle xx, yy, zz, yz, xz, xy of Σ f dᵀ, eV.
    pub(super) virial: [f64; 6],
}

impl PairSums {
    /// Zero for `count` atoms.
    pub(super) fn zero(count: usize) -> PairSums {
        PairSums {
            atoms: vec![[0.0; 4]; count],
            virial: [0.0; 6],
        }
    }

    /// Adds a pair at displacement `d` (Å) with an energy (eV) and the force f = `derivative` · d, where
    /// `derivative` = (1/r) dE/dr (eV/Å²), to `own`, the sums of its first atom, and to its `other` atom.
    #[inline]
    pub(super) fn add_pair(
        &mut self,
        own: &mut [f64; 4],
        other: usize,
        d: DVec3,
        energy: f64,
        derivative: f64,
    ) {
        let half = 0.5 * energy;
        self.add_gradient(own, other, d, derivative * d, [half, half]);
    }

    /// Adds a term of the energy with the gradient ∂E/∂d (eV/Å) with respect to the displacement `d` (Å) from
    /// an atom to its `other` atom, and shares of the energy of both (eV), to `own`, the sums of the
    /// first atom, and to the other. All gradients of one term together give a symmetric virial.
    #[inline]
    pub(super) fn add_gradient(
        &mut self,
        own: &mut [f64; 4],
        other: usize,
        d: DVec3,
        gradient: DVec3,
        energies: [f64; 2],
    ) {
        let others = &mut self.atoms[other];
        *others = [
            others[0] - gradient.x,
            others[1] - gradient.y,
            others[2] - gradient.z,
            others[3] + energies[1],
        ];
        *own = [
            own[0] + gradient.x,
            own[1] + gradient.y,
            own[2] + gradient.z,
            own[3] + energies[0],
        ];
        let products = [
            gradient.x * d.x,
            gradient.y * d.y,
            gradient.z * d.z,
            gradient.y * d.z,
            gradient.x * d.z,
            gradient.x * d.y,
        ];
        for (sum, product) in self.virial.iter_mut().zip(products) {
            *sum += product;
        }
    }

    /// Adds the sums of an atom, after its last pair.
    #[inline]
    pub(super) fn add_atom(&mut self, atom: usize, own: [f64; 4]) {
        for (sum, own) in self.atoms[atom].iter_mut().zip(own) {
            *sum += own;
        }
    }

    /// Adds other sums.
    fn add(&mut self, other: &PairSums) {
        for (sum, more) in self.atoms.iter_mut().zip(&other.atoms) {
            for component in 0..4 {
                sum[component] += more[component];
            }
        }
        for (sum, more) in self.virial.iter_mut().zip(other.virial) {
            *sum += more;
        }
    }

    /// The total of all chunks, added in their order.
    pub(super) fn total(chunks: Vec<PairSums>) -> PairSums {
        let mut chunks = chunks.into_iter();
        let first = chunks.next().unwrap_or_else(|| PairSums::zero(0));
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
