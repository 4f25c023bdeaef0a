//! The compute device of a training.

use anyhow::bail;
use mlipview_training::Device;

/// Opens the device of a name: cpu, cuda:N or wgpu.
///
/// # Errors
/// If the name is unknown, or this build lacks the device.
pub(super) fn open(name: &str) -> anyhow::Result<Device> {
    match name {
        "cpu" => Ok(Device::Flex(Default::default())),
        #[cfg(feature = "wgpu")]
        "wgpu" => Ok(Device::Wgpu(Default::default())),
        #[cfg(feature = "cuda")]
        name if name == "cuda" || name.starts_with("cuda:") => {
            let index = name.strip_prefix("cuda:").unwrap_or("0").parse()?;
            Ok(Device::Cuda(mlipview_training::CudaDevice { index }))
        }
        _ => bail!(
            "unknown device {name}: expected cpu{}{}",
            if cfg!(feature = "wgpu") { ", wgpu" } else { "" },
            if cfg!(feature = "cuda") {
                ", cuda:N"
            } else {
                ""
            }
        ),
    }
}
