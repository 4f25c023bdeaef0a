//! UMA, a universal learned potential: eSCN-MD with a mixture of linear experts.
//!
//! B. M. Wood et al., UMA: A Family of Universal Models for Atoms, arXiv:2506.23971; X. Fu et al.,
//! arXiv:2502.12147 (eSEN); S. Passaro, C. L. Zitnick, arXiv:2302.03655 (eSCN). The official code is
//! fairchem (MIT), `fairchem/core/models/uma`; each file here says which part it answers to.
//!
//! To read: `graph` (who tells whom), `rotation`, `harmonics` and `distance` (what an edge looks
//! like), `system` (charge, multiplicity, task; which experts), `parameters` (the numbers), and then
//! the network.
//!
//! The letters: N atoms, E edges, L the highest degree, S = (L + 1)² components of a feature, K of
//! them kept along an edge, C channels of a feature, H hidden channels.

mod attempt;
pub mod checkpoint;
pub mod device;
mod distance;
mod entry;
mod evaluated;
#[cfg(test)]
mod fixture;
mod fused;
mod graph;
mod harmonics;
mod model;
pub mod models;
mod network;
mod parameters;
#[cfg(test)]
mod parity;
mod real;
mod rotation;
mod system;

use std::sync::Arc;

use glam::{DMat3, DVec3};

pub use device::{Device, DeviceError};
pub use entry::{Preferences, entry};

use checkpoint::{Checkpoint, Configuration, Task};
use mlipview_core::chem::{Structure, excerpt};
use mlipview_core::potential::{Capabilities, Evaluation, Potential, PotentialError};
use model::{Model, ModelError};
use system::{LARGEST_CHARGE, LARGEST_MULTIPLICITY};

/// The task whose systems have a charge and a multiplicity.
pub const MOLECULES: &str = "omol";

/// In what the network is computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precision {
    /// f32, as it was trained.
    #[default]
    Single,
    /// f64, for proofs and small differences; on the processor alone.
    Double,
}

/// How a model is to be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Use {
    /// The name of the task, as in "omol".
    pub task: String,
    /// What computes.
    pub device: Device,
    /// How exactly.
    pub precision: Precision,
}

/// Why there is no such potential.
#[derive(Debug, thiserror::Error)]
pub enum UmaError {
    /// A task that the model does not have.
    #[error("{model} has no task {task:?}; it has {known}")]
    Task {
        /// What the model calls itself.
        model: String,
        /// What was asked for.
        task: String,
        /// The tasks that it has, in words.
        known: String,
    },
    /// Double precision on something else than the processor.
    #[error("double precision is for the processor alone: leave it out, or take the device cpu")]
    Precision,
    /// The checkpoint lacks something, or the device does not work.
    #[error("{0}")]
    Model(String),
}

/// A checkpoint of UMA as a potential, for one of its tasks.
pub struct Uma {
    name: String,
    description: String,
    capabilities: Capabilities,
    checkpoint: Arc<Checkpoint>,
    task: Task,
    device: Device,
    engine: Engine,
}

enum Engine {
    Single(Model<f32>),
    Double(Model<f64>),
}

impl Uma {
    /// The potential of a checkpoint.
    ///
    /// # Errors
    /// If it has no such task, or the device does not work.
    pub fn new(checkpoint: Arc<Checkpoint>, how: &Use) -> Result<Uma, UmaError> {
        let configuration = checkpoint.configuration();
        let task = task(configuration, &how.task)?.clone();
        if how.precision == Precision::Double && how.device != Device::Processor {
            return Err(UmaError::Precision);
        }
        let failed = |error: ModelError| UmaError::Model(error.to_string());
        let engine = match how.precision {
            Precision::Single => Engine::Single(
                Model::new(Arc::clone(&checkpoint), &task, how.device).map_err(failed)?,
            ),
            Precision::Double => Engine::Double(
                Model::new(Arc::clone(&checkpoint), &task, how.device).map_err(failed)?,
            ),
        };
        Ok(Uma {
            name: format!("{} {}", configuration.model, task.name),
            description: description(&task.name).to_owned(),
            capabilities: capabilities(configuration, &task),
            task,
            device: how.device,
            engine,
            checkpoint,
        })
    }

    /// Makes ready for a structure what takes seconds, so that the first evaluation need not.
    ///
    /// # Errors
    /// If the device gives up. What cannot be treated is told when it is evaluated.
    pub fn prepare(&mut self, structure: &Structure) -> Result<(), UmaError> {
        let is_done = structure.is_empty() || self.single_atom(structure).is_some();
        if is_done || self.check(structure).is_err() {
            return Ok(());
        }
        let multiplicity = multiplicity(&self.task.name, structure.multiplicity());
        let prepared = match &mut self.engine {
            Engine::Single(model) => model.prepare(structure, multiplicity),
            Engine::Double(model) => model.prepare(structure, multiplicity),
        };
        prepared.map_err(|error| UmaError::Model(error.to_string()))
    }

