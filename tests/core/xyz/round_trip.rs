//! Round trips: written files are read back unchanged.

use std::collections::BTreeMap;

use glam::{DMat3, DVec3};
use mlipview_core::chem::format::{
    Configuration, Format, FrameSelection, Notes, read, write, write_as,
};
use mlipview_core::chem::properties::{Column, Data, Value};
use mlipview_core::chem::{Cell, Element, Structure};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        -1e3..1e3,
        any::<f64>().prop_filter("finite", |number| number.is_finite())
    ]
}

fn vector() -> impl Strategy<Value = DVec3> {
    [number(), number(), number()].prop_map(DVec3::from)
}

/// Data of `length` values; texts that a row can hold if `in_row`.
fn data(length: usize, in_row: bool) -> BoxedStrategy<Data> {
    let text = if in_row {
        "[!-~äÅ]{0,6}"
    } else {
        "\\PC{0,8}|[TF1-3 \"'\\\\{}\\[\\]=,\n\t_.-]{0,9}"
    };
    let text = text.prop_filter("stands for an empty text", move |text| {
        !in_row || text != "\"\""
    });
    prop_oneof![
        vec(any::<bool>(), length).prop_map(Data::Bools),
        vec(any::<i64>(), length).prop_map(Data::Integers),
        vec(number(), length).prop_map(Data::Reals),
        vec(text, length).prop_map(Data::Texts),
    ]
    .boxed()
}

fn value() -> impl Strategy<Value = Value> {
    let lone = |data: Data| match data {
        Data::Bools(values) => Value::bool(values[0]),
        Data::Integers(values) => Value::integer(values[0]),
        Data::Reals(values) => Value::real(values[0]),
        Data::Texts(values) => Value::text(values[0].clone()),
    };
    let row = (1usize..5)
        .prop_flat_map(|length| data(length, false))
        .prop_map(Value::vector);
    let matrix = (1usize..4, 1usize..4).prop_flat_map(|(rows, columns)| {
        let filled = data(rows * columns, false);
        filled.prop_map(move |data| Value::matrix(data, columns).unwrap())
    });
    prop_oneof![data(1, false).prop_map(lone), row, matrix]
}

fn cell() -> impl Strategy<Value = Cell> {
    let vectors = vec(-9.0..9.0, 9);
    let zeros = any::<[bool; 3]>();
    let cell = (vectors, any::<[bool; 3]>(), zeros).prop_map(|(numbers, periodic, zeros)| {
        let mut vectors = [DVec3::ZERO; 3];
        for axis in 0..3 {
            if periodic[axis] || !zeros[axis] {
                vectors[axis] = DVec3::from_slice(&numbers[3 * axis..]);
            }
        }
        Cell::completed(vectors, periodic).ok()
    });
    cell.prop_filter_map("a cell", |cell| cell)
}

fn configuration() -> impl Strategy<Value = Configuration> {
    (0usize..5).prop_flat_map(|atoms| {
        let width = 1usize..4;
        let column = width.prop_flat_map(move |width| {
            data(atoms * width, true).prop_map(move |data| Column::new(data, width).unwrap())
        });
        let structure = (
            vec(
                (1u8..=118).prop_map(|n| Element::from_number(n).unwrap()),
                atoms,
            ),
            vec(vector(), atoms),
            vec(any::<bool>(), atoms),
            option::of(vec(1e-3..1e3, atoms)),
            option::of(cell()),
            (-9i32..9, 1u32..9),
            btree_map("[a-z \"=\\[]{1,5}_", value(), 0..4),
            btree_map("[a-z \"=]{1,5}_", column, 0..3),
        )
            .prop_map(assembled);
        let results = (
            option::of(vec(
                [-9.0..9.0, -9.0..9.0, -9.0..9.0].prop_map(DVec3::from),
                atoms,
            )),
            option::of(number()),
            option::of(vec(vector(), atoms)),
            option::of([vector(), vector(), vector()]),
        );
        (structure, results).prop_map(|(structure, (velocities, energy, forces, stress))| {
            Configuration {
                structure,
                velocities,
                energy,
                forces,
                stress: stress.map(|[x, y, z]| DMat3::from_cols(x, y, z)),
                notes: Notes::default(),
            }
        })
    })
}

type Parts = (
    Vec<Element>,
    Vec<DVec3>,
    Vec<bool>,
    Option<Vec<f64>>,
    Option<Cell>,
    (i32, u32),
    BTreeMap<String, Value>,
    BTreeMap<String, Column>,
);

fn assembled(parts: Parts) -> Structure {
    let (elements, positions, fixed, masses, cell, (charge, multiplicity), info, arrays) = parts;
    let mut structure = Structure::new(elements, positions).unwrap().with_cell(cell);
    structure.fixed_mut().copy_from_slice(&fixed);
    structure.set_masses(masses).unwrap();
    structure.charge = charge;
    structure.set_multiplicity(multiplicity).unwrap();
    structure.info = info;
    for (name, column) in arrays {
        structure.set_array(&name, column).unwrap();
    }
    structure
}

