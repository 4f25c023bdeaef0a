//! Load of NVIDIA GPUs, by NVML if it is installed.

use nvml_wrapper::Nvml;

/// The NVIDIA GPUs of the machine; none without the library NVML, which their driver has.
pub(super) struct Gpus(Option<Nvml>);

/// Load of all GPUs.
#[derive(Clone, Copy)]
pub(super) struct GpuLoad {
    /// Bytes.
    pub(super) memory_used: f64,
    /// Bytes.
    pub(super) memory_total: f64,
    /// Mean share of the time in which they compute; `None` if the driver does not report it.
    pub(super) percent: Option<f64>,
}

impl Gpus {
    /// Loads NVML.
    pub(super) fn find() -> Gpus {
        let nvml = Nvml::init();
        if let Err(error) = &nvml {
            tracing::debug!(%error, "no load of GPUs: NVML cannot be loaded");
        }
        Gpus(nvml.ok())
    }

    /// The present load; `None` without a GPU that reports it.
    pub(super) fn load(&self) -> Option<GpuLoad> {
        let nvml = self.0.as_ref()?;
        let devices =
            (0..nvml.device_count().ok()?).filter_map(|index| nvml.device_by_index(index).ok());
        let (mut memory_used, mut memory_total, mut percents) = (0.0, 0.0, Vec::new());
        for device in devices {
            // Cards of older drivers report one without the other.
            if let Ok(memory) = device.memory_info() {
                memory_used += memory.used as f64;
                memory_total += memory.total as f64;
            }
            percents.extend(
                device
                    .utilization_rates()
                    .ok()
                    .map(|rates| f64::from(rates.gpu)),
            );
        }
        let count = percents.len() as f64;
        (memory_total > 0.0).then(|| GpuLoad {
            memory_used,
            memory_total,
            percent: (count > 0.0).then(|| percents.iter().sum::<f64>() / count),
        })
    }
}
