//! Embedded atom method: its contract, and comparisons with LAMMPS.

use std::path::Path;

use glam::DVec3;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::contract::{self, Tolerances};
use mlipview_core::potential::{Catalog, Eam, Potential};

use super::lammps_reference::{path, references};

#[test]
fn the_closed_form_agrees_with_its_tables_in_lammps() {
    let mut eam = Eam::new();
    for reference in references("zhou.json") {
        let found = reference.check(&mut eam, 1e-7);
        let close = |key: &str, error: f64| {
            if let Some(expected) = reference.number(key) {
                let off = (found.energy - expected).abs() / reference.structure.len() as f64;
                assert!(
                    off < error,
                    "{}: {key} is off by {off:e} eV",
                    reference.name
                );
            }
        };
        close("ziegenhain_energy_eV", 1e-7);
        // To other distances, without a taper, and with the rounded constants of the paper.
        close("table_energy_eV", 4e-5);
    }
}

#[test]
fn the_closed_form_obeys_the_contract() {
    for reference in references("zhou.json") {
        if ["Ni", "Mo", "Co", "cluster", "slab"].contains(&reference.name.as_str()) {
            contract::check(&mut Eam::new(), &reference.structure).unwrap();
        }
    }
}

#[test]
fn files_of_all_formats_agree_with_lammps() {
    for reference in references("eam_files.json") {
        let file = reference.values["file"].as_str().unwrap().to_owned();
        let mut eam = Eam::from_file(&path(&file)).unwrap();
        assert_eq!(eam.name(), format!("EAM {file}"));
        reference.check(&mut eam, 1e-10);
    }
}

/// The coarse tables of the tests end with a small slope, and differences reach over their knots.
const COARSE: Tolerances = Tolerances {
    gradient: 2e-5,
    force_jump: 1e-3,
    energy_jump: 1e-5,
    ..Tolerances::STRICT
};

#[test]
fn files_obey_the_contract() {
    for reference in references("eam_files.json") {
        let file = reference.values["file"].as_str().unwrap().to_owned();
        let mut eam = Eam::from_file(&path(&file)).unwrap();
        COARSE.check(&mut eam, &reference.structure).unwrap();
    }
}

#[test]
fn a_file_is_opened_by_its_name() {
    let file = path("cu-zr.eam.alloy");
    let catalog = Catalog::built_in();
    let request = catalog.request_of_file(Path::new(&file)).unwrap();
    assert_eq!(request.to_string(), format!("eam:file={file}"));
    let elements = |symbols: [&str; 2]| symbols.map(|it| Element::from_symbol(it).unwrap());
    let pair = |symbols| {
        let positions = vec![DVec3::ZERO, 2.6 * DVec3::X];
        Structure::new(elements(symbols).to_vec(), positions).unwrap()
    };
    let chosen = catalog.provide(&request, &pair(["Zr", "Cu"])).unwrap();
    assert_eq!(chosen.potential.name(), "EAM cu-zr.eam.alloy");
    assert_eq!(chosen.caution, None);
    let other = catalog.provide(&request, &pair(["Cu", "Ni"])).unwrap();
    assert!(other.caution.unwrap().contains("no parameters for Ni"));
    for (name, format) in [("A.EAM.FS", true), ("a.setfl", true), ("a.eam.txt", false)] {
        assert_eq!(
            catalog.request_of_file(Path::new(name)).is_some(),
            format,
            "{name}"
        );
    }
}

