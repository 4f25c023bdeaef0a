//! Finds compute devices and tests them.

use crate::device::{Device, DeviceError};

impl Device {
    /// Tests whether the device works.
    ///
    /// # Errors
    /// If it does not, or the program was built without it.
    pub fn check(self) -> Result<(), DeviceError> {
        match self {
            Device::Cpu => Ok(()),
            #[cfg(feature = "gpu")]
            _ => self.open_gpu().map(|_| ()),
            #[cfg(not(feature = "gpu"))]
            _ => Err(self.not_built()),
        }
    }

    /// The NVIDIA GPUs that the driver lists.
    pub fn cuda_devices() -> Vec<Device> {
        #[cfg(feature = "cuda")]
        let count = cuda::count();
        #[cfg(not(feature = "cuda"))]
        let count = 0;
        (0..count).map(Device::Cuda).collect()
    }

    /// All devices that work.
    pub fn available() -> Vec<Device> {
        let mut devices = vec![Device::Cpu];
        devices.extend(Device::cuda_devices());
        devices.push(Device::Wgpu);
        devices.retain(|device| device.check().is_ok());
        devices
    }

    /// The GPU as a device of burn, after its test.
    ///
    /// # Errors
    /// If it does not work, the program was built without it, or this is the CPU.
    #[cfg(feature = "gpu")]
    pub(crate) fn open_gpu(self) -> Result<burn::DispatchDevice, DeviceError> {
        match self {
            Device::Cpu => Err(DeviceError::Unavailable {
                device: self,
                reason: "it is not a GPU".to_owned(),
            }),
            #[cfg(feature = "cuda")]
            Device::Cuda(index) => cuda::open(index),
            #[cfg(feature = "wgpu")]
            Device::Wgpu => wgpu::open(),
            #[cfg(not(all(feature = "cuda", feature = "wgpu")))]
            _ => Err(self.not_built()),
        }
    }

    /// The error for a GPU that the program was built without.
    #[cfg(not(all(feature = "cuda", feature = "wgpu")))]
    pub(crate) fn not_built(self) -> DeviceError {
        DeviceError::NotBuilt {
            device: self,
            feature: match self {
                Device::Wgpu => "wgpu",
                _ => "cuda",
            },
        }
    }
}

#[cfg(feature = "cuda")]
mod cuda {
    //! NVIDIA GPUs. The library panics without a driver, so it is called only if there is one.

    use burn::DispatchDevice;
    use burn::backend::cuda::CudaDevice;
    use burn::prelude::Backend;

    use crate::device::{Device, DeviceError};
    use crate::out_of_memory::catch_panic;

    pub(super) fn count() -> usize {
        let count = || burn::backend::Cuda::<f32>::device_count(0);
        if has_driver() {
            catch_panic(count).unwrap_or(0)
        } else {
            0
        }
    }

    pub(super) fn open(index: usize) -> Result<DispatchDevice, DeviceError> {
        let device = Device::Cuda(index);
        let unavailable = |reason: String| DeviceError::Unavailable { device, reason };
        if !has_driver() {
            return Err(unavailable("no NVIDIA driver is installed".to_owned()));
        }
        match count() {
            gpus if index < gpus => {
                let opened = DispatchDevice::Cuda(CudaDevice::new(index));
                super::add_two_and_two(&opened).map_err(|error| unavailable(error.to_string()))?;
                Ok(opened)
            }
            gpus => Err(unavailable(format!(
                "{gpus} GPUs were found, with indices from 0"
            ))),
        }
    }

    /// Whether the system has an NVIDIA driver (Linux, WSL, Windows).
    fn has_driver() -> bool {
        let paths = [
            "/dev/nvidiactl",
            "/dev/dxg",
            "C:\\Windows\\System32\\nvcuda.dll",
        ];
        paths.iter().any(|path| std::path::Path::new(path).exists())
    }
}

#[cfg(feature = "wgpu")]
mod wgpu {
    //! The GPU that the system prefers.

    use std::sync::OnceLock;

    use burn::DispatchDevice;

    use crate::device::{Device, DeviceError};

    pub(super) fn open() -> Result<DispatchDevice, DeviceError> {
        static TESTED: OnceLock<Result<(), super::TestError>> = OnceLock::new();
        let opened = DispatchDevice::Wgpu(Default::default());
        match TESTED.get_or_init(|| super::add_two_and_two(&opened)) {
            Ok(()) => Ok(opened),
            Err(error) => Err(DeviceError::Unavailable {
                device: Device::Wgpu,
                reason: error.to_string(),
            }),
        }
    }
}

/// Why a GPU failed its test.
#[cfg(feature = "gpu")]
#[derive(Debug, thiserror::Error)]
enum TestError {
    #[error(transparent)]
    Panic(#[from] crate::out_of_memory::CaughtPanic),
    #[error("it computes 2 + 2 = {0}")]
    WrongSum(f64),
}

/// Tests a GPU with the sum 2 + 2.
#[cfg(feature = "gpu")]
fn add_two_and_two(device: &burn::DispatchDevice) -> Result<(), TestError> {
    use burn::tensor::{DType, TensorData};

    use crate::network::tensor::Tensor;
    use crate::out_of_memory::catch_panic;

    let sum = catch_panic(|| {
        let two = TensorData::new(vec![2.0_f32], [1]);
        let two = Tensor::<1>::from_data(two, (device, DType::F32));
        (two.clone() + two).into_data().iter::<f64>().sum::<f64>()
    })?;
    match sum == 4.0 {
        true => Ok(()),
        false => Err(TestError::WrongSum(sum)),
    }
}
