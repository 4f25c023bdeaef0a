//! Tersoff potential: its contract, and comparisons with LAMMPS.

use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::contract::{self, Tolerances};
use mlipview_core::potential::{Catalog, Potential, Tersoff};

use super::lammps_reference::{path, references};

#[test]
fn built_in_elements_and_files_agree_with_lammps() {
    for reference in references("tersoff.json") {
        let file = reference.values["file"].as_str().unwrap();
        let mut potential = Tersoff::from_file(&path(file)).unwrap();
        reference.check(&mut potential, 1e-9);
        if file == "si-c.tersoff" {
            reference.check(&mut Tersoff::new(), 1e-9);
        }
    }
}

/// The curvature of f_C is not continuous, and where a third atom comes in, forces change as its distance to
/// the power of 2n − 1, steeply for n < 1.
const BENT: Tolerances = Tolerances {
    gradient: 1e-5,
    step: 1e-4,
    force_jump: 0.1,
    ..Tolerances::STRICT
};

#[test]
fn built_in_elements_and_files_obey_the_contract() {
    contract::check(
        &mut Tersoff::new(),
        &references("tersoff.json")[0].structure,
    )
    .unwrap();
    for reference in references("tersoff.json") {
        let file = reference.values["file"].as_str().unwrap();
        let mut potential = Tersoff::from_file(&path(file)).unwrap();
        BENT.check(&mut potential, &reference.structure).unwrap();
    }
}

/// Energy per atom of a crystal with two atoms per primitive cell, each with four neighbors.
fn energy_of_crystal(symbols: [&str; 2], lattice: f64) -> f64 {
    let half = 0.5 * lattice;
    let vectors = [[0.0, half, half], [half, 0.0, half], [half, half, 0.0]];
    let cell = Cell::new(vectors.map(glam::DVec3::from), [true; 3]).unwrap();
    let elements = symbols.map(|symbol| Element::from_symbol(symbol).unwrap());
    let positions = vec![glam::DVec3::ZERO, glam::DVec3::splat(0.25 * lattice)];
    let crystal = Structure::new(elements.to_vec(), positions).unwrap();
    let crystal = crystal.with_cell(cell);
    Tersoff::new().evaluate(&crystal).unwrap().energy / 2.0
}

#[test]
fn crystals_have_the_lattice_constants_and_energies_of_the_paper() {
    // Lattice constant (Å) and cohesive energy (eV per atom) of diamond, silicon and silicon carbide.
    for (symbols, lattice, energy) in [
        (["C", "C"], 3.566, -7.37),
        (["Si", "Si"], 5.432, -4.63),
        (["Si", "C"], 4.321, -6.165),
    ] {
        let at = |scale: f64| energy_of_crystal(symbols, scale * lattice);
        assert!((at(1.0) - energy).abs() < 0.01, "{symbols:?}: {}", at(1.0));
        assert!(at(0.998) > at(1.0) && at(1.002) > at(1.0), "{symbols:?}");
    }
}

#[test]
fn entries_of_files_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let good = "C C C 3 1.0 0.0 38049 4.3484 -.57058 .72751\n1.5724e-7 2.2119 346.7 1.95 0.15 3.4879 1393.6\n";
    for (text, expected) in [
        (
            good.replace("C 3 1.0", "C 2 1.0"),
            ":1: expected m = 1 or 3, found \"2\"",
        ),
        (
            good.replace("4.3484", "0"),
            ":1: expected d from 0.000000001 to 1000000000, found \"0\"",
        ),
        (
            good.replace("0.15", "2.15"),
            ":2: expected D from 0 to 1.95, found \"2.15\"",
        ),
        (good.replace(" 1393.6", ""), "three symbols and 14 numbers"),
    ] {
        let file = folder.path().join("a.tersoff");
        std::fs::write(&file, text).unwrap();
        let error = Tersoff::from_file(file.to_str().unwrap())
            .unwrap_err()
            .to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn auto_chooses_it_for_crystals_of_carbon() {
    let catalog = Catalog::built_in();
    let auto = "auto".parse().unwrap();
    for (at, reason, caution) in [
        (0, "crystals of C", true),
        (8, "crystals of C and Si", false),
    ] {
        let crystal = references("tersoff.json").remove(at).structure;
        let chosen = catalog.provide(&auto, &crystal).unwrap();
        assert_eq!(chosen.potential.name(), "Tersoff");
        assert!(chosen.reason.ends_with(reason), "{}", chosen.reason);
        assert_eq!(chosen.caution.is_some(), caution);
    }
}
