//! UMA as a potential: checks, single atoms, and the model.

use std::sync::Arc;

use glam::{DMat3, DVec3};

use crate::checkpoint::{Checkpoint, Configuration, Task};
use crate::device::Device;
use crate::error::{ModelError, UmaError};
use crate::model::TaskModel;
use crate::precision::Precision;
use crate::system::{MAX_CHARGE, MAX_MULTIPLICITY};
use crate::tasks;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::potential::{Capabilities, Evaluation, Potential, PotentialError};

/// How a model is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UmaOptions {
    /// Name of the task, as in "omol".
    pub task: String,
    /// The compute device.
    pub device: Device,
    /// The floating-point type.
    pub precision: Precision,
}

/// A checkpoint of UMA as a potential, for one of its tasks.
pub struct Uma {
    name: String,
    description: String,
    capabilities: Capabilities,
    checkpoint: Arc<Checkpoint>,
    task: Task,
    device: Device,
    model: TaskModel,
}

impl Uma {
    /// The potential of a checkpoint.
    ///
    /// # Errors
    /// If the checkpoint does not have the task, or the device does not work or not in this precision.
    pub fn new(checkpoint: Arc<Checkpoint>, options: &UmaOptions) -> Result<Uma, UmaError> {
        let configuration = checkpoint.configuration();
        let task = tasks::find(configuration, &options.task)?.clone();
        let (device, precision) = (options.device, options.precision);
        Ok(Uma {
            name: format!("{} {}", configuration.model, task.name),
            description: tasks::description(&task.name).to_owned(),
            capabilities: capabilities(configuration, &task),
            model: TaskModel::new(Arc::clone(&checkpoint), &task, device, precision)?,
            task,
            device,
            checkpoint,
        })
    }

    /// Merges the experts for a structure and compiles the kernels of a GPU, which takes seconds, so
    /// that the first evaluation takes as long as the others.
    ///
    /// # Errors
    /// If the device fails. A structure that cannot be computed is refused when it is evaluated.
    pub fn prepare(&mut self, structure: &Structure) -> Result<(), UmaError> {
        let is_done = structure.is_empty() || self.single_atom(structure).is_some();
        if is_done || self.check(structure).is_err() {
            return Ok(());
        }
        let multiplicity = self.network_multiplicity(structure);
        Ok(self.model.prepare(structure, multiplicity)?)
    }

    fn network_multiplicity(&self, structure: &Structure) -> u32 {
        tasks::network_multiplicity(&self.task.name, structure.multiplicity())
    }

    /// Refuses elements, charges and multiplicities without embeddings.
    fn check(&self, structure: &Structure) -> Result<(), PotentialError> {
        self.capabilities.expect_elements(&self.name, structure)?;
        let unsupported = |reason: String| Err(PotentialError::unsupported(&self.name, reason));
        if structure.charge.abs() > MAX_CHARGE {
            let charge = structure.charge;
            return unsupported(format!(
                "a charge of {charge} e; supported are −{MAX_CHARGE} to {MAX_CHARGE}"
            ));
        }
        if structure.multiplicity() > MAX_MULTIPLICITY {
            let multiplicity = structure.multiplicity();
            return unsupported(format!(
                "a multiplicity of {multiplicity}; supported are 1 to {MAX_MULTIPLICITY}"
            ));
        }
        Ok(())
    }

    /// The tabulated energy of a single atom, for models that were not trained on any; else `None`.
    fn single_atom(&self, structure: &Structure) -> Option<Result<Evaluation, PotentialError>> {
        let configuration = self.checkpoint.configuration();
        let [element] = structure.elements() else {
            return None;
        };
        if configuration.single_atoms || is_periodic(structure) {
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
            return Ok(Evaluation {
                stress: is_periodic(structure).then_some(DMat3::ZERO),
                ..Evaluation::default()
            });
        }
        self.check(structure)?;
        if let Some(found) = self.single_atom(structure) {
            return found;
        }
        let multiplicity = self.network_multiplicity(structure);
        let failed = |error: ModelError| PotentialError::Failed {
            potential: self.name.clone(),
            reason: error.to_string(),
        };
        self.model.evaluate(structure, multiplicity).map_err(failed)
    }
}

fn is_periodic(structure: &Structure) -> bool {
    structure
        .cell
        .as_ref()
        .is_some_and(|cell| cell.is_periodic())
}

fn capabilities(configuration: &Configuration, task: &Task) -> Capabilities {
    let has_parameters = |element: &Element| {
        usize::from(element.number()) < task.references.len().min(configuration.atomic_numbers)
    };
    Capabilities {
        elements: Some(configuration.elements().filter(has_parameters).collect()),
        charges: -MAX_CHARGE..=MAX_CHARGE,
        spins: true,
        periodic: true,
        reactive: true,
    }
}
