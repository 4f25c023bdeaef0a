//! The student's training on a thread of its own: it learns the labels as they come.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use burn::DispatchDevice;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::adam::Adam;
use crate::energy_reference::EnergyReference;
use crate::gradient::{GradientError, gradient};
use crate::label::Label;
use crate::loss::LossWeights;
use crate::model::Model;
use crate::predictor::Predictor;
use crate::scores::Scores;

/// Most labels that are kept; a random old one makes room for a new one.
const MAX_LABELS: usize = 1000;

/// Labels before the first step.
const MIN_LABELS: usize = 5;

/// Every so many labels is not learned but measures errors.
const VALIDATION_EVERY: usize = 5;

/// Steps that each new label allows, and the most that are left undone.
const STEPS_PER_LABEL: u64 = 25;
const MAX_STEPS: u64 = 500;

/// Steps between two measurements.
const STEPS_PER_ROUND: u64 = 20;

/// Atoms of a batch, about.
const ATOMS_PER_BATCH: usize = 160;

/// Labels that a measurement uses.
const MEASURED: usize = 40;

/// Settings of a student's training.
#[derive(Clone, Copy, Debug)]
pub(super) struct StudentSettings {
    pub(super) seed: u64,
    /// Learning rate at the start.
    pub(super) rate: f64,
}

/// Labels for the training, and better parameters for the simulation.
#[derive(Default)]
struct Exchange {
    new_labels: Vec<Label>,
    /// The newest parameters, not taken yet.
    handed_over: Option<Predictor>,
    /// Labels that are kept.
    kept: usize,
    failure: Option<String>,
    has_ended: bool,
}

/// The simulation's side of a student's training. Dropping it ends the thread.
pub(super) struct Student {
    shared: Arc<(Mutex<Exchange>, Condvar)>,
}

impl Student {
    /// Starts the thread.
    ///
    /// # Errors
    /// If the system has no more threads.
    pub(super) fn start(model: Model, settings: StudentSettings) -> std::io::Result<Student> {
        let shared = Arc::new((Mutex::default(), Condvar::new()));
        let theirs = Arc::clone(&shared);
        let thread = thread::Builder::new().name("student".to_owned());
        thread.spawn(move || {
            let mut training = StudentTraining::new(model, settings);
            let run = AssertUnwindSafe(|| training.run(&theirs));
            let failure = match catch_unwind(run) {
                Ok(Ok(())) => None,
                Ok(Err(error)) => Some(error.to_string()),
                Err(_) => Some("its thread has failed; report this as a bug".to_owned()),
            };
            lock(&theirs.0).failure = failure;
        })?;
        Ok(Student { shared })
    }

    /// Gives a label; when as many wait as are kept, the oldest is left out.
    pub(super) fn learn(&self, label: Label) {
        let mut exchange = lock(&self.shared.0);
        if exchange.new_labels.len() >= MAX_LABELS {
            exchange.new_labels.remove(0);
        }
        exchange.new_labels.push(label);
        self.shared.1.notify_one();
    }

    /// Better parameters, if there are some.
    pub(super) fn take(&self) -> Option<Predictor> {
        lock(&self.shared.0).handed_over.take()
    }

    /// Number of labels that are kept.
    pub(super) fn labels(&self) -> usize {
        let exchange = lock(&self.shared.0);
        exchange.kept + exchange.new_labels.len()
    }

    /// Why the training has ended, if it has.
    pub(super) fn failure(&self) -> Option<String> {
        lock(&self.shared.0).failure.clone()
    }
}

impl Drop for Student {
    fn drop(&mut self) {
        lock(&self.shared.0).has_ended = true;
        self.shared.1.notify_one();
    }
}

fn lock(exchange: &Mutex<Exchange>) -> MutexGuard<'_, Exchange> {
    exchange.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The state of the training.
struct StudentTraining {
    model: Model,
    average: Vec<f32>,
    adam: Adam,
    settings: StudentSettings,
    random: ChaCha8Rng,
    /// Labels that are learned, and that measure.
    training: Vec<Label>,
    validation: Vec<Label>,
    received: usize,
    steps: u64,
    has_reference: bool,
    /// Parameters that the simulation has.
    used: Model,
}

impl StudentTraining {
    fn new(model: Model, settings: StudentSettings) -> StudentTraining {
        StudentTraining {
            average: model.parameters().to_vec(),
            adam: Adam::new(model.parameters().len()),
            random: ChaCha8Rng::seed_from_u64(settings.seed),
            used: model.clone(),
            training: Vec::new(),
            validation: Vec::new(),
            received: 0,
            steps: 0,
            has_reference: false,
            model,
            settings,
        }
    }

