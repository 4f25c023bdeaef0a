//! Placing copies and molecules without overlap.

use glam::DVec3;
use mlipview_core::chem::build::{PlacementError, duplicate, place_at, place_beside};
use mlipview_core::chem::{Cell, Structure};

use super::{atoms, nearest_contact};
use crate::fixtures::built_in;

fn joined(one: &Structure, other: &Structure) -> Structure {
    let mut whole = one.clone();
    whole.append(other);
    whole
}

/// Asserts that the van der Waals spheres of two parts touch within 5 %.
fn assert_touching(whole: &Structure, first_of_second: usize) {
    let contact = nearest_contact(whole, first_of_second);
    assert!((1.0 - 1e-9..1.05).contains(&contact), "{contact}");
}

#[test]
fn a_copy_touches_the_rest_and_does_not_overlap_it() {
    for key in ["benzene", "aspirin", "caffeine", "c60", "alanine-helix"] {
        let structure = built_in(key);
        let all: Vec<usize> = (0..structure.len()).collect();
        let copy = duplicate(&structure, &all).unwrap();
        assert_eq!(copy.elements(), structure.elements());
        let shift = copy.positions()[0] - structure.positions()[0];
        for (one, other) in structure.positions().iter().zip(copy.positions()) {
            assert!(
                (*one + shift).distance(*other) < 1e-9,
                "{key} keeps its shape"
            );
        }
        assert_touching(&joined(&structure, &copy), structure.len());
    }
}

#[test]
fn a_copy_of_a_part_stays_near_it() {
    let dimer = built_in("water-dimer");
    let copy = duplicate(&dimer, &[3, 4, 5, 4]).unwrap();
    assert_eq!(copy.elements(), &dimer.elements()[3..]);
    assert!(copy.positions()[0].distance(dimer.positions()[3]) < 4.5);
    assert_touching(&joined(&dimer, &copy), 6);
}

#[test]
fn a_copy_has_the_charge_of_the_whole_or_none() {
    let mut ion = built_in("methane");
    ion.charge = 1;
    ion.fixed_mut()[0] = true;
    assert_eq!(duplicate(&ion, &[0, 1, 2, 3, 4]).unwrap().charge, 1);
    let part = duplicate(&ion, &[0, 1]).unwrap();
    assert_eq!((part.charge, part.fixed()[0]), (0, false));
}

#[test]
fn a_copy_in_a_cell_keeps_clear_of_all_images() {
    let cell = Cell::orthorhombic(DVec3::new(9.0, 9.0, 12.0)).unwrap();
    let water = built_in("water").with_cell(cell);
    let copy = duplicate(&water, &[0, 1, 2]).unwrap();
    let whole = joined(&water, &copy);
    assert!(nearest_contact(&whole, 3) >= 1.0 - 1e-9);
}

#[test]
fn a_copy_in_a_full_cell_is_an_error() {
    let copper = built_in("copper");
    let error = duplicate(&copper, &[0]).unwrap_err();
    assert_eq!(error, PlacementError::NoSpace);
    assert!(error.to_string().contains("enlarge the cell"));
}

#[test]
fn a_molecule_is_placed_in_the_requested_direction() {
    let (helix, benzene) = (built_in("alanine-helix"), built_in("benzene"));
    let mean = |structure: &Structure| {
        structure.positions().iter().sum::<DVec3>() / structure.len() as f64
    };
    for way in [DVec3::X, DVec3::new(0.0, -2.0, 1.0)] {
        let added = place_beside(&helix, &benzene, way).unwrap();
        let shift = mean(&added) - mean(&helix);
        assert!(shift.normalize().dot(way.normalize()) > 0.999_999);
        assert_touching(&joined(&helix, &added), helix.len());
    }
}

#[test]
fn a_molecule_beside_a_cage_is_outside_of_it() {
    let (cage, methane) = (built_in("c60"), built_in("methane"));
    let added = place_beside(&cage, &methane, DVec3::X).unwrap();
    let center = cage.positions().iter().sum::<DVec3>() / cage.len() as f64;
    assert!(
        added
            .positions()
            .iter()
            .all(|position| position.distance(center) > 5.0)
    );
}

#[test]
fn a_molecule_is_placed_in_the_pore_of_a_crystal() {
    let pores = built_in("mof-5");
    let added = place_beside(&pores, &built_in("methane"), DVec3::X).unwrap();
    assert_eq!(added.cell, None);
    assert!(nearest_contact(&joined(&pores, &added), pores.len()) >= 1.0 - 1e-9);
}

#[test]
fn a_molecule_placed_at_a_point_is_centered_there() {
    let point = DVec3::new(1.0, -2.0, 3.0);
    let water = place_at(&built_in("water-box"), point).unwrap();
    let center = water.positions().iter().sum::<DVec3>() / water.len() as f64;
    assert!(center.distance(point) < 1e-9);
    assert_eq!(water.cell, None);
}

#[test]
fn empty_structures_can_be_placed_and_invalid_arguments_are_errors() {
    let nothing = Structure::empty();
    let methane = built_in("methane");
    let added = place_beside(&nothing, &methane, DVec3::X).unwrap();
    assert_eq!(added.len(), 5);
    assert!(duplicate(&nothing, &[]).unwrap().is_empty());
    assert_eq!(
        duplicate(&methane, &[9]),
        Err(PlacementError::NoSuchAtom { atom: 9, atoms: 5 })
    );
    assert_eq!(
        place_beside(&methane, &nothing, DVec3::ZERO),
        Err(PlacementError::Invalid(DVec3::ZERO))
    );
    let nowhere = DVec3::splat(f64::INFINITY);
    assert_eq!(
        place_at(&methane, nowhere),
        Err(PlacementError::Invalid(nowhere))
    );
    let lone = atoms(&["Ar"], &[[0.0; 3]]);
    assert_touching(&joined(&lone, &duplicate(&lone, &[0]).unwrap()), 1);
}
