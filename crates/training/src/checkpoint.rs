//! Checkpoints: the whole state of a training as a file, from which it continues with the same steps.

use burn::DispatchDevice;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::adam::{Adam, AdamCounters};
use crate::label::Label;
use crate::model::{Model, ModelError};
use crate::network_file::{NetworkFile, NetworkFileError};
use crate::settings::TrainingSettings;
use crate::trainer::{Counters, LabelSets, Trainer};

/// Names of the tensors of a checkpoint beside those of the network, which has the present parameters.
const ADAM_MEAN: &str = "training_adam_mean";
const ADAM_SQUARE: &str = "training_adam_square";
const AVERAGE: &str = "training_average";
const BEST: &str = "training_best";

/// The entry of the metadata with everything else.
const ENTRY: &str = "training_state";

/// How users start again.
const RESTART: &str = "--restart, in the window Start again";

/// Why a training cannot be continued.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The network in it is invalid.
    #[error("invalid checkpoint: {0}")]
    Model(#[from] ModelError),
    /// A tensor is missing or of another shape.
    #[error("invalid checkpoint: {0}")]
    File(#[from] NetworkFileError),
    /// The state is missing.
    #[error("invalid checkpoint: the metadata lack {ENTRY:?}")]
    State,
    /// The labels are others.
    #[error(
        "the checkpoint is of a training with other labels; select the same files and part for validation, \
         or start again ({RESTART})"
    )]
    Labels,
    /// The first network or its energy reference is another.
    #[error(
        "the checkpoint is of a training from another start or energy reference; select the same ones, or \
         start again ({RESTART})"
    )]
    Start,
    /// The settings are others.
    #[error(
        "the checkpoint is of a training with other settings ({0}); select the same ones, or start again \
         ({RESTART})"
    )]
    Settings(String),
}

/// The numbers of a state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct State {
    settings: TrainingSettings,
    counters: Counters,
    adam: AdamCounters,
    /// Checksums of the labels for training and validation.
    labels: [u32; 2],
    /// Checksum of the network at the start.
    start: u32,
}

impl Trainer {
    /// The bytes of a checkpoint.
    pub fn checkpoint(&self) -> Vec<u8> {
        let mut model = self.model.clone();
        let state = State {
            settings: self.settings,
            counters: self.counters,
            adam: self.adam.counters,
            labels: checksums(&self.labels),
            start: self.start,
        };
        let value = serde_json::to_value(state).unwrap_or(Value::Null);
        model.set_metadata(ENTRY, value);
        let vectors = [
            (ADAM_MEAN, &self.adam.mean),
            (ADAM_SQUARE, &self.adam.square),
            (AVERAGE, &self.average),
            (BEST, &self.best),
        ];
        for (name, values) in vectors {
            let file = model.file_mut();
            file.set_single(name, &[values.len()], values.clone());
        }
        model.to_bytes()
    }

    /// Continues from a checkpoint of a training that has started with `start`.
    ///
    /// # Errors
    /// If it is invalid, or of another start, other labels or settings.
    pub fn resume(
        bytes: &[u8],
        start: &Model,
        labels: LabelSets,
        settings: TrainingSettings,
        device: DispatchDevice,
    ) -> Result<Trainer, CheckpointError> {
        let mut file = NetworkFile::read(bytes)?;
        let state = file
            .metadata
            .as_object_mut()
            .and_then(|metadata| metadata.remove(ENTRY));
        let state: State = state
            .and_then(|state| serde_json::from_value(state).ok())
            .ok_or(CheckpointError::State)?;
        if state.labels != checksums(&labels) {
            return Err(CheckpointError::Labels);
        }
        if state.start != start.checksum() {
            return Err(CheckpointError::Start);
        }
        if let Some(difference) = difference(&state.settings, &settings) {
            return Err(CheckpointError::Settings(difference));
        }
        let mut take = |name: &str| -> Result<Vec<f32>, NetworkFileError> {
            let values = file.single(name, 1)?.to_vec();
            file.tensors.remove(name);
            Ok(values)
        };
        let [mean, square, average, best] = [
            take(ADAM_MEAN)?,
            take(ADAM_SQUARE)?,
            take(AVERAGE)?,
            take(BEST)?,
        ];
        let model = Model::from_file(file)?;
        let count = model.parameters().len();
        if [&mean, &square, &average, &best]
            .iter()
            .any(|vector| vector.len() != count)
        {
            return Err(CheckpointError::State);
        }
        let mut trainer = Trainer::new(model, labels, settings, device);
        trainer.adam = Adam {
            mean,
            square,
            counters: state.adam,
        };
        trainer.start = state.start;
        (trainer.average, trainer.best, trainer.counters) = (average, best, state.counters);
        Ok(trainer)
    }
}

/// The first setting that differs, in words.
fn difference(before: &TrainingSettings, now: &TrainingSettings) -> Option<String> {
    let [before, now] = [before, now].map(|settings| serde_json::to_value(settings).ok());
    let (Some(Value::Object(before)), Some(Value::Object(now))) = (before, now) else {
        return None;
    };
    let mut pairs = before
        .iter()
        .filter(|(name, value)| now.get(*name) != Some(*value));
    pairs
        .next()
        .map(|(name, value)| format!("{name} was {value}"))
}

fn checksums(labels: &LabelSets) -> [u32; 2] {
    [checksum(&labels.training), checksum(&labels.validation)]
}

/// A checksum of elements, positions, energies and forces.
fn checksum(labels: &[Label]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for label in labels {
        for element in label.structure.elements() {
            hasher.update(&[element.number()]);
        }
        for vector in label.structure.positions().iter().chain(&label.forces) {
            vector
                .to_array()
                .iter()
                .for_each(|number| hasher.update(&number.to_le_bytes()));
        }
        hasher.update(&label.energy.to_le_bytes());
    }
    hasher.finalize()
}
