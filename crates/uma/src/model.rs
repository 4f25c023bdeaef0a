//! A checkpoint at work: for each system its merged network, and from that energies and forces.

use std::sync::Arc;

use burn::DispatchDevice;
use glam::{DMat3, DVec3};

use super::attempt::{FEWEST_EDGES, attempt, with_fewer};
use super::device::{Device, DeviceError};
use super::evaluated::Evaluated;
use super::fused::FusedNetwork;
use super::graph::{Graph, Surroundings};
use super::harmonics::Harmonics;
use super::network::{Memory, Network};
use super::parameters::{Convolutions, Parameters, Shared};
use super::real::Real;
use super::system::System;
use crate::checkpoint::{Checkpoint, CheckpointError, Task};
use mlipview_core::chem::Structure;
use mlipview_core::potential::Evaluation;

/// Merged networks that are kept for switching back.
const KEPT_SYSTEMS: usize = 4;

/// What the way there may keep for the way back, bytes. Beyond that it is made again, in half as
/// much time again.
const KEPT_BYTES: usize = 2 << 30;

/// Edges that a graphics card works on at a time at first.
const CARD_EDGES: usize = 1 << 17;

/// Why a model computes nothing.
#[derive(Debug, thiserror::Error)]
pub(super) enum ModelError {
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    #[error(transparent)]
    Device(#[from] DeviceError),
    #[error("{0}")]
    TooDense(#[from] mlipview_core::chem::neighbors::TooDense),
    #[error(
        "{device} gave up ({reason}), also with {FEWEST_EDGES} edges at a time; take fewer atoms, or \
         another device, as with --device cpu"
    )]
    GaveUp { device: Device, reason: String },
}

/// A network of one precision.
pub(super) struct Model<T: Real> {
    checkpoint: Arc<Checkpoint>,
    task: Task,
    harmonics: Harmonics,
    shared: Arc<Shared<T>>,
    device: Device,
    opened: DispatchDevice,
    surroundings: Surroundings,
    /// The one that was used last is last.
    merged: Vec<(System, Merged<T>)>,
    edges_at_a_time: usize,
}

/// The network of one system.
enum Merged<T: Real> {
    /// The processor has code of its own.
    Processor(Box<FusedNetwork<T>>),
    /// Whatever else burn computes on.
    Card(Box<Network>),
}

impl<T: Real> Model<T> {
    /// The model of a checkpoint for one of its tasks.
    pub(super) fn new(
        checkpoint: Arc<Checkpoint>,
        task: &Task,
        device: Device,
    ) -> Result<Model<T>, ModelError> {
        let configuration = checkpoint.configuration();
        let shared = Shared::read(&checkpoint, &task.name)?;
        Ok(Model {
            harmonics: Harmonics::new(configuration.lmax, configuration.mmax),
            surroundings: Surroundings::new(configuration.cutoff, configuration.max_neighbors),
            shared: Arc::new(shared),
            opened: device.open()?,
            task: task.clone(),
            device,
            merged: Vec::new(),
            edges_at_a_time: CARD_EDGES,
            checkpoint,
        })
    }

    /// The same, with another limit to the neighbors of an atom.
    #[cfg(test)]
    pub(super) fn limited_to(mut self, max_neighbors: usize) -> Model<T> {
        let cutoff = self.checkpoint.configuration().cutoff;
        self.surroundings = Surroundings::new(cutoff, max_neighbors);
        self
    }

    /// Merges the experts for a structure, and lets a card compile what it needs, so that the first
    /// step is as quick as the others.
    pub(super) fn prepare(
        &mut self,
        structure: &Structure,
        multiplicity: u32,
    ) -> Result<(), ModelError> {
        if self.device != Device::Processor {
            return self.evaluate(structure, multiplicity).map(|_| ());
        }
        let (task, elements) = (&self.task.name, structure.elements());
        let system = System::new(task, structure.charge, multiplicity, elements);
        self.merged(&system).map(|_| ())
    }

    /// Energy, forces and stress.
    pub(super) fn evaluate(
        &mut self,
        structure: &Structure,
        multiplicity: u32,
    ) -> Result<Evaluation, ModelError> {
        let elements = structure.elements();
        let system = System::new(&self.task.name, structure.charge, multiplicity, elements);
        let graph = self.surroundings.graph(structure)?;
        let numbers: Vec<u8> = elements.iter().map(|element| element.number()).collect();
        let evaluated = self.ask(&system, &graph, &numbers)?;
        Ok(self.in_units(structure, &graph, &evaluated))
    }

