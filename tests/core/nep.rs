//! Neuroevolution potentials: agreement with calorine, refusal of invalid files, and the contract.

use glam::{DMat3, DVec3};
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::catalog::OptionChoices;
use mlipview_core::potential::contract::Tolerances;
use mlipview_core::potential::nep::ImportedModel;
use mlipview_core::potential::{Catalog, Nep, Potential};
use serde_json::Value;

use super::fixtures::built_in;
use super::potentials::{numbers, vectors};

fn data(file: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/nep/");
    std::fs::read_to_string(format!("{folder}{file}")).unwrap()
}

fn model(name: &str) -> Nep {
    Nep::from_text(name, &data(&format!("{name}.txt"))).unwrap()
}

/// The structures of one model, with the values of calorine.
fn systems(rows: &Value) -> Vec<(String, Structure, Value)> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| {
        let elements = numbers(&row["numbers"]).into_iter();
        let elements = elements.map(|number| Element::from_number(number as u8).unwrap());
        let structure = Structure::new(elements.collect(), vectors(&row["positions"])).unwrap();
        let cell = row["cell"].as_array().map(|_| {
            let vectors = vectors(&row["cell"]);
            Cell::new([vectors[0], vectors[1], vectors[2]], [true; 3]).unwrap()
        });
        let name = row["name"].as_str().unwrap().to_owned();
        (name, structure.with_cell(cell), row.clone())
    })
    .collect()
}

fn reference() -> Value {
    serde_json::from_str(&data("reference.json")).unwrap()
}

/// Compares a model with calorine: 10⁻⁵ eV per atom, eV/Å and eV/Å³, and 10⁻⁶ of large values. Returns the
/// largest deviations of energies, forces and stresses.
fn compare(nep: &mut Nep, rows: &Value) -> [f64; 3] {
    let mut worst = [0.0_f64; 3];
    for (name, structure, row) in systems(rows) {
        let mut off_here = [0.0_f64; 3];
        let found = nep.evaluate(&structure).unwrap();
        let mut check = |kind: usize, found: f64, expected: f64, scale: f64| {
            let off = (found - expected).abs();
            let allowed = 1e-5 + 1e-6 * scale;
            let quantity = ["an energy", "a force", "a stress"][kind];
            assert!(
                off <= allowed,
                "{name}: {quantity} of {found} for {expected}"
            );
            off_here[kind] = off_here[kind].max(off);
        };
        let energies = numbers(&row["energies"]);
        for (found, expected) in found.atom_energies.unwrap().iter().zip(&energies) {
            check(0, *found, *expected, expected.abs());
        }
        let forces = vectors(&row["forces"]);
        let largest = forces
            .iter()
            .map(|force| force.length())
            .fold(0.0, f64::max);
        for (found, expected) in found.forces.iter().zip(&forces) {
            for axis in 0..3 {
                check(1, found[axis], expected[axis], largest);
            }
        }
        assert_eq!(found.stress.is_none(), row["stress"].is_null(), "{name}");
        if let Some(stress) = found.stress {
            let [xx, yy, zz, yz, xz, xy] = numbers(&row["stress"]).try_into().unwrap();
            let expected = DMat3::from_cols_array(&[xx, xy, xz, xy, yy, yz, xz, yz, zz]);
            for (found, expected) in stress.to_cols_array().iter().zip(expected.to_cols_array()) {
                check(2, *found, expected, expected.abs());
            }
        }
        let [energy, force, stress] = off_here;
        println!(
            "  {name}: {energy:.1e} eV, {force:.1e} of {largest:.0e} eV/Å, {stress:.1e} eV/Å³"
        );
        worst = std::array::from_fn(|kind| worst[kind].max(off_here[kind]));
    }
    worst
}

#[test]
fn energies_forces_and_stresses_agree_with_calorine() {
    for (name, rows) in reference().as_object().unwrap() {
        let [energy, force, stress] = compare(&mut model(name), rows);
        println!("{name}: {energy:.1e} eV, {force:.1e} eV/Å, {stress:.1e} eV/Å³");
    }
}

