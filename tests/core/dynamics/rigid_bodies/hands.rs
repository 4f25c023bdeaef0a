//! Hands that pull or hold an atom of a rigid body.

use glam::{DQuat, DVec3};
use mlipview_core::chem::units::AMU_ANGSTROM2_PER_FS2;
use mlipview_core::sim::constraint::{Grip, Hand};

use super::super::model_potentials::ideal_gas;
use super::super::{begin, langevin, nve, run};
use super::{angular_momentum, distances, distortion, rigid, trimers, velocity};
use crate::fixtures::built_in;

const HAND: Hand = Hand(7);
const SPRING: Grip = Grip::Spring {
    stiffness: 2.0,
    max_force: f64::INFINITY,
};

#[test]
fn a_pull_at_one_atom_moves_and_rotates_the_whole_body() {
    let mut potential = ideal_gas();
    let mut state = begin(rigid(built_in("water")), &mut potential, 1);
    let geometry = distances(&state.structure);
    let atom = 1;
    let at = state.structure.positions()[atom];
    let grips = &mut state.grips;
    grips
        .grab(HAND, vec![atom], SPRING, &state.structure)
        .unwrap();
    let displacement = DVec3::new(0.2, 0.3, -0.4);
    grips.move_to(HAND, at + displacement);
    assert!(state.is_mobile(0) && state.is_mobile(atom));
    let (force, all) = (2.0 * displacement, [0, 1, 2]);
    let arm = at - super::center(&state, &all);
    let start = state.conserved_energy();
    let timestep = 0.01;
    run(nve(timestep), &mut state, &mut potential, 1, |_| ());
    // M dV = F dt, dL = r × F dt.
    let mass: f64 = all.iter().map(|&atom| state.structure.mass(atom)).sum();
    let momentum = AMU_ANGSTROM2_PER_FS2 * mass * velocity(&state, &all) / timestep;
    let torque = AMU_ANGSTROM2_PER_FS2 * angular_momentum(&state, &all) / timestep;
    assert!((momentum - force).length() < 1e-6 * force.length());
    assert!((torque - arm.cross(force)).length() < 1e-6 * force.length());
    let mut worst = 0.0_f64;
    run(nve(0.25), &mut state, &mut potential, 8_000, |state| {
        worst = worst.max((state.conserved_energy() - start).abs());
    });
    println!("a pulled water: {worst:.1e} eV of {start:.3} eV");
    assert!(worst < 1e-3 * start, "{worst} eV");
    assert!(distortion(&distances(&state.structure), &geometry) < 1e-9);
}

#[test]
fn a_hand_that_holds_an_atom_holds_and_rotates_its_body() {
    let (mut state, mut potential) = trimers(1);
    let geometry = distances(&state.structure);
    let before = state.structure.positions().to_vec();
    let grips = &mut state.grips;
    grips
        .grab(HAND, vec![4], Grip::Hold, &state.structure)
        .unwrap();
    assert_eq!(grips.held(), [3, 4, 5]);
    assert_eq!(state.degrees_of_freedom(), 7 * 6);
    let shift = DVec3::new(0.1, -0.2, 0.15);
    let rotation = DQuat::from_rotation_x(0.3);
    state.grips.move_to(HAND, before[4] + shift);
    state.grips.orient(HAND, rotation);
    for dynamics in [nve(4.0), langevin(4.0, 100.0, 5.0)] {
        run(dynamics, &mut state, &mut potential, 100, |_| ());
        for atom in 3..6 {
            let expected = before[4] + shift + rotation * (before[atom] - before[4]);
            let found = state.structure.positions()[atom];
            assert!((found - expected).length() < 1e-12, "atom {atom}");
            assert_eq!(state.velocities[atom], DVec3::ZERO);
        }
    }
    assert!(distortion(&distances(&state.structure), &geometry) < 1e-9);
    state.grips.release(HAND);
    run(nve(4.0), &mut state, &mut potential, 100, |_| ());
    assert_ne!(state.velocities[4], DVec3::ZERO);
    assert!(distortion(&distances(&state.structure), &geometry) < 1e-9);
}

#[test]
fn a_jerk_of_a_strong_pull_breaks_no_body() {
    let mut potential = ideal_gas();
    let mut state = begin(rigid(built_in("caffeine")), &mut potential, 1);
    let geometry = distances(&state.structure);
    let at = state.structure.positions()[0];
    let strong = Grip::Spring {
        stiffness: 20.0,
        max_force: 5.0,
    };
    state
        .grips
        .grab(HAND, vec![0], strong, &state.structure)
        .unwrap();
    for target in [20.0, -20.0, 3.0] {
        state
            .grips
            .move_to(HAND, at + DVec3::new(target, 0.5 * target, 0.0));
        run(
            langevin(1.0, 300.0, 10.0),
            &mut state,
            &mut potential,
            500,
            |_| (),
        );
        assert!(state.structure.positions().iter().all(|it| it.is_finite()));
        assert!(distortion(&distances(&state.structure), &geometry) < 1e-9);
    }
}
