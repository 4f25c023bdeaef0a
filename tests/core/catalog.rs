//! The catalog: automatic choice, requests, and their texts.

use std::path::Path;

use glam::DVec3;
use mlipview_core::chem::{Cell, Element, Structure, library};
use mlipview_core::potential::catalog::{Entry, FileKind};
use mlipview_core::potential::{
    Applicability, Catalog, Chosen, Emt, LennardJones, Nano, Potential, Request, Solid,
};

use crate::fixtures::built_in;
use crate::solid;

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
        (built_in("c60"), "nano", "unlike most"),
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

/// Three layers of platinum (111), 2 × 2, in a cell with 12 Å of vacuum, with atoms above the topmost:
/// their elements and heights, Å.
fn platinum_surface(above: &[(&str, f64)]) -> Structure {
    let d = 3.92 / 2.0_f64.sqrt();
    let (a, b, height) = (
        d * DVec3::X,
        DVec3::new(0.5, 0.75_f64.sqrt(), 0.0) * d,
        3.92 / 3.0_f64.sqrt(),
    );
    let mut elements = vec![Element::from_symbol("Pt").unwrap(); 12];
    let mut positions: Vec<DVec3> = (0..12)
        .map(|atom| {
            let (layer, column, row) = (atom / 4, atom % 2, atom / 2 % 2);
            let shift = (a + b) / 3.0 * f64::from(layer);
            a * f64::from(column)
                + b * f64::from(row)
                + shift
                + height * f64::from(layer) * DVec3::Z
        })
        .collect();
    let top = positions[8];
    for &(symbol, z) in above {
        elements.push(Element::from_symbol(symbol).unwrap());
        positions.push(top + z * DVec3::Z);
    }
    let cell = Cell::new(
        [2.0 * a, 2.0 * b, (2.0 * height + 12.0) * DVec3::Z],
        [true; 3],
    );
    let structure = Structure::new(elements, positions).unwrap();
    structure.with_cell(Some(cell.unwrap()))
}

#[test]
fn auto_chooses_solid_for_adsorbates_with_a_caution() {
    let chosen = provide("auto", &platinum_surface(&[])).unwrap();
    assert_eq!(chosen.potential.name(), "EMT");
    for (above, caution) in [
        (&[("C", 1.85), ("O", 3.0)][..], true),
        (&[("O", 1.9)], false),
    ] {
        let chosen = provide("auto", &platinum_surface(above)).unwrap();
        assert_eq!(chosen.potential.name(), "solid", "{above:?}");
        let told = chosen.caution.is_some_and(|it| it.contains("molecules"));
        assert_eq!(told, caution, "{above:?}");
    }
    let named = provide("emt", &platinum_surface(&[("O", 1.9)])).unwrap();
    assert!(named.caution.unwrap().contains("O is crude"));
}

/// Sodium and chloride in water are no crystal, though bonds and periodic images could make one of them.
#[test]
fn auto_asks_no_model_of_crystals_about_ions_in_water() {
    let mut brine = built_in("water-box");
    // Sodium and chloride in place of two waters that are far apart: hydrogens follow each oxygen.
    let oxygens: Vec<usize> = (0..brine.len())
        .filter(|atom| brine.elements()[*atom] == Element::O)
        .collect();
    let [first, other] = [oxygens[0], oxygens[oxygens.len() / 2]];
    for (atom, symbol) in [(first, "Na"), (other, "Cl")] {
        brine
            .set_element(atom, Element::from_symbol(symbol).unwrap())
            .unwrap();
    }
    let removed = [first + 1, first + 2, other + 1, other + 2];
    let kept: Vec<usize> = (0..brine.len())
        .filter(|it| !removed.contains(it))
        .collect();
    let brine = brine.select(&kept).unwrap();
    let chosen = provide("auto", &brine).unwrap();
    assert_eq!(chosen.potential.name(), "nano");
    assert!(chosen.caution.unwrap().contains("learned little of Na"));
}

/// Anions of several atoms, such as phosphate, are parts of crystals, and so are single adsorbed atoms.
#[test]
fn auto_takes_crystals_with_complex_anions_for_solids() {
    let solids = [
        "salt",
        "cesium",
        "oxygen on aluminum",
        "TiO2 (rutile)",
        "SiO2 (quartz)",
        "SrTiO3",
        "LiFePO4",
    ];
    let mut structures = solid::reference();
    structures.retain(|(name, ..)| solids.contains(&name.as_str()));
    assert_eq!(structures.len(), solids.len());
    for (name, structure, _) in structures {
        let chosen = provide("auto", &structure).unwrap();
        assert_eq!(chosen.potential.name(), "solid", "{name}");
        let caution = chosen.caution.unwrap_or_default();
        assert!(!caution.contains("molecules"), "{name}: {caution}");
    }
}

