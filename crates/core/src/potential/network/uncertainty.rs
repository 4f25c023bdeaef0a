//! Expected force errors, from the distance of an atom's features to the training set, its force and its
//! element.

use crate::potential::simd::{Layout, Matrix, Output};

/// F₀, eV/Å: expected errors of much smaller forces do not depend on them. As in
/// `models/solid/uncertainty.py`.
const FORCE_SCALE: f64 = 0.2;

/// Uncertainty of the forces.
///
/// With y [H] the last hidden layer, d = |W (y − m)|/√H is the Mahalanobis distance from the mean m of
/// the training set: K. Lee et al., Adv. Neural Inf. Process. Syst. 31 (2018), arXiv:1807.03888, eq. 2;
/// for last layers of potentials, F. Bigi, S. Chong, M. Ceriotti, F. Grasselli, Mach. Learn.: Sci.
/// Technol. 5, 045018 (2024). The expected error of the force F on an atom of species s is a regression
/// on errors of structures beside the training set,
///
/// δF = exp(a + eₛ) dᵇ (F + F₀)ᶜ,
///
/// since errors grow with the force and differ between elements; without eₛ and c in the file, exp(a) dᵇ.
#[derive(Clone, Debug)]
pub(super) struct Uncertainty {
    /// m: [species, H].
    pub(super) mean: Vec<Vec<f32>>,
    /// Wᵀ: [species, H, H], or [1, H, H] for all species.
    pub(super) whitening: Vec<Matrix<f32>>,
    /// a, b and c; a in units of ln eV/Å.
    pub(super) scale: [f64; 3],
    /// eₛ: [species].
    pub(super) elements: Vec<f64>,
}

impl Uncertainty {
    /// The Mahalanobis distance d of the last hidden layer [H] of an atom; `scratch` is [2 H].
    #[inline(always)]
    pub(super) fn distance(&self, species: usize, layer: &[f32], scratch: &mut [f32]) -> f64 {
        let (difference, whitened) = scratch[..2 * layer.len()].split_at_mut(layer.len());
        let mean = self.mean[species].iter();
        for ((difference, y), mean) in difference.iter_mut().zip(layer).zip(mean) {
            *difference = y - mean;
        }
        let whitening = &self.whitening[species.min(self.whitening.len() - 1)];
        let row = Layout::rows(0, layer.len());
        whitening.product(1, (difference, row), (whitened, row), Output::Replace);
        let square: f64 = whitened.iter().map(|value| f64::from(value * value)).sum();
        (square / layer.len() as f64).sqrt()
    }

    /// The expected error of the force on an atom, eV/Å, from its distance d and its force (eV/Å).
    pub(super) fn force_error(&self, distance: f64, species: usize, force: f64) -> f64 {
        let [constant, power, force_power] = self.scale;
        let logarithm = constant
            + self.elements[species]
            + power * distance.ln()
            + force_power * (force + FORCE_SCALE).ln();
        logarithm.exp()
    }
}
