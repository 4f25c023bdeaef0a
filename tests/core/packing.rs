//! Packing of molecules: distances, density, rigid geometry, and what cannot be packed.

use std::collections::BTreeSet;

use glam::{DVec3, IVec3};
use mlipview_core::chem::neighbors::pairs;
use mlipview_core::chem::{Cell, Structure, library};
use mlipview_core::packing::{
    Mixture, Packer, PackingError, PackingSettings, density, edge_of_density,
};

fn named(name: &str) -> Structure {
    library::find(name).unwrap().structure().unwrap()
}

/// A mixture in a cube of a density, g/cm³.
fn mixture(molecules: &[(&str, usize)], density: f64) -> Mixture {
    let molecules = molecules.iter().map(|(name, count)| (named(name), *count));
    let mut mixture = Mixture {
        molecules: molecules.collect(),
        fixed: Structure::empty(),
        cell: Cell::orthorhombic(DVec3::ONE).unwrap(),
    };
    let edge = edge_of_density(mixture.mass(), density).unwrap();
    mixture.cell = Cell::orthorhombic(DVec3::splat(edge)).unwrap();
    mixture
}

fn packed(mixture: &Mixture, settings: PackingSettings) -> Packer {
    let mut packer = Packer::new(mixture, settings).unwrap();
    while !packer.has_ended() {
        packer.step().unwrap();
    }
    packer
}

/// The molecule of each atom; fixed atoms are molecule 0.
fn molecules_of(mixture: &Mixture) -> Vec<usize> {
    let mut owners = vec![0; mixture.fixed.len()];
    let mut number = 0;
    for (molecule, count) in &mixture.molecules {
        for _ in 0..*count {
            number += 1;
            owners.extend(vec![number; molecule.len()]);
        }
    }
    owners
}

/// The smallest distance between atoms of different molecules or of images, Å.
fn smallest(mixture: &Mixture, structure: &Structure) -> f64 {
    let owners = molecules_of(mixture);
    let found = pairs(structure.positions(), structure.cell.as_ref(), 4.0).unwrap();
    let between = found.iter().filter(|pair| {
        let [i, j] = [pair.i, pair.j].map(|atom| owners[atom as usize]);
        let is_framework = i == 0 && j == 0 && !mixture.fixed.is_empty();
        !is_framework && (i != j || pair.shift != IVec3::ZERO)
    });
    between
        .map(|pair| pair.vector.length())
        .fold(f64::INFINITY, f64::min)
}

#[test]
fn mixtures_reach_their_density_without_close_atoms() {
    for (molecules, expected) in [
        (&[("water", 216)][..], 1.0),
        (&[("ethanol", 50), ("water", 200)][..], 0.95),
        (&[("caffeine", 1), ("water", 300)][..], 1.0),
    ] {
        let mixture = mixture(molecules, expected);
        let packer = packed(&mixture, PackingSettings::default());
        let structure = packer.structure();
        assert!(packer.is_packed(), "{molecules:?}: {:?}", packer.state());
        let found = smallest(&mixture, &structure);
        assert!(found >= 2.0, "{molecules:?}: {found}");
        assert!((packer.state().smallest - found).abs() < 1e-9);
        let mass: f64 = (0..structure.len()).map(|atom| structure.mass(atom)).sum();
        let found = density(mass, structure.cell.as_ref().unwrap().volume());
        assert!((found - expected).abs() < 1e-9, "{found}");
    }
}

