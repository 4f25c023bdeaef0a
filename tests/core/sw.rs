//! Stillinger–Weber potential: its contract, and comparisons with LAMMPS.

use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::contract::{self, Tolerances};
use mlipview_core::potential::{Catalog, Potential, PotentialError, StillingerWeber};

use super::lammps_reference::{path, references};

#[test]
fn silicon_and_files_agree_with_lammps() {
    for reference in references("sw.json") {
        let file = reference.values["file"].as_str().unwrap();
        let mut potential = StillingerWeber::from_file(&path(file)).unwrap();
        reference.check(&mut potential, 1e-10);
        if file == "si.sw" {
            reference.check(&mut StillingerWeber::silicon(), 1e-10);
        }
    }
}

#[test]
fn silicon_and_files_obey_the_contract() {
    for reference in references("sw.json") {
        let file = reference.values["file"].as_str().unwrap();
        if file == "si.sw" {
            contract::check(&mut StillingerWeber::silicon(), &reference.structure).unwrap();
        } else {
            // A tolerance of 0.001 leaves out the last of every pair.
            let with_tolerance = Tolerances {
                energy_jump: 0.1,
                force_jump: 3.0,
                ..Tolerances::STRICT
            };
            let mut potential = StillingerWeber::from_file(&path(file)).unwrap();
            with_tolerance
                .check(&mut potential, &reference.structure)
                .unwrap();
        }
    }
}

#[test]
fn entries_of_files_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let refusal = |text: &str| {
        let file = folder.path().join("a.sw");
        std::fs::write(&file, text).unwrap();
        let error = StillingerWeber::from_file(file.to_str().unwrap()).unwrap_err();
        error.to_string().split_once("a.sw").unwrap().1.to_owned()
    };
    let good =
        "Si Si Si 2.1683 2.0951 1.80 21.0 1.20 -0.333\n7.049556277 0.6022245584 4.0 0.0 0.0\n";
    for (text, expected) in [
        ("", ":1: expected three symbols and 11 numbers: epsilon"),
        ("# only a comment\n\n", "found no entry"),
        (
            &good.replace("21.0", "much"),
            ":1: expected lambda, a number, found \"much\"",
        ),
        (
            &good.replace("2.0951", "-2"),
            ":1: expected sigma from 0 to 1000000, found \"-2\"",
        ),
        (
            &good.replace("Si Si Si", "Si Si Xx"),
            ":1: expected the symbol of an element, found \"Xx\"",
        ),
        (&good.repeat(2), ":3: expected Si Si Si only once"),
        (
            &format!("# DATE: 2013-05-29 UNITS: real\n{good}"),
            ":1: expected UNITS: metal, which are eV and Å, found \"real\"",
        ),
        (&good.replace(" 0.0\n", "\n"), "found the end of the file"),
        (
            &good.replace(" 0.0\n", " 0.0 7\n"),
            ":2: expected the end of three symbols and 11 numbers",
        ),
    ] {
        let refusal = refusal(text);
        assert!(refusal.contains(expected), "{refusal}");
    }
}

#[test]
fn entries_with_labels_that_are_no_elements_are_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mixed.sw");
    let text = std::fs::read_to_string(path("ga-n.sw")).unwrap();
    let water =
        "mW mW mW 0.268381 2.3925 1.8 23.15 1.2 -0.33333333333333 7.049556277 0.6022245584 4 0 0\n";
    std::fs::write(&file, format!("# UNITS: metal\n{water}{text}")).unwrap();
    let energy = |path: &str| {
        let mut potential = StillingerWeber::from_file(path).unwrap();
        let reference = references("sw.json").pop().unwrap();
        potential.evaluate(&reference.structure).unwrap().energy
    };
    assert_eq!(energy(file.to_str().unwrap()), energy(&path("ga-n.sw")));
}

#[test]
fn a_triplet_without_parameters_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("part.sw");
    let text = std::fs::read_to_string(path("ga-n.sw")).unwrap();
    std::fs::write(&file, text.replace("N  Ga N ", "# N Ga N ")).unwrap();
    let mut potential = StillingerWeber::from_file(file.to_str().unwrap()).unwrap();
    let reference = references("sw.json").pop().unwrap();
    let error = potential.evaluate(&reference.structure).unwrap_err();
    assert!(matches!(error, PotentialError::Unsupported { .. }));
    let text = error.to_string();
    assert!(
        text.contains("no parameters for N with the neighbors Ga and N"),
        "{text}"
    );
}

#[test]
fn auto_chooses_it_for_crystals_of_silicon_only() {
    let catalog = Catalog::built_in();
    let auto = "auto".parse().unwrap();
    let silicon = references("sw.json").remove(0).structure;
    let chosen = catalog.provide(&auto, &silicon).unwrap();
    assert_eq!(chosen.potential.name(), "Stillinger–Weber");
    assert_eq!(chosen.reason, "it is made for crystals of Si");
    let free = Structure::new(vec![Element::SI; 8], silicon.positions().to_vec()).unwrap();
    let chosen = catalog.provide(&auto, &free).unwrap();
    assert_ne!(chosen.potential.name(), "Stillinger–Weber");
    // A surface is in a cell that is periodic along all axes, too.
    let mut slab = silicon.clone();
    let [a, b, c] = slab.cell.as_ref().unwrap().vectors();
    slab.cell = Some(Cell::new([a, b, 3.0 * c], [true; 3]).unwrap());
    let chosen = catalog.provide(&auto, &slab).unwrap();
    assert_eq!(chosen.potential.name(), "solid");
    let named = catalog.provide(&"sw".parse().unwrap(), &free).unwrap();
    assert!(named.caution.unwrap().contains("fitted to the crystal"));
}
