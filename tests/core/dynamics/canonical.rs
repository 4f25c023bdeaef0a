//! Thermostats sample the canonical distribution.

use glam::DVec3;
use mlipview_core::chem::units::{AMU_ANGSTROM2_PER_FS2, BOLTZMANN};
use mlipview_core::chem::{Element, Structure};
use mlipview_core::sim::State;

use super::model_potentials::{dumbbell, harmonic_wells};
use super::statistics::{Estimate, assert_follow, normal};
use super::{argon, atoms, begin, bussi, fcc, langevin, run};

#[test]
fn langevin_dynamics_sample_every_mass_at_the_same_temperature() {
    const STIFFNESS: f64 = 1.0;
    let kt = 300.0 * BOLTZMANN;
    let elements = [Element::C, Element::AR, Element::AU]
        .map(|element| [element; 20])
        .concat();
    let structure = Structure::new(elements, vec![DVec3::ZERO; 60]).unwrap();
    let mut potential = harmonic_wells(STIFFNESS);
    let mut state = begin(structure, &mut potential, 1);
    let dynamics = langevin(2.0, 300.0, 20.0);
    run(dynamics, &mut state, &mut potential, 1_000, |_| ());
    let mut kinetic = [const { Vec::new() }; 3];
    let (mut total, mut places) = (Vec::new(), Vec::new());
    run(dynamics, &mut state, &mut potential, 100_000, |state| {
        for (kind, series) in kinetic.iter_mut().enumerate() {
            let kind = 20 * kind..20 * (kind + 1);
            let squares: f64 = state.velocities[kind.clone()]
                .iter()
                .map(|v| v.length_squared())
                .sum();
            series.push(0.5 * AMU_ANGSTROM2_PER_FS2 * state.structure.mass(kind.start) * squares);
        }
        total.push(state.kinetic_energy());
        // The positions of gold decorrelate in half a picosecond.
        if state.step % 1_000 == 0 {
            let scale = (STIFFNESS / kt).sqrt();
            places.extend(
                state
                    .structure
                    .positions()
                    .iter()
                    .flat_map(|r| (scale * *r).to_array()),
            );
        }
    });
    for series in kinetic {
        Estimate::of(&series).assert_is(30.0 * kt, 0.01);
    }
    Estimate::of(&total).assert_is(90.0 * kt, 0.005);
    Estimate::of_variance(&total).assert_is(90.0 * kt * kt, 0.05);
    assert_follow(places, normal);
}

#[test]
fn velocity_rescaling_samples_the_canonical_kinetic_energy() {
    let kt = 60.0 * BOLTZMANN;
    let mut potential = argon();
    let mut state = begin(fcc(Element::AR, 5.4, 2), &mut potential, 1);
    state.thermalize(60.0);
    // The drift of a crystal is no heat.
    let flight = DVec3::new(0.01, 0.0, -0.02);
    state
        .velocities
        .iter_mut()
        .for_each(|velocity| *velocity += flight);
    let flying = 0.5 * AMU_ANGSTROM2_PER_FS2 * 32.0 * Element::AR.mass() * flight.length_squared();
    let dynamics = bussi(5.0, 60.0, 50.0);
    run(dynamics, &mut state, &mut potential, 500, |_| ());
    let mut energies = Vec::new();
    run(dynamics, &mut state, &mut potential, 20_000, |state| {
        energies.push(state.kinetic_energy() - flying);
    });
    let modes = 3.0 * 32.0 - 3.0;
    Estimate::of(&energies).assert_is(0.5 * modes * kt, 0.005);
    Estimate::of_variance(&energies).assert_is(0.5 * modes * kt * kt, 0.05);
    let temperature = dynamics.propagator().unwrap().temperature(&state);
    let expected = 2.0 * (state.kinetic_energy() - flying) / (modes * BOLTZMANN);
    assert!(
        (temperature - expected).abs() < 1e-6 * expected,
        "{temperature} K, not {expected} K"
    );
}

#[test]
fn velocity_rescaling_samples_a_single_degree_of_freedom() {
    const STIFFNESS: f64 = 5.0;
    const LENGTH: f64 = 1.1;
    let kt = 300.0 * BOLTZMANN;
    let mut potential = dumbbell(STIFFNESS, LENGTH);
    let structure = atoms(
        Element::N,
        vec![DVec3::ZERO, LENGTH * DVec3::new(0.36, 0.48, 0.8)],
    );
    let mut state = begin(structure, &mut potential, 1);
    state.thermalize(300.0);
    let bond = |state: &State| {
        let [one, other] = state.structure.positions() else {
            panic!("two atoms")
        };
        other.distance(*one)
    };
    let (mut kinetic, mut lengths) = (Vec::new(), Vec::new());
    run(
        bussi(1.0, 300.0, 30.0),
        &mut state,
        &mut potential,
        1_000_000,
        |state| {
            if state.step % 10 == 0 {
                kinetic.push(state.kinetic_energy());
            }
            if state.step % 400 == 0 {
                lengths.push((bond(state) - LENGTH) * (STIFFNESS / kt).sqrt());
            }
        },
    );
    Estimate::of(&kinetic).assert_is(0.5 * kt, 0.02);
    Estimate::of_variance(&kinetic).assert_is(0.5 * kt * kt, 0.05);
    assert_follow(lengths, normal);
}

#[test]
fn thermostats_warm_atoms_at_rest() {
    for dynamics in [langevin(5.0, 60.0, 10.0), bussi(5.0, 60.0, 100.0)] {
        let mut potential = argon();
        let mut state = begin(fcc(Element::AR, 5.4, 2), &mut potential, 1);
        let mut temperatures = Vec::new();
        run(dynamics, &mut state, &mut potential, 2_000, |state| {
            temperatures.push(state.temperature());
        });
        let late = Estimate::of(&temperatures[1_000..]);
        assert!(
            (late.mean - 60.0).abs() < 10.0,
            "{late:?} K after warming to 60 K"
        );
    }
}

#[test]
fn a_thermostat_at_absolute_zero_removes_all_heat() {
    for dynamics in [langevin(5.0, 0.0, 10.0), bussi(5.0, 0.0, 100.0)] {
        let mut potential = argon();
        let mut state = begin(fcc(Element::AR, 5.4, 2), &mut potential, 1);
        state.thermalize(20.0);
        run(dynamics, &mut state, &mut potential, 4_000, |_| ());
        assert!(state.temperature() < 1e-2, "{} K", state.temperature());
    }
}
