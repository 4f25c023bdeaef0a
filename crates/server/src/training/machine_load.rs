//! Load of the machine: CPUs, memory and GPUs.

use mlipview_telemetry::SystemStats;
use sysinfo::System;

use super::gpu::Gpus;

/// Bytes of a gigabyte.
const GIGABYTE: f64 = 1e9;

/// Measures the load of CPUs, memory and GPUs.
pub struct MachineLoad {
    system: System,
    gpus: Gpus,
}

impl Default for MachineLoad {
    fn default() -> MachineLoad {
        MachineLoad::new()
    }
}

impl MachineLoad {
    /// Starts to measure.
    pub fn new() -> MachineLoad {
        let mut system = System::new();
        // The load is measured from here to the next time.
        system.refresh_cpu_usage();
        let gpus = Gpus::find();
        MachineLoad { system, gpus }
    }

    /// The load since the last call; calls less than 200 ms apart give the same load of the CPUs.
    pub fn stats(&mut self) -> SystemStats {
        self.system.refresh_cpu_usage();
        self.system.refresh_memory();
        let gpu = self.gpus.load();
        SystemStats {
            gpu_memory_used_gb: gpu.map(|gpu| gpu.memory_used / GIGABYTE),
            gpu_memory_total_gb: gpu.map(|gpu| gpu.memory_total / GIGABYTE),
            gpu_utilization_percent: gpu.and_then(|gpu| gpu.percent),
            cpu_percent: f64::from(self.system.global_cpu_usage()),
            ram_used_gb: self.system.used_memory() as f64 / GIGABYTE,
            ram_total_gb: self.system.total_memory() as f64 / GIGABYTE,
        }
    }
}
