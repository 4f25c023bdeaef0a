//! Settings of a training.

use serde::{Deserialize, Serialize};

use crate::loss::LossWeights;

/// Settings of a training. With the labels and the first network they determine the result.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainingSettings {
    /// Seed of all random choices [default: 0].
    pub seed: u64,
    /// How often each label is seen [default: 50].
    pub epochs: u64,
    /// Atoms of a batch, about [default: 256].
    pub atoms_per_batch: usize,
    /// Largest learning rate [default: 0.001].
    pub learning_rate: f64,
    /// Weights of the terms of the loss.
    pub weights: LossWeights,
    /// Validations without a smaller loss after which training ends; 0: never [default: 0].
    pub early_stopping: u64,
}

impl Default for TrainingSettings {
    fn default() -> TrainingSettings {
        TrainingSettings {
            seed: 0,
            epochs: 50,
            atoms_per_batch: 256,
            learning_rate: 1e-3,
            weights: LossWeights::default(),
            early_stopping: 0,
        }
    }
}
