//! Structures from SMILES strings, compared with RDKit (`tests/data/smiles.tsv` and `smiles_flexible.tsv`, written
//! by `scripts/make_smiles_reference.py`).

use std::collections::BTreeMap;

use glam::DVec3;
use mlipview_core::chem::Structure;
use mlipview_core::chem::format::{Format, write_as};
use mlipview_core::chem::smiles::{MAX_ATOMS, SmilesError, structure};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

struct Reference {
    smiles: &'static str,
    formula: &'static str,
    charge: i32,
    multiplicity: u32,
    handedness: &'static str,
}

fn references() -> impl Iterator<Item = Reference> {
    table(include_str!("../data/smiles.tsv"))
}

/// Renin and protease inhibitors of the BACE set (MoleculeNet), a peptide and a long chain: no start
/// from a metric matrix of random distances succeeds in 100 attempts at any of them.
fn flexible() -> impl Iterator<Item = Reference> {
    table(include_str!("../data/smiles_flexible.tsv"))
}

fn table(text: &'static str) -> impl Iterator<Item = Reference> {
    text.lines().map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        Reference {
            smiles: columns[0],
            formula: columns[1],
            charge: columns[2].parse().unwrap(),
            multiplicity: columns[3].parse().unwrap(),
            handedness: columns[4],
        }
    })
}

/// Formula in Hill order: carbon and hydrogen first if there is carbon, then alphabetically.
fn formula(structure: &Structure) -> String {
    let mut counts = BTreeMap::new();
    for element in structure.elements() {
        *counts.entry(element.symbol()).or_insert(0) += 1;
    }
    let mut order: Vec<&str> = counts.keys().copied().collect();
    if counts.contains_key("C") {
        order.sort_by_key(|symbol| match *symbol {
            "C" => (0, ""),
            "H" => (1, ""),
            other => (2, other),
        });
    }
    order
        .into_iter()
        .map(|symbol| match counts[symbol] {
            1 => symbol.to_owned(),
            count => format!("{symbol}{count}"),
        })
        .collect()
}

#[test]
fn composition_charge_and_multiplicity_are_those_of_rdkit() {
    for reference in references().chain(flexible()) {
        let built = structure(reference.smiles, 1).unwrap();
        let found = (formula(&built), built.charge, built.multiplicity());
        let expected = (
            reference.formula.to_owned(),
            reference.charge,
            reference.multiplicity,
        );
        assert_eq!(found, expected, "{}", reference.smiles);
    }
}

#[test]
fn stated_stereochemistry_has_the_handedness_of_rdkit_for_any_seed() {
    let mut stereocenters = 0;
    for reference in references().chain(flexible()) {
        for seed in [1, 2, u64::MAX] {
            let built = structure(reference.smiles, seed).unwrap();
            for item in reference.handedness.split_whitespace() {
                let found = handedness(item, built.positions());
                assert_eq!(found, item, "{} with seed {seed}", reference.smiles);
                stereocenters += 1;
            }
        }
    }
    assert!(stereocenters > 200, "{stereocenters} checked");
}

/// A stereochemistry item with the sign or side at these positions.
fn handedness(item: &str, positions: &[DVec3]) -> String {
    let mut fields: Vec<&str> = item.split(':').collect();
    fields.pop();
    let atoms: Vec<DVec3> = fields
        .iter()
        .flat_map(|field| field.split(','))
        .map(|atom| positions[atom.parse::<usize>().unwrap()])
        .collect();
    let [a, b, c, d] = atoms[..] else {
        panic!("four atoms in {item}")
    };
    let value = if fields.len() == 2 {
        let volume = (b - a).dot((c - a).cross(d - a));
        if volume > 0.0 { "+" } else { "-" }
    } else {
        let side = (a - b).cross(c - b).dot((d - c).cross(c - b));
        if side > 0.0 { "cis" } else { "trans" }
    };
    format!("{}:{value}", fields.join(":"))
}

#[test]
fn bonds_are_within_fifteen_percent_of_covalent_sums_and_other_pairs_are_longer() {
    for reference in references().chain(flexible()) {
        let built = structure(reference.smiles, 3).unwrap();
        let (elements, positions) = (built.elements(), built.positions());
        let sum =
            |a: usize, b: usize| elements[a].covalent_radius() + elements[b].covalent_radius();
        let bonded: Vec<[usize; 2]> = built.stated_bonds().iter().map(|bond| bond.atoms).collect();
        for &[a, b] in &bonded {
            let ratio = positions[a].distance(positions[b]) / sum(a, b);
            // Multiple bonds are shorter than single ones: 0.79 for the triple bond of N≡C.
            assert!(
                (0.78..1.15).contains(&ratio),
                "{} {a} {b} {ratio}",
                reference.smiles
            );
        }
        for a in 0..built.len() {
            for b in a + 1..built.len() {
                let near = positions[a].distance(positions[b]) < 1.15 * sum(a, b);
                let joined = bonded.contains(&[a, b]) || bonded.contains(&[b, a]);
                assert_eq!(near, joined, "{} {a} {b}", reference.smiles);
            }
        }
    }
}

