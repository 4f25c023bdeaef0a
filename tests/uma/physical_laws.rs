//! Physical laws, which hold for any weights.

use glam::{DMat3, DQuat, DVec3};
use mlipview_core::chem::{Element, Structure};
use mlipview_core::potential::contract::Tolerances;
use mlipview_core::potential::{Evaluation, Potential};
use mlipview_uma::Precision;

use super::{double, reference, uma};

fn evaluate(potential: &mut dyn Potential, structure: &Structure) -> Evaluation {
    potential.evaluate(structure).unwrap()
}

#[test]
fn the_contract_of_potentials_holds() {
    for (model, task, name) in [
        ("tiny-1p1", "omol", "ethanol"),
        ("tiny-1p2p1", "omat", "si8"),
        ("tiny-l4", "oc20", "slab_co"),
    ] {
        let (structure, _) = reference(model, name);
        let mut potential = double(model, task);
        if let Err(error) = Tolerances::STRICT.check(&mut potential, &structure) {
            panic!("{model} {name}: {error}");
        }
    }
}

#[test]
fn both_containers_give_the_same_results() {
    let (water, energy) = reference("tiny-1p1", "water");
    let of_folder = evaluate(&mut double("tiny-1p1", "omol"), &water);
    let of_file = evaluate(&mut double("tiny-1p1/checkpoint.pt", "omol"), &water);
    assert_eq!(of_folder, of_file);
    assert!((of_file.energy - energy).abs() < 1e-9);
}

#[test]
fn forces_rotate_with_the_structure_in_single_precision() {
    let (ethanol, _) = reference("tiny-1p1", "ethanol");
    let mut potential = uma("tiny-1p1", "omol", Precision::Single);
    let before = evaluate(&mut potential, &ethanol);
    for step in 1..8 {
        let angle = f64::from(step);
        let rotation = DQuat::from_euler(glam::EulerRot::XYZ, angle, 2.3 * angle, -0.7 * angle);
        let mut rotated = ethanol.clone();
        for position in rotated.positions_mut() {
            *position = rotation * *position;
        }
        let after = evaluate(&mut potential, &rotated);
        assert!((after.energy - before.energy).abs() < 1e-5);
        for (after, before) in after.forces.iter().zip(&before.forces) {
            assert!(after.distance(rotation * *before) < 1e-5);
        }
    }
}

/// Euler angles of an edge have no derivative along ±y, and the two charts of the edge frame meet at
/// the equator.
#[test]
fn forces_are_smooth_where_an_edge_passes_the_poles_and_the_equator() {
    let (molecule, _) = reference("tiny-1p2p1", "co2_y_axis");
    let mut potential = double("tiny-1p2p1", "omol");
    let mut at_angle = |angle: f64| {
        let rotation = DQuat::from_rotation_z(angle);
        let mut rotated = molecule.clone();
        for position in rotated.positions_mut() {
            *position = rotation * *position;
        }
        let found = evaluate(&mut potential, &rotated);
        let forces = found.forces.iter().map(|force| rotation.inverse() * *force);
        (found.energy, forces.collect::<Vec<DVec3>>())
    };
    let (energy, forces) = at_angle(0.7);
    let quarter = std::f64::consts::FRAC_PI_2;
    for pole in [0.0, quarter, 2.0 * quarter, 3.0 * quarter] {
        for off in [0.0, 1e-12, -1e-12, 1e-7, -1e-7, 1e-3, -1e-3] {
            let (other_energy, other_forces) = at_angle(pole + off);
            assert!((energy - other_energy).abs() < 1e-10, "{pole} {off}");
            for (one, other) in forces.iter().zip(&other_forces) {
                assert!(one.distance(*other) < 1e-10, "{pole} {off}: {one} {other}");
            }
        }
    }
}

