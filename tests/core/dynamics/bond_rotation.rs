//! Rotation of a side of a molecule about a bond.

use std::f64::consts::{FRAC_PI_2, PI};

use glam::{DQuat, DVec3};
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::sim::bond_rotation::{BondRotationError, rotate_about_bond};

/// Hydrogen peroxide, cis: H O O H.
fn peroxide() -> Structure {
    let positions = [
        [0.95, -0.2, 0.0],
        [0.0, 0.0, 0.0],
        [0.0, 1.45, 0.0],
        [0.95, 1.65, 0.0],
    ];
    let elements = vec![Element::H, Element::O, Element::O, Element::H];
    Structure::new(elements, positions.map(DVec3::from).to_vec()).unwrap()
}

fn dihedral(structure: &Structure) -> f64 {
    let r = structure.positions();
    let axis = r[2] - r[1];
    axis.cross(r[0] - r[1])
        .angle_between(axis.cross(r[3] - r[2]))
}

#[test]
fn rotation_changes_the_dihedral_and_no_bond() {
    let mut structure = peroxide();
    let before = structure.positions().to_vec();
    let mut velocities = vec![DVec3::new(1.0, 2.0, 3.0); 4];
    rotate_about_bond(&mut structure, &mut velocities, [1, 2], &[3], 2.0).unwrap();
    assert!((dihedral(&structure) - 2.0).abs() < 1e-12);
    let r = structure.positions();
    assert_eq!(r[..3], before[..3]);
    for (a, b) in [(3, 2), (3, 1)] {
        assert!((r[a].distance(r[b]) - before[a].distance(before[b])).abs() < 1e-14);
    }
    // Right-handed about O→O, for velocities and positions.
    let rotation = DQuat::from_axis_angle(DVec3::Y, 2.0);
    assert!(r[3].abs_diff_eq(rotation * before[3], 1e-14));
    assert!(velocities[3].abs_diff_eq(rotation * DVec3::new(1.0, 2.0, 3.0), 1e-14));
    assert_eq!(velocities[0], DVec3::new(1.0, 2.0, 3.0));
}

#[test]
fn a_rotation_and_its_inverse_change_nothing() {
    let mut structure = peroxide();
    let mut velocities = vec![DVec3::X; 4];
    for angle in [PI / 3.0, -PI / 3.0] {
        rotate_about_bond(&mut structure, &mut velocities, [1, 2], &[2, 3, 3], angle).unwrap();
    }
    for (now, before) in structure.positions().iter().zip(peroxide().positions()) {
        assert!(now.abs_diff_eq(*before, 1e-14));
    }
}

#[test]
fn a_molecule_across_the_face_of_a_cell_rotates_as_a_whole() {
    let cell = Cell::orthorhombic(DVec3::splat(8.0)).unwrap();
    let whole = peroxide().with_cell(cell.clone());
    let mut cut = whole.clone();
    cut.positions_mut()[2].y -= 8.0;
    cut.positions_mut()[3] += DVec3::new(8.0, -8.0, 0.0);
    let turned = [whole, cut].map(|mut structure| {
        rotate_about_bond(&mut structure, &mut [], [1, 2], &[3], FRAC_PI_2).unwrap();
        structure.positions()[3]
    });
    assert!(turned[1].abs_diff_eq(turned[0] + DVec3::new(8.0, -8.0, 0.0), 1e-13));
}

#[test]
fn an_invalid_rotation_moves_nothing() {
    let mut structure = peroxide();
    let turn = |structure: &mut Structure, bond, side: &[usize], angle| {
        rotate_about_bond(structure, &mut [], bond, side, angle).unwrap_err()
    };
    let missing = BondRotationError::NoSuchAtom { atom: 4, atoms: 4 };
    assert_eq!(turn(&mut structure, [1, 2], &[3, 4], 1.0), missing);
    assert_eq!(
        turn(&mut structure, [1, 1], &[3], 1.0),
        BondRotationError::NoAxis(1, 1)
    );
    assert!(matches!(
        turn(&mut structure, [1, 2], &[3], f64::NAN),
        BondRotationError::Angle(_)
    ));
    assert_eq!(structure, peroxide());
}
