//! The trainer: steps, validations, the average of the parameters and the best ones.
//!
//! It has no clock, thread or file: with the same labels, first network and settings it makes the same
//! steps, also when it continues from a checkpoint.

use burn::DispatchDevice;
use serde::{Deserialize, Serialize};

use crate::adam::Adam;
use crate::batches;
use crate::gradient::{GradientError, gradient};
use crate::label::Label;
use crate::model::Model;
use crate::schedule::Schedule;
use crate::scores::Scores;
use crate::settings::TrainingSettings;

/// Labels of a training.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LabelSets {
    /// Labels that are learned.
    pub training: Vec<Label>,
    /// Labels that only measure; may be empty.
    pub validation: Vec<Label>,
}

/// Where a training is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Counters {
    /// Steps that are done.
    pub steps: u64,
    /// Factor of the scheduled learning rate, if it was set.
    pub rate_factor: Option<f64>,
    /// Validations since the best one.
    pub stale: u64,
    /// The best validation.
    pub best: Option<Best>,
}

/// The best validation so far.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Best {
    /// The step after which it was.
    pub step: u64,
    /// Its scores.
    pub scores: Scores,
}

/// Report of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepReport {
    /// Number of the step, from 0.
    pub step: u64,
    /// Loss of its batch, before the step.
    pub loss: f64,
    /// Its learning rate.
    pub learning_rate: f64,
}

/// Fewest steps between two validations.
const STEPS_BETWEEN_VALIDATIONS: u64 = 20;

/// A training.
pub struct Trainer {
    pub(crate) settings: TrainingSettings,
    pub(crate) model: Model,
    pub(crate) labels: LabelSets,
    pub(crate) adam: Adam,
    /// Running mean of the parameters: B. T. Polyak, A. B. Juditsky, SIAM J. Control Optim. 30, 838 (1992).
    pub(crate) average: Vec<f32>,
    pub(crate) best: Vec<f32>,
    pub(crate) counters: Counters,
    /// Checksum of the network at the start.
    pub(crate) start: u32,
    device: DispatchDevice,
    sizes: Vec<usize>,
    /// The present epoch and its batches.
    epoch: Option<(u64, Vec<Vec<usize>>)>,
}

impl Trainer {
    /// A training of `model` that begins.
    pub fn new(
        model: Model,
        labels: LabelSets,
        settings: TrainingSettings,
        device: DispatchDevice,
    ) -> Trainer {
        let sizes = labels.training.iter().map(|label| label.forces.len());
        Trainer {
            adam: Adam::new(model.parameters().len()),
            average: model.parameters().to_vec(),
            best: model.parameters().to_vec(),
            counters: Counters::default(),
            start: model.checksum(),
            sizes: sizes.collect(),
            epoch: None,
            settings,
            model,
            labels,
            device,
        }
    }

    /// Steps of an epoch.
    pub fn steps_per_epoch(&self) -> u64 {
        batches::count(&self.sizes, self.settings.atoms_per_batch) as u64
    }

    /// Steps of the whole training.
    pub fn steps(&self) -> u64 {
        self.settings.epochs * self.steps_per_epoch()
    }

    /// The settings.
    pub fn settings(&self) -> &TrainingSettings {
        &self.settings
    }

    /// The labels.
    pub fn labels(&self) -> &LabelSets {
        &self.labels
    }

    /// Where the training is.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// Whether all steps are done, or the validation loss has not become smaller for long enough.
    pub fn is_complete(&self) -> bool {
        let limit = self.settings.early_stopping;
        self.counters.steps >= self.steps() || limit > 0 && self.counters.stale >= limit
    }

    /// The learning rate of the next step.
    pub fn learning_rate(&self) -> f64 {
        self.counters.rate_factor.unwrap_or(1.0) * self.scheduled_rate()
    }

    /// Sets the learning rate of the next step; the later ones keep this ratio to their schedule.
    pub fn set_learning_rate(&mut self, rate: f64) {
        self.counters.rate_factor = Some(rate / self.scheduled_rate());
    }

    fn scheduled_rate(&self) -> f64 {
        let schedule = Schedule {
            rate: self.settings.learning_rate,
            steps: self.steps(),
        };
        schedule.rate(self.counters.steps)
    }

    /// Takes one step.
    ///
    /// # Errors
    /// If the training diverges, or a label is not supported.
    pub fn step(&mut self) -> Result<StepReport, GradientError> {
        let step = self.counters.steps;
        let per_epoch = self.steps_per_epoch();
        let batch = self.batch(step / per_epoch, (step % per_epoch) as usize);
        let labels: Vec<&Label> = batch.iter().map(|at| &self.labels.training[*at]).collect();
        let found = gradient(&self.model, &labels, &self.settings.weights, &self.device)?;
        let learning_rate = self.learning_rate();
        let mut parameters = self.model.parameters().to_vec();
        self.adam
            .step(&mut parameters, &found.gradient, learning_rate);
        self.model.set_parameters(&parameters);
        // At first over few steps: the first parameters are soon forgotten.
        let decay = f64::min(0.999, (1.0 + step as f64) / (10.0 + step as f64)) as f32;
        for (mean, value) in self.average.iter_mut().zip(&parameters) {
            *mean = decay * *mean + (1.0 - decay) * value;
        }
        self.counters.steps += 1;
        Ok(StepReport {
            step,
            loss: found.loss,
            learning_rate,
        })
    }

    fn batch(&mut self, epoch: u64, at: usize) -> Vec<usize> {
        if self
            .epoch
            .as_ref()
            .is_none_or(|(number, _)| *number != epoch)
        {
            let atoms = self.settings.atoms_per_batch;
            let batches = batches::epoch(&self.sizes, atoms, self.settings.seed, epoch);
            self.epoch = Some((epoch, batches));
        }
        let (_, batches) = self.epoch.as_ref().expect("set above");
        batches[at].clone()
    }

    /// Whether a validation is due: after the last step, and at the end of an epoch, 20 steps after the
    /// one before.
    pub fn is_validation_due(&self) -> bool {
        let per_epoch = self.steps_per_epoch();
        let interval = per_epoch * STEPS_BETWEEN_VALIDATIONS.div_ceil(per_epoch);
        self.counters.steps.is_multiple_of(interval) || self.counters.steps == self.steps()
    }

    /// Measures the average of the parameters on the validation labels (without any, on the training
    /// labels), and keeps it if it is the best. Returns the scores, and whether they are the best.
    ///
    /// # Errors
    /// If a label is not supported.
    pub fn validate(&mut self) -> Result<(Scores, bool), GradientError> {
        let labels = match self.labels.validation.is_empty() {
            true => &self.labels.training,
            false => &self.labels.validation,
        };
        let scores = Scores::of(&self.averaged(), labels, &self.settings.weights)?;
        let best = self.counters.best;
        let is_best = best.is_none_or(|best| scores.loss < best.scores.loss);
        if is_best {
            self.best.clone_from(&self.average);
            self.counters.stale = 0;
            self.counters.best = Some(Best {
                step: self.counters.steps,
                scores,
            });
        } else {
            self.counters.stale += 1;
        }
        Ok((scores, is_best))
    }

    /// The network with the average of the parameters.
    pub fn averaged(&self) -> Model {
        self.with(&self.average)
    }

    /// The network with the parameters of the best validation; before the first one, those of the start.
    pub fn best(&self) -> Model {
        self.with(&self.best)
    }

    fn with(&self, parameters: &[f32]) -> Model {
        let mut model = self.model.clone();
        model.set_parameters(parameters);
        model
    }
}
