//! The GPU backend: burn in single precision, with smaller chunks of edges when memory runs out.

use std::sync::Arc;

use burn::DispatchDevice;

use super::activation_memory;
use super::network_cache::NetworkCache;
use crate::checkpoint::Checkpoint;
use crate::device::Device;
use crate::error::ModelError;
use crate::graph::Graph;
use crate::harmonics::Harmonics;
use crate::network::edges::MemoryOptions;
use crate::network::hydra::Network;
use crate::network_output::NetworkOutput;
use crate::out_of_memory::{CaughtPanic, catch_panic, retry_with_smaller_chunks};
use crate::parameters::{Parameters, SharedParameters};
use crate::system::System;

/// Edges per chunk at first.
const EDGES_PER_CHUNK: usize = 1 << 17;

/// The networks of a task on a GPU.
pub(crate) struct GpuBackend {
    checkpoint: Arc<Checkpoint>,
    harmonics: Harmonics,
    shared: Arc<SharedParameters<f32>>,
    device: Device,
    opened: DispatchDevice,
    networks: NetworkCache<Network>,
    edges_per_chunk: usize,
}

impl GpuBackend {
    /// Reads the parameters of a task, and opens the GPU.
    ///
    /// # Errors
    /// If the checkpoint lacks a tensor, or the GPU does not work.
    pub(crate) fn new(
        checkpoint: Arc<Checkpoint>,
        task: &str,
        device: Device,
    ) -> Result<GpuBackend, ModelError> {
        let configuration = checkpoint.configuration();
        Ok(GpuBackend {
            harmonics: Harmonics::new(configuration.lmax, configuration.mmax),
            shared: Arc::new(SharedParameters::read(&checkpoint, task)?),
            device,
            opened: device.open_gpu()?,
            networks: NetworkCache::new(),
            edges_per_chunk: EDGES_PER_CHUNK,
            checkpoint,
        })
    }

    /// Energies of the atoms and their gradient, merging the network of the system on first use.
    ///
    /// # Errors
    /// If the checkpoint lacks a tensor, or the GPU fails.
    pub(crate) fn evaluate(
        &mut self,
        system: &System,
        numbers: &[u8],
        graph: &Graph,
    ) -> Result<NetworkOutput, ModelError> {
        let configuration = self.checkpoint.configuration();
        let fits = activation_memory::fits(graph, configuration, &self.harmonics, size_of::<f32>());
        let mut edges_per_chunk = self.edges_per_chunk;
        let found =
            retry_with_smaller_chunks(graph.len(), &mut edges_per_chunk, |edges_per_chunk| {
                let memory = MemoryOptions {
                    edges_per_chunk,
                    save_activations: fits && graph.len() <= edges_per_chunk,
                };
                let network = match self.network(system) {
                    Ok(network) => network,
                    Err(error) => return Ok(Err(error)),
                };
                let found = catch_panic(|| network.evaluate(numbers, system.charge, graph, memory));
                if found.is_err() {
                    self.networks.clear();
                }
                found.map(Ok)
            });
        self.edges_per_chunk = edges_per_chunk;
        found.unwrap_or_else(|error| Err(failed(self.device, &error)))
    }

    fn network(&mut self, system: &System) -> Result<&mut Network, ModelError> {
        self.networks.get_or_build(system, || {
            let shared = Arc::clone(&self.shared);
            let parameters = Parameters::merge(&self.checkpoint, shared, system)?;
            let configuration = self.checkpoint.configuration();
            catch_panic(|| Network::new(&parameters, configuration, &self.harmonics, &self.opened))
                .map_err(|error| failed(self.device, &error))
        })
    }
}

fn failed(device: Device, error: &CaughtPanic) -> ModelError {
    ModelError::DeviceFailed {
        device,
        reason: error.to_string(),
    }
}
