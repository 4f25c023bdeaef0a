//! How far the surroundings of an atom are from those the network has learned from.

use super::matrix::Matrix;

/// Expected errors of forces.
///
/// With y the last hidden layer, d = |W (y − m)| / √H is the Mahalanobis distance from the mean m
/// of the training set, and exp(a) dᵇ the error of the force that goes with it: K. Lee et al., Adv.
/// Neural Inf. Process. Syst. 31 (2018), arXiv:1807.03888, eq. 2; for last layers of potentials,
/// F. Bigi, S. Chong, M. Ceriotti, F. Grasselli, Mach. Learn.: Sci. Technol. 5, 045018 (2024).
#[derive(Clone, Debug)]
pub(super) struct Doubt {
    /// m of each species.
    pub(super) mean: Vec<Vec<f32>>,
    /// W of each species, transposed.
    pub(super) whiten: Vec<Matrix>,
    /// a and b.
    pub(super) scale: [f64; 2],
}

impl Doubt {
    /// The expected error of the force on an atom, eV/Å, from its last hidden layer; `room` holds
    /// two such layers.
    #[inline(always)]
    pub(super) fn force_error(&self, species: usize, layer: &[f32], room: &mut [f32]) -> f64 {
        let (difference, white) = room[..2 * layer.len()].split_at_mut(layer.len());
        let mean = self.mean[species].iter();
        for ((difference, y), mean) in difference.iter_mut().zip(layer).zip(mean) {
            *difference = y - mean;
        }
        white.fill(0.0);
        self.whiten[species].add_product([difference], [white]);
        let square: f64 = white.iter().map(|value| f64::from(value * value)).sum();
        let distance = (square / layer.len() as f64).sqrt();
        (self.scale[0] + self.scale[1] * distance.ln()).exp()
    }
}
