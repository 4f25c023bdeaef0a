//! Built-in structures: consistency with the index, and plausibility.

use std::collections::{BTreeMap, BTreeSet};

use glam::{DVec3, IVec3};
use mlipview_core::chem::{Structure, library};

#[test]
fn every_structure_has_the_composition_that_the_index_states() {
    assert!(library::entries().len() >= 30);
    for entry in library::entries() {
        let structure = entry.structure().unwrap();
        assert_eq!(formula(&structure), entry.formula, "{}", entry.key);
        assert_eq!(structure.len(), entry.atoms(), "{}", entry.key);
    }
}

/// Formula in Hill order: carbon and hydrogen first if there is carbon, then alphabetically.
fn formula(structure: &Structure) -> String {
    let mut counts = BTreeMap::new();
    for element in structure.elements() {
        *counts.entry(element.symbol()).or_insert(0) += 1;
    }
    let carbon = counts.contains_key("C");
    let mut order: Vec<&str> = counts.keys().copied().collect();
    order.sort_by_key(|symbol| match *symbol {
        "C" if carbon => (0, ""),
        "H" if carbon => (1, ""),
        other => (2, other),
    });
    let part = |symbol: &str| match counts[symbol] {
        1 => symbol.to_owned(),
        count => format!("{symbol}{count}"),
    };
    order.into_iter().map(part).collect()
}

#[test]
fn no_atoms_overlap_not_even_across_the_faces_of_a_cell() {
    for entry in library::entries() {
        let structure = entry.structure().unwrap();
        let (elements, positions) = (structure.elements(), structure.positions());
        let images = images(&structure);
        for a in 0..structure.len() {
            for b in a..structure.len() {
                let sum = elements[a].covalent_radius() + elements[b].covalent_radius();
                for image in &images {
                    if a == b && *image == DVec3::ZERO {
                        continue;
                    }
                    let distance = (positions[b] + *image - positions[a]).length();
                    assert!(
                        distance > 0.75 * sum,
                        "{}: {a} and {b}, {distance} Å",
                        entry.key
                    );
                }
            }
        }
    }
}

/// Translations to the neighboring cells along periodic axes, 27 at most.
fn images(structure: &Structure) -> Vec<DVec3> {
    let Some(cell) = &structure.cell else {
        return vec![DVec3::ZERO];
    };
    let reach = cell
        .periodic()
        .map(|periodic| if periodic { -1..=1 } else { 0..=0 });
    let [x, y, z] = reach;
    let shifts = x.flat_map(|i| y.clone().map(move |j| (i, j)));
    shifts
        .flat_map(|(i, j)| z.clone().map(move |k| IVec3::new(i, j, k)))
        .map(|shift| cell.translation(shift))
        .collect()
}

#[test]
fn crystals_and_liquids_have_their_measured_densities() {
    // g/cm³ at the temperature of the named cell or state: CRC Handbook of Chemistry and Physics,
    // 97th edition, but MOF-5 (O. M. Yaghi et al., Nature 423, 705 (2003)), silica sodalite
    // (J. W. Richardson et al., J. Phys. Chem. 92, 243 (1988), the cage empty), acetic acid
    // (I. Nahringbauer, Acta Chem. Scand. 24, 453 (1970)), urea at 12 K, ice at 10 K, solid argon at
    // 4 K and liquid argon at 94 K from the papers that the index names.
    for (key, expected) in [
        ("copper", 8.96),
        ("aluminium", 2.70),
        ("gold", 19.3),
        ("iron", 7.87),
        ("silicon", 2.33),
        ("diamond", 3.51),
        ("salt", 2.17),
        ("magnesia", 3.6),
        ("rutile", 4.23),
        ("quartz", 2.65),
        ("sodalite", 1.74),
        ("mof-5", 0.59),
        ("urea-crystal", 1.375),
        ("acetic-acid-crystal", 1.27),
        ("ice-ih", 0.934),
        ("water-box", 0.997),
        ("argon-crystal", 1.82),
        ("argon-liquid", 1.374),
    ] {
        let structure = library::find(key).unwrap().structure().unwrap();
        let mass: f64 = (0..structure.len()).map(|atom| structure.mass(atom)).sum();
        let volume = structure.cell.as_ref().unwrap().volume();
        let density = mass / volume * 1.660_539_066_60;
        assert!((density / expected - 1.0).abs() < 0.015, "{key}: {density}");
    }
}

#[test]
fn charged_and_open_shell_structures_state_charge_and_multiplicity() {
    for (key, charge, multiplicity) in [
        ("water", 0, 1),
        ("sn2", -1, 1),
        ("rna-fragment", -1, 1),
        ("oxygen", 0, 3),
        ("methyl", 0, 2),
    ] {
        let structure = library::find(key).unwrap().structure().unwrap();
        assert_eq!(
            (structure.charge, structure.multiplicity()),
            (charge, multiplicity),
            "{key}"
        );
    }
    for entry in library::entries() {
        // The parity of the multiplicity 2S + 1 follows from the number of electrons.
        let structure = entry.structure().unwrap();
        let nuclei: i64 = structure
            .elements()
            .iter()
            .map(|e| i64::from(e.number()))
            .sum();
        let electrons = nuclei - i64::from(structure.charge);
        if structure.cell.is_none() && structure.len() < 55 {
            assert_eq!(
                (electrons + i64::from(structure.multiplicity())) % 2,
                1,
                "{}",
                entry.key
            );
        }
    }
}

#[test]
fn the_lower_layers_of_the_slab_are_fixed() {
    let slab = library::find("copper-surface")
        .unwrap()
        .structure()
        .unwrap();
    assert_eq!(slab.fixed().iter().filter(|fixed| **fixed).count(), 18);
}

#[test]
fn each_file_is_indexed_once_and_each_entry_has_its_file() {
    let indexed: Vec<&str> = library::entries().iter().map(|e| e.file.as_str()).collect();
    let distinct: BTreeSet<&str> = indexed.iter().copied().collect();
    assert_eq!(indexed.len(), distinct.len());
    assert_eq!(distinct, library::files().collect());
}

#[test]
fn keys_titles_and_tags_are_short_and_searchable() {
    let mut keys = BTreeSet::new();
    for entry in library::entries() {
        assert!(keys.insert(&entry.key), "{} twice", entry.key);
        assert!(
            entry.title.len() <= 50 && !entry.title.is_empty(),
            "{}",
            entry.title
        );
        assert!((2..=8).contains(&entry.tags.len()), "{}", entry.key);
        for word in entry.tags.iter().chain([&entry.key]) {
            let plain = |letter: char| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'
            };
            assert!(word.chars().all(plain), "{word}");
        }
        assert!(
            !entry.source.is_empty() && !entry.license.is_empty(),
            "{}",
            entry.key
        );
        assert!((1.0..=1000.0).contains(&entry.temperature), "{}", entry.key);
        assert!(
            ["auto", "emt", "lj"].contains(&entry.potential.as_str()),
            "{}",
            entry.key
        );
    }
}

#[test]
fn a_search_finds_structures_that_match_all_words() {
    let keys = |text: &str| -> Vec<&str> {
        library::search(text)
            .iter()
            .map(|entry| entry.key.as_str())
            .collect()
    };
    assert_eq!(keys("Liquid Argon"), ["argon-liquid"]);
    assert_eq!(keys("c8h10n4o2"), ["caffeine"]);
    assert!(keys("aromatic").contains(&"naphthalene"));
    assert!(keys("no such thing").is_empty());
    assert_eq!(keys("").len(), library::entries().len());
    assert!(library::find("CAFFEINE").is_some() && library::find("caff").is_none());
}
