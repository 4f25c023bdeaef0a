//! What computes: the processor, or a graphics card.

use std::fmt;
use std::str::FromStr;

use burn::DispatchDevice;

use mlipview_core::chem::excerpt;

/// Where a network is computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Device {
    /// The processor.
    #[default]
    Processor,
    /// A card of NVIDIA, by its number.
    Cuda(usize),
    /// The card that the system prefers, by Vulkan, Metal or DirectX 12.
    Wgpu,
}

/// Why a device cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeviceError {
    /// No device is called so.
    #[error("{0:?} is no device: write cpu, cuda, cuda:N for the card of number N, or wgpu")]
    Unknown(String),
    /// This program was built without it.
    #[error(
        "this program is built without {feature}: build it with --features {feature}, or take \
         another device"
    )]
    NotBuilt {
        /// The device.
        device: Device,
        /// The feature of the build.
        feature: &'static str,
    },
    /// It is not there, or does not work.
    #[error("{device} does not work here: {reason}; take another device, as with --device cpu")]
    Unavailable {
        /// The device.
        device: Device,
        /// What it said.
        reason: String,
    },
}

impl FromStr for Device {
    type Err = DeviceError;

    fn from_str(words: &str) -> Result<Device, DeviceError> {
        let unknown = || DeviceError::Unknown(excerpt(words).into_owned());
        match words.trim().to_ascii_lowercase().as_str() {
            "cpu" => Ok(Device::Processor),
            "wgpu" => Ok(Device::Wgpu),
            "cuda" => Ok(Device::Cuda(0)),
            other => {
                let number = other.strip_prefix("cuda:").ok_or_else(unknown)?;
                Ok(Device::Cuda(number.parse().map_err(|_| unknown())?))
            }
        }
    }
}

impl fmt::Display for Device {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Device::Processor => formatter.write_str("cpu"),
            Device::Cuda(number) => write!(formatter, "cuda:{number}"),
            Device::Wgpu => formatter.write_str("wgpu"),
        }
    }
}

impl Device {
    /// Tries the device.
    ///
    /// # Errors
    /// If it does not work here, or the program is built without it.
    pub fn works(self) -> Result<(), DeviceError> {
        self.open().map(|_| ())
    }

    /// The cards of NVIDIA that the driver tells of.
    pub fn cards() -> Vec<Device> {
        (0..cuda::count()).map(Device::Cuda).collect()
    }

    /// All that work, after they have been tried.
    pub fn that_work() -> Vec<Device> {
        let mut devices = vec![Device::Processor];
        devices.extend(Device::cards());
        devices.push(Device::Wgpu);
        devices.retain(|device| device.works().is_ok());
        devices
    }

    /// The device as tensors know it, after it has proved that it works.
    ///
    /// # Errors
    /// If it does not, or the program is built without it.
    pub(super) fn open(self) -> Result<DispatchDevice, DeviceError> {
        match self {
            Device::Processor => Ok(DispatchDevice::Flex(Default::default())),
            Device::Cuda(number) => cuda::open(number),
            Device::Wgpu => wgpu::open(),
        }
    }
}

#[cfg(feature = "cuda")]
mod cuda {
    //! Cards of NVIDIA. Asked for only where there is a driver: what asks without one panics.

    use burn::DispatchDevice;
    use burn::backend::Backend;
    use burn::backend::cuda::CudaDevice;

    use super::{Device, DeviceError};
    use crate::attempt::attempt;

    pub(super) fn count() -> usize {
        let count = || burn::backend::Cuda::<f32>::device_count(0);
        if driver() {
            attempt(count).unwrap_or(0)
        } else {
            0
        }
    }

    pub(super) fn open(number: usize) -> Result<DispatchDevice, DeviceError> {
        let device = Device::Cuda(number);
        let unavailable = |reason: String| DeviceError::Unavailable { device, reason };
        if !driver() {
            return Err(unavailable("there is no driver of NVIDIA".to_owned()));
        }
        match count() {
            cards if number < cards => {
                let opened = DispatchDevice::Cuda(CudaDevice::new(number));
                super::prove(&opened).map_err(unavailable)?;
                Ok(opened)
            }
            cards => Err(unavailable(format!(
                "there are {cards} cards, counted from 0"
            ))),
        }
    }

    /// Whether the system has a driver.
    fn driver() -> bool {
        let signs = [
            "/dev/nvidiactl",
            "/dev/dxg",
            "C:\\Windows\\System32\\nvcuda.dll",
        ];
        signs.iter().any(|sign| std::path::Path::new(sign).exists())
    }
}

#[cfg(not(feature = "cuda"))]
mod cuda {
    use burn::DispatchDevice;

    use super::{Device, DeviceError};

    pub(super) fn count() -> usize {
        0
    }

    pub(super) fn open(number: usize) -> Result<DispatchDevice, DeviceError> {
        Err(DeviceError::NotBuilt {
            device: Device::Cuda(number),
            feature: "cuda",
        })
    }
}

#[cfg(feature = "wgpu")]
mod wgpu {
    //! The card that the system prefers.

    use std::sync::OnceLock;

    use burn::DispatchDevice;

    use super::{Device, DeviceError};

    pub(super) fn open() -> Result<DispatchDevice, DeviceError> {
        static PROVED: OnceLock<Result<(), String>> = OnceLock::new();
        let opened = DispatchDevice::Wgpu(Default::default());
        match PROVED.get_or_init(|| super::prove(&opened)) {
            Ok(()) => Ok(opened),
            Err(reason) => Err(DeviceError::Unavailable {
                device: Device::Wgpu,
                reason: reason.clone(),
            }),
        }
    }
}

#[cfg(not(feature = "wgpu"))]
mod wgpu {
    use burn::DispatchDevice;

    use super::{Device, DeviceError};

    pub(super) fn open() -> Result<DispatchDevice, DeviceError> {
        Err(DeviceError::NotBuilt {
            device: Device::Wgpu,
            feature: "wgpu",
        })
    }
}

/// Lets a device add two and two.
#[cfg(any(feature = "cuda", feature = "wgpu"))]
fn prove(device: &DispatchDevice) -> Result<(), String> {
    use burn::tensor::{DType, TensorData};

    use super::network::Tensor;

    let sum = super::attempt::attempt(|| {
        let two = TensorData::new(vec![2.0_f32], [1]);
        let two = Tensor::<1>::from_data(two, (device, DType::F32));
        (two.clone() + two).into_data().iter::<f64>().sum::<f64>()
    })?;
    if sum == 4.0 {
        Ok(())
    } else {
        Err(format!("it adds two and two to {sum}"))
    }
}
