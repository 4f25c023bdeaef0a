//! Thermostats share the energy among translations and rotations of rigid bodies.

use glam::DVec3;
use mlipview_core::chem::units::{AMU_ANGSTROM2_PER_FS2, BOLTZMANN};
use mlipview_core::chem::{Element, Structure};
use mlipview_core::sim::State;
use mlipview_core::sim::propagate::Dynamics;

use super::super::model_potentials::ideal_gas;
use super::super::statistics::Estimate;
use super::super::{atoms, begin, bussi, langevin, run};
use super::{distances, distortion, rigid, trimers, velocity};
use crate::fixtures::built_in;

/// Kinetic energy of the centers and of the rotation of a group, eV.
fn energies(state: &State, group: &[usize]) -> [f64; 2] {
    let center = velocity(state, group);
    let mut energies = [0.0; 2];
    for &atom in group {
        let mass = 0.5 * AMU_ANGSTROM2_PER_FS2 * state.structure.mass(atom);
        energies[0] += mass * center.length_squared();
        energies[1] += mass * (state.velocities[atom] - center).length_squared();
    }
    energies
}

/// A water, a CO2 and an argon atom, ten of each, far from one another.
fn mixture() -> Structure {
    let place = |index: usize| DVec3::new(20.0 * index as f64, 0.0, 0.0);
    let mut mixture = Structure::empty();
    for index in 0..10 {
        let mut water = built_in("water");
        water
            .positions_mut()
            .iter_mut()
            .for_each(|it| *it += place(3 * index));
        mixture.append(&water);
        let line = [-1.16, 0.0, 1.16].map(|x| place(3 * index + 1) + x * DVec3::new(0.6, 0.0, 0.8));
        let elements = vec![Element::O, Element::C, Element::O];
        mixture.append(&Structure::new(elements, line.to_vec()).unwrap());
        mixture.append(&atoms(Element::AR, vec![place(3 * index + 2)]));
    }
    rigid(mixture)
}

#[test]
fn langevin_dynamics_give_each_degree_of_freedom_of_rigid_bodies_half_kt() {
    let kt = 300.0 * BOLTZMANN;
    let mut potential = ideal_gas();
    let mut state = begin(mixture(), &mut potential, 1);
    assert_eq!(state.degrees_of_freedom(), 10 * (6 + 5 + 3));
    let geometry = distances(&state.structure);
    let dynamics = langevin(2.0, 300.0, 50.0);
    let mut series = [const { Vec::new() }; 5];
    run(dynamics, &mut state, &mut potential, 500, |_| ());
    run(dynamics, &mut state, &mut potential, 20_000, |state| {
        let mut sums = [0.0; 5];
        for molecule in 0..10 {
            let first = 7 * molecule;
            let [water, rotation] = energies(state, &[first, first + 1, first + 2]);
            let [line, turn] = energies(state, &[first + 3, first + 4, first + 5]);
            let [argon, _] = energies(state, &[first + 6]);
            for (sum, found) in sums.iter_mut().zip([water, rotation, line, turn, argon]) {
                *sum += found / 10.0;
            }
        }
        for (series, sum) in series.iter_mut().zip(sums) {
            series.push(sum);
        }
    });
    for (series, freedom) in series.iter().zip([3.0, 3.0, 3.0, 2.0, 3.0]) {
        Estimate::of(series).assert_is(0.5 * freedom * kt, 0.02);
    }
    assert!(distortion(&distances(&state.structure), &geometry) < 1e-9);
}

/// Mean energies of translation and rotation per degree of freedom, over kT, and the mean temperature, K.
fn shares(dynamics: Dynamics, steps: usize) -> [Estimate; 3] {
    let (mut state, mut potential) = trimers(3);
    let groups = std::sync::Arc::clone(state.structure.rigid_groups());
    run(dynamics, &mut state, &mut potential, 2_000, |_| ());
    let mut series = [const { Vec::new() }; 3];
    let propagator = dynamics.propagator().unwrap();
    run(dynamics, &mut state, &mut potential, steps, |state| {
        if state.step % 5 == 0 {
            let parts = groups.iter().map(|group| energies(state, group));
            let sum = parts.fold([0.0; 2], |sum, it| [sum[0] + it[0], sum[1] + it[1]]);
            series[0].push(sum[0]);
            series[1].push(sum[1]);
            series[2].push(propagator.temperature(state));
        }
    });
    series.map(|series| Estimate::of(&series))
}

#[test]
fn velocity_rescaling_gives_translations_and_rotations_of_rigid_bodies_the_same_temperature() {
    let kt = 120.0 * BOLTZMANN;
    let [translation, rotation, temperature] = shares(bussi(5.0, 120.0, 100.0), 200_000);
    // The momentum of all is conserved and no part of the temperature.
    let moving = 0.5 * (3.0 * 8.0 - 3.0) * kt;
    let flight = translation.mean - moving;
    println!("momentum of the start: {flight:.2e} eV");
    rotation.assert_is(0.5 * 3.0 * 8.0 * kt, 0.02);
    temperature.assert_is(120.0, 0.02);
}

#[test]
fn new_velocities_of_rigid_bodies_have_the_temperature_and_no_momentum() {
    let (mut state, mut potential) = trimers(5);
    for temperature in [50.0, 300.0] {
        state.thermalize(temperature);
        let dynamics = bussi(1.0, temperature, 100.0).propagator().unwrap();
        assert!((dynamics.temperature(&state) - temperature).abs() < 1e-9);
        let momentum = |(atom, v): (usize, &DVec3)| state.structure.mass(atom) * *v;
        let total: DVec3 = state.velocities.iter().enumerate().map(momentum).sum();
        assert!(total.length() < 1e-12);
        // They are those of bodies: a step without forces does not change the energy.
        let kinetic = state.kinetic_energy();
        let mut still = state.clone();
        let mut nothing = ideal_gas();
        still.evaluate(&mut nothing).unwrap();
        run(super::super::nve(1.0), &mut still, &mut nothing, 1, |_| ());
        assert!((still.kinetic_energy() - kinetic).abs() < 1e-9 * kinetic);
    }
    assert!(state.evaluate(&mut potential).is_ok());
}
