//! Expected force errors, from the distance of an atom's features to the training set.

use super::matrix::Matrix;

/// Uncertainty of the forces.
///
/// With y [H] the last hidden layer, d = |W (y − m)|/√H is the Mahalanobis distance from the mean m of
/// the training set, and exp(a) dᵇ the expected error of the force: K. Lee et al., Adv. Neural Inf.
/// Process. Syst. 31 (2018), arXiv:1807.03888, eq. 2; for last layers of potentials, F. Bigi, S. Chong,
/// M. Ceriotti, F. Grasselli, Mach. Learn.: Sci. Technol. 5, 045018 (2024).
#[derive(Clone, Debug)]
pub(super) struct Uncertainty {
    /// m: [species, H].
    pub(super) mean: Vec<Vec<f32>>,
    /// Wᵀ: [species, H, H], or [1, H, H] for all species.
    pub(super) whitening: Vec<Matrix>,
    /// a and b.
    pub(super) scale: [f64; 2],
}

impl Uncertainty {
    /// The expected error of the force on an atom, eV/Å, from its last hidden layer [H]; `scratch` is
    /// [2 H].
    #[inline(always)]
    pub(super) fn force_error(&self, species: usize, layer: &[f32], scratch: &mut [f32]) -> f64 {
        let (difference, whitened) = scratch[..2 * layer.len()].split_at_mut(layer.len());
        let mean = self.mean[species].iter();
        for ((difference, y), mean) in difference.iter_mut().zip(layer).zip(mean) {
            *difference = y - mean;
        }
        whitened.fill(0.0);
        self.whitening[species.min(self.whitening.len() - 1)].add_product([difference], [whitened]);
        let square: f64 = whitened.iter().map(|value| f64::from(value * value)).sum();
        let distance = (square / layer.len() as f64).sqrt();
        (self.scale[0] + self.scale[1] * distance.ln()).exp()
    }
}