#[test]
fn molecules_stay_rigid_and_their_places_and_orientations_differ() {
    let mixture = mixture(&[("ethanol", 40)], 0.7);
    let structure = packed(&mixture, PackingSettings::default()).structure();
    let molecule = named("ethanol");
    let len = molecule.len();
    let mut directions = BTreeSet::new();
    for found in structure.positions().chunks(len) {
        for one in 0..len {
            for other in 0..one {
                let of = |positions: &[DVec3]| positions[one].distance(positions[other]);
                assert!((of(found) - of(molecule.positions())).abs() < 1e-9);
            }
        }
        let bond = found[1] - found[0];
        let direction = bond / bond.length();
        directions.insert((direction * 1e3).as_ivec3().to_array());
    }
    assert_eq!(directions.len(), 40);
    // Handedness stays: the signed volume of four atoms.
    let volume = |of: &[DVec3]| (of[1] - of[0]).dot((of[2] - of[0]).cross(of[3] - of[0]));
    let expected = volume(molecule.positions());
    let found = structure.positions().chunks(len).map(volume);
    assert!(
        found
            .into_iter()
            .all(|found| (found - expected).abs() < 1e-9)
    );
}

#[test]
fn the_same_seed_gives_the_same_box_and_another_seed_another() {
    let mixture = mixture(&[("water", 60)], 0.9);
    let of = |seed| {
        let settings = PackingSettings {
            seed,
            ..PackingSettings::default()
        };
        packed(&mixture, settings).structure()
    };
    assert_eq!(of(1), of(1));
    assert_ne!(of(1).positions(), of(2).positions());
}

#[test]
fn a_solute_stays_in_place_and_nothing_overlaps_it() {
    let mut mixture = mixture(&[("water", 120)], 1.0);
    let mut solute = named("c60");
    mixture.fixed = solute.clone();
    let edge = edge_of_density(mixture.mass(), 1.0).unwrap();
    for position in solute.positions_mut() {
        *position += DVec3::splat(0.5 * edge);
    }
    mixture.fixed = solute.clone();
    mixture.cell = Cell::orthorhombic(DVec3::splat(edge)).unwrap();
    let packer = packed(&mixture, PackingSettings::default());
    assert!(packer.is_packed(), "{:?}", packer.state());
    let structure = packer.structure();
    assert_eq!(&structure.positions()[..60], solute.positions());
    assert!(smallest(&mixture, &structure) >= 2.0);
}

#[test]
fn the_pores_of_a_framework_are_filled() {
    let framework = named("mof-5");
    let mixture = Mixture {
        molecules: vec![(named("methane"), 20)],
        cell: framework.cell.clone().unwrap(),
        fixed: framework,
    };
    let packer = packed(&mixture, PackingSettings::default());
    assert!(packer.is_packed(), "{:?}", packer.state());
    assert!(smallest(&mixture, &packer.structure()) >= 2.0);
}

#[test]
fn a_density_that_cannot_be_reached_ends_with_how_far_it_came() {
    let mixture = mixture(&[("water", 64)], 3.0);
    let settings = PackingSettings {
        max_steps: 1000,
        ..PackingSettings::default()
    };
    let packer = packed(&mixture, settings);
    let state = packer.state();
    assert!(!packer.is_packed() && state.steps == 1000);
    assert!(state.overlaps > 0 && state.smallest < 2.0, "{state:?}");
}

#[test]
fn what_cannot_be_packed_is_refused() {
    let error = |mixture: &Mixture, distance: f64| {
        let settings = PackingSettings {
            distance,
            ..PackingSettings::default()
        };
        Packer::new(mixture, settings).err().unwrap()
    };
    let water = mixture(&[("water", 10)], 1.0);
    assert_eq!(
        error(&mixture(&[("water", 0), ("c60", 1)], 1.0), -1.0).to_string(),
        "invalid distance -1: expected a positive number"
    );
    let none = Mixture {
        molecules: vec![(named("water"), 0)],
        ..water.clone()
    };
    assert_eq!(error(&none, 2.0), PackingError::Nothing);
    let open = Mixture {
        cell: water.cell.with_periodic([true, true, false]),
        ..water.clone()
    };
    assert_eq!(error(&open, 2.0), PackingError::NotPeriodic);
    let narrow = Mixture {
        cell: Cell::orthorhombic(DVec3::splat(3.0)).unwrap(),
        ..water
    };
    assert!(error(&narrow, 2.0).to_string().contains("make it larger"));
}