#[test]
fn malformed_files_are_refused_with_the_line() {
    let good = std::fs::read_to_string(path("cu-zr.eam.alloy")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let refusal = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        let error = Eam::from_file(file.to_str().unwrap())
            .unwrap_err()
            .to_string();
        error.split_once(name).unwrap().1.to_owned()
    };
    let with_line = |line: usize, text: &str| {
        let mut lines: Vec<&str> = good.lines().collect();
        lines[line - 1] = text;
        lines.join("\n")
    };
    let sizes = good.lines().nth(4).unwrap();
    for (line, text, expected) in [
        (
            4,
            "",
            ":4: expected the number of elements and their symbols, found an empty line",
        ),
        (
            4,
            "3 Cu Zr",
            ":4: expected the symbols of 3 elements, found 2 symbols",
        ),
        (
            4,
            "2 Cu Xx",
            ":4: expected the symbol of an element, found \"Xx\"",
        ),
        (
            4,
            "2 Cu Cu",
            ":4: expected different elements, found \"Cu\"",
        ),
        (
            4,
            "-1",
            ":4: expected the number of elements from 1 to 118, found \"-1\"",
        ),
        (
            5,
            "60 0.5",
            ":5: expected Nrho, drho, Nr, dr and the cutoff, found fewer numbers",
        ),
        (
            5,
            &sizes.replacen("60", "4", 1),
            "from 6 to 10000000, found \"4\"",
        ),
        (
            5,
            &sizes.replacen("60", "9999999999", 1),
            "found \"9999999999\"",
        ),
        (
            5,
            &sizes.replacen("60", "59", 1),
            ":21: expected the end of the 59 numbers of the embedding",
        ),
        (
            5,
            &format!("{sizes}e9"),
            "the cutoff in Å, from 0.001 to 100",
        ),
        (
            7,
            "1 2 three 4",
            ":7: expected the embedding energy of Cu, a number, found \"three\"",
        ),
        (
            7,
            "1 2 nan 4",
            ":7: expected the embedding energy of Cu, a number, found \"nan\"",
        ),
    ] {
        let refusal = refusal("a.eam.alloy", &with_line(line, text));
        assert!(refusal.contains(expected), "{refusal}");
    }
    let half = &good[..good.len() / 2];
    let cut = refusal("a.eam.alloy", half);
    assert!(
        cut.contains("numbers of") && cut.contains("found the end after"),
        "{cut}"
    );
    for name in ["a.eam.alloy", "a.eam.fs", "a.eam"] {
        let empty = refusal(name, "");
        assert!(
            empty.contains(":1: expected a comment, found the end of the file"),
            "{empty}"
        );
    }
    let unknown = refusal("a.txt", &good);
    assert!(
        unknown.contains("expected a name that ends in .eam.alloy"),
        "{unknown}"
    );
    let absent = Eam::from_file("absent.eam.fs").unwrap_err().to_string();
    assert!(
        absent.starts_with("cannot read absent.eam.fs: "),
        "{absent}"
    );
}

/// n × n × n cells of a body-centered cubic crystal with small displacements.
fn tungsten_with_zirconium(cells: usize) -> Structure {
    let lattice = 3.2;
    let mut positions = Vec::new();
    for index in 0..cells.pow(3) {
        let corner = [index / cells / cells, index / cells % cells, index % cells];
        let corner = DVec3::from_array(corner.map(|count| count as f64));
        for within in [DVec3::ZERO, DVec3::splat(0.5)] {
            let phase = positions.len() as f64;
            let disorder = 0.02 * DVec3::new(phase.sin(), (2.0 * phase).sin(), (3.0 * phase).sin());
            positions.push(lattice * (corner + within + disorder));
        }
    }
    let elements = ["W", "W", "Zr"].map(|symbol| Element::from_symbol(symbol).unwrap());
    let elements = elements.into_iter().cycle().take(positions.len()).collect();
    let cell = Cell::orthorhombic(DVec3::splat(lattice * cells as f64)).unwrap();
    Structure::new(elements, positions).unwrap().with_cell(cell)
}

#[test]
fn results_are_equal_on_any_number_of_threads() {
    let alloy = tungsten_with_zirconium(15);
    assert!(alloy.len() > 3 * 2048, "several chunks");
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().unwrap();
        pool.install(|| Eam::new().evaluate(&alloy).unwrap())
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn distant_atoms_of_another_element_change_nothing() {
    let nickel = references("zhou.json")
        .into_iter()
        .find(|it| it.name == "cluster");
    let nickel = nickel.unwrap().structure;
    let mut eam = Eam::new();
    let alone = eam.evaluate(&nickel).unwrap();
    let mut elements = nickel.elements().to_vec();
    let mut positions = nickel.positions().to_vec();
    elements.push(Element::from_symbol("Pb").unwrap());
    positions.push(DVec3::splat(60.0));
    let with_lead = eam
        .evaluate(&Structure::new(elements, positions).unwrap())
        .unwrap();
    assert!((alone.energy - with_lead.energy).abs() < 1e-8);
}
