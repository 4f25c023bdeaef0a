//! Compute devices: the CPU and GPUs.

use std::fmt;
use std::str::FromStr;

use mlipview_core::chem::excerpt;

/// A device that can compute the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Device {
    /// The CPU.
    #[default]
    Cpu,
    /// An NVIDIA GPU, by its CUDA index.
    Cuda(usize),
    /// The GPU that the system prefers, by Vulkan, Metal or DirectX 12.
    Wgpu,
}

/// Why a device is not available.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeviceError {
    /// No device has this name.
    #[error("unknown device {0:?}: expected cpu, cuda, cuda:N (N is the index of the GPU) or wgpu")]
    Unknown(String),
    /// The program was built without it.
    #[error(
        "this program is built without {feature}: build it with --features {feature}, or choose \
         another device"
    )]
    NotBuilt {
        /// The device.
        device: Device,
        /// The feature of the build.
        feature: &'static str,
    },
    /// It does not exist, or failed its test.
    #[error("{device} is not available: {reason}; choose another device, such as --device cpu")]
    Unavailable {
        /// The device.
        device: Device,
        /// The message of its driver or library.
        reason: String,
    },
}

impl FromStr for Device {
    type Err = DeviceError;

    fn from_str(text: &str) -> Result<Device, DeviceError> {
        let unknown = || DeviceError::Unknown(excerpt(text).into_owned());
        match text.trim().to_ascii_lowercase().as_str() {
            "cpu" => Ok(Device::Cpu),
            "wgpu" => Ok(Device::Wgpu),
            "cuda" => Ok(Device::Cuda(0)),
            other => {
                let index = other.strip_prefix("cuda:").ok_or_else(unknown)?;
                Ok(Device::Cuda(index.parse().map_err(|_| unknown())?))
            }
        }
    }
}

impl fmt::Display for Device {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Device::Cpu => formatter.write_str("cpu"),
            Device::Cuda(index) => write!(formatter, "cuda:{index}"),
            Device::Wgpu => formatter.write_str("wgpu"),
        }
    }
}
