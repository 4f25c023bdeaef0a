//! The CPU backend.

use std::sync::Arc;

use super::activation_memory;
use super::network_cache::NetworkCache;
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::fused::hydra::Network;
use crate::graph::Graph;
use crate::harmonics::Harmonics;
use crate::network_output::NetworkOutput;
use crate::parameters::{Parameters, SharedParameters};
use crate::real::Real;
use crate::system::System;

/// The networks of a task on the CPU.
pub(crate) struct CpuBackend<T> {
    checkpoint: Arc<Checkpoint>,
    harmonics: Harmonics,
    shared: Arc<SharedParameters<T>>,
    networks: NetworkCache<Network<T>>,
}

impl<T: Real> CpuBackend<T> {
    /// Reads the parameters of a task.
    ///
    /// # Errors
    /// If the checkpoint lacks a tensor.
    pub(crate) fn new(
        checkpoint: Arc<Checkpoint>,
        task: &str,
    ) -> Result<CpuBackend<T>, CheckpointError> {
        let configuration = checkpoint.configuration();
        Ok(CpuBackend {
            harmonics: Harmonics::new(configuration.lmax, configuration.mmax),
            shared: Arc::new(SharedParameters::read(&checkpoint, task)?),
            networks: NetworkCache::new(),
            checkpoint,
        })
    }

    /// Merges the network of a system.
    ///
    /// # Errors
    /// If the checkpoint lacks a tensor.
    pub(crate) fn prepare(&mut self, system: &System) -> Result<(), CheckpointError> {
        self.network(system).map(|_| ())
    }

    /// Energies of the atoms and their gradient, merging the network of the system on first use.
    ///
    /// # Errors
    /// If the checkpoint lacks a tensor.
    pub(crate) fn evaluate(
        &mut self,
        system: &System,
        numbers: &[u8],
        graph: &Graph,
    ) -> Result<NetworkOutput, CheckpointError> {
        let configuration = self.checkpoint.configuration();
        let save_activations =
            activation_memory::fits(graph, configuration, &self.harmonics, size_of::<T>());
        let network = self.network(system)?;
        Ok(network.evaluate(numbers, system.charge, graph, save_activations))
    }

    fn network(&mut self, system: &System) -> Result<&mut Network<T>, CheckpointError> {
        self.networks.get_or_build(system, || {
            let shared = Arc::clone(&self.shared);
            let parameters = Parameters::merge(&self.checkpoint, shared, system)?;
            let configuration = self.checkpoint.configuration();
            Ok(Network::new(&parameters, configuration, &self.harmonics))
        })
    }
}
