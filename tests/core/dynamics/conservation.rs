//! Conservation laws, time reversibility and determinism of dynamics.

use glam::DVec3;
use mlipview_core::chem::{Cell, Element, units::ASE_TIME};
use mlipview_core::potential::{Emt, Potential};
use mlipview_core::sim::State;
use mlipview_core::sim::propagate::{CellFreedom, Dynamics, Ensemble, RigidMotion};

use super::statistics::slope;
use super::{argon, atoms, begin, bussi, fcc, langevin, nve, run};
use crate::potentials::{numbers, reference, vectors};

/// The initial copper crystal of the ASE reference.
fn rattled_copper(potential: &mut Emt) -> State {
    let start = &reference("md_opt_ase.json")["start"];
    let [a, b, c] = vectors(&start["cell"]).try_into().unwrap();
    let cell = Cell::new([a, b, c], [true; 3]).unwrap();
    let mut structure = atoms(Element::CU, vectors(&start["positions"])).with_cell(cell);
    let mass = start["mass_amu"].as_f64().unwrap();
    structure
        .set_masses(Some(vec![mass; structure.len()]))
        .unwrap();
    let mut state = begin(structure, potential, 1);
    let momenta = vectors(&start["momenta_ASE_units"]);
    state.velocities = momenta
        .iter()
        .map(|momentum| *momentum / mass / ASE_TIME)
        .collect();
    state
}

fn warm_argon(temperature: f64, seed: u64) -> (State, impl Potential) {
    let mut potential = argon();
    let mut state = begin(fcc(Element::AR, 5.4, 3), &mut potential, seed);
    state.thermalize(temperature);
    (state, potential)
}

#[test]
fn velocity_verlet_follows_ase() {
    let mut potential = Emt::new();
    let mut state = rattled_copper(&mut potential);
    let expected = &reference("md_opt_ase.json")["VV_EMT_Cu32_2fs"];
    let mut energies = Vec::new();
    // The timestep of ASE is 2 fs in its own unit of time, of CODATA 2014.
    let timestep = 2.0
        * reference("md_opt_ase.json")["start"]["fs_in_ASE_units"]
            .as_f64()
            .unwrap()
        * ASE_TIME;
    run(nve(timestep), &mut state, &mut potential, 200, |state| {
        energies.push([state.evaluation.energy, state.kinetic_energy()]);
    });
    for (found, expected) in energies
        .iter()
        .zip(expected["E_pot_kin_first10"].as_array().unwrap())
    {
        for (found, expected) in found.iter().zip(numbers(expected)) {
            assert!(
                (found - expected).abs() < 1e-9,
                "{found} eV is not {expected} eV"
            );
        }
    }
    let positions = vectors(&expected["final_positions"]);
    let deviation = state
        .structure
        .positions()
        .iter()
        .zip(positions)
        .map(|(a, b)| a.distance(b));
    let deviation = deviation.fold(0.0, f64::max);
    println!("after 200 steps {deviation:.1e} Å from ASE");
    assert!(deviation < 1e-7, "{deviation} Å from ASE");
}

/// The drift over 10 ps, eV/atom, from a straight line through the energies.
fn drift(state: &mut State, potential: &mut dyn Potential, timestep: f64) -> f64 {
    let mut energies = Vec::new();
    let steps = (10_000.0 / timestep) as usize;
    run(nve(timestep), state, potential, steps, |state| {
        energies.push((
            state.time,
            state.conserved_energy() / state.structure.len() as f64,
        ));
    });
    slope(energies.iter().copied()) * 10_000.0
}

#[test]
fn argon_conserves_energy_over_ten_picoseconds() {
    let (mut state, mut potential) = warm_argon(60.0, 1);
    let drift = drift(&mut state, &mut potential, 4.0);
    println!("Ar108, 4 fs: {drift:.2e} eV/atom in 10 ps");
    assert!(drift.abs() < 1e-5, "{drift} eV/atom");
}

#[test]
fn copper_conserves_energy_over_ten_picoseconds() {
    let mut potential = Emt::new();
    let mut state = rattled_copper(&mut potential);
    let drift = drift(&mut state, &mut potential, 4.0);
    println!("Cu32, 4 fs: {drift:.2e} eV/atom in 10 ps");
    assert!(drift.abs() < 1e-5, "{drift} eV/atom");
}

/// Order of the error of the conserved energy in the timestep.
fn order(state: &State, potential: &mut dyn Potential, dynamics: impl Fn(f64) -> Dynamics) -> f64 {
    let timesteps = [2.0, 4.0, 8.0];
    let errors = timesteps.map(|timestep| {
        let (mut state, mut squares, mut count) = (state.clone(), 0.0, 0.0);
        let start = state.conserved_energy();
        run(
            dynamics(timestep),
            &mut state,
            potential,
            (2_000.0 / timestep) as usize,
            |state| {
                squares += (state.conserved_energy() - start).powi(2);
                count += 1.0;
            },
        );
        (squares / count).sqrt()
    });
    println!("errors {errors:.6?} eV at {timesteps:?} fs");
    slope(timesteps.map(f64::ln).into_iter().zip(errors.map(f64::ln)))
}

#[test]
fn the_error_of_the_energy_is_quadratic_in_the_timestep() {
    let (mut state, mut potential) = warm_argon(60.0, 2);
    run(nve(4.0), &mut state, &mut potential, 250, |_| ());
    let exponent = order(&state, &mut potential, nve);
    println!("argon: exponent {exponent:.3}");
    assert!((exponent - 2.0).abs() < 0.15, "argon: exponent {exponent}");
    let mut potential = Emt::new();
    let state = rattled_copper(&mut potential);
    let exponent = order(&state, &mut potential, nve);
    println!("copper: exponent {exponent:.3}");
    assert!((exponent - 2.0).abs() < 0.15, "copper: exponent {exponent}");
}

