//! The small UMA models with random weights of `tests/data/uma`, and fairchem's results.

use std::path::PathBuf;

use glam::DVec3;
use mlipview_core::chem::{Cell, Element, Structure};
use serde_json::Value;

use super::FOLDER;

/// The path of a file of `tests/data/uma`.
pub(crate) fn data(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join(FOLDER)
        .join(path)
}

/// A structure and its energy by fairchem, eV.
pub(crate) fn reference(model: &str, name: &str) -> (Structure, f64) {
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
