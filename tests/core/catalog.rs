//! The catalog: automatic choice, requests, and their texts.

use std::path::Path;

use glam::DVec3;
use mlipview_core::chem::{Element, Structure, library};
use mlipview_core::potential::catalog::Entry;
use mlipview_core::potential::{
    Applicability, Catalog, Chosen, Emt, LennardJones, Nano, Potential, Request,
};

use crate::fixtures::built_in;

/// A number of distant atoms of each element.
fn atoms(counts: &[(&str, usize)]) -> Structure {
    let elements: Vec<Element> = counts
        .iter()
        .flat_map(|&(symbol, count)| vec![Element::from_symbol(symbol).unwrap(); count])
        .collect();
    let positions = (0..elements.len()).map(|index| 2.6 * index as f64 * DVec3::X);
    Structure::new(elements.clone(), positions.collect()).unwrap()
}

fn provide(request: &str, structure: &Structure) -> Result<Chosen, String> {
    let request: Request = request.parse().map_err(|error| format!("{error}"))?;
    Catalog::built_in()
        .provide(&request, structure)
        .map_err(|error| error.to_string())
}

fn refusal(request: &str, structure: &Structure) -> String {
    match provide(request, structure) {
        Ok(chosen) => panic!("{} is given", chosen.potential.name()),
        Err(refusal) => refusal,
    }
}

#[test]
fn auto_chooses_nano_for_molecules_and_ions() {
    for key in ["water", "caffeine", "aspirin", "glucose", "ice-ih"] {
        let chosen = provide("auto", &built_in(key)).unwrap();
        assert_eq!(chosen.potential.name(), "nano", "{key}");
        assert_eq!(chosen.caution, None, "{key}");
    }
    // A caution names environments outside the training set, with the expected error.
    for key in ["hydronium-hydroxide", "sn2", "water-box"] {
        let chosen = provide("auto", &built_in(key)).unwrap();
        assert_eq!(chosen.potential.name(), "nano", "{key}");
        let caution = chosen.caution.unwrap();
        assert!(
            caution.contains("unlike most") && caution.contains("eV/Å"),
            "{key}: {caution}"
        );
    }
    let chosen = provide("auto", &built_in("water")).unwrap();
    assert_eq!(chosen.reason, "it has learned molecules of H and O");
}

#[test]
fn structures_outside_the_domain_are_computed_with_a_caution() {
    let mut dication = built_in("caffeine");
    dication.charge = 2;
    let mut triplet = built_in("oxygen");
    triplet.set_multiplicity(3).unwrap();
    let mut silver = atoms(&[("Ag", 3)]);
    silver.charge = 1;
    let mut argon = atoms(&[("Ar", 2)]);
    argon.set_multiplicity(3).unwrap();
    for (structure, name, told) in [
        (dication, "nano", "charge of +2 e"),
        (triplet, "nano", "multiplicity of 3"),
        (built_in("c60"), "nano", "on average"),
        (atoms(&[("H", 2)]), "nano", "eV/Å"),
        (built_in("ferrocene"), "solid", "molecules"),
        (atoms(&[("Se", 1), ("H", 2)]), "solid", "molecules"),
        (silver, "EMT", "charge of +1 e"),
        (argon, "Lennard-Jones", "multiplicity of 3"),
    ] {
        let formula = structure.formula();
        let mut chosen = provide("auto", &structure).unwrap();
        assert_eq!(chosen.potential.name(), name, "{formula}");
        let caution = chosen.caution.unwrap();
        assert!(caution.contains(told), "{formula}: {caution}");
        let evaluation = chosen.potential.evaluate(&structure).unwrap();
        assert!(evaluation.energy.is_finite(), "{formula}");
    }
}

#[test]
fn a_suitable_potential_is_preferred_to_one_that_is_merely_usable() {
    // EMT has parameters for H, C, N and O too.
    let catalog = Catalog::built_in();
    let assessed = catalog.assess(&built_in("caffeine"));
    let kind = |name| {
        &assessed
            .iter()
            .find(|(entry, _)| entry.name == name)
            .unwrap()
            .1
    };
    assert!(matches!(kind("nano"), Applicability::Suitable { .. }));
    assert!(matches!(kind("emt"), Applicability::Usable { .. }));
    assert!(matches!(kind("lj"), Applicability::Impossible { .. }));
}

