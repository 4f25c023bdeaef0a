//! Defaults for requests of UMA that leave options out.

use crate::device::Device;
use crate::models::Models;

/// The models folder, and defaults for options that a request leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The models folder, if there is one.
    pub models: Option<Models>,
    /// Checkpoint file, or name of an imported model [default: first imported].
    pub model: Option<String>,
    /// Name of the task [default: by structure].
    pub task: Option<String>,
    /// Compute device [default: first NVIDIA GPU, else the CPU].
    pub device: Option<Device>,
}

impl Preferences {
    /// The default device.
    pub fn device(&self) -> Device {
        let nvidia = || Device::cuda_devices().into_iter().next();
        self.device.or_else(nvidia).unwrap_or_default()
    }
}
