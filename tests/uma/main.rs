//! UMA as whoever uses it has it: by its potential and by the command line.
//!
//! That it computes what the official code computes is proved beside the code, in
//! `src/potential/uma`. The models here are small ones with random weights: `tests/data/uma`.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot get its value has failed"
)]

mod laws;
mod stories;

use std::path::PathBuf;
use std::sync::Arc;

use glam::DVec3;
use mlipview::chem::{Cell, Element, Structure};
use mlipview::potential::checkpoint::Checkpoint;
use mlipview::potential::uma::{Device, Precision, Uma, Use};
use serde_json::Value;

fn data(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/uma")
        .join(path)
}

/// A model of the tests for a task, in double precision.
fn exact(path: &str, task: &str) -> Uma {
    uma(path, task, Precision::Double)
}

fn uma(path: &str, task: &str, precision: Precision) -> Uma {
    let checkpoint = Arc::new(Checkpoint::open(&data(path)).unwrap());
    let how = Use {
        task: task.to_owned(),
        device: Device::Processor,
        precision,
    };
    Uma::new(checkpoint, &how).unwrap()
}

/// A structure of the references, and its energy there, eV.
fn reference(model: &str, name: &str) -> (Structure, f64) {
    let text = std::fs::read_to_string(data(model).join("cases.json")).unwrap();
    let cases: Value = serde_json::from_str(&text).unwrap();
    let case = &cases[name];
    let numbers = case["numbers"].as_array().unwrap().iter();
    let elements =
        numbers.map(|number| Element::from_number(number.as_u64().unwrap() as u8).unwrap());
    let structure = Structure::new(elements.collect(), vectors(&case["positions"])).unwrap();
    let periodic: Vec<bool> = serde_json::from_value(case["pbc"].clone()).unwrap();
    let periodic: [bool; 3] = periodic.try_into().unwrap();
    let cell: [DVec3; 3] = vectors(&case["cell_completed"]).try_into().unwrap();
    let cell = periodic
        .contains(&true)
        .then(|| Cell::new(cell, periodic).unwrap());
    let mut structure = structure.with_cell(cell);
    structure.charge = i32::try_from(case["charge"].as_i64().unwrap()).unwrap();
    let multiplicity = u32::try_from(case["spin"].as_u64().unwrap()).unwrap();
    structure.set_multiplicity(multiplicity.max(1)).unwrap();
    (structure, case["f64"]["energy_eV"].as_f64().unwrap())
}

fn vectors(value: &Value) -> Vec<DVec3> {
    let rows: Vec<[f64; 3]> = serde_json::from_value(value.clone()).unwrap();
    rows.into_iter().map(DVec3::from).collect()
}