/// The same but for the reader's notes and the last digits of the velocities, which pass through
/// momenta.
fn is_same(one: &Configuration, other: &Configuration) -> bool {
    let without = |configuration: &Configuration| Configuration {
        velocities: None,
        notes: Notes::default(),
        ..configuration.clone()
    };
    let velocities = match (&one.velocities, &other.velocities) {
        (Some(one), Some(other)) => one
            .iter()
            .zip(other)
            .all(|(a, b)| a.abs_diff_eq(*b, 4.0 * f64::EPSILON * a.length())),
        (one, other) => one.is_none() && other.is_none(),
    };
    velocities && without(one) == without(other)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn written_frames_are_read_back(frames in vec(configuration(), 1..4)) {
        let file = write_as(&frames, Format::ExtendedXyz).unwrap();
        let read_back = read(&file, "a.xyz", FrameSelection::ALL);
        let read_back = read_back.unwrap_or_else(|e| panic!("{e}\n{}", String::from_utf8_lossy(&file)));
        prop_assert_eq!(frames.len(), read_back.len());
        for (frame, read_back) in frames.iter().zip(&read_back) {
            prop_assert!(is_same(frame, read_back), "{frame:#?}\n{read_back:#?}");
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "[0-9]{0,2}\n(\\PC{0,40}|[a-z=\"'{}\\[\\]\\\\ :0-9]{0,40})\n(\\PC{0,20}\n){0,3}") {
        let _ = read(text.as_bytes(), "a.xyz", FrameSelection::ALL);
    }
}

#[test]
fn files_of_ase_are_written_and_read_back() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/extxyz");
    for name in [
        "copper.xyz",
        "slab.xyz",
        "water.extxyz",
        "columns.xyz",
        "adf.xyz",
        "empty.xyz",
    ] {
        let file = std::fs::read(format!("{folder}/{name}")).unwrap();
        let frames = read(&file, name, FrameSelection::ALL).unwrap();
        let copy = write(&frames, "copy.xyz").unwrap();
        let copies = read(&copy, "copy.xyz", FrameSelection::ALL).unwrap();
        assert_eq!(frames.len(), copies.len(), "{name}");
        for (frame, copy) in frames.iter().zip(&copies) {
            assert!(is_same(frame, copy), "{name}: {frame:#?}\n{copy:#?}");
        }
    }
}

#[test]
fn missing_vectors_of_a_slab_stay_missing() {
    let cell = Cell::completed(
        [3.0 * DVec3::X, 4.0 * DVec3::Y, DVec3::ZERO],
        [true, true, false],
    );
    let slab = Structure::empty().with_cell(cell.unwrap());
    let file = write_as(&[slab.into()], Format::ExtendedXyz).unwrap();
    let file = String::from_utf8(file).unwrap();
    assert!(
        file.contains("Lattice=\"3.0 0.0 0.0 0.0 4.0 0.0 0.0 0.0 0.0\""),
        "{file}"
    );
}

#[test]
fn data_that_xyz_cannot_store_are_an_error() {
    let mut structure = Structure::new(vec![Element::H], vec![DVec3::ZERO]).unwrap();
    structure
        .info
        .insert("Lattice".to_owned(), Value::integer(1));
    assert!(write_as(&[structure.into()], Format::ExtendedXyz).is_err());
    for (name, text) in [
        ("a:b", "x"),
        ("pos", "x"),
        ("a", "two words"),
        ("a", "\"\""),
    ] {
        let mut structure = Structure::new(vec![Element::H], vec![DVec3::ZERO]).unwrap();
        let column = Column::new(Data::Texts(vec![text.to_owned()]), 1).unwrap();
        structure.set_array(name, column).unwrap();
        let error = write_as(&[structure.into()], Format::ExtendedXyz).unwrap_err();
        assert!(error.to_string().contains(name), "{error}");
    }
}

#[test]
fn compressed_files_are_read_and_written() {
    let frames = read(b"1\nhello world\nH 0 0 0.5\n", "a.xyz", FrameSelection::ALL).unwrap();
    let file = write(&frames, "a.xyz.gz").unwrap();
    assert_eq!(file[..2], [0x1f, 0x8b]);
    assert_eq!(
        read(&file, "a.xyz.gz", FrameSelection::ALL).unwrap(),
        frames
    );
    // The name may have no extension of the compression or of the format.
    assert_eq!(read(&file, "a", FrameSelection::ALL).unwrap(), frames);
    let error = read(&file[..file.len() / 2], "a.xyz.gz", FrameSelection::ALL).unwrap_err();
    assert!(error.to_string().contains("a whole gzip file"), "{error}");
}

#[test]
fn texts_that_look_like_other_types_are_written_as_json() {
    for (text, spelled) in [
        ("plain", "key=plain"),
        ("two words", "key=\"two words\""),
        // ASE reads these as a number, as true, and as all that follows.
        ("42", r#"key="_JSON \"42\"""#),
        ("T", r#"key="_JSON \"T\"""#),
        ("", r#"key="_JSON \"\"""#),
    ] {
        let mut structure = Structure::empty();
        structure.info.insert("key".to_owned(), Value::text(text));
        let file = write_as(&[structure.into()], Format::ExtendedXyz).unwrap();
        let file = String::from_utf8(file).unwrap();
        assert!(file.contains(&format!(" {spelled} ")), "{file}");
    }
}

#[test]
fn the_energy_of_another_format_is_not_read_as_electronvolts() {
    let bytes = include_bytes!("../../data/fuzz/data_field_named_stress.sdf");
    let mut frames = read(bytes, "field.sdf", FrameSelection::ALL).unwrap();
    for (key, value) in [
        ("energy", Value::real(-12.3)),
        ("charge", Value::text("none")),
        ("multiplicity", Value::integer(3)),
    ] {
        frames[0].structure.info.insert(key.to_owned(), value);
    }
    let written = write_as(&frames, Format::ExtendedXyz).unwrap();
    let again = &read(&written, "copy.xyz", FrameSelection::ALL).unwrap()[0];
    assert_eq!((again.energy, again.stress), (None, None));
    assert_eq!(
        (again.structure.charge, again.structure.multiplicity()),
        (0, 1)
    );
    for key in [
        "info_energy",
        "info_stress",
        "info_charge",
        "info_multiplicity",
    ] {
        assert!(again.structure.info.contains_key(key), "{key}");
    }
}