#[test]
fn given_parameters_for_all_atoms_need_no_caution() {
    let water = built_in("water");
    let chosen = provide("lj:sigma=3,epsilon=0.01", &water).unwrap();
    assert_eq!(chosen.caution, None);
}

#[test]
fn the_error_for_missing_parameters_is_one_sentence_with_two_remedies() {
    for (structure, missing) in [
        (atoms(&[("Po", 2)]), "has parameters for Po:"),
        (
            atoms(&[("Po", 1), ("Ra", 1), ("H", 1)]),
            "has parameters for Po and Ra:",
        ),
        (atoms(&[("Ar", 4), ("He", 1)]), "has parameters for He:"),
        (
            atoms(&[("Ar", 4), ("Cu", 1)]),
            "has parameters for Ar and Cu together:",
        ),
    ] {
        let refusal = refusal("auto", &structure);
        assert!(refusal.contains(missing), "{refusal}");
        assert!(refusal.contains("import a UMA or NEP model"), "{refusal}");
        assert!(refusal.contains("lj:sigma="), "{refusal}");
        assert!(refusal.len() < 180, "{} bytes: {refusal}", refusal.len());
    }
}

#[test]
fn an_odd_number_of_electrons_is_a_caution() {
    let mut methyl = built_in("methyl");
    methyl.set_multiplicity(1).unwrap();
    let caution = provide("auto", &methyl).unwrap().caution.unwrap();
    assert!(caution.contains("odd"), "{caution}");
}

#[test]
fn auto_chooses_effective_medium_theory_for_metals_with_a_reason() {
    let chosen = provide("auto", &atoms(&[("Cu", 3), ("Au", 2)])).unwrap();
    assert_eq!(chosen.potential.name(), "EMT");
    assert_eq!(chosen.reason, "it is made for metals like Cu and Au");
    assert_eq!(chosen.caution, None);
}

#[test]
fn auto_chooses_the_embedded_atom_method_for_metals_that_effective_medium_theory_lacks() {
    let chosen = provide("auto", &built_in("iron")).unwrap();
    assert_eq!(chosen.potential.name(), "EAM");
    assert_eq!(chosen.reason, "it is made for metals like Fe");
    assert_eq!(chosen.caution, None);
    let chosen = provide("auto", &atoms(&[("Cu", 3), ("Zr", 2)])).unwrap();
    assert_eq!(chosen.potential.name(), "EAM");
    let caution = chosen.caution.unwrap();
    assert!(caution.contains("a mixing rule"), "{caution}");
}

#[test]
fn auto_warns_of_adsorbates_on_a_metal() {
    let chosen = provide("auto", &atoms(&[("Pt", 9), ("C", 1), ("O", 1)])).unwrap();
    assert_eq!(chosen.potential.name(), "EMT");
    let caution = chosen.caution.unwrap();
    assert!(caution.contains("C and O is crude"), "{caution}");
}

/// Every structure of the library can be simulated, by a potential for its kind of matter.
#[test]
fn auto_has_a_potential_for_every_structure_of_the_library() {
    for entry in library::entries() {
        let structure = entry.structure().unwrap();
        let mut chosen = provide("auto", &structure).unwrap();
        let name = chosen.potential.name().to_owned();
        println!(
            "{}: {name}, because {}; {:?}",
            entry.key, chosen.reason, chosen.caution
        );
        let key = entry.key.as_str();
        let expected = match key {
            "copper" | "copper-cluster" | "copper-surface" | "gold" | "aluminium" => "EMT",
            "iron" => "EAM",
            "argon-crystal" | "argon-liquid" => "Lennard-Jones",
            "silicon" => "Stillinger–Weber",
            "diamond" => "Tersoff",
            "salt" | "magnesia" | "rutile" | "quartz" | "sodalite" | "mof-5" | "ferrocene" => {
                "solid"
            }
            _ => "nano",
        };
        assert_eq!(name, expected, "{}", entry.key);
        if ["oxygen", "methyl", "c60", "ferrocene", "mof-5"].contains(&key) {
            assert!(chosen.caution.is_some(), "{}", entry.key);
        }
        let evaluation = chosen.potential.evaluate(&structure).unwrap();
        assert!(evaluation.energy.is_finite(), "{}", entry.key);
    }
}