/// `MLIPVIEW_NEP=nep89.txt MLIPVIEW_NEP_REFERENCE=nep89.json cargo test --workspace --test core nep -- --ignored`;
/// `tests/data/nep/make_references.py nep89.txt nep89.json` writes the reference.
#[test]
#[ignore = "needs a model file, which is under another license, and calorine's values for it"]
fn a_given_model_agrees_with_calorine() {
    let file = |variable: &str| {
        let path = std::env::var(variable).unwrap();
        std::fs::read_to_string(path).unwrap()
    };
    let mut nep = Nep::from_text("given", &file("MLIPVIEW_NEP")).unwrap();
    let reference: Value = serde_json::from_str(&file("MLIPVIEW_NEP_REFERENCE")).unwrap();
    let [energy, force, stress] = compare(&mut nep, &reference["model"]);
    println!("{energy:.1e} eV, {force:.1e} eV/Å, {stress:.1e} eV/Å³");
}

/// Tolerances of single precision.
const SINGLE: Tolerances = Tolerances {
    gradient: 5e-3,
    equality: 1e-5,
    step: 4e-3,
    energy_jump: 1e-5,
    force_jump: 1e-4,
    moved_atoms: 4,
};

fn system(model: &str, title: &str) -> Structure {
    let reference = reference();
    let mut systems = systems(&reference[model]).into_iter();
    systems.find(|(name, ..)| name == title).unwrap().1
}

#[test]
fn neuroevolution_potentials_obey_the_contract() {
    for (name, titles) in [
        ("nep3_one", ["Si8", "Si_cluster"]),
        ("nep4_three", ["NaClO16", "cluster"]),
        ("nep4_cutoffs", ["NaCl2", "wire"]),
        ("nep5_three", ["NaClO16", "NaCl2"]),
        ("nep4_zbl_pairs", ["wire", "cluster"]),
    ] {
        for title in titles {
            println!("{name} {title}");
            SINGLE
                .check(&mut model(name), &system(name, title))
                .unwrap();
        }
    }
}

#[test]
fn results_of_a_neuroevolution_potential_do_not_depend_on_the_number_of_threads() {
    let salt = system("nep4_zbl", "NaClO16").repeat([3, 2, 2]).unwrap();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().unwrap();
        pool.install(|| model("nep4_zbl").evaluate(&salt).unwrap())
    };
    let alone = on(1);
    assert!(on(2) == alone && on(5) == alone);
}

#[test]
fn other_elements_and_no_atoms_are_evaluated_between_two_structures() {
    let mut nep = model("nep4_three");
    let salt = system("nep4_three", "NaCl8");
    let before = nep.evaluate(&salt).unwrap();
    assert_eq!(nep.evaluate(&Structure::empty()).unwrap().energy, 0.0);
    nep.evaluate(&system("nep4_three", "O2_1.3")).unwrap();
    assert!(nep.evaluate(&salt).unwrap() == before);
    let copper = Structure::new(vec![Element::CU], vec![DVec3::ZERO]).unwrap();
    assert_eq!(
        nep.evaluate(&copper).unwrap_err().to_string(),
        "NEP nep4_three has no parameters for Cu; supported: Na, Cl and O"
    );
}

/// A model of one element whose cutoffs are written in another way.
fn with_header(lines: &[(&str, &str)]) -> Nep {
    let mut text = data("nep5_zbl_one.txt");
    for (from, to) in lines {
        assert!(text.contains(from));
        text = text.replacen(from, to, 1);
    }
    Nep::from_text("changed", &text).unwrap()
}

#[test]
fn cutoffs_by_covalent_radii_are_those_of_the_pair() {
    // The covalent radius of silicon is 4/3 · 1.04 Å, rounded.
    let diameter = 2.0 * 1.38667;
    let same = |mut one: Nep, mut other: Nep| {
        for title in ["Si8", "Si2_1.3", "Si2_1.8"] {
            let structure = system("nep5_zbl_one", title);
            let [one, other] = [&mut one, &mut other].map(|nep| nep.evaluate(&structure).unwrap());
            assert!((one.energy - other.energy).abs() < 1e-5, "{title}");
        }
    };
    let by_factors = ("cutoff 5 5 90 60", "cutoff 5 5 90 60 1.6 1.5 0.7");
    let cutoffs = [1.6, 1.5].map(|factor| factor * diameter);
    let cutoffs = format!("cutoff {} {} 90 60", cutoffs[0], cutoffs[1]);
    let outer = 0.7 * diameter;
    let zbl = format!("zbl {} {outer}", 0.5 * outer);
    same(
        with_header(&[by_factors]),
        with_header(&[("cutoff 5 5 90 60", &cutoffs), ("zbl 1 2", &zbl)]),
    );
    let wide = ("cutoff 5 5 90 60", "cutoff 5 5 90 60 2.5 2 0");
    same(with_header(&[wide]), with_header(&[]));
    let short = ("cutoff 5 5 90 60", "cutoff 5 5");
    same(with_header(&[short]), with_header(&[]));
}

