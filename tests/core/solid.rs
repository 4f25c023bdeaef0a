//! solid: agreement with the training program, the contract, and crystals.

use glam::{DMat3, DVec3};
use mlipview_core::chem::{Cell, Element, Structure, library};
use mlipview_core::potential::{Catalog, Nano, Potential, PotentialError, Solid};
use serde_json::Value;

use super::fixtures::SINGLE;
use super::potentials::{numbers, vectors};

/// Reference values by JAX in double precision, written by `models/solid/make_reference.py`.
pub(crate) fn reference() -> Vec<(String, Structure, Value)> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/data/solid/reference.json"
    );
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let systems = file["systems"].as_array().unwrap();
    systems
        .iter()
        .map(|system| {
            let elements = numbers(&system["numbers"]).into_iter();
            let elements = elements.map(|number| Element::from_number(number as u8));
            let elements = elements.collect::<Option<Vec<Element>>>().unwrap();
            let cell: [DVec3; 3] = vectors(&system["cell"]).try_into().unwrap();
            let structure = Structure::new(elements, vectors(&system["positions"])).unwrap();
            let structure = structure.with_cell(Cell::new(cell, [true; 3]).unwrap());
            let name = system["name"].as_str().unwrap().to_owned();
            (name, structure, system.clone())
        })
        .collect()
}

#[test]
fn solid_agrees_with_the_training_program() {
    let mut solid = Solid::new();
    for (name, structure, jax) in reference() {
        let found = solid.evaluate(&structure).unwrap();
        let forces = vectors(&jax["forces"]);
        let lengths = forces.iter().map(|force| force.length());
        let largest = lengths.fold(0.0, f64::max);
        let pairs = found.forces.iter().zip(&forces);
        let worst = pairs
            .map(|(one, expected)| (*one - *expected).length())
            .fold(0.0, f64::max);
        let energy = (found.energy - jax["energy"].as_f64().unwrap()).abs();
        let columns = vectors(&jax["stress"]);
        let stress = DMat3::from_cols(columns[0], columns[1], columns[2]);
        let stress = (found.stress.unwrap() - stress).to_cols_array();
        let stress = stress
            .into_iter()
            .fold(0.0, |most: f64, x| most.max(x.abs()));
        println!(
            "{name}: forces {worst:.1e} eV/Å, energy {energy:.1e} eV, stress {stress:.1e} eV/Å³"
        );
        // Relative errors of single precision dominate for huge forces.
        assert!(
            worst <= 2e-5 + 1e-6 * largest,
            "{name}: a force is off by {worst:e} eV/Å"
        );
        assert!(
            energy <= 1e-6 * (2 * structure.len()) as f64 + 1e-6 * largest,
            "{name}: {energy:e} eV"
        );
        assert!(stress <= 2e-6 + 1e-7 * largest, "{name}: {stress:e} eV/Å³");
        let errors = found.force_errors.unwrap();
        for (error, expected) in errors.iter().zip(numbers(&jax["force_errors"])) {
            assert!(
                (error / expected - 1.0).abs() < 1e-3,
                "{name}: {error} for {expected}"
            );
        }
    }
}

#[test]
fn solid_obeys_the_contract() {
    for (name, structure, _) in reference() {
        if name == "overlapping atoms" || name == "compressed diamond" {
            continue;
        }
        println!("{name}");
        SINGLE.check(&mut Solid::new(), &structure).unwrap();
    }
}

#[test]
fn solid_does_not_depend_on_the_number_of_threads() {
    let silicon = library::find("silicon").unwrap().structure().unwrap();
    let of = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap()
            .install(|| Solid::new().evaluate(&silicon).unwrap())
    };
    assert_eq!(of(1), of(3));
}

#[test]
fn noble_gases_are_refused_by_name() {
    let argon = Structure::new(vec![Element::AR], vec![DVec3::ZERO]).unwrap();
    match Solid::new().evaluate(&argon) {
        Err(PotentialError::Element { element, .. }) => assert_eq!(element, Element::AR),
        other => panic!("{other:?}"),
    }
}

#[test]
fn other_parameters_are_read_from_a_file_and_invalid_ones_are_refused_with_a_reason() {
    let salt = library::find("salt").unwrap().structure().unwrap();
    let models = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models");
    let provide = |request: String| Catalog::built_in().provide(&request.parse().unwrap(), &salt);
    let mut chosen = provide(format!("solid:file={models}/solid/solid.safetensors")).unwrap();
    assert_eq!(
        chosen.potential.evaluate(&salt).unwrap(),
        Solid::new().evaluate(&salt).unwrap()
    );
    for (request, told) in [
        (
            "solid:file=nowhere.safetensors".to_owned(),
            "cannot read nowhere.safetensors",
        ),
        (
            format!("solid:file={models}/README.md"),
            "not a safetensors file",
        ),
        // The network of nano has charges.
        (
            format!("solid:file={models}/nano/nano.safetensors"),
            "solid has no charges, and this is a file of nano",
        ),
        (
            format!("nano:file={models}/solid/solid.safetensors"),
            "tensor",
        ),
    ] {
        let error = provide(request.clone()).err().unwrap().to_string();
        assert!(error.contains(told), "{request}: {error}");
    }
}

#[test]
fn covalent_radii_beyond_the_cutoff_are_refused_where_no_charges_reach_farther() {
    let with_short_cutoff = |file: &str| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models");
        let mut bytes = std::fs::read(format!("{folder}/{file}")).unwrap();
        let entry = br#"cutoff\": "#;
        let is_entry = |window: &[u8]| window == entry;
        let at = bytes.windows(entry.len()).position(is_entry).unwrap();
        // A cutoff of one to two ångströms.
        bytes[at + entry.len()] = b'1';
        bytes
    };
    let solid = Solid::with_parameters(&with_short_cutoff("solid/solid.safetensors"));
    let error = solid.err().unwrap().to_string();
    assert!(
        error.contains("\"covalent\"") && error.contains("at most half the cutoff of 1"),
        "{error}"
    );
    // Pairs of charges are seen farther than the network's cutoff.
    assert!(Nano::with_parameters(&with_short_cutoff("nano/nano.safetensors")).is_ok());
}
