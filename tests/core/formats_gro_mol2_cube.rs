//! GRO, MOL2 and cube files in agreement with MDAnalysis, mdtraj, Open Babel and ASE
//! (`tests/data/good/gro_mol2_cube.py`).

use glam::DVec3;
use mlipview_core::chem::format::{Configuration, FrameSelection, read, write};
use mlipview_core::chem::properties::Data;
use mlipview_core::chem::structure::BondOrder;
use mlipview_core::chem::{Cell, Element, Structure};
use serde_json::Value;

use super::formats_reference::good;

fn reference() -> serde_json::Map<String, Value> {
    serde_json::from_str(include_str!("../data/reference/gro_mol2_cube.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    let numbers = value.as_array().unwrap().iter();
    numbers.map(|number| number.as_f64().unwrap()).collect()
}

fn vectors(value: &Value) -> Vec<DVec3> {
    let vectors = value.as_array().unwrap().iter();
    vectors
        .map(|vector| DVec3::from_slice(&numbers(vector)))
        .collect()
}

fn assert_close(what: &str, ours: &[DVec3], theirs: &[DVec3], tolerance: f64) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (one, other) in ours.iter().zip(theirs) {
        assert!(
            (*one - *other).length() < tolerance,
            "{what}: {one} {other}"
        );
    }
}

#[test]
fn files_are_read_as_by_other_programs() {
    for (name, frames) in reference() {
        let ours = good(&name);
        let frames = frames.as_array().unwrap();
        assert_eq!(ours.len(), frames.len(), "frames of {name}");
        for (frame, reference) in ours.iter().zip(frames) {
            let structure = &frame.structure;
            let symbols = structure.elements().iter().map(|element| element.symbol());
            let theirs = reference["symbols"].as_array().unwrap().iter();
            let theirs = theirs.map(|symbol| symbol.as_str().unwrap());
            assert!(symbols.eq(theirs), "elements of {name}");
            // MDAnalysis and mdtraj have single precision.
            let tolerance = if name.ends_with(".gro") { 1e-5 } else { 1e-7 };
            let positions = vectors(&reference["positions"]);
            assert_close(&name, structure.positions(), &positions, tolerance);
            let cell = structure.cell.as_ref().map(Cell::vectors);
            assert_eq!(
                cell.is_some(),
                !reference["cell"].is_null(),
                "cell of {name}"
            );
            if let Some(cell) = cell {
                // The box of GRO has five decimals in nm.
                assert_close(&name, &cell, &vectors(&reference["cell"]), 1e-4);
            }
        }
    }
}

#[test]
fn gro_files_have_velocities_residues_and_times() {
    for (name, frames) in reference() {
        for (frame, reference) in good(&name).iter().zip(frames.as_array().unwrap()) {
            if let Some(velocities) = reference.get("velocities") {
                let ours = frame.velocities.as_ref().unwrap();
                assert_close(&name, ours, &vectors(velocities), 1e-8);
            }
            if let Some(residues) = reference.get("residues") {
                let labels = frame.structure.labels().unwrap().iter();
                let ours =
                    labels.map(|label| serde_json::json!([label.residue, label.residue_number]));
                assert_eq!(&Value::Array(ours.collect()), residues, "{name}");
            }
            if let Some(time) = reference.get("time") {
                let ours = frame.structure.info["time"].data();
                assert_eq!(ours, &Data::Reals(vec![time.as_f64().unwrap()]), "{name}");
            }
        }
    }
}

#[test]
fn mol2_files_have_bond_orders_and_partial_charges() {
    for (name, frames) in reference() {
        for (frame, reference) in good(&name).iter().zip(frames.as_array().unwrap()) {
            let Some(bonds) = reference.get("bonds") else {
                continue;
            };
            let structure = &frame.structure;
            let ours = structure.stated_bonds().iter().map(|bond| {
                let order = match bond.order {
                    BondOrder::Single => 1.0,
                    BondOrder::Aromatic => 1.5,
                    BondOrder::Double => 2.0,
                    BondOrder::Triple => 3.0,
                    BondOrder::Quadruple => 4.0,
                    BondOrder::Unspecified => 0.0,
                };
                (bond.atoms, order)
            });
            let theirs = bonds.as_array().unwrap().iter().map(|bond| {
                let bond = numbers(bond);
                ([bond[0] as usize, bond[1] as usize], bond[2])
            });
            assert!(
                ours.eq(theirs),
                "bonds of {name}: {:?}",
                structure.stated_bonds()
            );
            let charges = numbers(&reference["partial_charges"]);
            let Data::Reals(ours) = structure.arrays()["partial_charge"].data() else {
                panic!("charges of {name}")
            };
            for (one, other) in ours.iter().zip(&charges) {
                assert!((one - other).abs() < 1e-6, "charges of {name}");
            }
            let total = charges.iter().sum::<f64>().round();
            assert_eq!(f64::from(structure.charge), total, "charge of {name}");
        }
    }
}

/// Types of the format's own description.
#[test]
fn dummies_lone_pairs_and_non_bonds_of_mol2_are_skipped() {
    let file = b"@<TRIPOS>MOLECULE\nx\n4 5\nSMALL\nNO_CHARGES\n@<TRIPOS>ATOM\n\
        1 O1 0 0 0 O.3\n2 H1 1 0 0 H\n3 LP1 0 1 0 LP\n4 ZN 0 0 2 Zn\n@<TRIPOS>BOND\n\
        1 1 2 1\n2 1 3 1\n3 1 4 un\n4 2 4 nc\n5 2 4 7\n";
    let frame = &read(file, "a.mol2", FrameSelection::ALL).unwrap()[0];
    assert_eq!(frame.structure.formula(), "HOZn");
    let bonds = frame.structure.stated_bonds().iter();
    let bonds: Vec<_> = bonds.map(|bond| (bond.atoms, bond.order)).collect();
    let expected = [
        ([0, 1], BondOrder::Single),
        ([0, 2], BondOrder::Unspecified),
        ([1, 2], BondOrder::Unspecified),
    ];
    assert_eq!(bonds, expected);
    let expected = [
        "line 9: LP1 of type LP is not an atom and is left out",
        "line 16: a bond of type 7 is read as one of unknown order",
    ];
    assert_eq!(notes(frame), expected);
}

#[test]
fn gro_is_written_as_it_was_read() {
    for name in ["solvated.gro", "precise.gro"] {
        let before = good(name);
        let after = read(&write(&before, name).unwrap(), name, FrameSelection::ALL).unwrap();
        assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after) {
            let (one, other) = (&before.structure, &after.structure);
            assert_eq!(one.elements(), other.elements());
            assert_eq!(one.labels(), other.labels());
            assert_eq!(one.info, other.info);
            // Three decimals in nm.
            assert_close(name, other.positions(), one.positions(), 0.0087);
            let cell = |structure: &Structure| structure.cell.as_ref().unwrap().vectors();
            assert_close(name, &cell(one), &cell(other), 1e-4);
            assert_eq!(before.velocities.is_some(), after.velocities.is_some());
        }
    }
}

