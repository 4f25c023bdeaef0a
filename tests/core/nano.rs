//! nano: agreement with the training program, and the contract.

use glam::DVec3;
use mlipview_core::chem::{Cell, Element, Structure, library};
use mlipview_core::potential::contract::Tolerances;
use mlipview_core::potential::{Nano, Potential, PotentialError};
use safetensors::SafeTensors;
use safetensors::tensor::TensorView;
use serde_json::Value;

use super::potentials::{numbers, vectors};

/// Reference values by JAX in double precision, written by `models/nano/make_reference.py`.
fn reference() -> Vec<(String, Structure, Value)> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/data/nano/reference.json"
    );
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let systems = file["systems"].as_array().unwrap();
    systems
        .iter()
        .map(|system| {
            let elements = numbers(&system["numbers"]);
            let elements = elements
                .into_iter()
                .map(|number| Element::from_number(number as u8));
            let elements = elements.collect::<Option<Vec<Element>>>().unwrap();
            let mut structure = Structure::new(elements, vectors(&system["positions"])).unwrap();
            structure.charge = i32::try_from(system["charge"].as_i64().unwrap()).unwrap();
            let name = system["name"].as_str().unwrap().to_owned();
            (name, structure, system.clone())
        })
        .collect()
}

#[test]
fn nano_agrees_with_the_training_program() {
    let mut nano = Nano::new();
    for (name, structure, jax) in reference() {
        let found = nano.evaluate(&structure).unwrap();
        let forces = vectors(&jax["forces"]);
        let largest = forces
            .iter()
            .map(|force| force.length())
            .fold(0.0, f64::max);
        // Relative errors of single precision dominate for huge forces.
        let allowed = 1e-5 + 1e-6 * largest;
        let pairs = found.forces.iter().zip(&forces);
        let worst = pairs
            .map(|(one, expected)| (*one - *expected).length())
            .fold(0.0, f64::max);
        let energy = (found.energy - jax["energy"].as_f64().unwrap()).abs();
        let charges = found.charges.unwrap();
        let charge = charges
            .iter()
            .zip(numbers(&jax["charges"]))
            .map(|(one, expected)| (one - expected).abs())
            .fold(0.0, f64::max);
        println!("{name}: forces {worst:.1e} eV/Å, energy {energy:.1e} eV, charges {charge:.1e} e");
        assert!(worst <= allowed, "{name}: a force is off by {worst:e} eV/Å");
        assert!(
            energy <= 4e-6 + 1e-6 * structure.len() as f64 + 1e-6 * largest,
            "{name}: {energy:e} eV"
        );
        assert!(charge <= 1e-6, "{name}: a charge is off by {charge:e} e");
        let expected = jax["force_errors"].as_array();
        assert_eq!(expected.is_some(), found.force_errors.is_some());
        let pairs = found
            .force_errors
            .into_iter()
            .flatten()
            .zip(expected.into_iter().flatten());
        for (error, expected) in pairs {
            let expected = expected.as_f64().unwrap();
            assert!(
                (error / expected - 1.0).abs() < 1e-4,
                "{name}: {error} for {expected}"
            );
        }
    }
}

/// The built-in parameters with the weights of the invariants f·pf, det T and f·Y₃(pv), which only moments
/// of degree 3 have, set to zero; then changed: the name, shape, data and bytes per invariant of each tensor.
fn without_weights_of_degree_3(
    change: impl Fn(&str, &mut Vec<usize>, &mut Vec<u8>, usize),
) -> Vec<u8> {
    let bytes = include_bytes!("../../models/nano/nano.safetensors");
    let (_, header) = SafeTensors::read_metadata(bytes).unwrap();
    let file = SafeTensors::deserialize(bytes).unwrap();
    let tensors = file.iter().map(|(name, tensor)| {
        let (mut shape, mut data) = (tensor.shape().to_vec(), tensor.data().to_vec());
        let invariant = data.len() / shape[0] * 32;
        if name == "in1" || name == "in2" {
            data[4 * invariant..5 * invariant].fill(0);
            data[6 * invariant..8 * invariant].fill(0);
        }
        change(name, &mut shape, &mut data, invariant);
        (name.to_owned(), tensor.dtype(), shape, data)
    });
    let tensors: Vec<_> = tensors.collect();
    let views = tensors.iter().map(|(name, dtype, shape, data)| {
        let view = TensorView::new(*dtype, shape.clone(), data);
        (name.as_str(), view.unwrap())
    });
    safetensors::serialize(views, header.metadata().clone()).unwrap()
}

#[test]
fn files_with_fewer_invariants_give_the_energies_of_files_with_zeros_for_them() {
    let zeros = without_weights_of_degree_3(|_, _, _, _| {});
    let seven = without_weights_of_degree_3(|name, shape, data, invariant| {
        if name == "in1" || name == "in2" {
            data.drain(7 * invariant..8 * invariant);
            shape[0] -= 32;
        }
    });
    let degree_2 = without_weights_of_degree_3(|name, shape, data, invariant| {
        if name == "in1" || name == "in2" {
            data.drain(6 * invariant..8 * invariant);
            data.drain(4 * invariant..5 * invariant);
            shape[0] -= 3 * 32;
        } else if name == "mix1" || name == "mix2" {
            data.truncate(data.len() / 4 * 3);
            shape[0] -= 1;
        }
    });
    let mut zeros = Nano::with_parameters(&zeros).unwrap();
    for other in [seven, degree_2] {
        let mut other = Nano::with_parameters(&other).unwrap();
        for (name, structure, _) in reference() {
            let [one, other] =
                [&mut zeros, &mut other].map(|nano| nano.evaluate(&structure).unwrap());
            let largest = one.forces.iter().map(|force| force.length());
            let allowed = 1e-5 + 1e-6 * largest.fold(0.0, f64::max);
            assert!((one.energy - other.energy).abs() < 1e-5, "{name}");
            for (one, other) in one.forces.iter().zip(&other.forces) {
                let difference = (*one - *other).length();
                assert!(difference <= allowed, "{name}: {one} and {other}");
            }
        }
    }
}