#[test]
fn files_that_are_no_supported_model_are_refused_with_the_line() {
    let text = data("nep4_zbl.txt");
    let refused = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        let changed = text.replacen(from, to, 1);
        match Nep::from_text("changed", &changed) {
            Ok(_) => panic!("{to:?} instead of {from:?} is accepted"),
            Err(error) => error.to_string(),
        }
    };
    let first = "nep4_zbl 3 Na Cl O";
    for kind in [
        "nep4_charge1",
        "nep4_dipole",
        "nep4_polarizability",
        "nep3_temperature",
        "nep4_zbl_temperature",
        "nep",
    ] {
        let error = refused("nep4_zbl", kind);
        assert!(error.contains("line 1") && error.contains(kind), "{error}");
    }
    for (from, to, expected) in [
        (first, "gap 3 Na Cl O", "line 1: expected the first line"),
        (first, "nep4_zbl 4 Na Cl O", "the number of elements"),
        (first, "nep4_zbl 0", "the number of elements"),
        (first, "nep4_zbl 3 Na Cl Xx", "symbols of elements"),
        (first, "nep4_zbl 3 Na Cl Na", "each element once"),
        (first, "nep4 3 Na Cl O", "line 2: expected cutoff"),
        ("zbl 1 2", "zbl 2 1", "line 2: expected zbl"),
        ("zbl 1 2", "zbl 1", "line 2"),
        ("zbl 1 2", "zbl 1 90", "line 2"),
        (
            "cutoff 6 5 90 60",
            "cutoff 6 500 90 60",
            "line 3: expected cutoff",
        ),
        ("cutoff 6 5 90 60", "cutoff 6 5 90", "line 3"),
        ("cutoff 6 5 90 60", "cutoff 6 nan 90 60", "line 3"),
        ("n_max 2 2", "n_max 2 2.5", "line 4: expected n_max"),
        ("n_max 2 2", "n_max 2 99999999999", "line 4"),
        (
            "basis_size 5 5",
            "basis_size 5",
            "line 5: expected basis_size",
        ),
        ("basis_size 5 5", "basis_size 5 200", "line 5"),
        ("l_max 4 2 1", "l_max 8 2 1", "line 6: expected l_max"),
        ("l_max 4 2 1", "l_max 4 2 1 1", "not supported"),
        ("l_max 4 2 1", "l_max 1 2 1", "line 6"),
        ("ANN 8 0", "ANN 8 8", "line 7: expected ANN"),
        ("ANN 8 0", "ANN 0 0", "line 7"),
        (
            "ANN 8 0",
            "ANN 9 0",
            "parameters after the header, expected",
        ),
        ("l_max 4 2 1", "l_max 4 2 0", "parameters after the header"),
        (first, "nep3_zbl 3 Na Cl O", "parameters after the header"),
        (first, "nep5_zbl 3 Na Cl O", "parameters after the header"),
    ] {
        let error = refused(from, to);
        assert!(error.contains(expected), "{to}: {error}");
    }
    let number = text.lines().nth(7).unwrap();
    assert!(refused(number, "1.0 # comment").starts_with("line 8: expected a finite number"));
    assert!(refused(number, "inf").starts_with("line 8"));
    let short = text.len() - 20;
    assert!(Nep::from_text("short", &text[..short]).is_err());
    for length in 0..200 {
        let text = text.get(..length).unwrap_or_default();
        assert!(Nep::from_text("short", text).is_err(), "{length}");
    }
    let flexible = data("nep3_zbl_flexible.txt");
    let (head, _) = flexible.trim_end().rsplit_once('\n').unwrap();
    assert!(Nep::from_text("short", head).is_err());
    let wide = flexible.replacen("1.5000000e+00", "1.5000000e+09", 1);
    assert!(wide != flexible);
    let error = Nep::from_text("wide", &wide).err().unwrap().to_string();
    assert!(error.contains("ZBL cutoffs"), "{error}");
}

