//! The command line: the built program on files in a temporary folder.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its value has failed"
)]

#[path = "../common/program.rs"]
mod program;

mod arguments;
mod convert;
mod energy;
#[cfg(feature = "imd")]
mod imd;
mod md;
mod pack;
mod recording;
mod relax;
#[cfg(feature = "server")]
mod rigid;
mod serve;
mod structures;
#[cfg(feature = "server")]
mod telemetry;
#[cfg(feature = "training")]
mod train;
#[cfg(feature = "training")]
mod trained_files;
#[cfg(unix)]
mod without_display;

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

/// A temporary folder, in which the program runs.
fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Results of ASE in `tests/data/reference`.
fn reference(file: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/reference")
        .join(file);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// All numbers of nested arrays.
fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(values) => values.iter().flat_map(numbers).collect(),
        value => vec![value.as_f64().unwrap()],
    }
}

/// Writes the rattled copper of the ASE references as `cu.xyz`.
fn write_copper(folder: &TempDir) {
    let start = &reference("md_opt_ase.json")["start"];
    let positions = numbers(&start["positions"]);
    let mut file = "32\nLattice=\"7.4 0 0 0 7.4 0 0 0 7.4\" pbc=\"T T T\"\n".to_owned();
    for position in positions.chunks(3) {
        file.push_str(&format!(
            "Cu {} {} {}\n",
            position[0], position[1], position[2]
        ));
    }
    std::fs::write(folder.path().join("cu.xyz"), file).unwrap();
}