#[test]
fn parts_without_a_common_bond_are_placed_apart() {
    let ions = structure("[Na+].[Cl-]", 1).unwrap();
    let distance = ions.positions()[0].distance(ions.positions()[1]);
    assert!((5.0..8.0).contains(&distance), "{distance}");
    assert_eq!(ions.charge, 0);
}

#[test]
fn the_same_seed_gives_the_same_structure_and_another_seed_another_conformer() {
    let pentanol = |seed| structure("CCCCCO", seed).unwrap();
    assert_eq!(pentanol(7), pentanol(7));
    assert_ne!(pentanol(7), pentanol(8));
}

#[test]
fn open_shells_follow_hund_and_stated_closed_shells_stay_closed() {
    for (smiles, multiplicity) in [
        ("O=O", 1),
        ("[O][O]", 3),
        ("[O]", 3),
        ("[N]", 4),
        ("[C]", 3),
        ("[H]", 2),
        ("[Na]", 2),
        ("[Na+]", 1),
        ("[He]", 1),
        ("[CH2]", 3),
        ("[CH]", 2),
        ("[OH]", 2),
        ("[N]=O", 2),
        ("[O]N=O", 2),
        ("[CH2]CC[CH2]", 3),
        ("[Cu+2]", 2),
        ("[Zn+2]", 1),
        ("F[Xe]F", 1),
    ] {
        assert_eq!(
            structure(smiles, 1).unwrap().multiplicity(),
            multiplicity,
            "{smiles}"
        );
    }
}

#[test]
fn formal_charges_and_radicals_of_atoms_are_written_to_a_molfile() {
    let mol = |smiles: &str| {
        let built = structure(smiles, 1).unwrap();
        let bytes = write_as(&[built.into()], Format::Mol).unwrap();
        String::from_utf8(bytes).unwrap()
    };
    let nitrobenzene = mol("O=[N+]([O-])c1ccccc1");
    assert!(
        nitrobenzene.contains("M  CHG  2   2   1   3  -1\n"),
        "{nitrobenzene}"
    );
    assert!(mol("[Na+].[Cl-]").contains("M  CHG  2   1   1   2  -1\n"));
    assert!(mol("[CH2]C").contains("M  RAD  1   1   2\n"));
    assert!(!mol("CCO").contains("M  CHG"));
}

#[test]
fn nuclides_have_their_own_masses() {
    let heavy_water = structure("[2H]O[2H]", 1).unwrap();
    assert!((heavy_water.mass(0) - 2.0141).abs() < 1e-4);
    assert!((heavy_water.mass(1) - 15.999).abs() < 1e-9);
    assert!(structure("O", 1).unwrap().stated_masses().is_none());
}

#[test]
fn errors_state_the_position_and_advice() {
    for (smiles, position, word) in [
        ("CC(C", 5, "parenthesis"),
        ("C1CC", 5, "ring 1"),
        ("CC[Xx]", 4, "element"),
        ("CCC(C)(C)(C)C", 3, "too many bonds for C"),
        ("CC*", 3, "name an element"),
        ("C1#C1", 6, "ring"),
        ("CC!C", 3, "unexpected character"),
        ("CC Na", 3, "brackets"),
        ("FP(F)(F)(F)(F)Cl", 2, "too many bonds for P"),
        ("O=[N]=O", 3, "[O-]"),
        ("CC=[C@]=CC", 4, "allene"),
        ("Cl[Pt@XY1](Cl)(N)N", 7, "brackets"),
    ] {
        let error = structure(smiles, 1).unwrap_err();
        let SmilesError::At {
            character: found, ..
        } = &error
        else {
            panic!("{smiles}: {error:?}")
        };
        assert_eq!(*found, position, "{error}");
        assert!(error.to_string().contains(word), "{error}");
    }
    for (smiles, word) in [("", "empty"), ("c1cccc1", "[nH]")] {
        let error = structure(smiles, 1).unwrap_err();
        assert!(error.to_string().contains(word), "{smiles}: {error}");
    }
    let long = "C".repeat(MAX_ATOMS);
    assert!(matches!(
        structure(&long, 1),
        Err(SmilesError::TooLarge { .. })
    ));
    assert!(matches!(
        structure(&"(".repeat(100_000), 1),
        Err(SmilesError::TooLarge { .. })
    ));
}

#[test]
fn no_string_causes_a_panic() {
    let mut random = ChaCha8Rng::seed_from_u64(11);
    let seeds: Vec<&str> = references().map(|reference| reference.smiles).collect();
    let letters: Vec<char> = "CNOFclnos[]()=#$/\\.-+@%0123456789H:~*>é "
        .chars()
        .collect();
    for _ in 0..400 {
        let mut string: Vec<char> = seeds[random.random_range(0..seeds.len())].chars().collect();
        string.truncate(24);
        for _ in 0..random.random_range(1..5) {
            let index = random.random_range(0..=string.len());
            match random.next_u32() % 3 {
                0 => string.insert(index, letters[random.random_range(0..letters.len())]),
                1 if index < string.len() => drop(string.remove(index)),
                _ if index < string.len() => {
                    string[index] = letters[random.random_range(0..letters.len())];
                }
                _ => {}
            }
        }
        let string: String = string.into_iter().collect();
        if let Ok(built) = structure(&string, 1) {
            assert!(
                built
                    .positions()
                    .iter()
                    .all(|position| position.is_finite())
            );
        }
    }
}
