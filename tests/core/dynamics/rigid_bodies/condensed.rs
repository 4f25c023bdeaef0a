//! Rigid molecules that interact, in periodic cells: conservation, reversibility, and the reference of ASE.

use glam::DVec3;
use mlipview_core::chem::units::ASE_TIME;
use mlipview_core::potential::{Nano, Potential};
use mlipview_core::sim::State;
use mlipview_core::sim::propagate::Dynamics;

use super::super::statistics::slope;
use super::super::{begin, nve, run};
use super::{distances, distortion, rigid, trimers};
use crate::fixtures::built_in;
use crate::potentials::{reference, vectors};

fn largest_distance(one: &[DVec3], other: &[DVec3]) -> f64 {
    let pairs = one.iter().zip(other);
    pairs.map(|(a, b)| a.distance(*b)).fold(0.0, f64::max)
}

/// The errors of positions and velocities (per reference velocity) at the end of the reference, for some
/// timesteps in fs of ASE.
#[test]
fn rigid_molecules_follow_constrained_dynamics_of_ase_to_second_order() {
    let expected = reference("rigid_trimers.json");
    let fs = expected["fs_in_ASE_units"].as_f64().unwrap() * ASE_TIME;
    let duration = expected["duration_fs"].as_f64().unwrap();
    let final_positions = vectors(&expected["final_positions"]);
    let final_velocities: Vec<DVec3> = vectors(&expected["final_velocities_ASE_units"])
        .iter()
        .map(|velocity| *velocity / ASE_TIME)
        .collect();
    let errors = [4.0, 2.0, 1.0, 0.5].map(|timestep: f64| {
        let (mut state, mut potential) = trimers(1);
        let steps = (duration / timestep) as usize;
        run(
            nve(timestep * fs),
            &mut state,
            &mut potential,
            steps,
            |_| (),
        );
        let positions = largest_distance(state.structure.positions(), &final_positions);
        let velocities = largest_distance(&state.velocities, &final_velocities);
        println!("{timestep} fs: {positions:.2e} Å, {velocities:.2e} Å/fs from ASE");
        positions
    });
    assert!(errors[3] < 2e-6, "{} Å from ASE at 0.5 fs", errors[3]);
    for pair in errors.windows(2) {
        let order = (pair[0] / pair[1]).log2();
        assert!((order - 2.0).abs() < 0.15, "order {order}");
    }
}

#[test]
fn the_initial_energies_of_rigid_molecules_are_those_of_ase() {
    let (state, _) = trimers(1);
    let expected = &reference("rigid_trimers.json")["E_pot_kin_each_100_fs"][0];
    let [potential, kinetic] = [0, 1].map(|index| expected[index].as_f64().unwrap());
    assert!((state.evaluation.energy - potential).abs() < 1e-9);
    assert!((state.kinetic_energy() - kinetic).abs() < 1e-12);
}

/// The drift over a duration and the largest deviation of the conserved energy, eV.
fn drift(
    dynamics: Dynamics,
    state: &mut State,
    potential: &mut dyn Potential,
    steps: usize,
) -> (f64, f64) {
    let start = state.conserved_energy();
    let geometry = distances(&state.structure);
    let mut energies = Vec::new();
    run(dynamics, state, potential, steps, |state| {
        energies.push((state.time, state.conserved_energy()));
    });
    let distortion = distortion(&distances(&state.structure), &geometry);
    println!("distances within bodies change by {distortion:.1e} Å");
    assert!(distortion < 1e-9, "{distortion} Å");
    let deviations = energies.iter().map(|(_, energy)| (energy - start).abs());
    let worst = deviations.fold(0.0, f64::max);
    (slope(energies.iter().copied()) * state.time, worst)
}