/// As MDAnalysis reads it (`huge_box.gro` of its tests).
#[test]
fn the_numbers_of_a_wide_box_may_run_together_in_gro() {
    let file = b"huge box\n1\n    1MET     CA    1   0.000   0.100   0.200\n\
        40000.0000040000.0000040000.00000\n";
    let cell = read(file, "a.gro", FrameSelection::ALL).unwrap()[0]
        .structure
        .cell
        .clone();
    assert_eq!(cell.unwrap().lengths(), [400_000.0; 3]);
}

/// Each element is read from its symbol.
#[test]
fn atoms_without_names_keep_their_elements_in_gro() {
    let elements: Vec<Element> = Element::all().collect();
    let positions = (0..elements.len()).map(|x| 3.0 * x as f64 * DVec3::X);
    let structure = Structure::new(elements.clone(), positions.collect()).unwrap();
    match write(&[structure.into()], "a.gro") {
        Ok(file) => {
            let again = read(&file, "a.gro", FrameSelection::ALL).unwrap();
            assert_eq!(again[0].structure.elements(), elements);
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_name_that_implies_another_element_is_not_written_to_gro() {
    let mut frame = good("solvated.gro").remove(0);
    let mut labels = frame.structure.labels().unwrap().to_vec();
    labels[0].name = "OW".into();
    frame.structure.set_labels(Some(labels)).unwrap();
    let error = write(&[frame], "a.gro").unwrap_err().to_string();
    assert!(error.contains("GRO cannot hold the name OW"), "{error}");
}

/// The massless fourth site of TIP4P, by its name in GROMACS.
#[test]
fn virtual_sites_of_gro_are_skipped_with_a_note() {
    let file = b"water, t= 2.5 step= 10\n4\n    1SOL     OW    1   0.100   0.200   0.300\n\
        \x20   1SOL    HW1    2   0.190   0.200   0.300\n    1SOL    HW2    3   0.070   0.290   0.300\n\
        \x20   1SOL     MW    4   0.105   0.205   0.300\n   0.0 0.0 0.0\n";
    let frame = &read(file, "a.gro", FrameSelection::ALL).unwrap()[0];
    assert_eq!(frame.structure.formula(), "H2O");
    assert!(frame.structure.cell.is_none());
    assert_eq!(
        frame.structure.info["time"].data(),
        &Data::Reals(vec![2500.0])
    );
    assert_eq!(
        frame.structure.info["step"].data(),
        &Data::Integers(vec![10])
    );
    assert_eq!(
        notes(frame),
        ["1 row that is not an atom was left out: MW of SOL"]
    );
}

#[test]
fn the_notes_of_a_cube_state_its_grid_and_periodicity() {
    let [crystal, molecule] = ["crystal.cube", "molecule.cube"].map(good);
    assert!(notes(&crystal[0])[0].contains("is taken for the cell"));
    assert!(notes(&molecule[0])[0].contains("is not taken for a cell"));
    assert_eq!(
        notes(&molecule[0])[1],
        "the grid of 3 × 4 × 5 values is not read"
    );
}

fn notes(frame: &Configuration) -> Vec<String> {
    frame.notes.sentences().collect()
}

#[test]
fn gro_mol2_and_cube_are_detected_by_content() {
    for name in reference().keys() {
        let bytes = std::fs::read(format!(
            "{}/../../tests/data/good/{name}",
            env!("CARGO_MANIFEST_DIR")
        ));
        let frames = read(&bytes.unwrap(), "no_extension", FrameSelection::ALL).unwrap();
        assert_eq!(frames, good(name), "{name}");
    }
}
