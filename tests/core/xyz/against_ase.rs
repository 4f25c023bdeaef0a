//! Files that ASE wrote or read, and the numbers that it reads from them
//! (`tests/data/extxyz/make.py`).

use mlipview_core::chem::format::{Configuration, FrameSelection, read};
use mlipview_core::chem::properties::{Data, Shape, Value};
use serde_json::Value as Json;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/extxyz");

/// Keys that are fields of a configuration, not entries of its dictionaries.
const FIELDS: [&str; 3] = ["charge", "total_charge", "spin"];

#[test]
fn files_are_read_as_by_ase() {
    let expected = std::fs::read(format!("{FOLDER}/expected.json")).unwrap();
    let expected: Json = serde_json::from_slice(&expected).unwrap();
    for (name, frames) in expected["files"].as_object().unwrap() {
        let file = std::fs::read(format!("{FOLDER}/{name}")).unwrap();
        let found = read(&file, name, FrameSelection::ALL).unwrap();
        let frames = frames.as_array().unwrap();
        assert_eq!(found.len(), frames.len(), "{name}");
        for (index, (found, expected)) in found.iter().zip(frames).enumerate() {
            compare(&format!("{name}@{index}"), found, expected);
        }
    }
}

#[test]
fn charges_and_multiplicities_are_fields_of_the_structure() {
    let copper = std::fs::read(format!("{FOLDER}/copper.xyz")).unwrap();
    let copper = &read(&copper, "copper.xyz", FrameSelection::LAST).unwrap()[0].structure;
    assert_eq!((copper.charge, copper.multiplicity()), (2, 3));
    let water = std::fs::read(format!("{FOLDER}/water.extxyz")).unwrap();
    let water = &read(&water, "water.extxyz", FrameSelection::LAST).unwrap()[0].structure;
    assert_eq!((water.charge, water.multiplicity()), (-1, 1));
}

fn compare(context: &str, found: &Configuration, expected: &Json) {
    let structure = &found.structure;
    let elements: Vec<u8> = structure
        .elements()
        .iter()
        .map(|element| element.number())
        .collect();
    assert_eq!(Json::from(elements), expected["numbers"], "{context}");
    let positions: Vec<[f64; 3]> = structure.positions().iter().map(|p| p.to_array()).collect();
    assert_close(
        context,
        positions.as_flattened(),
        &expected["positions"],
        0.0,
    );
    compare_cell(context, found, expected);
    let fixed = structure
        .fixed()
        .iter()
        .enumerate()
        .filter(|(_, fixed)| **fixed);
    let fixed: Vec<usize> = fixed.map(|(atom, _)| atom).collect();
    assert_eq!(Json::from(fixed), expected["fixed"], "{context}");

    let flat = |vectors: &Option<Vec<glam::DVec3>>| -> Option<Vec<f64>> {
        vectors
            .as_ref()
            .map(|vectors| vectors.iter().flat_map(|v| v.to_array()).collect())
    };
    let stress = found.stress.map(|s| {
        let [x, y, z] = [s.x_axis, s.y_axis, s.z_axis];
        vec![x.x, y.y, z.z, y.z, x.z, x.y]
    });
    let masses = structure.stated_masses().map(<[f64]>::to_vec);
    let energy = found.energy.map(|energy| vec![energy]);
    // ASE's masses have other last digits than ours.
    for (name, numbers, tolerance) in [
        ("energy", energy, 0.0),
        ("forces", flat(&found.forces), 0.0),
        ("stress", stress, 0.0),
        ("masses", masses, 0.0),
        ("velocities", flat(&found.velocities), 1e-4),
    ] {
        let context = format!("{context} {name}");
        match numbers {
            Some(numbers) => assert_close(&context, &numbers, &expected[name], tolerance),
            None => assert_eq!(Json::Null, expected[name], "{context}"),
        }
    }

    for (key, expected) in expected["info"].as_object().unwrap() {
        if !FIELDS.contains(&key.as_str()) {
            let found = structure
                .info
                .get(key)
                .unwrap_or_else(|| panic!("{context} lacks {key}"));
            compare_data(&format!("{context} {key}"), found.data(), expected);
            if expected["kind"] != "json" {
                assert_eq!(shape(found), expected["shape"], "{context} {key}");
            }
        }
    }
    for (name, expected) in expected["arrays"].as_object().unwrap() {
        let name = if name == "charges" { "charge" } else { name };
        let found = &structure.arrays()[name];
        compare_data(&format!("{context} {name}"), found.data(), expected);
        let width = expected["shape"].get(1).and_then(Json::as_u64).unwrap_or(1);
        assert_eq!(found.width() as u64, width, "{context} {name}");
    }
}

fn compare_cell(context: &str, found: &Configuration, expected: &Json) {
    let Some(cell) = &found.structure.cell else {
        assert_close(context, &[0.0; 9], &expected["cell"], 0.0);
        return;
    };
    assert_eq!(
        Json::from(cell.periodic().to_vec()),
        expected["pbc"],
        "{context}"
    );
    for (vector, row) in cell
        .vectors()
        .iter()
        .zip(expected["cell"].as_array().unwrap())
    {
        // A vector of zeros in the file is filled in.
        if row.as_array().unwrap().iter().any(|number| number != 0.0) {
            assert_close(context, &vector.to_array(), row, 0.0);
        }
    }
}

fn shape(value: &Value) -> Json {
    match value.shape() {
        Shape::Scalar => Json::from(Vec::<usize>::new()),
        Shape::Vector => Json::from(vec![value.data().len()]),
        Shape::Matrix { columns } => Json::from(vec![value.data().len() / columns, columns]),
    }
}

fn compare_data(context: &str, found: &Data, expected: &Json) {
    let values = &expected["values"];
    match (found, expected["kind"].as_str().unwrap()) {
        (Data::Bools(found), "bool") => assert_eq!(&Json::from(found.clone()), values, "{context}"),
        (Data::Integers(found), "integer") => {
            assert_eq!(&Json::from(found.clone()), values, "{context}");
        }
        (Data::Texts(found), "text") => assert_eq!(&Json::from(found.clone()), values, "{context}"),
        (Data::Reals(found), "real") => assert_close(context, found, values, 0.0),
        (Data::Texts(found), "json") => {
            let json: Json =
                serde_json::from_str(found[0].strip_prefix("_JSON ").unwrap()).unwrap();
            assert_eq!(json, values[0], "{context}");
        }
        (found, kind) => panic!("{context}: {found:?} is not {kind}"),
    }
}

fn assert_close(context: &str, found: &[f64], expected: &Json, relative: f64) {
    let mut numbers = Vec::new();
    flatten(expected, &mut numbers);
    assert_eq!(found.len(), numbers.len(), "{context}");
    for (&found, expected) in found.iter().zip(numbers) {
        let both_nan = found.is_nan() && expected.is_nan();
        let close = (found - expected).abs() <= relative * expected.abs();
        assert!(both_nan || close, "{context}: {found} is not {expected}");
    }
}

fn flatten(json: &Json, numbers: &mut Vec<f64>) {
    match json {
        Json::Array(items) => items.iter().for_each(|item| flatten(item, numbers)),
        Json::Number(number) => numbers.push(number.as_f64().unwrap()),
        Json::String(nan) if nan == "nan" => numbers.push(f64::NAN),
        other => panic!("{other} is no number"),
    }
}