    /// Learns until the simulation ends.
    fn run(&mut self, shared: &(Mutex<Exchange>, Condvar)) -> Result<(), GradientError> {
        let mut allowed = 0;
        loop {
            let new = {
                let mut exchange = lock(&shared.0);
                while exchange.new_labels.is_empty() && allowed == 0 && !exchange.has_ended {
                    exchange = shared
                        .1
                        .wait(exchange)
                        .unwrap_or_else(PoisonError::into_inner);
                }
                if exchange.has_ended {
                    return Ok(());
                }
                exchange.kept = self.training.len() + self.validation.len();
                std::mem::take(&mut exchange.new_labels)
            };
            allowed = (allowed + STEPS_PER_LABEL * new.len() as u64).min(MAX_STEPS);
            new.into_iter().for_each(|label| self.keep(label));
            if self.received < MIN_LABELS {
                allowed = 0;
                continue;
            }
            if self.fit_reference()? {
                lock(&shared.0).handed_over = Some(self.used.predictor()?);
            }
            let round = allowed.min(STEPS_PER_ROUND);
            for _ in 0..round {
                self.step()?;
            }
            allowed -= round;
            if let Some(predictor) = self.better()? {
                lock(&shared.0).handed_over = Some(predictor);
            }
        }
    }

    /// Keeps a label that the network can describe.
    fn keep(&mut self, label: Label) {
        let elements = label.structure.elements().iter();
        if elements
            .clone()
            .any(|element| self.model.architecture.species_of(*element).is_none())
        {
            return;
        }
        self.received += 1;
        let set = match self.received.is_multiple_of(VALIDATION_EVERY) {
            true => &mut self.validation,
            false => &mut self.training,
        };
        if set.len() >= MAX_LABELS {
            let old = self.random.random_range(0..MAX_LABELS / 2);
            set.remove(old);
        }
        set.push(label);
    }

    /// Fits the energies of free atoms to the first labels: the teacher may have another reference. Returns
    /// whether they are new.
    fn fit_reference(&mut self) -> Result<bool, GradientError> {
        if std::mem::replace(&mut self.has_reference, true) {
            return Ok(false);
        }
        let predictor = self.model.predictor()?;
        let labels: Vec<&Label> = self.training.iter().chain(&self.validation).collect();
        let found = predictor.evaluate_all(labels.iter().map(|label| &label.structure))?;
        let energies: Vec<f64> = found.iter().map(|found| found.energy).collect();
        let reference = EnergyReference::of(&self.model, &labels, &energies);
        let pairs = self.model.offsets().iter().zip(&reference.changes);
        let offsets: Vec<f64> = pairs.map(|(offset, change)| offset + change).collect();
        self.model.set_offsets(&offsets);
        self.used.set_offsets(&offsets);
        Ok(true)
    }

    /// One step on a random batch, half of which are new labels.
    fn step(&mut self) -> Result<(), GradientError> {
        let size = self.training[0].forces.len().max(1);
        let count = ATOMS_PER_BATCH.div_ceil(size);
        let newest = self.training.len().saturating_sub(4 * count);
        let batch: Vec<&Label> = (0..count)
            .filter_map(|at| match at % 2 {
                0 => self.training.choose(&mut self.random),
                _ => self.training[newest..].choose(&mut self.random),
            })
            .collect();
        let device = DispatchDevice::Flex(Default::default());
        let found = gradient(&self.model, &batch, &LossWeights::default(), &device)?;
        // Falls as the inverse of the steps, to a tenth: H. Robbins, S. Monro, Ann. Math. Stat. 22, 400 (1951).
        let rate = self.settings.rate * (1.0 / (1.0 + self.steps as f64 / 500.0)).max(0.1);
        let mut parameters = self.model.parameters().to_vec();
        self.adam.step(&mut parameters, &found.gradient, rate);
        self.model.set_parameters(&parameters);
        let decay = f64::min(0.98, (1.0 + self.steps as f64) / (10.0 + self.steps as f64)) as f32;
        for (mean, value) in self.average.iter_mut().zip(&parameters) {
            *mean = decay * *mean + (1.0 - decay) * value;
        }
        self.steps += 1;
        Ok(())
    }

    /// The average of the parameters, if it is better than what the simulation has.
    fn better(&mut self) -> Result<Option<Predictor>, GradientError> {
        let newest = |labels: &[Label]| labels[labels.len().saturating_sub(MEASURED)..].to_vec();
        let (training, validation) = (newest(&self.training), newest(&self.validation));
        let measured = if validation.is_empty() {
            &training
        } else {
            &validation
        };
        let mut averaged = self.model.clone();
        averaged.set_parameters(&self.average);
        let weights = LossWeights::default();
        let scores = Scores::of(&averaged, measured, &weights)?;
        if scores.loss >= Scores::of(&self.used, measured, &weights)?.loss {
            return Ok(None);
        }
        averaged.fit_expected_errors(&training, measured)?;
        let predictor = averaged.predictor()?;
        self.used = averaged;
        Ok(Some(predictor))
    }
}
