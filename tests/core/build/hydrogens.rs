//! Adding hydrogens: numbers and positions.

use glam::DVec3;
use mlipview_core::chem::build::{hydrogens, missing_hydrogen_counts};
use mlipview_core::chem::measure::{angle, dihedral};
use mlipview_core::chem::structure::{BondOrder, Label, StatedBond};
use mlipview_core::chem::{Bonds, Cell, Element, Structure};

use super::{atoms, bonds, distance};
use crate::fixtures::built_in;

/// The structure with the hydrogens that it lacks.
fn completed(structure: &Structure) -> Structure {
    let mut whole = structure.clone();
    whole.append(&hydrogens(structure, &bonds(structure), None).unwrap());
    whole
}

fn without_hydrogens(structure: &Structure) -> Structure {
    let elements = structure.elements().iter().enumerate();
    let heavy = elements.filter(|(_, element)| **element != Element::H);
    let heavy: Vec<usize> = heavy.map(|(atom, _)| atom).collect();
    structure.select(&heavy).unwrap()
}

/// The hydrogens bonded to each of the other atoms.
fn hydrogens_of(structure: &Structure) -> Vec<Vec<usize>> {
    let bonds = bonds(structure);
    let ends = |atom: usize| {
        let ends = bonds.of_atom(atom).map(|bond| bonds.list()[bond].atoms);
        ends.map(|[one, other]| if one as usize == atom { other } else { one } as usize)
            .filter(|&end| structure.elements()[end] == Element::H)
            .collect()
    };
    let heavy = (0..structure.len()).filter(|&atom| structure.elements()[atom] != Element::H);
    heavy.map(ends).collect()
}

fn counts(structure: &Structure) -> Vec<usize> {
    hydrogens_of(structure).iter().map(Vec::len).collect()
}

/// Every angle at an atom between two of its hydrogens, degrees.
fn angles_between_hydrogens(structure: &Structure) -> Vec<f64> {
    let mut found = Vec::new();
    let heavy = (0..structure.len()).filter(|&atom| structure.elements()[atom] != Element::H);
    for (center, hydrogens) in heavy.zip(hydrogens_of(structure)) {
        for (position, &one) in hydrogens.iter().enumerate() {
            for &other in &hydrogens[..position] {
                let cell = structure.cell.as_ref();
                let angle = angle(structure.positions(), cell, [one, center, other]);
                found.push(angle.unwrap().to_degrees());
            }
        }
    }
    found
}

const NEUTRAL: [&str; 24] = [
    "water",
    "methane",
    "ammonia",
    "ethanol",
    "oxygen",
    "benzene",
    "naphthalene",
    "imidazole",
    "cyclohexane",
    "cubane",
    "azomethane",
    "benzoyl-peroxide",
    "roy",
    "caffeine",
    "aspirin",
    "glucose",
    "alanine-dipeptide",
    "alanine-helix",
    "water-dimer",
    "two-methanes",
    "formic-acid-dimer",
    "urea-crystal",
    "acetic-acid-crystal",
    "water-box",
];

#[test]
fn a_complete_structure_gets_no_hydrogens() {
    let crystals = [
        "rna-fragment",
        "ferrocene",
        "c60",
        "ice-ih",
        "argon-liquid",
        "copper",
        "aluminium",
        "gold",
        "iron",
        "silicon",
        "diamond",
        "salt",
        "magnesia",
        "rutile",
        "quartz",
        "sodalite",
        "mof-5",
        "graphene",
        "nanotube",
        "copper-surface",
        "copper-cluster",
    ];
    for key in NEUTRAL.into_iter().chain(crystals) {
        let structure = built_in(key);
        let missing = missing_hydrogen_counts(&structure, &bonds(&structure));
        let lacking: Vec<_> = (0..missing.len())
            .filter(|&atom| missing[atom] > 0)
            .collect();
        assert!(lacking.is_empty(), "{key}: {lacking:?}");
    }
}

#[test]
fn removed_hydrogens_are_added_to_the_same_atoms() {
    for key in NEUTRAL.into_iter().chain(["rna-fragment", "ice-ih", "c60"]) {
        let before = built_in(key);
        let bare = without_hydrogens(&before);
        let after = completed(&bare);
        // Two bonds of the box are too long to be counted.
        if key != "water-box" {
            assert_eq!(counts(&after), counts(&before), "{key}");
        }
        assert_eq!(after.len(), before.len(), "{key}");
        assert_eq!(after.charge, before.charge);
    }
}

#[test]
fn removed_hydrogens_return_to_positions_that_the_neighbors_determine() {
    for key in [
        "benzene",
        "naphthalene",
        "imidazole",
        "cyclohexane",
        "cubane",
    ] {
        let before = built_in(key);
        let after = completed(&without_hydrogens(&before));
        let positions = |structure: &Structure| -> Vec<DVec3> {
            let hydrogens = hydrogens_of(structure).concat();
            hydrogens
                .iter()
                .map(|&atom| structure.positions()[atom])
                .collect()
        };
        for position in positions(&before) {
            let nearest = positions(&after)
                .iter()
                .map(|other| other.distance(position))
                .fold(f64::INFINITY, f64::min);
            assert!(nearest < 0.12, "{key}: {nearest} Å");
        }
    }
}

