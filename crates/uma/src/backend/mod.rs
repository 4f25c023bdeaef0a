//! The backend that computes the network, chosen once: the CPU or a GPU.

mod activation_memory;
mod cpu;
#[cfg(feature = "gpu")]
mod gpu;
mod network_cache;

use std::sync::Arc;

use crate::checkpoint::Checkpoint;
use crate::device::Device;
use crate::error::ModelError;
use crate::graph::Graph;
use crate::network_output::NetworkOutput;
use crate::precision::Precision;
use crate::system::System;
use cpu::CpuBackend;
#[cfg(feature = "gpu")]
use gpu::GpuBackend;

/// The networks of a task on one device.
pub(crate) enum Backend {
    /// [`fused`](crate::fused) in single precision.
    Cpu(CpuBackend<f32>),
    /// [`fused`](crate::fused) in double precision.
    CpuDouble(CpuBackend<f64>),
    /// `network`, always in single precision.
    #[cfg(feature = "gpu")]
    Gpu(GpuBackend),
}

impl Backend {
    /// The backend of a device.
    ///
    /// # Errors
    /// If the device does not work or not in this precision, or the checkpoint lacks a tensor.
    pub(crate) fn new(
        checkpoint: Arc<Checkpoint>,
        task: &str,
        device: Device,
        precision: Precision,
    ) -> Result<Backend, ModelError> {
        match (device, precision) {
            (Device::Cpu, Precision::Single) => {
                Ok(Backend::Cpu(CpuBackend::new(checkpoint, task)?))
            }
            (Device::Cpu, Precision::Double) => {
                Ok(Backend::CpuDouble(CpuBackend::new(checkpoint, task)?))
            }
            (_, Precision::Double) => Err(ModelError::DoublePrecision),
            #[cfg(feature = "gpu")]
            (gpu, Precision::Single) => Ok(Backend::Gpu(GpuBackend::new(checkpoint, task, gpu)?)),
            #[cfg(not(feature = "gpu"))]
            (gpu, Precision::Single) => Err(gpu.not_built().into()),
        }
    }

    /// Merges the network of a system on the CPU. A GPU also compiles its kernels in the first
    /// evaluation: `false` if that is still to be done.
    ///
    /// # Errors
    /// If the checkpoint lacks a tensor.
    pub(crate) fn prepare(&mut self, system: &System) -> Result<bool, ModelError> {
        match self {
            Backend::Cpu(cpu) => cpu.prepare(system)?,
            Backend::CpuDouble(cpu) => cpu.prepare(system)?,
            #[cfg(feature = "gpu")]
            Backend::Gpu(_) => return Ok(false),
        }
        Ok(true)
    }

    /// Energies of atoms with these atomic numbers, and their gradients.
    ///
    /// # Errors
    /// If the checkpoint lacks a tensor, or the device fails.
    pub(crate) fn evaluate(
        &mut self,
        system: &System,
        numbers: &[u8],
        graph: &Graph,
    ) -> Result<NetworkOutput, ModelError> {
        match self {
            Backend::Cpu(cpu) => Ok(cpu.evaluate(system, numbers, graph)?),
            Backend::CpuDouble(cpu) => Ok(cpu.evaluate(system, numbers, graph)?),
            #[cfg(feature = "gpu")]
            Backend::Gpu(gpu) => gpu.evaluate(system, numbers, graph),
        }
    }
}
