//! Packing of molecules: distances, density, rigid geometry, and what cannot be packed.

use std::collections::BTreeSet;

use glam::{DVec3, IVec3};
use mlipview_core::chem::neighbors::pairs;
use mlipview_core::chem::{Cell, Structure, library};
use mlipview_core::packing::{
    Mixture, Packer, PackingError, PackingSettings, Pull, Region, density,
};

fn named(name: &str) -> Structure {
    library::find(name).unwrap().structure().unwrap()
}

/// A mixture in a cube of a density, g/cm³.
fn mixture(molecules: &[(&str, usize)], density: f64) -> Mixture {
    let molecules = molecules
        .iter()
        .map(|(name, count)| (named(name), Some(*count)));
    Mixture::new(
        molecules.collect(),
        Structure::empty(),
        Region::Cube,
        Some(density),
    )
    .unwrap()
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
    let water = vec![(named("water"), None)];
    let region = Region::Box(DVec3::splat(18.0));
    let mixture = Mixture::new(water, named("c60"), region, Some(1.0)).unwrap();
    let packer = packed(&mixture, PackingSettings::default());
    assert!(packer.is_packed(), "{:?}", packer.state());
    let structure = packer.structure();
    let moved = structure.positions()[0] - named("c60").positions()[0];
    for (found, given) in structure.positions().iter().zip(named("c60").positions()) {
        assert!(found.distance(*given + moved) < 1e-9);
    }
    let center: DVec3 = structure.positions()[..60].iter().sum();
    assert!((center / 60.0).distance(DVec3::splat(9.0)) < 0.01);
    assert!(smallest(&mixture, &structure) >= 2.0);
    // C60 with its van der Waals radius: a sphere of 3.55 + 1.7 Å, but the hollow is free too.
    let expected = (18.0_f64.powi(3) - 606.0) / 29.915;
    let found = mixture.molecules[0].1 as f64;
    assert!((found / expected - 1.0).abs() < 0.05, "{found}, {expected}");
}

#[test]
fn a_droplet_stays_within_its_shell_and_has_no_cell() {
    let water = vec![(named("water"), None)];
    let solute = named("caffeine");
    let mixture = Mixture::new(water, solute, Region::Shell(6.0), Some(1.0)).unwrap();
    let packer = packed(&mixture, PackingSettings::default());
    assert!(packer.is_packed(), "{:?}", packer.state());
    let structure = packer.structure();
    assert_eq!(structure.cell, None);
    assert!(smallest(&mixture, &structure) >= 2.0);
    let (solute, waters) = structure.positions().split_at(24);
    for water in waters.chunks(3) {
        let center = water.iter().sum::<DVec3>() / 3.0;
        let distances = solute.iter().map(|atom| atom.distance(center));
        let nearest = distances.fold(f64::INFINITY, f64::min);
        assert!(nearest <= 6.0, "{nearest}");
    }
}

#[test]
fn a_pulled_molecule_goes_where_the_hand_is_and_packing_goes_on_meanwhile() {
    let mixture = mixture(&[("ethanol", 30)], 0.5);
    let mut packer = Packer::new(&mixture, PackingSettings::default()).unwrap();
    while !packer.has_ended() {
        packer.step().unwrap();
    }
    let target = packer.structure().positions()[0] + DVec3::new(6.0, 0.0, 0.0);
    packer.set_pulls(&[Pull { atom: 0, target }]);
    (0..400).for_each(|_| packer.step().unwrap());
    let reached = packer.structure().positions()[0].distance(target);
    assert!(reached < 0.5, "{reached} Å");
    packer.set_pulls(&[]);
    while !packer.has_ended() {
        packer.step().unwrap();
    }
    assert!(packer.is_packed() && smallest(&mixture, &packer.structure()) >= 2.0);
}

#[test]
fn the_pores_of_a_framework_are_filled() {
    let framework = named("mof-5");
    let mixture = Mixture {
        molecules: vec![(named("methane"), 20)],
        cell: framework.cell.clone().unwrap(),
        fixed: framework,
        shell: None,
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
    let alone = Mixture::new(
        vec![(named("water"), None)],
        Structure::empty(),
        Region::Shell(5.0),
        None,
    );
    assert_eq!(alone.unwrap_err(), PackingError::NothingInside);
    let twice = vec![(named("water"), Some(3))];
    let twice = Mixture::new(
        twice,
        Structure::empty(),
        Region::Box(DVec3::splat(9.0)),
        Some(1.0),
    );
    assert_eq!(twice.unwrap_err(), PackingError::CountsAndDensity);
    let narrow = Mixture {
        cell: Cell::orthorhombic(DVec3::splat(3.0)).unwrap(),
        ..water
    };
    assert!(error(&narrow, 2.0).to_string().contains("make it larger"));
}