/// A chain of polyethylene, which repeats along x, is a molecule; titanium tetrachloride too.
#[test]
fn auto_takes_polymers_and_complexes_for_molecules() {
    let h = |x: f64, side: f64| [0.63, -0.63].map(|z| DVec3::new(x, side * 0.89, 1.4 * z));
    let mut positions = vec![DVec3::new(0.0, 0.42, 0.0), DVec3::new(1.27, -0.42, 0.0)];
    positions.extend(h(0.0, 1.1));
    positions.extend(h(1.27, -1.1));
    let elements = [vec![Element::C; 2], vec![Element::H; 4]].concat();
    let cell = [2.54 * DVec3::X, 9.0 * DVec3::Y, 9.0 * DVec3::Z];
    let polymer = Structure::new(elements, positions).unwrap();
    let polymer = polymer.with_cell(Cell::new(cell, [true; 3]).unwrap());
    assert_eq!(provide("auto", &polymer).unwrap().potential.name(), "nano");

    let corners = [[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]];
    let corners = corners.map(|[x, y, z]| 1.25 * DVec3::new(x.into(), y.into(), z.into()));
    let symbols = ["Ti", "Cl", "Cl", "Cl", "Cl"].map(|it| Element::from_symbol(it).unwrap());
    let positions = [vec![DVec3::ZERO], corners.to_vec()].concat();
    let complex = Structure::new(symbols.to_vec(), positions).unwrap();
    let caution = provide("auto", &complex).unwrap().caution.unwrap();
    assert!(caution.contains("these are molecules"), "{caution}");
}

#[test]
fn auto_cautions_for_molecules_with_metals() {
    for (symbols, distance) in [(["Na", "Cl"], 2.4), (["Li", "H"], 1.6), (["Hg", "Cl"], 2.3)] {
        let elements = symbols.map(|it| Element::from_symbol(it).unwrap());
        let positions = vec![DVec3::ZERO, distance * DVec3::X];
        let pair = Structure::new(elements.to_vec(), positions).unwrap();
        let caution = provide("auto", &pair).unwrap().caution;
        assert!(caution.is_some(), "{symbols:?}");
    }
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
            "copper" | "copper-cluster" | "gold" | "aluminium" => "EMT",
            "iron" => "EAM",
            "argon-crystal" | "argon-liquid" => "Lennard-Jones",
            "silicon" => "Stillinger–Weber",
            "diamond" => "Tersoff",
            "salt" | "magnesia" | "rutile" | "quartz" | "sodalite" | "mof-5" | "ferrocene"
            | "copper-surface" => "solid",
            _ => "nano",
        };
        assert_eq!(name, expected, "{}", entry.key);
        if [
            "oxygen",
            "methyl",
            "c60",
            "ferrocene",
            "mof-5",
            "copper-surface",
        ]
        .contains(&key)
        {
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
    const FILES: [FileKind; 2] = [FileKind::named("*.wells"), FileKind::named("well*.txt")];
    entry.files = &FILES;
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

/// Models for GPUMD have names such as Si_2022_NEP4_5body.txt, which structures may have too.
#[test]
fn a_model_file_of_nep_is_recognized_by_its_first_word() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = Catalog::built_in();
    for (name, text, is_model) in [
        ("Song-2024-UNEP-v1.txt", "nep4_zbl 16 Ag Al\n", true),
        ("nep.txt", "nep3 1 Si\n", true),
        ("neptune.txt", "8\nwater\n", false),
        ("nep.txt", "", false),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        assert_eq!(catalog.request_of_file(&file).is_some(), is_model, "{name}");
    }
    assert_eq!(
        catalog.request_of_file(&folder.path().join("none.txt")),
        None
    );
}

/// Files of nano and solid have the same ending; a name of its own tells their numbers from the built-in ones.
#[test]
fn a_network_file_is_recognized_by_its_tensors_and_named_in_frames() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = Catalog::built_in();
    for (potential, bytes) in [("nano", Nano::BUILT_IN), ("solid", Solid::BUILT_IN)] {
        let file = folder.path().join("mine.safetensors");
        std::fs::write(&file, bytes).unwrap();
        let request = catalog.request_of_file(&file).unwrap();
        assert_eq!(request.name, potential);
        let silicon = library::find("silicon").unwrap().structure().unwrap();
        let chosen = catalog.provide(&request, &silicon).unwrap().potential;
        assert_eq!(chosen.name(), format!("{potential} mine.safetensors"));
    }
    for bytes in [&b""[..], b"nep4 1 Si", &Nano::BUILT_IN[..100]] {
        let file = folder.path().join("other.safetensors");
        std::fs::write(&file, bytes).unwrap();
        assert_eq!(catalog.request_of_file(&file), None);
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
