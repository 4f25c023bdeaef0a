//! Distances, angles and dihedrals: signs, periodic images, undefined cases.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_3, PI};

use glam::{DQuat, DVec3};
use mlipview_core::chem::measure::{angle, dihedral, distance};
use mlipview_core::chem::{Cell, library};
use proptest::prelude::*;

/// A along x, the axis B to C along z, and D rotated clockwise about z by an angle (rad).
///
/// Seen along z with x to the right, y points down, so clockwise is from x to y.
fn clockwise(angle: f64) -> [DVec3; 4] {
    let last = DQuat::from_rotation_z(angle) * DVec3::X;
    [DVec3::X, DVec3::ZERO, DVec3::Z, DVec3::Z + last]
}

const ALL: [usize; 4] = [0, 1, 2, 3];

#[test]
fn a_dihedral_is_positive_clockwise_from_front_to_back() {
    for turn in [0.0, FRAC_PI_3, -FRAC_PI_3, FRAC_PI_2, 3.0, -3.0, PI] {
        let measured = dihedral(&clockwise(turn), None, ALL).unwrap();
        assert!((measured - turn).abs() < 1e-12, "{measured} for {turn}");
    }
    assert!((dihedral(&clockwise(-PI), None, ALL).unwrap() - PI).abs() < 1e-12);
}

/// L-amino acids have N, Cα, C and Cβ in one order: the improper angle N–C–Cβ about Cα is what makes
/// alanine L. In the α helix the backbone torsions are near −57° and −47° (IUPAC-IUB Commission on
/// Biochemical Nomenclature, Biochemistry 9, 3471 (1970), 10.1021/bi00820a001).
#[test]
fn the_backbone_of_the_alanine_helix_has_the_torsions_of_an_alpha_helix() {
    let helix = library::find("alanine-helix").unwrap().structure().unwrap();
    let bonds = mlipview_core::chem::Bonds::of(&helix).unwrap();
    let symbol = |atom: usize| helix.elements()[atom].symbol();
    let bonded = |atom: usize, element: &str| -> Vec<usize> {
        let ends = bonds.of_atom(atom).map(|bond| {
            let [one, other] = bonds.list()[bond].atoms.map(|end| end as usize);
            if one == atom { other } else { one }
        });
        ends.filter(|&end| symbol(end) == element).collect()
    };
    let is_carbonyl = |atom: &usize| bonded(*atom, "O").len() == 1 && bonded(*atom, "N").len() == 1;
    let mut phis = Vec::new();
    for alpha in 0..helix.len() {
        let (nitrogens, carbons) = (bonded(alpha, "N"), bonded(alpha, "C"));
        let Some(&carbonyl) = carbons.iter().find(|atom| is_carbonyl(atom)) else {
            continue;
        };
        if symbol(alpha) != "C" || nitrogens.len() != 1 {
            continue;
        }
        let before = bonded(nitrogens[0], "C");
        let before = before
            .iter()
            .find(|atom| **atom != alpha && is_carbonyl(atom));
        if let Some(&before) = before {
            let atoms = [before, nitrogens[0], alpha, carbonyl];
            phis.push(
                dihedral(helix.positions(), None, atoms)
                    .unwrap()
                    .to_degrees(),
            );
        }
    }
    assert!(phis.len() >= 8, "{phis:?}");
    assert!(
        phis.iter().all(|phi| (-100.0..-35.0).contains(phi)),
        "{phis:?}"
    );
}

#[test]
fn undefined_measures_are_none() {
    let positions = [DVec3::ZERO, DVec3::ZERO, DVec3::X, 2.0 * DVec3::X, DVec3::Y];
    assert_eq!(distance(&positions, None, [0, 1]), Some(0.0));
    assert_eq!(angle(&positions, None, [1, 0, 2]), None);
    assert_eq!(angle(&positions, None, [0, 2, 3]), Some(PI));
    assert_eq!(
        dihedral(&positions, None, [0, 2, 3, 4]),
        None,
        "three on a line"
    );
    assert_eq!(
        dihedral(&positions, None, [4, 0, 1, 2]),
        None,
        "two in one place"
    );
    assert_eq!(distance(&positions, None, [0, 5]), None);
    let nowhere = [DVec3::ZERO, DVec3::splat(f64::NAN)];
    assert_eq!(distance(&nowhere, None, [0, 1]), None);
}

#[test]
fn a_molecule_split_by_cell_faces_has_the_measures_of_the_whole_one() {
    let whole = library::find("caffeine").unwrap().structure().unwrap();
    let vectors = [
        DVec3::new(14.0, 0.0, 0.0),
        DVec3::new(3.0, 13.0, 0.0),
        DVec3::new(-2.0, 1.0, 15.0),
    ];
    let cell = Cell::new(vectors, [true; 3]).unwrap();
    let positions = whole.positions();
    let wrapped: Vec<DVec3> = positions
        .iter()
        .map(|position| cell.wrap(*position))
        .collect();
    for first in 0..positions.len() - 3 {
        let [a, b, c, d] = [first, first + 1, first + 2, first + 3];
        let pairs = [
            (
                distance(positions, None, [a, b]),
                distance(&wrapped, Some(&cell), [a, b]),
            ),
            (
                angle(positions, None, [a, b, c]),
                angle(&wrapped, Some(&cell), [a, b, c]),
            ),
            (
                dihedral(positions, Some(&cell), [a, b, c, d]),
                dihedral(&wrapped, Some(&cell), [a, b, c, d]),
            ),
        ];
        for (one, other) in pairs {
            assert!((one.unwrap() - other.unwrap()).abs() < 1e-9);
        }
    }
}

fn points() -> impl Strategy<Value = [DVec3; 4]> {
    prop::array::uniform4(prop::array::uniform3(-5.0..5.0f64).prop_map(DVec3::from))
}

proptest! {
    #[test]
    fn torsions_are_invariant_under_reversal_and_rotation_and_change_sign_in_a_mirror(
        positions in points(), axis in prop::array::uniform3(-3.0..3.0f64)
    ) {
        let Some(torsion) = dihedral(&positions, None, ALL) else { return Ok(()) };
        let difference = |one: f64, other: f64| {
            let turns = (one - other) / (2.0 * PI);
            (turns - turns.round()).abs()
        };
        let backwards = dihedral(&positions, None, [3, 2, 1, 0]).unwrap();
        prop_assert!(difference(torsion, backwards) < 1e-6);
        let mirrored = positions.map(|position| position * DVec3::new(-1.0, 1.0, 1.0));
        prop_assert!(difference(-torsion, dihedral(&mirrored, None, ALL).unwrap()) < 1e-6);
        let rotation = DQuat::from_scaled_axis(DVec3::from(axis));
        let turned = positions.map(|position| rotation * position + DVec3::ONE);
        prop_assert!(difference(torsion, dihedral(&turned, None, ALL).unwrap()) < 1e-6);
    }
}