#[test]
fn auto_chooses_lennard_jones_for_noble_gases_only() {
    let chosen = provide("auto", &atoms(&[("Ar", 4), ("Xe", 1)])).unwrap();
    assert_eq!(chosen.potential.name(), "Lennard-Jones");
    assert!(chosen.reason.contains("Ar and Xe"), "{}", chosen.reason);
}

#[test]
fn auto_supports_structures_without_atoms() {
    assert!(provide("auto", &Structure::empty()).is_ok());
}

/// An entry of this test, with a Lennard-Jones potential.
fn preferred(name: &'static str, applicability: fn(&Structure) -> Applicability) -> Entry {
    Entry {
        name,
        summary: "only for this test",
        source: "this test",
        options: &[],
        files: &[],
        choices: None,
        reduced_units: None,
        applicability: Box::new(move |_, structure| applicability(structure)),
        build: Box::new(|_, _| Ok(Box::new(LennardJones::universal(2.3, 0.4, 5.0)?))),
    }
}

#[test]
fn a_preferred_entry_is_chosen_if_it_is_suitable() {
    let entry = preferred("copper", |structure| {
        if structure.elements() == [Element::CU] {
            Applicability::suitable("it is one copper atom")
        } else {
            Applicability::Impossible {
                missing: Vec::new(),
                reason: "it is not one copper atom".to_owned(),
            }
        }
    });
    let catalog = Catalog::built_in().with_preferred(entry);
    let auto: Request = "auto".parse().unwrap();
    let choice = |structure| catalog.provide(&auto, &structure).unwrap();
    assert_eq!(choice(atoms(&[("Cu", 1)])).reason, "it is one copper atom");
    assert_eq!(choice(atoms(&[("Cu", 2)])).potential.name(), "EMT");
}

#[test]
fn options_reach_the_potential() {
    let argon = atoms(&[("Ar", 5)]);
    let energy = |request| {
        let mut potential = provide(request, &argon).unwrap().potential;
        potential.evaluate(&argon).unwrap().energy
    };
    let mut expected = LennardJones::universal(3.405, 0.0104, 7.0).unwrap();
    let expected = expected.evaluate(&argon).unwrap().energy;
    assert_eq!(energy("lj:sigma=3.405,epsilon=0.0104,cutoff=7"), expected);
    assert_eq!(
        energy(" LJ : epsilon=0.0104, cutoff = 7,sigma=3.405 "),
        expected
    );
    assert_ne!(
        energy("lj:sigma=3.405,epsilon=0.0104,cutoff=7,smooth=true"),
        expected
    );
    assert_ne!(energy("lj:sigma=3.405,epsilon=0.0104"), expected);
    assert_eq!(
        energy("lj"),
        LennardJones::noble_gases().evaluate(&argon).unwrap().energy
    );
    let copper = atoms(&[("Cu", 3)]);
    let mut emt = provide("emt", &copper).unwrap().potential;
    assert_eq!(emt.evaluate(&copper), Emt::new().evaluate(&copper));
}

