//! UMA as a potential, and its checkpoints.
//!
//! The comparison with fairchem is beside the code, in `crates/uma/src`. The models are small, with
//! random weights: `tests/data/uma`.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its value has failed"
)]

mod checkpoint;
mod choices;
mod physical_laws;
mod reference;

use std::sync::Arc;

use mlipview_uma::checkpoint::Checkpoint;
use mlipview_uma::{Device, Precision, Uma, UmaOptions};
use reference::{data, reference};

/// `tests/data/uma`, from the folder of this package.
const FOLDER: &str = "../../tests/data/uma";

/// A model for a task in double precision.
fn double(path: &str, task: &str) -> Uma {
    uma(path, task, Precision::Double)
}

fn uma(path: &str, task: &str, precision: Precision) -> Uma {
    let checkpoint = Arc::new(Checkpoint::open(&data(path)).unwrap());
    let options = UmaOptions {
        task: task.to_owned(),
        device: Device::Cpu,
        precision,
    };
    Uma::new(checkpoint, &options).unwrap()
}