#[test]
fn no_added_hydrogen_is_too_close_to_another_atom() {
    for key in NEUTRAL {
        let bare = without_hydrogens(&built_in(key));
        let whole = completed(&bare);
        for hydrogen in bare.len()..whole.len() {
            let near = (0..whole.len())
                .filter(|&other| other != hydrogen && distance(&whole, hydrogen, other) < 1.45)
                .count();
            assert_eq!(near, 1, "{key}: hydrogen {hydrogen}");
        }
    }
}

#[test]
fn a_bare_carbon_becomes_methane() {
    let methane = completed(&atoms(&["C"], &[[1.0, 2.0, 3.0]]));
    assert_eq!(methane.len(), 5);
    for angle in angles_between_hydrogens(&methane) {
        assert!((angle - 109.47).abs() < 0.01, "{angle}");
    }
    assert!((distance(&methane, 0, 4) - 1.09).abs() < 0.03);
}

#[test]
fn two_carbons_become_ethane_ethene_or_ethyne_by_their_distance() {
    for (length, expected) in [(1.53, 3), (1.33, 2), (1.20, 1)] {
        let pair = atoms(&["C", "C"], &[[0.0; 3], [length, 0.0, 0.0]]);
        let whole = completed(&pair);
        assert_eq!(counts(&whole), [expected; 2], "{length} Å");
        let positions = whole.positions();
        let [one, other] = [&hydrogens_of(&whole)[0], &hydrogens_of(&whole)[1]];
        let torsions = one.iter().flat_map(|&a| {
            other
                .iter()
                .filter_map(move |&b| dihedral(positions, None, [a, 0, 1, b]))
        });
        let torsions: Vec<f64> = torsions.map(f64::to_degrees).map(f64::abs).collect();
        match expected {
            3 => assert!(
                torsions
                    .iter()
                    .all(|turn| (turn - 60.0).abs() < 1.0 || (turn - 180.0).abs() < 1.0),
                "staggered: {torsions:?}"
            ),
            2 => assert!(
                torsions.iter().all(|turn| turn.min(180.0 - turn) < 0.1),
                "flat: {torsions:?}"
            ),
            _ => {
                let straight = angle(positions, None, [one[0], 0, 1]).unwrap().to_degrees();
                assert!((straight - 180.0).abs() < 0.1);
            }
        }
    }
}

#[test]
fn water_ammonia_formaldehyde_and_methanol_have_their_shapes() {
    let water = completed(&atoms(&["O"], &[[0.0; 3]]));
    assert_eq!(counts(&water), [2]);
    assert!((angles_between_hydrogens(&water)[0] - 104.5).abs() < 6.0);
    let ammonia = completed(&atoms(&["N"], &[[0.0; 3]]));
    assert_eq!(counts(&ammonia), [3]);
    assert!(
        angles_between_hydrogens(&ammonia)
            .iter()
            .all(|angle| (angle - 107.0).abs() < 4.0)
    );
    let formaldehyde = completed(&atoms(&["C", "O"], &[[0.0; 3], [1.21, 0.0, 0.0]]));
    assert_eq!(counts(&formaldehyde), [2, 0]);
    assert!((angles_between_hydrogens(&formaldehyde)[0] - 116.5).abs() < 5.0);
    let methanol = completed(&atoms(&["C", "O"], &[[0.0; 3], [1.43, 0.0, 0.0]]));
    assert_eq!(counts(&methanol), [3, 1]);
    let bent = angle(
        methanol.positions(),
        None,
        [0, 1, hydrogens_of(&methanol)[1][0]],
    );
    assert!((bent.unwrap().to_degrees() - 108.5).abs() < 4.0);
}

#[test]
fn allene_is_twisted_and_the_ends_of_an_amide_are_flat() {
    let allene = atoms(
        &["C", "C", "C"],
        &[[-1.31, 0.0, 0.0], [0.0; 3], [1.31, 0.0, 0.0]],
    );
    let allene = completed(&allene);
    assert_eq!(counts(&allene), [2, 0, 2]);
    let hydrogens = hydrogens_of(&allene);
    let planes = [0, 2].map(|end| {
        let positions = allene.positions();
        let [one, other] =
            [hydrogens[end][0], hydrogens[end][1]].map(|atom| positions[atom] - positions[end]);
        one.cross(other).normalize()
    });
    assert!(planes[0].dot(planes[1]).abs() < 0.1);
    // Formamide from the microwave structure: C=O 1.219, C–N 1.352, O=C–N 124.7° (E. Hirota et al.,
    // J. Mol. Spectrosc. 49, 251 (1974)).
    let (sin, cos) = 124.7_f64.to_radians().sin_cos();
    let heavy = [[0.0; 3], [1.219, 0.0, 0.0], [1.352 * cos, 1.352 * sin, 0.0]];
    let formamide = completed(&atoms(&["C", "O", "N"], &heavy));
    assert_eq!(counts(&formamide), [1, 0, 2]);
    assert!(
        formamide
            .positions()
            .iter()
            .all(|position| position.z.abs() < 0.05)
    );
}