#[test]
fn rigid_triangles_conserve_energy_over_a_hundred_picoseconds() {
    let (mut state, mut potential) = trimers(1);
    let kinetic = state.kinetic_energy();
    let (drift, worst) = drift(nve(5.0), &mut state, &mut potential, 20_000);
    println!("8 triangles, 5 fs: drift {drift:.2e} eV, at most {worst:.2e} eV of {kinetic:.3} eV");
    assert!(drift.abs() < 1e-5 && worst < 1e-3, "{drift} eV, {worst} eV");
}

#[test]
fn rigid_water_conserves_energy_at_a_timestep_that_is_long_for_hydrogen() {
    let structure = rigid(built_in("ice-ih"));
    let molecules = structure.rigid_groups().len();
    assert!(molecules >= 16, "{molecules} molecules");
    let mut potential = Nano::new();
    let mut state = begin(structure, &mut potential, 1);
    state.thermalize(150.0);
    let (drift, worst) = drift(nve(2.0), &mut state, &mut potential, 1_000);
    let kinetic = state.kinetic_energy();
    println!(
        "{molecules} H2O, 2 fs: drift {drift:.2e} eV, at most {worst:.2e} eV of {kinetic:.3} eV"
    );
    let per_molecule = drift.abs() / molecules as f64;
    assert!(
        per_molecule < 1e-4,
        "{per_molecule} eV per molecule in 2 ps"
    );
}

#[test]
fn the_error_of_the_energy_of_rigid_bodies_is_quadratic_in_the_timestep() {
    let errors = [8.0, 4.0, 2.0].map(|timestep| {
        let (mut state, mut potential) = trimers(1);
        let start = state.conserved_energy();
        let (mut squares, steps) = (0.0, (4_000.0 / timestep) as usize);
        run(nve(timestep), &mut state, &mut potential, steps, |state| {
            squares += (state.conserved_energy() - start).powi(2);
        });
        (squares / steps as f64).sqrt()
    });
    for pair in errors.windows(2) {
        let order = (pair[0] / pair[1]).log2();
        println!("order {order:.3}");
        assert!((order - 2.0).abs() < 0.2, "order {order}");
    }
}

#[test]
fn backward_in_time_rigid_bodies_return_to_their_start() {
    let (mut state, mut potential) = trimers(1);
    let start = state.clone();
    run(nve(4.0), &mut state, &mut potential, 500, |_| ());
    state.velocities.iter_mut().for_each(|it| *it = -*it);
    run(nve(4.0), &mut state, &mut potential, 500, |_| ());
    let positions = largest_distance(state.structure.positions(), start.structure.positions());
    println!("{positions:.1e} Å from the start");
    assert!(positions < 1e-7, "{positions} Å");
    let reversed: Vec<DVec3> = state.velocities.iter().map(|it| -*it).collect();
    assert!(largest_distance(&reversed, &start.velocities) < 1e-9);
}

#[test]
fn the_pressure_of_rigid_bodies_at_rest_is_the_derivative_by_the_volume_at_fixed_shape() {
    let (mut state, mut potential) = trimers(1);
    state.velocities.fill(DVec3::ZERO);
    let pressure = state.pressure().unwrap();
    let mut energy = |factor: f64| {
        let mut structure = state.structure.clone();
        let cell = structure.cell.clone().unwrap();
        let scaled =
            mlipview_core::chem::Cell::new(cell.vectors().map(|vector| factor * vector), [true; 3]);
        structure.cell = Some(scaled.unwrap());
        for group in state.structure.rigid_groups().iter() {
            let shift = (factor - 1.0) * super::center(&state, group);
            group
                .iter()
                .for_each(|&atom| structure.positions_mut()[atom] += shift);
        }
        potential.evaluate(&structure).unwrap().energy
    };
    let h = 1e-5;
    let (small, large) = (energy(1.0 - h), energy(1.0 + h));
    let volume = state.structure.cell.as_ref().unwrap().volume();
    let expected = -(large - small) / (2.0 * h) / (3.0 * volume);
    assert!(
        (pressure - expected).abs() < 1e-9,
        "{pressure}, {expected} eV/Å³"
    );
}
