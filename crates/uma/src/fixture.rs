//! Results of fairchem, for tests: see tests/data/uma.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use burn::DispatchDevice;
use glam::DVec3;
use safetensors::{Dtype, SafeTensors};
use serde_json::Value;

use crate::checkpoint::Checkpoint;
use crate::graph::{Graph, GraphBuilder};
use crate::parameters::{Parameters, SharedParameters};
use crate::real::Real;
use crate::system::System;
use mlipview_core::chem::{Cell, Element, Structure};

/// The models with results.
pub(crate) const MODELS: [&str; 4] = ["tiny-1p1", "tiny-1p2", "tiny-1p2p1", "tiny-l4"];

/// A structure and fairchem's results.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// Model and name.
    pub(crate) name: String,
    pub(crate) numbers: Vec<u8>,
    pub(crate) structure: Structure,
    pub(crate) system: System,
    pub(crate) max_neighbors: usize,
    /// Å³; 1 without periodicity.
    pub(crate) volume: f64,
    /// eV.
    pub(crate) energy: f64,
    /// The largest force, eV/Å.
    pub(crate) largest_force: f64,
    /// eV/Å³, by rows.
    pub(crate) stress: Vec<f64>,
    /// Intermediate tensors by name.
    pub(crate) tensors: HashMap<String, Vec<f64>>,
}

/// burn's CPU backend, which also computes in double precision.
pub(crate) fn burn_cpu() -> DispatchDevice {
    DispatchDevice::Flex(Default::default())
}

fn folder(model: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/data/uma")
        .join(model)
}

/// A model; tiny-1p2 has the weights of tiny-1p2p1.
pub(crate) fn checkpoint(model: &str) -> Checkpoint {
    let weights = if model == "tiny-1p2" {
        "tiny-1p2p1"
    } else {
        model
    };
    let weights = std::fs::read(folder(weights).join("weights.safetensors")).unwrap();
    let configuration = std::fs::read(folder(model).join("config.json")).unwrap();
    Checkpoint::from_bytes(weights, &configuration).unwrap()
}

/// The parameters of a system, merged in the precision that they are used in.
pub(crate) fn parameters<T: Real>(checkpoint: &Checkpoint, system: &System) -> Parameters<T> {
    let shared = Arc::new(SharedParameters::read(checkpoint, &system.task).unwrap());
    Parameters::merge(checkpoint, shared, system).unwrap()
}

/// All structures of a model.
pub(crate) fn cases(model: &str) -> Vec<Case> {
    let text = std::fs::read_to_string(folder(model).join("cases.json")).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    let all = all.as_object().unwrap();
    all.iter()
        .map(|(name, case)| read(model, name, case))
        .collect()
}

/// One structure of a model.
pub(crate) fn case(model: &str, name: &str) -> Case {
    let name = format!("{model} {name}");
    cases(model)
        .into_iter()
        .find(|case| case.name == name)
        .unwrap()
}

impl Case {
    /// The edges of our own neighbor list.
    pub(crate) fn graph(&self, cutoff: f64) -> Graph {
        GraphBuilder::new(cutoff, self.max_neighbors)
            .graph(&self.structure)
            .unwrap()
    }

    /// Forces, eV/Å, if the results have them.
    pub(crate) fn forces(&self) -> Option<Vec<DVec3>> {
        let forces = self.tensors.get("f64/forces_eV_A")?;
        Some(vectors(forces))
    }
}

pub(crate) fn vectors(numbers: &[f64]) -> Vec<DVec3> {
    numbers.chunks_exact(3).map(DVec3::from_slice).collect()
}

fn floats(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(values) => values.iter().flat_map(floats).collect(),
        value => vec![value.as_f64().unwrap()],
    }
}

fn read(model: &str, name: &str, case: &Value) -> Case {
    let integers = |value: &Value| -> Vec<u8> { floats(value).iter().map(|v| *v as u8).collect() };
    let numbers = integers(&case["numbers"]);
    let elements: Vec<Element> = numbers
        .iter()
        .map(|number| Element::from_number(*number).unwrap())
        .collect();
    let vectors: [DVec3; 3] = vectors(&floats(&case["cell_completed"]))
        .try_into()
        .unwrap();
    let periodic: Vec<bool> = case["pbc"]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| value.as_bool().unwrap())
        .collect();
    let periodic: [bool; 3] = periodic.try_into().unwrap();
    let cell = Cell::new(vectors, periodic).unwrap();
    let volume = cell.volume();
    let positions = self::vectors(&floats(&case["positions"]));
    let cell = periodic.contains(&true).then_some(cell);
    let charge = case["charge"].as_i64().unwrap() as i32;
    let multiplicity = case["spin"].as_i64().unwrap() as u32;
    let task = case["task"].as_str().unwrap();
    let mut structure = Structure::new(elements.clone(), positions)
        .unwrap()
        .with_cell(cell);
    structure.charge = charge;
    // 0 is unspecified, which a structure cannot express.
    structure.set_multiplicity(multiplicity.max(1)).unwrap();
    let result = &case["f64"];
    Case {
        name: format!("{model} {name}"),
        system: System::new(task, charge, multiplicity, &elements),
        structure,
        numbers,
        max_neighbors: case["max_neighbors"].as_u64().unwrap() as usize,
        volume,
        energy: result["energy_eV"].as_f64().unwrap(),
        largest_force: result["fmax"].as_f64().unwrap(),
        stress: floats(&result["stress_eV_A3"]),
        tensors: tensors(model, name),
    }
}

fn tensors(model: &str, name: &str) -> HashMap<String, Vec<f64>> {
    let path = folder(model).join(format!("{name}.safetensors"));
    let Ok(bytes) = std::fs::read(path) else {
        return HashMap::new();
    };
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let numbers = |(name, view): (String, safetensors::tensor::TensorView<'_>)| {
        let data = view.data();
        let values: Vec<f64> = match view.dtype() {
            Dtype::F64 => data
                .as_chunks::<8>()
                .0
                .iter()
                .map(|b| f64::from_le_bytes(*b))
                .collect(),
            Dtype::F32 => data
                .as_chunks::<4>()
                .0
                .iter()
                .map(|b| f32::from_le_bytes(*b).into())
                .collect(),
            Dtype::I32 => data
                .as_chunks::<4>()
                .0
                .iter()
                .map(|b| i32::from_le_bytes(*b).into())
                .collect(),
            Dtype::I8 => data.iter().map(|b| f64::from(b.cast_signed())).collect(),
            _ => data.iter().map(|b| f64::from(*b)).collect(),
        };
        (name, values)
    };
    file.tensors().into_iter().map(numbers).collect()
}