#[test]
fn stated_orders_take_precedence_over_lengths() {
    let mut pair = atoms(&["C", "C"], &[[0.0; 3], [1.45, 0.0, 0.0]]);
    for (order, expected) in [
        (BondOrder::Single, 3),
        (BondOrder::Double, 2),
        (BondOrder::Triple, 1),
    ] {
        let atoms = [0, 1];
        pair.set_stated_bonds(vec![StatedBond { atoms, order }])
            .unwrap();
        assert_eq!(missing_hydrogen_counts(&pair, &bonds(&pair)), [expected; 2]);
    }
    let mut ring = without_hydrogens(&built_in("benzene"));
    let aromatic = |atom| StatedBond {
        atoms: [atom, (atom + 1) % 6],
        order: BondOrder::Aromatic,
    };
    ring.set_stated_bonds((0..6).map(aromatic).collect())
        .unwrap();
    assert_eq!(counts(&completed(&ring)), [1; 6]);
}

#[test]
fn only_the_selected_atoms_are_completed() {
    let bare = without_hydrogens(&built_in("ethanol"));
    let bonds = bonds(&bare);
    let all = missing_hydrogen_counts(&bare, &bonds);
    for (atom, &missing) in all.iter().enumerate() {
        let added = hydrogens(&bare, &bonds, Some(&[atom, atom])).unwrap();
        assert_eq!(added.len(), usize::from(missing));
        let elements = added.elements().iter();
        assert!(elements.copied().all(|element| element == Element::H));
    }
    assert!(hydrogens(&bare, &bonds, Some(&[])).unwrap().is_empty());
}

#[test]
fn metals_noble_gases_hydrogen_atoms_and_cations_get_no_hydrogens() {
    let loose = atoms(
        &["Fe", "Ar", "H", "Na"],
        &[[0.0; 3], [9.0, 0.0, 0.0], [0.0, 9.0, 0.0], [0.0, 0.0, 9.0]],
    );
    assert!(hydrogens(&loose, &bonds(&loose), None).unwrap().is_empty());
    let hydronium = built_in("hydronium-hydroxide");
    let missing = missing_hydrogen_counts(&hydronium, &bonds(&hydronium));
    // The hydroxide is completed as if it were neutral.
    assert_eq!(missing.iter().sum::<u8>(), 1);
    let methyl = built_in("methyl");
    assert_eq!(counts(&completed(&methyl)), [4]);
}

#[test]
fn hydrogens_are_the_same_across_the_faces_of_a_cell() {
    let bare = without_hydrogens(&built_in("caffeine"));
    let cell = Cell::orthorhombic(DVec3::splat(20.0)).unwrap();
    let center = bare.positions().iter().sum::<DVec3>() / bare.len() as f64;
    let whole = bare.with_cell(cell.clone());
    let mut wrapped = whole.clone();
    for position in wrapped.positions_mut() {
        *position = cell.wrap(*position - center);
    }
    let of = |structure: &Structure| hydrogens(structure, &bonds(structure), None).unwrap();
    let (expected, found) = (of(&whole), of(&wrapped));
    assert_eq!(found.len(), 10);
    for (one, other) in expected.positions().iter().zip(found.positions()) {
        let displacement = cell.minimum_image(*one - center - *other);
        assert!(displacement.length() < 1e-6, "{displacement}");
    }
}

#[test]
fn new_hydrogens_belong_to_the_residue_of_their_atom() {
    let mut carbon = atoms(&["C"], &[[0.0; 3]]);
    let label = Label {
        name: "CA".to_owned(),
        residue: "GLY".to_owned(),
        residue_number: 7,
        chain: "B".to_owned(),
    };
    carbon.set_labels(Some(vec![label])).unwrap();
    let added = hydrogens(&carbon, &bonds(&carbon), None).unwrap();
    for label in added.labels().unwrap() {
        assert_eq!((label.name.as_str(), label.residue_number), ("H", 7));
    }
}

#[test]
fn a_kekule_structure_is_found_however_the_bonds_of_a_ring_are_distorted() {
    let ring = without_hydrogens(&built_in("naphthalene"));
    for step in 0..40 {
        let mut distorted = ring.clone();
        for (atom, position) in distorted.positions_mut().iter_mut().enumerate() {
            let phase = f64::from(step) + 2.4 * atom as f64;
            *position += 0.03 * DVec3::new(phase.sin(), (1.7 * phase).cos(), 0.0);
        }
        let missing = missing_hydrogen_counts(&distorted, &Bonds::of(&distorted).unwrap());
        assert_eq!(missing.iter().sum::<u8>(), 8, "step {step}: {missing:?}");
        assert!(missing.iter().all(|&count| count < 2));
    }
}
