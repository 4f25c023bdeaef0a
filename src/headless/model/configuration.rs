//! Configuration of a model, as it is shown to the user.

use std::path::Path;

use mlipview_core::chem::Element;
use mlipview_core::potential::nep::NepContents;
use mlipview_core::potential::{Nep, Potential};
use mlipview_uma::checkpoint::{self, Checkpoint, Task};
use mlipview_uma::models::ModelKind;
use serde_json::{Value, json};

#[cfg(feature = "training")]
use super::network::Network;
use super::text::{grouped, words};

/// Configuration of a model.
pub(super) enum Configuration {
    /// A checkpoint of UMA.
    Uma(Box<checkpoint::Configuration>),
    /// A neuroevolution potential, and its elements.
    Nep(NepContents, Vec<Element>),
    /// A network of nano or solid.
    #[cfg(feature = "training")]
    Network(Box<Network>),
}

impl Configuration {
    /// Reads the configuration of the model at a path.
    pub(super) fn read(path: &Path, kind: ModelKind) -> anyhow::Result<Configuration> {
        #[cfg(feature = "training")]
        if Network::is_at(path) {
            return Ok(Configuration::Network(Box::new(Network::read(path)?)));
        }
        Ok(match kind {
            ModelKind::Uma => {
                let checkpoint = Checkpoint::open(path)?;
                Configuration::Uma(Box::new(checkpoint.configuration().clone()))
            }
            ModelKind::Nep => {
                let nep = Nep::from_file(&path.display().to_string())?;
                let elements = nep.capabilities().elements.clone();
                Configuration::Nep(nep.contents(), elements.unwrap_or_default())
            }
        })
    }

    /// Name and version, as in "UMA-1.1" or "NEP version 4 with ZBL".
    pub(super) fn model(&self) -> String {
        match self {
            Configuration::Uma(model) => model.model.clone(),
            Configuration::Nep(model, _) => {
                let zbl = if model.has_zbl { " with ZBL" } else { "" };
                format!("NEP version {}{zbl}", model.version)
            }
            #[cfg(feature = "training")]
            Configuration::Network(network) => network.model(),
        }
    }

    /// Names of its tasks; only UMA has some.
    pub(super) fn tasks(&self) -> Vec<&str> {
        match self {
            Configuration::Uma(model) => model.tasks.iter().map(|it| it.name.as_str()).collect(),
            Configuration::Nep(..) => Vec::new(),
            #[cfg(feature = "training")]
            Configuration::Network(_) => Vec::new(),
        }
    }

    /// Model, and its tasks or elements, in one line.
    pub(super) fn summary(&self) -> String {
        match self {
            Configuration::Uma(_) => format!("{:<12} {}", self.model(), self.tasks().join(" ")),
            Configuration::Nep(_, elements) => format!("{}, {}", self.model(), words(elements)),
            #[cfg(feature = "training")]
            Configuration::Network(_) => self.model(),
        }
    }

    /// Name and value of each property.
    pub(super) fn lines(&self) -> Vec<(&'static str, String)> {
        let mut lines = vec![("model", self.model())];
        match self {
            Configuration::Uma(model) => lines.extend(uma_lines(model)),
            Configuration::Nep(model, elements) => {
                let [radial, angular] = model.cutoffs;
                lines.push(("elements", words(elements)));
                lines.push(("parameters", grouped(model.parameters as u64)));
                lines.push(("network", format!("{} neurons", model.neurons)));
                lines.push(("cutoff", format!("{radial} Å radial, {angular} Å angular")));
            }
            #[cfg(feature = "training")]
            Configuration::Network(network) => lines.extend(network.lines()),
        }
        lines
    }

    /// The properties as a JSON object.
    pub(super) fn object(&self) -> Value {
        let symbols = |elements: &mut dyn Iterator<Item = Element>| -> Vec<&'static str> {
            elements.map(|element| element.symbol()).collect()
        };
        match self {
            Configuration::Uma(model) => {
                let task = |task: &Task| json!({ "name": task.name, "stress": task.stress });
                json!({
                    "model": model.model,
                    "tasks": model.tasks.iter().map(task).collect::<Vec<_>>(),
                    "elements": symbols(&mut model.elements()),
                    "parameters": model.parameters(),
                    "active_parameters": model.active_parameters(),
                    "experts": model.experts,
                    "layers": model.layers,
                    "channels": model.sphere_channels,
                    "lmax": model.lmax,
                    "mmax": model.mmax,
                    "cutoff": model.cutoff,
                    "max_neighbors": model.max_neighbors,
                    "single_atoms": model.single_atoms,
                })
            }
            Configuration::Nep(model, elements) => json!({
                "model": self.model(),
                "elements": symbols(&mut elements.iter().copied()),
                "parameters": model.parameters,
                "neurons": model.neurons,
                "cutoff": model.cutoffs[0],
                "angular_cutoff": model.cutoffs[1],
            }),
            #[cfg(feature = "training")]
            Configuration::Network(network) => network.object(),
        }
    }
}

fn uma_lines(model: &checkpoint::Configuration) -> Vec<(&'static str, String)> {
    let tasks = model.tasks.iter().map(|task| match task.stress {
        true => format!("{} (with stress)", task.name),
        false => task.name.clone(),
    });
    let mut lines = vec![("tasks", tasks.collect::<Vec<_>>().join(", "))];
    let elements: Vec<_> = model.elements().collect();
    if let (Some(first), Some(last)) = (elements.first(), elements.last()) {
        lines.push(("elements", format!("{first} to {last}")));
    }
    let single_atoms = match model.single_atoms {
        true => "by the network",
        false => "from a table",
    };
    lines.extend([
        (
            "parameters",
            format!(
                "{} of {} experts; {} for a structure",
                grouped(model.parameters()),
                model.experts,
                grouped(model.active_parameters())
            ),
        ),
        (
            "network",
            format!(
                "{} blocks, {} channels, degrees to {}, orders to {}",
                model.layers, model.sphere_channels, model.lmax, model.mmax
            ),
        ),
        (
            "cutoff",
            format!("{} Å, {} neighbors", model.cutoff, model.max_neighbors),
        ),
        ("single atoms", single_atoms.to_owned()),
    ]);
    lines
}
