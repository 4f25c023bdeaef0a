//! Contents of a network file of nano or solid with its model card, as `mlipview model info` prints them.

use std::path::Path;

use anyhow::Context;
use mlipview_core::potential::{Nano, Solid, parameter_file};
use mlipview_training::{Card, Model};
use serde_json::{Value, json};

use super::text::{grouped, words};

/// A network file of nano or solid.
pub(super) struct Network {
    model: Model,
    card: Option<Card>,
    /// The file; `None` if it is built in.
    file: Option<String>,
}

impl Network {
    /// Whether a path is read as a network file: a safetensors file that is no part of a checkpoint of UMA,
    /// which has a `config.json` beside it.
    pub(super) fn is_at(path: &Path) -> bool {
        let is_safetensors = path
            .extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("safetensors"));
        is_safetensors && path.is_file() && !path.with_file_name("config.json").exists()
    }

    /// Reads a file.
    ///
    /// # Errors
    /// If it cannot be read, or is invalid.
    pub(super) fn read(path: &Path) -> anyhow::Result<Network> {
        let name = path.display().to_string();
        let bytes = parameter_file::read(&name)?;
        Network::from_bytes(&bytes, Some(name.clone())).context(name)
    }

    /// The built-in network of a name, and its size in bytes.
    ///
    /// # Errors
    /// If it is invalid.
    pub(super) fn built_in(name: &str) -> anyhow::Result<Option<(Network, u64)>> {
        let bytes = match name {
            "nano" => Nano::BUILT_IN,
            "solid" => Solid::BUILT_IN,
            _ => return Ok(None),
        };
        let network = Network::from_bytes(bytes, None)?;
        Ok(Some((network, bytes.len() as u64)))
    }

    fn from_bytes(bytes: &[u8], file: Option<String>) -> anyhow::Result<Network> {
        Ok(Network {
            model: Model::read(bytes)?,
            card: Card::read(bytes)?,
            file,
        })
    }

    /// The potential and whether it is built in.
    pub(super) fn model(&self) -> String {
        let potential = self.model.potential_name();
        match &self.file {
            Some(_) => format!("network of {potential}"),
            None => format!("{potential}, built in"),
        }
    }

    /// As `--potential` takes it.
    fn request(&self) -> String {
        let potential = self.model.potential_name();
        match &self.file {
            Some(file) => format!("{potential}:file={file}"),
            None => potential.to_owned(),
        }
    }

    /// Name and value of each property.
    pub(super) fn lines(&self) -> Vec<(&'static str, String)> {
        let mut lines = vec![
            ("use", format!("--potential {}", self.request())),
            ("elements", words(self.model.elements())),
            ("parameters", grouped(self.model.parameters().len() as u64)),
            ("cutoff", format!("{} Å", self.model.cutoff())),
        ];
        match &self.card {
            Some(card) => lines.extend(card_lines(card)),
            None => {
                let labels = self.model.trained_on().unwrap_or("not stated");
                lines.push(("labels", labels.to_owned()));
            }
        }
        lines
    }

    /// The properties as a JSON object.
    pub(super) fn object(&self) -> Value {
        let elements = self.model.elements().iter();
        json!({
            "model": self.model(),
            "potential": self.request(),
            "elements": elements.map(|element| element.symbol()).collect::<Vec<_>>(),
            "parameters": self.model.parameters().len(),
            "cutoff": self.model.cutoff(),
            "trained_on": self.model.trained_on(),
            "card": self.card,
        })
    }
}

/// The model card in words.
fn card_lines(card: &Card) -> Vec<(&'static str, String)> {
    let (origin, training, settings) = (&card.origin, &card.training, &card.settings);
    let reference = match origin.energy_reference_fitted {
        true => "energies of free atoms fitted to the labels",
        false => "energies of free atoms of the start",
    };
    let labels = format!(
        "{} structures, {} atoms of {}, from {}",
        training.frames,
        training.atoms,
        training.elements.join(" "),
        origin.files.join(", ")
    );
    let method = origin.method.as_deref().unwrap_or("not named");
    vec![
        ("start", format!("{}; {reference}", origin.start)),
        ("labels", labels),
        ("method", method.to_owned()),
        ("errors", errors(card)),
        (
            "training",
            format!(
                "seed {}, {} epochs of batches of {} atoms, learning rate {}; parameters of step {}",
                settings.seed,
                settings.epochs,
                settings.atoms_per_batch,
                settings.learning_rate,
                card.step
            ),
        ),
        (
            "written by",
            format!("{}, card version {}", card.program, card.version),
        ),
    ]
}

/// Errors on structures that were not learned.
fn errors(card: &Card) -> String {
    let Some(scores) = card.validation else {
        return "not measured: there were no validation structures".to_owned();
    };
    let stress = scores.stress_rmse.map_or_else(String::new, |stress| {
        format!(", stresses {stress:.2} meV/Å³")
    });
    format!(
        "forces {:.4} eV/Å (of {:.3}), energies {:.2} meV/atom{stress}, on {} structures that were not learned",
        scores.force_rmse, scores.force_rms, scores.energy_rmse, scores.frames
    )
}