    /// Asks the network, with fewer edges at a time where a card gives up.
    fn ask(
        &mut self,
        system: &System,
        graph: &Graph,
        numbers: &[u8],
    ) -> Result<Evaluated, ModelError> {
        let keep = graph.len() * self.kept_bytes() <= KEPT_BYTES;
        if let Merged::Processor(network) = self.merged(system)? {
            return Ok(network.evaluate(numbers, system.charge, graph, keep));
        }
        let mut at_a_time = self.edges_at_a_time;
        let answer = with_fewer(graph.len(), &mut at_a_time, |edges_at_a_time| {
            let memory = Memory {
                edges_at_a_time,
                keep: keep && graph.len() <= edges_at_a_time,
            };
            let network = match self.merged(system) {
                Ok(Merged::Card(network)) => network,
                Ok(Merged::Processor(_)) => unreachable!("one model, one device"),
                Err(error) => return Ok(Err(error)),
            };
            let answer = attempt(|| network.evaluate(numbers, system.charge, graph, memory));
            if answer.is_err() {
                self.merged.clear();
            }
            answer.map(Ok)
        });
        self.edges_at_a_time = at_a_time;
        answer.unwrap_or_else(|reason| {
            Err(ModelError::GaveUp {
                device: self.device,
                reason,
            })
        })
    }

    /// About how much an edge makes that the way back needs, bytes.
    fn kept_bytes(&self) -> usize {
        let configuration = self.checkpoint.configuration();
        let along = self.harmonics.along_edge.len();
        let features = (configuration.lmax + along) * configuration.hidden_channels
            + 3 * along * configuration.sphere_channels
            + 2 * configuration.edge_channels;
        configuration.layers * features * size_of::<T>()
    }

    /// The network of a system, merged if it is a new one.
    fn merged(&mut self, system: &System) -> Result<&mut Merged<T>, ModelError> {
        if let Some(at) = self.merged.iter().position(|(other, _)| other == system) {
            let found = self.merged.remove(at);
            self.merged.push(found);
        } else {
            let merged = self.merge(system)?;
            if self.merged.len() == KEPT_SYSTEMS {
                self.merged.remove(0);
            }
            self.merged.push((system.clone(), merged));
        }
        let (_, merged) = self.merged.last_mut().expect("just put there");
        Ok(merged)
    }

    fn merge(&self, system: &System) -> Result<Merged<T>, ModelError> {
        let narrow = |values: Vec<f64>| -> Vec<T> { values.into_iter().map(T::of).collect() };
        let shares = narrow(system.shares(&self.checkpoint)?);
        let parameters = Parameters {
            shared: Arc::clone(&self.shared),
            convolutions: Convolutions::merge(&self.checkpoint, &shares)?,
            system: narrow(system.embedding(&self.checkpoint)?),
        };
        let configuration = self.checkpoint.configuration();
        if self.device == Device::Processor {
            let network = FusedNetwork::new(&parameters, configuration, &self.harmonics);
            Ok(Merged::Processor(Box::new(network)))
        } else {
            let made =
                attempt(|| Network::new(&parameters, configuration, &self.harmonics, &self.opened));
            made.map(|network| Merged::Card(Box::new(network)))
                .map_err(|reason| ModelError::GaveUp {
                    device: self.device,
                    reason,
                })
        }
    }

    /// From the network's unit to eV, Å and what is per atom: E = scale · Σ + mean + Σ references.
    fn in_units(&self, structure: &Structure, graph: &Graph, found: &Evaluated) -> Evaluation {
        let task = &self.task;
        let share = task.energy_mean / structure.len().max(1) as f64;
        let reference = |number: u8| task.references[usize::from(number)];
        let atoms = structure.elements().iter().zip(&found.atom_energies);
        let atom_energies: Vec<f64> = atoms
            .map(|(element, energy)| {
                task.energy_scale * energy + share + reference(element.number())
            })
            .collect();
        let mut forces = vec![DVec3::ZERO; structure.len()];
        let mut virial = DMat3::ZERO;
        for (edge, gradient) in found.gradients.iter().enumerate() {
            let gradient = task.energy_scale * *gradient;
            // The vector leads from the target to the source.
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