#[test]
fn energy_from_thermostats_and_barostats_is_accounted_for() {
    let (mut state, mut potential) = warm_argon(60.0, 3);
    run(
        bussi(4.0, 60.0, 200.0),
        &mut state,
        &mut potential,
        250,
        |_| (),
    );
    let kinds: [fn(f64) -> Dynamics; 4] = [
        |timestep| langevin(timestep, 60.0, 2.0),
        |timestep| bussi(timestep, 60.0, 200.0),
        |timestep| barostat(timestep, CellFreedom::Isotropic),
        |timestep| barostat(timestep, CellFreedom::Anisotropic),
    ];
    for kind in kinds {
        let mut state = state.clone();
        let (start, energy) = (state.conserved_energy(), state.energy_received);
        let (mut worst, mut exchanged) = (0.0_f64, 0.0_f64);
        run(kind(4.0), &mut state, &mut potential, 1_000, |state| {
            worst = worst.max((state.conserved_energy() - start).abs());
            exchanged = exchanged.max((state.energy_received - energy).abs());
        });
        println!(
            "{:?}: off by {worst:.2e} eV of {exchanged:.2e} eV given",
            kind(4.0).ensemble
        );
        assert!(exchanged > 0.1, "almost no exchange: {exchanged} eV");
        assert!(
            worst < 0.02 * exchanged,
            "{worst} eV lost of {exchanged} eV"
        );
    }
}

fn barostat(timestep: f64, freedom: CellFreedom) -> Dynamics {
    let ensemble = Ensemble::CellRescaling {
        temperature: 60.0,
        relaxation_time: 200.0,
        pressure: 0.0,
        pressure_relaxation_time: 1_000.0,
        compressibility: 80.0,
        freedom,
    };
    Dynamics {
        rigid_motion: RigidMotion::Free,
        timestep,
        ensemble,
    }
}

#[test]
fn velocity_verlet_is_time_reversible() {
    let (mut state, mut potential) = warm_argon(60.0, 4);
    let start = state.structure.positions().to_vec();
    run(nve(4.0), &mut state, &mut potential, 250, |_| ());
    let away = state
        .structure
        .positions()
        .iter()
        .zip(&start)
        .map(|(a, b)| a.distance(*b));
    assert!(away.fold(0.0, f64::max) > 0.3, "nothing moved");
    state
        .velocities
        .iter_mut()
        .for_each(|velocity| *velocity = -*velocity);
    run(nve(4.0), &mut state, &mut potential, 250, |_| ());
    let off = state
        .structure
        .positions()
        .iter()
        .zip(&start)
        .map(|(a, b)| a.distance(*b));
    let off = off.fold(0.0, f64::max);
    println!("back to within {off:.1e} Å");
    assert!(off < 1e-9, "{off} Å off");
}

#[test]
fn momentum_and_the_angular_momentum_of_free_molecules_are_conserved() {
    let mut potential = argon();
    let crystal = fcc(Element::AR, 5.4, 2);
    let mut state = begin(crystal.with_cell(None), &mut potential, 5);
    state.thermalize(20.0);
    let (push, turn) = (DVec3::new(1e-3, -2e-3, 5e-4), DVec3::new(1e-4, 2e-4, -1e-4));
    for (position, velocity) in state
        .structure
        .positions()
        .iter()
        .zip(&mut state.velocities)
    {
        *velocity += push + turn.cross(*position);
    }
    let momenta = |state: &State| {
        let atoms = state.structure.positions().iter().zip(&state.velocities);
        atoms.fold((DVec3::ZERO, DVec3::ZERO), |sum, (position, velocity)| {
            (sum.0 + *velocity, sum.1 + position.cross(*velocity))
        })
    };
    let before = momenta(&state);
    for dynamics in [nve(4.0), bussi(4.0, 20.0, 50.0)] {
        run(dynamics, &mut state, &mut potential, 500, |_| ());
        let after = momenta(&state);
        assert!(
            after.0.abs_diff_eq(before.0, 1e-12),
            "{after:?} was {before:?}"
        );
        assert!(
            after.1.abs_diff_eq(before.1, 1e-10),
            "{after:?} was {before:?}"
        );
    }
}

#[test]
fn the_same_seed_gives_the_same_steps_and_another_seed_others() {
    let after = |seed| {
        let (mut state, mut potential) = warm_argon(60.0, seed);
        run(
            langevin(4.0, 60.0, 2.0),
            &mut state,
            &mut potential,
            20,
            |_| (),
        );
        run(
            barostat(4.0, CellFreedom::Anisotropic),
            &mut state,
            &mut potential,
            20,
            |_| (),
        );
        (state.structure, state.velocities)
    };
    assert_eq!(after(1), after(1));
    assert_ne!(after(1), after(2));
}

#[test]
fn exchanging_the_propagator_changes_nothing() {
    let (start, mut potential) = warm_argon(60.0, 6);
    let kinds = [
        langevin(4.0, 60.0, 2.0),
        bussi(4.0, 60.0, 200.0),
        barostat(4.0, CellFreedom::Isotropic),
    ];
    for dynamics in kinds {
        let (mut one, mut other) = (start.clone(), start.clone());
        run(dynamics, &mut one, &mut potential, 20, |_| ());
        for _ in 0..20 {
            run(dynamics, &mut other, &mut potential, 1, |_| ());
        }
        assert_eq!(one.structure, other.structure);
        assert_eq!(one.velocities, other.velocities);
    }
}
