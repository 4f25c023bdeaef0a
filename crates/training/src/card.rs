//! The model card: what a network was trained on, how, and how well it does, in the metadata of its file.
//!
//! docs/model-card.md describes the entries.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::expected_error::ErrorFit;
use crate::gradient::GradientError;
use crate::model::Model;
use crate::network_file::{NetworkFile, NetworkFileError};
use crate::scores::Scores;
use crate::settings::TrainingSettings;
use crate::trainer::Trainer;

/// The entry of the metadata.
const ENTRY: &str = "card";

/// The supported version of the card.
const VERSION: u32 = 1;

/// Where the labels and the first parameters come from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// The potential or file that training started from, or "scratch".
    pub start: String,
    /// Names of the files of labels.
    pub files: Vec<String>,
    /// The method that computed the labels, in the user's words.
    pub method: Option<String>,
    /// Whether the energies of free atoms were fitted to the labels.
    pub energy_reference_fitted: bool,
}

/// Number and kinds of the labels that were learned.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LabelSummary {
    /// Structures.
    pub frames: usize,
    /// Atoms of all structures.
    pub atoms: usize,
    /// Symbols of the elements.
    pub elements: Vec<String>,
}

/// A model card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// 1.
    pub version: u32,
    /// Name and version of the program.
    pub program: String,
    /// Where labels and first parameters come from.
    pub origin: Origin,
    /// The labels that were learned.
    pub training: LabelSummary,
    /// The settings.
    pub settings: TrainingSettings,
    /// The step whose parameters these are.
    pub step: u64,
    /// Errors on structures that were not learned; `None` without such structures.
    pub validation: Option<Scores>,
    /// How the expected errors were fitted.
    pub expected_errors: ErrorFit,
}

impl Card {
    /// The card of a network file, if it has one.
    ///
    /// # Errors
    /// If the bytes are no network file, or the card is invalid or of another version.
    pub fn read(bytes: &[u8]) -> Result<Option<Card>, NetworkFileError> {
        let card = match &NetworkFile::read(bytes)?.metadata[ENTRY] {
            Value::Null => return Ok(None),
            card => card.clone(),
        };
        if card["version"] != VERSION {
            let version = &card["version"];
            return Err(NetworkFileError::Card(format!("its version is {version}")));
        }
        let card = serde_json::from_value(card);
        card.map_err(|error| NetworkFileError::Card(error.to_string()))
    }
}

impl Trainer {
    /// The result of the training: the network of the best validation, with expected errors fitted to the
    /// validation labels, and its card.
    ///
    /// # Errors
    /// If a label is not supported.
    pub fn result(&self, origin: Origin) -> Result<(Model, Card), GradientError> {
        let mut model = self.best();
        let labels = self.labels();
        let has_validation = !labels.validation.is_empty();
        let measured = match has_validation {
            true => &labels.validation,
            false => &labels.training,
        };
        let expected_errors = model.fit_expected_errors(&labels.training, measured)?;
        let best = self.counters().best;
        let card = Card {
            version: VERSION,
            program: format!("mlipview {}", env!("CARGO_PKG_VERSION")),
            training: summary(self),
            settings: *self.settings(),
            step: best.map_or(0, |best| best.step),
            validation: best.filter(|_| has_validation).map(|best| best.scores),
            expected_errors,
            origin,
        };
        let value = serde_json::to_value(&card).unwrap_or(Value::Null);
        model.set_metadata(ENTRY, value);
        model.set_metadata("trained_on", Value::from(trained_on(&card)));
        Ok((model, card))
    }
}

fn summary(trainer: &Trainer) -> LabelSummary {
    let labels = &trainer.labels().training;
    let mut elements: Vec<_> = labels
        .iter()
        .flat_map(|label| label.structure.elements().iter().copied())
        .collect();
    elements.sort_unstable_by_key(|element| element.number());
    elements.dedup();
    LabelSummary {
        frames: labels.len(),
        atoms: labels.iter().map(|label| label.forces.len()).sum(),
        elements: elements
            .iter()
            .map(|element| element.symbol().to_owned())
            .collect(),
    }
}

fn trained_on(card: &Card) -> String {
    let method = card.origin.method.as_deref().unwrap_or("an unnamed method");
    format!(
        "energies and forces by {method} of {} structures in {}, from {}",
        card.training.frames,
        card.origin.files.join(", "),
        card.origin.start
    )
}
