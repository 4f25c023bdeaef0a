//! Files in agreement with ASE and RDKit (`tests/data/good/formats.py`).

use glam::DVec3;
use mlipview_core::chem::Structure;
use mlipview_core::chem::format::{Configuration, FrameSelection, read, write};
use mlipview_core::chem::structure::BondOrder;
use serde_json::Value;

const GOOD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/good");

pub(crate) fn good(name: &str) -> Vec<Configuration> {
    let bytes = std::fs::read(format!("{GOOD}/{name}")).unwrap();
    read(&bytes, name, FrameSelection::ALL).unwrap()
}

fn reference() -> serde_json::Map<String, Value> {
    let text = include_str!("../data/reference/formats.json");
    serde_json::from_str(text).unwrap()
}

fn vector(value: &Value) -> DVec3 {
    let numbers: Vec<f64> = value
        .as_array()
        .unwrap()
        .iter()
        .map(|x| x.as_f64().unwrap())
        .collect();
    DVec3::from_slice(&numbers)
}

/// Asserts that each atom of the reference is found once, in any order and any cell.
fn assert_same_atoms(name: &str, structure: &Structure, reference: &Value, tolerance: f64) {
    let symbols = reference["symbols"].as_array().unwrap();
    assert_eq!(structure.len(), symbols.len(), "atoms of {name}");
    let cell = structure.cell.as_ref();
    assert_eq!(
        cell.is_some(),
        !reference["cell"].is_null(),
        "cell of {name}"
    );
    if let Some(cell) = cell {
        for (vector_here, vector_there) in cell.vectors().iter().zip(0..3) {
            let difference = (*vector_here - vector(&reference["cell"][vector_there])).length();
            assert!(
                difference < 1e-6,
                "cell vector {vector_there} of {name}: {difference}"
            );
        }
    }
    let mut free = vec![true; structure.len()];
    for (symbol, position) in symbols
        .iter()
        .zip(reference["positions"].as_array().unwrap())
    {
        let position = vector(position);
        let found = (0..structure.len()).find(|&atom| {
            let displacement = structure.positions()[atom] - position;
            let displacement = cell.map_or(displacement, |cell| cell.minimum_image(displacement));
            free[atom]
                && structure.elements()[atom].symbol() == symbol.as_str().unwrap()
                && displacement.length() < tolerance
        });
        let found = found.unwrap_or_else(|| panic!("{name}: no {symbol} at {position}"));
        free[found] = false;
    }
}

#[test]
fn files_are_read_as_by_ase_and_rdkit() {
    for (name, frames) in reference() {
        let read = good(&name);
        let frames = frames.as_array().unwrap();
        assert_eq!(read.len(), frames.len(), "frames of {name}");
        for (configuration, reference) in read.iter().zip(frames) {
            // Special positions given to five decimals are merged at one image or another.
            let tolerance = if name.ends_with(".cif") { 2e-4 } else { 1e-8 };
            assert_same_atoms(&name, &configuration.structure, reference, tolerance);
        }
    }
}

#[test]
fn molfiles_have_the_charges_and_bonds_of_rdkit() {
    for (name, frames) in reference() {
        for (configuration, reference) in good(&name).iter().zip(frames.as_array().unwrap()) {
            let Some(bonds) = reference.get("bonds") else {
                continue;
            };
            let structure = &configuration.structure;
            assert_eq!(
                i64::from(structure.charge),
                reference["charge"].as_i64().unwrap()
            );
            let ours: Vec<Value> = structure
                .stated_bonds()
                .iter()
                .map(|bond| {
                    let order = match bond.order {
                        BondOrder::Single => 1.0,
                        BondOrder::Aromatic => 1.5,
                        BondOrder::Double => 2.0,
                        BondOrder::Triple => 3.0,
                        BondOrder::Quadruple => 4.0,
                        BondOrder::Unspecified => 0.0,
                    };
                    serde_json::json!([bond.atoms[0], bond.atoms[1], order])
                })
                .collect();
            assert_eq!(&Value::Array(ours), bonds, "bonds of {name}");
        }
    }
}

#[test]
fn written_files_are_read_back() {
    let names = std::fs::read_dir(GOOD).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    for name in names.filter(|name| !name.ends_with(".py") && !name.ends_with(".json")) {
        let Some(format) = mlipview_core::chem::format::Format::of_name(&name) else {
            continue;
        };
        use mlipview_core::chem::format::Format::{Cif, Mmcif, Mol, Pdb, Poscar, Sdf};
        let tolerance = match format {
            Poscar | Cif | Mmcif => 1e-9,
            // Four decimals, three decimals.
            Mol | Sdf => 1e-4,
            Pdb => 1e-3,
            _ => continue,
        };
        let before = good(&name);
        let after = read(&write(&before, &name).unwrap(), &name, FrameSelection::ALL).unwrap();
        assert_eq!(before.len(), after.len(), "{name}");
        for (before, after) in before.iter().zip(&after) {
            let (one, other) = (&before.structure, &after.structure);
            assert_eq!(one.elements(), other.elements(), "{name}");
            assert_eq!(one.charge, other.charge, "{name}");
            assert_eq!(one.fixed(), other.fixed(), "{name}");
            assert_eq!(one.stated_bonds(), other.stated_bonds(), "{name}");
            assert_eq!(one.labels().is_some(), other.labels().is_some(), "{name}");
            assert_eq!(before.velocities, after.velocities, "{name}");
            for (position, again) in one.positions().iter().zip(other.positions()) {
                let displacement = *position - *again;
                let displacement = one
                    .cell
                    .as_ref()
                    .map_or(displacement, |cell| cell.minimum_image(displacement));
                assert!(
                    displacement.length() < tolerance,
                    "{name}: {position} {again}"
                );
            }
        }
    }
}