#[test]
fn velocity_verlet_conserves_the_energy() {
    const STEP: f64 = 0.25;
    const ACCELERATION: f64 = 9.648_533_212e-3; // eV/(Å amu) in Å/fs²: CODATA 2018.
    let (mut water, _) = reference("tiny-1p1", "water");
    let mut potential = double("tiny-1p1", "omol");
    let masses: Vec<f64> = (0..water.len()).map(|atom| water.mass(atom)).collect();
    let mut velocities = vec![DVec3::ZERO; water.len()];
    let mut found = evaluate(&mut potential, &water);
    let total = |found: &Evaluation, velocities: &[DVec3]| {
        let kinetic = velocities.iter().zip(&masses);
        let kinetic = kinetic.map(|(v, mass)| 0.5 * mass * v.length_squared() / ACCELERATION);
        found.energy + kinetic.sum::<f64>()
    };
    let (before, start) = (total(&found, &velocities), found.energy);
    let (mut farthest, mut lowest) = (0.0_f64, start);
    for _ in 0..800 {
        for atom in 0..water.len() {
            velocities[atom] += 0.5 * STEP * ACCELERATION / masses[atom] * found.forces[atom];
            water.positions_mut()[atom] += STEP * velocities[atom];
        }
        found = evaluate(&mut potential, &water);
        for atom in 0..water.len() {
            velocities[atom] += 0.5 * STEP * ACCELERATION / masses[atom] * found.forces[atom];
        }
        farthest = farthest.max((total(&found, &velocities) - before).abs());
        lowest = lowest.min(found.energy);
    }
    assert!(start - lowest > 0.1, "nothing moved: {start} {lowest}");
    assert!(
        farthest < 1e-2 * (start - lowest),
        "{farthest} of {}",
        start - lowest
    );
}

#[test]
fn the_energy_of_a_supercell_is_that_of_its_cells() {
    for (model, name) in [("tiny-1p1", "si8"), ("tiny-l4", "si8")] {
        let (silicon, _) = reference(model, name);
        let mut potential = double(model, "omat");
        let one = evaluate(&mut potential, &silicon);
        let doubled = silicon.repeat([2, 1, 1]).unwrap();
        let two = evaluate(&mut potential, &doubled);
        assert!((two.energy - 2.0 * one.energy).abs() < 1e-9);
        let stress = two.stress.unwrap() - one.stress.unwrap();
        assert!(stress.abs_diff_eq(DMat3::ZERO, 1e-12));
    }
}

#[test]
fn charge_multiplicity_and_task_change_the_energy_reversibly() {
    let (water, energy) = reference("tiny-1p1", "water");
    let mut potential = double("tiny-1p1", "omol");
    let mut energy_of = |charge: i32, multiplicity: u32| {
        let mut water = water.clone();
        water.charge = charge;
        water.set_multiplicity(multiplicity).unwrap();
        evaluate(&mut potential, &water).energy
    };
    let singlet = energy_of(0, 1);
    assert!((singlet - energy).abs() < 1e-9);
    let others = [
        energy_of(1, 2),
        energy_of(-1, 2),
        energy_of(0, 3),
        energy_of(2, 1),
        energy_of(0, 5),
    ];
    assert!(
        others.iter().all(|other| (other - singlet).abs() > 1e-3),
        "{others:?}"
    );
    assert_eq!(energy_of(0, 1), singlet);
    let for_crystals = evaluate(&mut double("tiny-1p1", "omat"), &water).energy;
    assert!((for_crystals - singlet).abs() > 1e-3);
}

#[test]
fn a_single_atom_of_uma_1_1_has_the_tabulated_energy() {
    let atom = Structure::new(vec![Element::O], vec![DVec3::ONE]).unwrap();
    let mut potential = double("tiny-1p1", "omol");
    let found = evaluate(&mut potential, &atom);
    assert_eq!(found.forces, [DVec3::ZERO]);
    // −2042 eV: an oxygen atom has about −75.06 hartree.
    assert!(
        (found.energy / 27.211_386 + 75.06).abs() < 0.1,
        "{}",
        found.energy
    );
    assert!(
        evaluate(&mut double("tiny-1p2p1", "omol"), &atom)
            .energy
            .is_finite()
    );
}
