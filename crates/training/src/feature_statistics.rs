//! Statistics of the last hidden layer, means by element and a covariance: what is far from them is
//! unfamiliar to the network.
//!
//! The distance d = |W (y − m)|/√H of a hidden layer y grows in the directions in which the learned labels
//! do not vary. The errors that are fitted to d are those against the method of the labels. A start does not
//! know this method, only its own, so its domain counts as unfamiliar until labels cover it; and its
//! statistics are of hidden layers that the training has changed. So the statistics of the labels replace
//! those of the start. But a few labels say nothing about most directions: for these the start's serve as
//! the prior. With n atoms of labels, nₛ of species s, their means ȳₛ and covariance S,
//!
//! mₛ = (nₛ ȳₛ + 30 m⁰ₛ)/(nₛ + 30), Σₛ = (n S + H Σ⁰ₛ)/(n + H), WᵀW = Σ⁻¹,
//!
//! the posterior of normal distributions (A. Gelman et al., Bayesian Data Analysis, 3rd edition, 3.6) with a
//! prior of 30 atoms for means, and of H for the covariance of H numbers, the fewest that determine one.
//! From scratch, m⁰ is the mean of all atoms, and Σ⁰ the same little variance in all directions.

use nalgebra::{DMatrix, DVector};

use crate::hidden_layer::AtomFeatures;
use crate::model::Model;

/// Atoms that the prior of a mean counts as.
const PRIOR_ATOMS: f64 = 30.0;

/// Variance in every direction from scratch, relative to the mean variance.
const LITTLE: f64 = 1e-3;

/// Means m⁰ [species] of [H], and covariances Σ⁰ of a start: one for each species or one for all.
struct Prior {
    means: Vec<DVector<f64>>,
    covariances: Vec<DMatrix<f64>>,
}

impl Model {
    /// Sets means and covariance to those of the atoms of the learned labels, with the present ones as the
    /// prior.
    pub(crate) fn update_statistics(&mut self, atoms: &[AtomFeatures]) {
        let (species, hidden) = (self.elements().len(), self.architecture.hidden);
        let vectors: Vec<DVector<f64>> = atoms
            .iter()
            .map(|atom| DVector::from_row_slice(&atom.hidden))
            .collect();
        let count = vectors.len().max(1) as f64;
        let prior = self.prior();
        let prior_means = prior.as_ref().map_or_else(
            || vec![mean(&vectors, hidden); species],
            |prior| prior.means.clone(),
        );
        let mut sums: Vec<_> = prior_means
            .into_iter()
            .map(|mean| (mean * PRIOR_ATOMS, PRIOR_ATOMS))
            .collect();
        for (atom, y) in atoms.iter().zip(&vectors) {
            let (sum, weight) = &mut sums[atom.species];
            *sum += y;
            *weight += 1.0;
        }
        let means: Vec<DVector<f64>> = sums.into_iter().map(|(sum, weight)| sum / weight).collect();
        let mut covariance = DMatrix::zeros(hidden, hidden);
        for (atom, y) in atoms.iter().zip(&vectors) {
            let difference = y - &means[atom.species];
            covariance.ger(1.0 / count, &difference, &difference, 1.0);
        }
        let covariances: Vec<DMatrix<f64>> = match prior {
            Some(prior) => {
                let weight = count / (count + hidden as f64);
                let priors = prior.covariances.into_iter();
                priors
                    .map(|prior| &covariance * weight + prior * (1.0 - weight))
                    .collect()
            }
            None => {
                let little = LITTLE * covariance.trace() / hidden as f64 + 1e-12;
                vec![covariance + DMatrix::identity(hidden, hidden) * little]
            }
        };
        let whitenings = covariances.iter().flat_map(whitening).collect();
        let means = means.iter().flat_map(DVector::iter);
        let means = means.map(|value| *value as f32).collect();
        let matrices = covariances.len();
        let file = self.file_mut();
        file.set_single("doubt_mean", &[species, hidden], means);
        file.set_single("doubt_whiten", &[matrices, hidden, hidden], whitenings);
    }

    /// The statistics of the start; `None` without any, or if a matrix of the file has no inverse.
    fn prior(&self) -> Option<Prior> {
        let hidden = self.architecture.hidden;
        let rows = |name, dimensions| self.file().single(name, dimensions).ok();
        let (means, whitenings) = (rows("doubt_mean", 2)?, rows("doubt_whiten", 3)?);
        let double =
            |values: &[f32]| -> Vec<f64> { values.iter().copied().map(f64::from).collect() };
        let covariances = whitenings.chunks_exact(hidden * hidden).map(|values| {
            let inverse = DMatrix::from_row_slice(hidden, hidden, &double(values)).try_inverse()?;
            Some(&inverse * inverse.transpose())
        });
        Some(Prior {
            means: means
                .chunks_exact(hidden)
                .map(|mean| DVector::from_vec(double(mean)))
                .collect(),
            covariances: covariances.collect::<Option<_>>()?,
        })
    }

    /// d = |W (y − m)|/√H.
    pub(crate) fn distance(&self, atom: &AtomFeatures) -> f64 {
        let hidden = self.architecture.hidden;
        let numbers =
            |name: &str, dimensions| self.file().single(name, dimensions).unwrap_or_default();
        let mean = &numbers("doubt_mean", 2)[atom.species * hidden..][..hidden];
        let whitening = numbers("doubt_whiten", 3);
        let matrices = whitening.len() / (hidden * hidden);
        let matrix = &whitening[atom.species.min(matrices - 1) * hidden * hidden..];
        let difference: Vec<f64> = atom
            .hidden
            .iter()
            .zip(mean)
            .map(|(y, mean)| y - f64::from(*mean))
            .collect();
        let squares = matrix.chunks_exact(hidden).take(hidden).map(|row| {
            let terms = row.iter().zip(&difference);
            let value: f64 = terms.map(|(weight, y)| f64::from(*weight) * y).sum();
            value * value
        });
        (squares.sum::<f64>() / hidden as f64).sqrt().max(1e-6)
    }
}

fn mean(vectors: &[DVector<f64>], size: usize) -> DVector<f64> {
    let sum = vectors.iter().fold(DVector::zeros(size), |sum, y| sum + y);
    sum / vectors.len().max(1) as f64
}

/// W with WᵀW = Σ⁻¹, by rows: the inverse of the Cholesky factor. The identity if Σ is not positive definite,
/// which only numbers that are not finite make.
fn whitening(covariance: &DMatrix<f64>) -> Vec<f32> {
    let size = covariance.nrows();
    let whitening = covariance
        .clone()
        .cholesky()
        .and_then(|factor| factor.l().try_inverse())
        .unwrap_or_else(|| DMatrix::identity(size, size));
    // nalgebra stores columns, the file rows.
    let rows = whitening.transpose();
    rows.iter().map(|value| *value as f32).collect()
}
