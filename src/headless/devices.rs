//! The command `mlipview devices`: lists compute devices for UMA, after testing each.

use std::io::Write;

use mlipview_uma::{Device, DeviceError};
use serde_json::json;

use super::exit_code::DONE;
use crate::cli::OutputFormat;

pub(super) fn run(format: OutputFormat) -> anyhow::Result<u8> {
    let mut devices = vec![Device::Cpu];
    let gpus = Device::cuda_devices();
    devices.extend(if gpus.is_empty() {
        vec![Device::Cuda(0)]
    } else {
        gpus
    });
    devices.push(Device::Wgpu);
    for device in devices {
        let works = device.check();
        if format.json {
            let reason = works.as_ref().err().map(DeviceError::to_string);
            let line =
                json!({ "device": device.to_string(), "works": works.is_ok(), "reason": reason });
            writeln!(std::io::stdout(), "{line}")?;
        } else {
            let result = works.map_or_else(|error| error.to_string(), |()| "works".to_owned());
            writeln!(std::io::stdout(), "{:<8} {result}", device.to_string())?;
        }
    }
    Ok(DONE)
}
