//! Checkpoints of UMA: reference files, other forms, unsupported and damaged files.

mod damaged;
mod reading;
mod unsupported;
mod variants;
mod writer;

use std::path::{Path, PathBuf};

use mlipview_uma::checkpoint::Checkpoint;
use serde_json::Value;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/data/uma")
        .join(name)
}

fn open(name: &str) -> Checkpoint {
    Checkpoint::open(&data(name)).unwrap()
}

/// The `config.json` of a reference model.
fn config(name: &str) -> Value {
    let bytes = std::fs::read(data(name).join("config.json")).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// All numbers of a tensor, bit by bit.
fn bits(checkpoint: &Checkpoint, name: &str) -> Vec<u32> {
    let values: Vec<f32> = checkpoint.tensor(name).unwrap().values();
    values.into_iter().map(f32::to_bits).collect()
}