/// Tolerances for single precision: an energy per atom of tens of eV has a last digit of 10⁻⁶ eV, which
/// finite differences divide by the step.
const SINGLE: Tolerances = Tolerances {
    gradient: 1e-3,
    equality: 1e-5,
    step: 4e-3,
    energy_jump: 1e-4,
    force_jump: 1e-4,
    moved_atoms: 4,
};

fn built_in(key: &str) -> Structure {
    library::find(key).unwrap().structure().unwrap()
}

/// Displaces every atom, so that nothing cancels by symmetry.
fn rattled(mut structure: Structure) -> Structure {
    for (atom, position) in structure.positions_mut().iter_mut().enumerate() {
        let phase = atom as f64;
        *position += 0.05 * DVec3::new(phase.sin(), (2.0 * phase).cos(), (3.0 * phase).sin());
    }
    structure
}

fn expect_contract(structure: &Structure) {
    SINGLE.check(&mut Nano::new(), structure).unwrap();
}

#[test]
fn nano_obeys_the_contract_on_molecules_and_ions() {
    for key in [
        "water",
        "caffeine",
        "water-dimer",
        "hydronium-hydroxide",
        "sn2",
    ] {
        println!("{key}");
        expect_contract(&rattled(built_in(key)));
    }
    for (name, structure, _) in reference() {
        if structure.charge != 0 && structure.len() < 8 {
            println!("{name}");
            expect_contract(&rattled(structure));
        }
    }
}

#[test]
fn nano_obeys_the_contract_in_crystals_and_liquids() {
    for key in ["urea-crystal", "ice-ih", "water-box"] {
        println!("{key}");
        expect_contract(&rattled(built_in(key)));
    }
}

#[test]
fn nano_obeys_the_contract_in_a_cell_smaller_than_its_cutoff() {
    let positions = vec![
        DVec3::ZERO,
        DVec3::new(0.9, 0.3, 0.1),
        DVec3::new(-0.4, 0.8, 0.2),
    ];
    let elements = ["O", "H", "H"].map(|symbol| Element::from_symbol(symbol).unwrap());
    let vectors = [
        DVec3::new(2.9, 0.0, 0.2),
        DVec3::new(0.3, 3.1, 0.0),
        DVec3::new(-0.4, 0.2, 3.3),
    ];
    for periodic in [[true; 3], [true, false, true]] {
        let water = Structure::new(elements.to_vec(), positions.clone()).unwrap();
        expect_contract(&water.with_cell(Cell::new(vectors, periodic).unwrap()));
    }
}

#[test]
fn nano_does_not_depend_on_the_number_of_threads() {
    let water = built_in("water-box");
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| Nano::new().evaluate(&water).unwrap())
    };
    let alone = on(1);
    assert!(on(2) == alone && on(5) == alone);
}

#[test]
fn nano_supports_no_atoms_and_one_atom() {
    let nothing = Nano::new().evaluate(&Structure::empty()).unwrap();
    assert_eq!((nothing.energy, nothing.forces.len()), (0.0, 0));
    let mut ion = Structure::new(vec![Element::H], vec![DVec3::ONE]).unwrap();
    ion.charge = 1;
    let found = Nano::new().evaluate(&ion).unwrap();
    assert_eq!(found.forces, [DVec3::ZERO]);
    assert!((found.charges.unwrap()[0] - 1.0).abs() < 1e-12);
}

#[test]
fn charges_add_up_to_the_total() {
    let mut caffeine = built_in("caffeine");
    for total in [-1, 0, 1] {
        caffeine.charge = total;
        let charges = Nano::new().evaluate(&caffeine).unwrap().charges.unwrap();
        assert!((charges.iter().sum::<f64>() - f64::from(total)).abs() < 1e-9);
    }
}

#[test]
fn nano_does_not_depend_on_previous_structures() {
    let (caffeine, water) = (built_in("caffeine"), built_in("water-box"));
    let fresh = Nano::new().evaluate(&caffeine).unwrap();
    let mut nano = Nano::new();
    for _ in 0..2 {
        nano.evaluate(&water).unwrap();
        assert_eq!(nano.evaluate(&caffeine).unwrap(), fresh);
    }
}

#[test]
fn invalid_parameter_files_are_refused_with_a_reason() {
    for (bytes, reason) in [(&b""[..], "safetensors"), (b"{}", "safetensors")] {
        match Nano::with_parameters(bytes) {
            Ok(_) => panic!("{bytes:?} are parameters"),
            Err(error) => assert!(error.to_string().contains(reason), "{error}"),
        }
    }
    let metals = Structure::new(vec![Element::CU], vec![DVec3::ZERO]).unwrap();
    assert!(matches!(
        Nano::new().evaluate(&metals),
        Err(PotentialError::Element { .. })
    ));
}
