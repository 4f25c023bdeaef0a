//! Initial velocities from the Maxwell–Boltzmann distribution, and degrees of freedom.

use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::sim::State;
use mlipview_core::sim::propagate::{Dynamics, Ensemble, RigidMotion};

use super::model_potentials::ideal_gas;
use super::statistics::{assert_follow, normal};
use super::{atoms, begin, bussi, fcc, langevin, nve, run};
use mlipview_core::chem::units::{AMU_ANGSTROM2_PER_FS2, BOLTZMANN};

fn at_300_kelvin(structure: Structure) -> State {
    let mut state = begin(structure, &mut ideal_gas(), 1);
    state.thermalize(300.0);
    state
}

fn momentum(state: &State) -> DVec3 {
    let atoms = state.velocities.iter().enumerate();
    atoms
        .map(|(atom, velocity)| state.structure.mass(atom) * *velocity)
        .sum()
}

fn angular_momentum(state: &State) -> DVec3 {
    let atoms = state
        .structure
        .positions()
        .iter()
        .zip(&state.velocities)
        .enumerate();
    let one = |(atom, (r, v)): (usize, (&DVec3, &DVec3))| state.structure.mass(atom) * r.cross(*v);
    atoms.map(one).sum()
}

/// Degrees of freedom, from the temperature of a known kinetic energy.
fn modes(state: &State, dynamics: Dynamics) -> f64 {
    let temperature = dynamics.propagator().unwrap().temperature(state);
    2.0 * state.kinetic_energy() / (BOLTZMANN * temperature)
}

fn water() -> Structure {
    let positions = [[0.0, 0.0, 0.1], [0.0, 0.76, -0.48], [0.0, -0.76, -0.48]].map(DVec3::from);
    Structure::new(vec![Element::O, Element::H, Element::H], positions.to_vec()).unwrap()
}

fn carbon_dioxide() -> Structure {
    let axis = 1.16 * DVec3::new(2.0, -1.0, 2.0) / 3.0;
    let elements = vec![Element::O, Element::C, Element::O];
    Structure::new(elements, vec![-axis, DVec3::ZERO, axis]).unwrap()
}

#[test]
fn a_crystal_starts_at_its_temperature_without_drift() {
    let state = at_300_kelvin(fcc(Element::CU, 3.6, 3));
    assert!(momentum(&state).length() < 1e-12, "{}", momentum(&state));
    assert!((modes(&state, nve(1.0)) - (3.0 * 108.0 - 3.0)).abs() < 1e-9);
    assert!((modes(&state, langevin(1.0, 300.0, 1.0)) - 3.0 * 108.0).abs() < 1e-9);
    let temperature = nve(1.0).propagator().unwrap().temperature(&state);
    assert!((temperature - 300.0).abs() < 1e-9, "{temperature} K");
}

#[test]
fn a_free_molecule_starts_at_its_temperature_without_drift_or_rotation() {
    for (molecule, expected) in [(water(), 3.0), (carbon_dioxide(), 4.0)] {
        let state = at_300_kelvin(molecule);
        assert!(momentum(&state).length() < 1e-14);
        assert!(angular_momentum(&state).length() < 1e-14);
        for dynamics in [nve(1.0), bussi(1.0, 300.0, 100.0)] {
            let temperature = dynamics.propagator().unwrap().temperature(&state);
            assert!((temperature - 300.0).abs() < 1e-9, "{temperature} K");
            assert!((modes(&state, dynamics) - expected).abs() < 1e-9);
        }
    }
}

#[test]
fn velocities_follow_maxwell_and_boltzmann() {
    let state = at_300_kelvin(fcc(Element::CU, 3.6, 10));
    let scale = (Element::CU.mass() * AMU_ANGSTROM2_PER_FS2 / (BOLTZMANN * 300.0)).sqrt();
    let components = state
        .velocities
        .iter()
        .flat_map(|velocity| (scale * *velocity).to_array());
    assert_follow(components.collect(), normal);
}

#[test]
fn a_fixed_atom_restores_all_degrees_of_freedom() {
    let mut structure = water();
    structure.fixed_mut()[0] = true;
    let state = at_300_kelvin(structure);
    assert_eq!(state.velocities[0], DVec3::ZERO);
    assert!(momentum(&state).length() > 0.0);
    assert!((modes(&state, nve(1.0)) - 6.0).abs() < 1e-9);
    assert!((state.temperature() - 300.0).abs() < 1e-9);
}

#[test]
fn one_atom_and_two_atoms_have_a_temperature() {
    let one = at_300_kelvin(atoms(Element::AR, vec![DVec3::X]));
    assert_eq!(one.velocities, [DVec3::ZERO]);
    let two = at_300_kelvin(atoms(Element::AR, vec![DVec3::X, DVec3::Y]));
    assert!((modes(&two, nve(1.0)) - 1.0).abs() < 1e-9);
    let on_top = at_300_kelvin(atoms(Element::AR, vec![DVec3::X, DVec3::X]));
    assert!((modes(&on_top, nve(1.0)) - 3.0).abs() < 1e-9);
    let mut fixed = water();
    fixed.fixed_mut().fill(true);
    let fixed = at_300_kelvin(fixed);
    let none = at_300_kelvin(Structure::empty());
    for state in [one, fixed, none] {
        for ensemble in every_thermostat() {
            let dynamics = Dynamics {
                rigid_motion: RigidMotion::Free,
                timestep: 1.0,
                ensemble,
            };
            assert_eq!(dynamics.propagator().unwrap().temperature(&state), 0.0);
            let mut state = state.clone();
            run(dynamics, &mut state, &mut ideal_gas(), 10, |state| {
                assert!(state.temperature().is_finite());
                assert!(state.velocities.iter().all(|velocity| velocity.is_finite()));
            });
            assert_eq!(state.step, 10);
        }
    }
}

fn every_thermostat() -> [Ensemble; 3] {
    [
        Ensemble::Nve {
            initial_temperature: 300.0,
        },
        Ensemble::Langevin {
            temperature: 300.0,
            friction: 1.0,
        },
        Ensemble::Bussi {
            temperature: 300.0,
            relaxation_time: 10.0,
        },
    ]
}

#[test]
fn a_parameter_out_of_bounds_is_named_with_its_bound() {
    let refused = [
        (nve(0.0), "timestep (fs)"),
        (nve(f64::NAN), "timestep (fs)"),
        (langevin(1.0, -1.0, 1.0), "temperature (K)"),
        (langevin(1.0, 300.0, -0.1), "friction (1/ps)"),
        (bussi(1.0, 300.0, 0.0), "relaxation time"),
        (bussi(1.0, f64::INFINITY, 10.0), "temperature (K)"),
    ];
    for (dynamics, named) in refused {
        let error = dynamics.propagator().map(|_| ()).unwrap_err().to_string();
        assert!(
            error.contains(named) && error.contains("must be"),
            "{error}"
        );
    }
}
