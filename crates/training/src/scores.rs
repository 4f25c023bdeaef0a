//! Scores: the errors of a network on labels.

use mlipview_core::potential::Evaluation;
use serde::{Deserialize, Serialize};

use crate::gradient::GradientError;
use crate::label::Label;
use crate::loss::{LossWeights, Totals};
use crate::model::Model;

/// Errors of predictions, and the size of what is predicted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// Number of structures.
    pub frames: usize,
    /// The loss.
    pub loss: f64,
    /// Root mean square error of force components, eV/Å.
    pub force_rmse: f64,
    /// Root mean square of the components of the labels' forces, eV/Å.
    pub force_rms: f64,
    /// Root mean square error of energies, meV/atom.
    pub energy_rmse: f64,
    /// Root mean square error of stress components, meV/Å³; `None` without stresses.
    pub stress_rmse: Option<f64>,
}

impl Scores {
    /// The scores of a network on labels.
    ///
    /// # Errors
    /// If a parameter is not finite, or the potential does not support a structure.
    pub fn of(
        model: &Model,
        labels: &[Label],
        weights: &LossWeights,
    ) -> Result<Scores, GradientError> {
        let predictor = model.predictor()?;
        let predictions = predictor.evaluate_all(labels.iter().map(|label| &label.structure))?;
        Ok(Scores::from(labels, &predictions, weights))
    }

    /// The scores of predictions for labels.
    pub fn from(labels: &[Label], predictions: &[Evaluation], weights: &LossWeights) -> Scores {
        let totals = Totals::of(labels.iter());
        let mut scores = Scores {
            frames: labels.len(),
            ..Scores::default()
        };
        let (mut components, mut stresses) = (0, Mean::default());
        for (label, prediction) in labels.iter().zip(predictions) {
            scores.loss += weights.frame(totals, label, prediction).loss;
            components += 3 * label.forces.len();
            for (found, expected) in prediction.forces.iter().zip(&label.forces) {
                scores.force_rmse += (*found - *expected).length_squared();
                scores.force_rms += expected.length_squared();
            }
            let error = 1e3 * (prediction.energy - label.energy) / label.forces.len() as f64;
            scores.energy_rmse += error * error;
            if let (Some(found), Some(expected)) = (prediction.stress, label.stress) {
                let errors = (found - expected) * 1e3;
                let squares = errors.to_cols_array().map(|error| error * error);
                stresses.add(squares.iter().sum(), 9);
            }
        }
        let root = |sum: f64, count: usize| (sum / count.max(1) as f64).sqrt();
        scores.force_rmse = root(scores.force_rmse, components);
        scores.force_rms = root(scores.force_rms, components);
        scores.energy_rmse = root(scores.energy_rmse, labels.len());
        scores.stress_rmse = (stresses.count > 0).then(|| root(stresses.sum, stresses.count));
        scores
    }
}

#[derive(Default)]
struct Mean {
    sum: f64,
    count: usize,
}

impl Mean {
    fn add(&mut self, sum: f64, count: usize) {
        self.sum += sum;
        self.count += count;
    }
}
