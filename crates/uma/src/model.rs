//! A checkpoint as a model of one task: from a structure to energy, forces and stress.

use std::sync::Arc;

use glam::{DMat3, DVec3};

use crate::backend::Backend;
use crate::checkpoint::{Checkpoint, Task};
use crate::device::Device;
use crate::error::ModelError;
use crate::graph::{Graph, GraphBuilder};
use crate::network_output::NetworkOutput;
use crate::precision::Precision;
use crate::system::System;
use mlipview_core::chem::Structure;
use mlipview_core::potential::Evaluation;

/// The network of a task with the graph of neighbors before it and the units after it.
pub(crate) struct TaskModel {
    task: Task,
    graph_builder: GraphBuilder,
    backend: Backend,
}

impl TaskModel {
    /// The model of a checkpoint for one of its tasks.
    ///
    /// # Errors
    /// If the device does not work or not in this precision, or the checkpoint lacks a tensor.
    pub(crate) fn new(
        checkpoint: Arc<Checkpoint>,
        task: &Task,
        device: Device,
        precision: Precision,
    ) -> Result<TaskModel, ModelError> {
        let configuration = checkpoint.configuration();
        Ok(TaskModel {
            graph_builder: GraphBuilder::new(configuration.cutoff, configuration.max_neighbors),
            backend: Backend::new(checkpoint, &task.name, device, precision)?,
            task: task.clone(),
        })
    }

    /// The same model with another graph of neighbors.
    #[cfg(test)]
    pub(crate) fn with_graph_builder(mut self, graph_builder: GraphBuilder) -> TaskModel {
        self.graph_builder = graph_builder;
        self
    }

    /// Merges the experts for a structure and compiles the kernels of a GPU, so that the first step
    /// takes as long as the others.
    ///
    /// # Errors
    /// Those of [`evaluate`](Self::evaluate).
    pub(crate) fn prepare(
        &mut self,
        structure: &Structure,
        multiplicity: u32,
    ) -> Result<(), ModelError> {
        let system = self.system(structure, multiplicity);
        if !self.backend.prepare(&system)? {
            self.evaluate(structure, multiplicity)?;
        }
        Ok(())
    }

    /// Energy, forces and stress.
    ///
    /// # Errors
    /// If atoms have too many neighbors, the checkpoint lacks a tensor, or the device fails.
    pub(crate) fn evaluate(
        &mut self,
        structure: &Structure,
        multiplicity: u32,
    ) -> Result<Evaluation, ModelError> {
        let system = self.system(structure, multiplicity);
        let graph = self.graph_builder.graph(structure)?;
        let elements = structure.elements().iter();
        let numbers: Vec<u8> = elements.map(|element| element.number()).collect();
        let output = self.backend.evaluate(&system, &numbers, &graph)?;
        Ok(self.in_electronvolts(structure, &graph, &output))
    }

    fn system(&self, structure: &Structure, multiplicity: u32) -> System {
        let (task, elements) = (&self.task.name, structure.elements());
        System::new(task, structure.charge, multiplicity, elements)
    }

    /// Converts to eV and Å and sums over edges, v = r_source − r_target:
    /// E = Σ atoms (scale · e + mean / N + reference), F_target += scale ∂e/∂v = −F_source,
    /// σ = Σ edges sym(v ⊗ scale ∂e/∂v) / V.
    fn in_electronvolts(
        &self,
        structure: &Structure,
        graph: &Graph,
        output: &NetworkOutput,
    ) -> Evaluation {
        let task = &self.task;
        let share = task.energy_mean / structure.len().max(1) as f64;
        let reference = |number: u8| task.references[usize::from(number)];
        let atoms = structure.elements().iter().zip(&output.atom_energies);
        let atom_energies: Vec<f64> = atoms
            .map(|(element, energy)| {
                task.energy_scale * energy + share + reference(element.number())
            })
            .collect();
        let mut forces = vec![DVec3::ZERO; structure.len()];
        let mut virial = DMat3::ZERO;
        for (edge, gradient) in output.gradients.iter().enumerate() {
            let gradient = task.energy_scale * *gradient;
            forces[graph.target[edge] as usize] += gradient;
            forces[graph.source[edge] as usize] -= gradient;
            let vector = graph.vectors[edge];
            virial += DMat3::from_cols(
                gradient * vector.x,
                gradient * vector.y,
                gradient * vector.z,
            );
        }
        let cell = structure.cell.as_ref().filter(|cell| cell.is_periodic());
        Evaluation {
            energy: atom_energies.iter().sum(),
            forces,
            stress: cell.map(|cell| (virial + virial.transpose()) * (0.5 / cell.volume())),
            atom_energies: Some(atom_energies),
            ..Evaluation::default()
        }
    }
}