    /// Checks what the network was not made for.
    fn check(&self, structure: &Structure) -> Result<(), PotentialError> {
        self.capabilities.expect_elements(&self.name, structure)?;
        let refuse = |reason: String| Err(PotentialError::unsupported(&self.name, reason));
        if structure.charge.abs() > LARGEST_CHARGE {
            let charge = structure.charge;
            return refuse(format!("a charge of {charge} e; it knows −100 to 100"));
        }
        if structure.multiplicity() > LARGEST_MULTIPLICITY {
            let multiplicity = structure.multiplicity();
            return refuse(format!(
                "a multiplicity of {multiplicity}; it knows up to 100"
            ));
        }
        Ok(())
    }

    /// A single atom, for models whose network does not know any: from a table.
    fn single_atom(&self, structure: &Structure) -> Option<Result<Evaluation, PotentialError>> {
        let configuration = self.checkpoint.configuration();
        let repeats = structure
            .cell
            .as_ref()
            .is_some_and(|cell| cell.is_periodic());
        let [element] = structure.elements() else {
            return None;
        };
        if configuration.single_atoms || repeats {
            return None;
        }
        let energy = configuration.single_atom_energy(&self.task.name, *element, structure.charge);
        let missing = || {
            let (symbol, charge) = (element.symbol(), structure.charge);
            PotentialError::unsupported(
                &self.name,
                format!("it has no energy of a single {symbol} atom with charge {charge}"),
            )
        };
        Some(energy.ok_or_else(missing).map(|energy| Evaluation {
            energy,
            forces: vec![DVec3::ZERO],
            atom_energies: Some(vec![energy]),
            ..Evaluation::default()
        }))
    }
}

impl Potential for Uma {
    fn name(&self) -> &str {
        &self.name
    }

    fn description(&self) -> &str {
        &self.description
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn device(&self) -> String {
        self.device.to_string()
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        if structure.is_empty() {
            let repeats = structure
                .cell
                .as_ref()
                .is_some_and(|cell| cell.is_periodic());
            return Ok(Evaluation {
                stress: repeats.then_some(DMat3::ZERO),
                ..Evaluation::default()
            });
        }
        self.check(structure)?;
        if let Some(found) = self.single_atom(structure) {
            return found;
        }
        let multiplicity = multiplicity(&self.task.name, structure.multiplicity());
        let found = match &mut self.engine {
            Engine::Single(model) => model.evaluate(structure, multiplicity),
            Engine::Double(model) => model.evaluate(structure, multiplicity),
        };
        found.map_err(|error| PotentialError::Failed {
            potential: self.name.clone(),
            reason: error.to_string(),
        })
    }
}

/// The task of a model by its name.
fn task<'a>(configuration: &'a Configuration, name: &str) -> Result<&'a Task, UmaError> {
    configuration.task(name).ok_or_else(|| {
        let known: Vec<&str> = configuration
            .tasks
            .iter()
            .map(|task| task.name.as_str())
            .collect();
        UmaError::Task {
            model: configuration.model.clone(),
            task: excerpt(name).into_owned(),
            known: known.join(", "),
        }
    })
}

/// The multiplicity as the network is told: for tasks other than that of molecules, a singlet is
/// what it was trained to read as not said (fairchem: `FAIRChemCalculator`, default `spin`).
fn multiplicity(task: &str, multiplicity: u32) -> u32 {
    if task != MOLECULES && multiplicity == 1 {
        0
    } else {
        multiplicity
    }
}

fn capabilities(configuration: &Configuration, task: &Task) -> Capabilities {
    let known = |element: &mlipview_core::chem::Element| {
        usize::from(element.number()) < task.references.len().min(configuration.atomic_numbers)
    };
    Capabilities {
        elements: Some(configuration.elements().filter(known).collect()),
        charges: -LARGEST_CHARGE..=LARGEST_CHARGE,
        spins: true,
        periodic: true,
        reactive: true,
    }
}

/// What a task is good for: the data it was trained on, by the levels of theory that these are of.
fn description(task: &str) -> &'static str {
    match task {
        "omol" => "Molecules, ions, radicals and complexes of all elements, as ωB97M-V/def2-TZVPD",
        "omat" => "Inorganic crystals, as PBE with +U where the Materials Project has it",
        "omc" => "Molecular crystals, as PBE with D3",
        "oc20" => "Molecules on metal surfaces, as RPBE",
        "oc22" => "Molecules on oxide surfaces, as PBE with +U",
        "oc25" => "Molecules at interfaces of solids and liquids",
        "odac" => "Gases in metal-organic frameworks, as PBE with D3",
        _ => "A task of UMA",
    }
}