#[test]
fn the_catalog_provides_a_neuroevolution_potential_from_a_file_only() {
    let catalog = Catalog::built_in();
    let salt = system("nep4_three", "NaCl8");
    let failure = |request: &str| {
        let request = request.parse().unwrap();
        catalog.provide(&request, &salt).err().unwrap().to_string()
    };
    let missing = failure("nep");
    assert!(
        missing.contains("nep:file=nep89.txt") && missing.contains("model import nep89.txt"),
        "{missing}"
    );
    assert!(failure("nep:file=nowhere.txt").contains("cannot read nowhere.txt"));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/nep/");
    assert!(failure(&format!("nep:file={path}reference.json")).contains("line 1"));
    let request = format!("nep:file={path}nep4_three.txt");
    let chosen = catalog.provide(&request.parse().unwrap(), &salt).unwrap();
    assert_eq!(chosen.potential.name(), "NEP nep4_three");
    assert!(chosen.caution.unwrap().contains("trained"));
    let silicon = system("nep3_one", "Si8");
    let chosen = catalog
        .provide(&request.parse().unwrap(), &silicon)
        .unwrap();
    assert!(chosen.caution.unwrap().contains("no parameters for Si"));
    // Without a file it is never chosen, and does not hide that nothing has parameters.
    let polonium = Element::from_symbol("Po").unwrap();
    let polonium = Structure::new(vec![polonium], vec![DVec3::ZERO]).unwrap();
    let refusal = catalog.provide(&"auto".parse().unwrap(), &polonium);
    let refusal = refusal.err().unwrap().to_string();
    assert!(refusal.contains("parameters for Po"), "{refusal}");
}

/// A catalog with files of the test data as imported models.
pub(crate) fn catalog_with(files: &'static [&'static str]) -> Catalog {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/data/nep/");
    let model = move |file: &&str| ImportedModel {
        name: file.replace(".txt", ""),
        path: format!("{folder}{file}"),
    };
    Catalog::built_in().with_nep_models(Box::new(move || files.iter().map(model).collect()))
}

#[test]
fn an_imported_model_is_chosen_for_solids_of_its_elements_but_not_for_molecules() {
    let catalog = catalog_with(&["nep4_three.txt", "nep3_one.txt"]);
    let auto = |key| {
        let request = "auto".parse().unwrap();
        catalog.provide(&request, &built_in(key)).unwrap()
    };
    let silicon = auto("silicon");
    assert_eq!(silicon.potential.name(), "NEP nep3_one");
    assert_eq!(
        silicon.reason,
        "its file nep3_one.txt is imported and has parameters for Si"
    );
    assert!(silicon.caution.unwrap().contains("trained"));
    for (key, name) in [
        ("salt", "NEP nep4_three"),
        ("magnesia", "solid"),
        ("oxygen", "nano"),
        ("ferrocene", "solid"),
        ("copper", "EMT"),
        ("argon-crystal", "Lennard-Jones"),
    ] {
        assert_eq!(auto(key).potential.name(), name, "{key}");
    }
}

#[test]
fn imported_models_are_requested_by_name() {
    let catalog = catalog_with(&["nep4_three.txt", "nep3_one.txt"]);
    let provide = |request: &str, key| {
        let provided = catalog.provide(&request.parse().unwrap(), &built_in(key));
        provided.map_err(|error| error.to_string())
    };
    for (request, key, name) in [
        ("nep", "silicon", "NEP nep3_one"),
        ("nep", "salt", "NEP nep4_three"),
        ("nep", "oxygen", "NEP nep4_three"),
        ("nep:model=nep3_one", "silicon", "NEP nep3_one"),
    ] {
        let chosen = provide(request, key).unwrap();
        assert_eq!(chosen.potential.name(), name, "{request}");
    }
    for (request, told) in [
        ("nep:model=nep5", "imported: nep4_three, nep3_one"),
        ("nep:model=nep4_three,file=nep4.txt", "not both"),
    ] {
        let error = provide(request, "silicon").err().unwrap();
        assert!(error.contains(told), "{error}");
    }
    let choices = OptionChoices {
        option: "model",
        values: vec!["nep4_three".to_owned(), "nep3_one".to_owned()],
    };
    assert_eq!(catalog.choices(&"nep".parse().unwrap()), [choices]);
    assert_eq!(catalog_with(&[]).choices(&"nep".parse().unwrap()), []);
}

#[test]
fn a_damaged_imported_model_is_not_chosen() {
    let catalog = catalog_with(&["reference.json"]);
    let silicon = built_in("silicon");
    let auto = catalog.provide(&"auto".parse().unwrap(), &silicon).unwrap();
    assert_eq!(auto.potential.name(), "Stillinger–Weber");
    let error = catalog.provide(&"nep".parse().unwrap(), &silicon);
    let error = error.err().unwrap().to_string();
    assert!(error.contains("reference.json: line 1"), "{error}");
}