#[test]
fn invalid_requests_name_the_expected_form() {
    let argon = atoms(&[("Ar", 1)]);
    for (request, told) in [
        ("", "has no name"),
        (
            "uff",
            "unknown potential \"uff\": expected auto, nano, nep, emt, eam, sw, tersoff, solid, lj",
        ),
        (
            "emt:sigma=3",
            "emt has no option \"sigma\"; its options: none",
        ),
        ("auto:sigma=3", "auto has no option"),
        ("lj:cutof=3", "its options: sigma, epsilon, cutoff, smooth"),
        ("lj:sigma=3", "lj needs epsilon as well"),
        ("lj:sigma", "option=value"),
        ("nep:file=a,b.txt", "a comma between double quotes"),
        ("nep:file=\"a,b.txt", "invalid quotes in file=\"a,b.txt:"),
        ("nep:file=a\"b\".txt", "invalid quotes"),
        ("nep:file=\"a\"b\"", "invalid quotes"),
        ("nep:file=\"", "invalid quotes"),
        ("lj:sigma=3,sigma=4", "given twice"),
        ("lj:sigma=three,epsilon=1", "expected a number"),
        (
            "lj:sigma=3,epsilon=1,smooth=perhaps",
            "expected true or false",
        ),
        ("lj:sigma=-3,epsilon=1", "positive"),
        ("lj:sigma=nan,epsilon=1", "positive"),
    ] {
        let refusal = refusal(request, &argon);
        assert!(refusal.contains(told), "{request}: {refusal}");
    }
}

#[test]
fn the_name_of_a_parameter_file_gives_its_request() {
    let mut catalog = Catalog::built_in();
    assert_eq!(catalog.request_of_file(Path::new("POSCAR")), None);
    let mut entry = preferred("wells", |_| Applicability::suitable("made for this test"));
    entry.files = &["*.wells", "well*.txt"];
    catalog = catalog.with_preferred(entry);
    let text = |path: &str| {
        let request = catalog.request_of_file(Path::new(path))?;
        Some(request.to_string())
    };
    for name in ["deep.wells", "here/DEEP.WELLS", "well7.txt", "well.txt"] {
        assert_eq!(text(name), Some(format!("wells:file={name}")));
    }
    for name in [
        "wells",
        "well7.txt.xyz",
        "farewell.txt",
        "deep.wells/7",
        "we.txt",
        "",
    ] {
        assert_eq!(text(name), None, "{name}");
    }
}

#[test]
fn paths_of_parameter_files_may_have_commas_quotes_and_spaces() {
    let catalog = Catalog::built_in();
    for (path, expected) in [
        ("a=b/Cu.sw", "sw:file=a=b/Cu.sw"),
        ("Cu, Ni/Cu.sw", "sw:file=\"Cu, Ni/Cu.sw\""),
        ("5\" wafer/Si.sw", "sw:file=\"5\"\" wafer/Si.sw\""),
        ("\"\"/,.sw", "sw:file=\"\"\"\"\"/,.sw\""),
        (" a/Si.sw", "sw:file=\" a/Si.sw\""),
    ] {
        let request = catalog.request_of_file(Path::new(path)).unwrap();
        assert_eq!(request.to_string(), expected);
        assert_eq!(expected.parse::<Request>().unwrap(), request);
        assert_eq!(request.options.text("file"), Some(path));
    }
    let request: Request = "lj: sigma = \"3.4\" ,, epsilon=0.01,".parse().unwrap();
    assert_eq!(request.to_string(), "lj:epsilon=0.01,sigma=3.4");
}

#[test]
fn every_entry_of_the_catalog_describes_itself() {
    for entry in Catalog::built_in().entries() {
        assert!(!entry.summary.is_empty() && entry.name == entry.name.to_lowercase());
        let request = match entry.name {
            "nep" => format!(
                "nep:file={}",
                concat!(
                    env!("CARGO_MANIFEST_DIR"),
                    "/../../tests/data/nep/nep4_one.txt"
                )
            ),
            name => name.to_owned(),
        };
        let potential = provide(&request, &Structure::empty()).unwrap().potential;
        assert!(potential.description().ends_with('.'), "{}", entry.name);
    }
    let request = "lj:cutoff=7,epsilon=0.0104,sigma=3.405";
    let read: Request = request.parse().unwrap();
    assert_eq!(read.to_string(), request);
}

#[test]
fn the_summary_of_nano_names_every_element_of_its_domain() {
    let catalog = Catalog::built_in();
    let mut entries = catalog.entries().iter();
    let nano = entries.find(|entry| entry.name == "nano").unwrap();
    let words: Vec<&str> = nano.summary.split([' ', ',']).collect();
    for element in Nano::new().domain() {
        assert!(words.contains(&element.symbol()), "{element}");
    }
}
