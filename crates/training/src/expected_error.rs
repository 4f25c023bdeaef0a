//! Expected errors: the statistics by which a potential estimates the error of each force, fitted to
//! labels that it has not learned.
//!
//! See `mlipview_core::potential::network`, module `uncertainty`: the expected error of the force F on an
//! atom is exp(a) dᵇ (F + 0.2 eV/Å)ᶜ with the Mahalanobis distance d of its last hidden layer.

use nalgebra::{Matrix3, Vector3};
use serde::{Deserialize, Serialize};

use crate::gradient::GradientError;
use crate::hidden_layer::hidden_layers;
use crate::label::Label;
use crate::model::Model;

/// Most labels whose atoms the statistics are taken of.
const MAX_LABELS: usize = 1000;

/// Fewest atoms for a regression; with fewer only its constant a is fitted.
const ENOUGH_ATOMS: usize = 100;

/// F₀ of the potentials, eV/Å, and an error that is added before the logarithm is taken, eV/Å.
const FORCE_SCALE: f64 = 0.2;
const SMALL_ERROR: f64 = 0.01;

/// b and c without a regression.
const USUAL_POWERS: [f64; 2] = [1.0, 0.5];

/// How expected errors were fitted, and how well.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ErrorFit {
    /// Number of atoms.
    pub atoms: usize,
    /// Mean error of their forces, eV/Å; the mean expected error is the same.
    pub mean_error: f64,
    /// Rank correlation of expected and found errors: C. Spearman, Am. J. Psychol. 15, 72 (1904).
    pub rank_correlation: f64,
}

/// Distances, forces and errors of the atoms that a fit uses.
struct Atoms {
    /// d, and norms of the forces and their errors, eV/Å: [atoms] each.
    distance: Vec<f64>,
    force: Vec<f64>,
    error: Vec<f64>,
}

impl Model {
    /// Fits the expected errors to `labels`, best of structures that were not learned, as functions of the
    /// distance from `training`, the learned labels: see `feature_statistics`.
    ///
    /// # Errors
    /// If a label is not supported.
    pub fn fit_expected_errors(
        &mut self,
        training: &[Label],
        labels: &[Label],
    ) -> Result<ErrorFit, GradientError> {
        self.update_statistics(&hidden_layers(self, &every_nth(training))?);
        let labels = every_nth(labels);
        let atoms = self.errors(&labels)?;
        let [mut constant, power, force_power] = regression(&atoms);
        let expected = |constant: f64| -> Vec<f64> {
            let pairs = atoms.distance.iter().zip(&atoms.force);
            pairs
                .map(|(d, force)| {
                    (constant + power * d.ln() + force_power * (force + FORCE_SCALE).ln()).exp()
                })
                .collect()
        };
        // So that the mean is right.
        let found: f64 = atoms.error.iter().sum();
        let sum: f64 = expected(constant).iter().sum();
        constant += (found.max(1e-6) / sum.max(1e-12)).ln();
        let species = self.elements().len();
        let file = self.file_mut();
        file.set_single("doubt_scale", &[2], vec![constant as f32, power as f32]);
        file.set_single("doubt_force", &[1], vec![force_power as f32]);
        file.set_single("doubt_elements", &[species], vec![0.0; species]);
        Ok(ErrorFit {
            atoms: atoms.error.len(),
            mean_error: found / atoms.error.len().max(1) as f64,
            rank_correlation: rank_correlation(&expected(constant), &atoms.error),
        })
    }

    fn errors(&mut self, labels: &[&Label]) -> Result<Atoms, GradientError> {
        let features = hidden_layers(self, labels)?;
        let predictor = self.predictor()?;
        let predictions = predictor.evaluate_all(labels.iter().map(|label| &label.structure))?;
        let distance = features.iter().map(|atom| self.distance(atom)).collect();
        let (mut force, mut error) = (Vec::new(), Vec::new());
        for (label, prediction) in labels.iter().zip(&predictions) {
            for (found, expected) in prediction.forces.iter().zip(&label.forces) {
                force.push(found.length());
                error.push((*found - *expected).length());
            }
        }
        Ok(Atoms {
            distance,
            force,
            error,
        })
    }
}

/// Up to [`MAX_LABELS`] labels, evenly.
fn every_nth(labels: &[Label]) -> Vec<&Label> {
    let step = labels.len().div_ceil(MAX_LABELS).max(1);
    labels.iter().step_by(step).collect()
}

/// a, b and c by least squares of the logarithm of the error.
fn regression(atoms: &Atoms) -> [f64; 3] {
    let [power, force_power] = USUAL_POWERS;
    if atoms.error.len() < ENOUGH_ATOMS {
        return [0.0, power, force_power];
    }
    let (mut matrix, mut vector) = (Matrix3::identity(), Vector3::new(0.0, power, force_power));
    for ((distance, force), error) in atoms.distance.iter().zip(&atoms.force).zip(&atoms.error) {
        let row = Vector3::new(1.0, distance.ln(), (force + FORCE_SCALE).ln());
        matrix += row * row.transpose();
        vector += row * (error + SMALL_ERROR).ln();
    }
    // Positive definite by the identity, the weight of one atom that has the usual powers.
    let solved = matrix.cholesky().map(|matrix| matrix.solve(&vector));
    let [constant, power, force_power] =
        solved.map_or([0.0, power, force_power], |x| [x[0], x[1], x[2]]);
    // Errors do not fall with the distance or the force, whatever few atoms say.
    [constant, power.clamp(0.0, 4.0), force_power.clamp(0.0, 2.0)]
}

fn rank_correlation(one: &[f64], other: &[f64]) -> f64 {
    let ranks = |values: &[f64]| {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
        let mut ranks = vec![0.0; values.len()];
        order
            .iter()
            .enumerate()
            .for_each(|(rank, at)| ranks[*at] = rank as f64);
        ranks
    };
    let (one, other) = (ranks(one), ranks(other));
    let middle = (one.len() as f64 - 1.0) / 2.0;
    let products = one
        .iter()
        .zip(&other)
        .map(|(a, b)| (a - middle) * (b - middle));
    let squares: f64 = one.iter().map(|a| (a - middle).powi(2)).sum();
    products.sum::<f64>() / squares.max(1.0)
}
