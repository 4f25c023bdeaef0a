//! Damped rigid motion: free molecules stay in view, at the right temperature.

use glam::DVec3;
use mlipview_core::chem::Structure;
use mlipview_core::chem::units::BOLTZMANN;
use mlipview_core::potential::Nano;
use mlipview_core::sim::State;
use mlipview_core::sim::propagate::{Dynamics, RigidMotion};

use super::statistics::Estimate;
use super::{begin, bussi, langevin, nve, run};
use crate::fixtures::built_in;

fn damped(dynamics: Dynamics) -> Dynamics {
    Dynamics {
        rigid_motion: RigidMotion::Damped,
        ..dynamics
    }
}

fn water() -> Structure {
    built_in("water")
}

fn center(structure: &Structure) -> DVec3 {
    let atoms = structure.positions().iter().enumerate();
    let moment: DVec3 = atoms.map(|(atom, r)| structure.mass(atom) * *r).sum();
    moment
        / (0..structure.len())
            .map(|atom| structure.mass(atom))
            .sum::<f64>()
}

/// Total momentum, amu Å/fs, and angular momentum about the center of mass, amu Å²/fs.
fn momenta(state: &State) -> [DVec3; 2] {
    let center = center(&state.structure);
    let mut momenta = [DVec3::ZERO; 2];
    for (atom, (r, v)) in state
        .structure
        .positions()
        .iter()
        .zip(&state.velocities)
        .enumerate()
    {
        let p = state.structure.mass(atom) * *v;
        momenta[0] += p;
        momenta[1] += (*r - center).cross(p);
    }
    momenta
}

#[test]
fn a_free_molecule_stays_in_place_under_every_thermostat() {
    for dynamics in [
        langevin(0.5, 300.0, 10.0),
        bussi(0.5, 300.0, 100.0),
        nve(0.5),
    ] {
        let mut nano = Nano::new();
        let mut state = begin(water(), &mut nano, 3);
        state.thermalize(300.0);
        let start = center(&state.structure);
        let mut farthest: f64 = 0.0;
        run(damped(dynamics), &mut state, &mut nano, 20_000, |state| {
            farthest = farthest.max(center(&state.structure).distance(start));
        });
        assert!(farthest < 0.01, "{farthest} Å with {:?}", dynamics.ensemble);
        let [momentum, angular] = momenta(&state);
        assert!(momentum.length() < 1e-6, "{momentum}");
        assert!(angular.length() < 1e-4, "{angular}");
    }
}

#[test]
fn a_free_molecule_diffuses_without_damping() {
    // Without damping the center diffuses: D = kT / (M γ), about 14 Å²/ps of 6 D t here.
    let mut nano = Nano::new();
    let mut state = begin(water(), &mut nano, 3);
    state.thermalize(300.0);
    let start = center(&state.structure);
    run(
        langevin(0.5, 300.0, 10.0),
        &mut state,
        &mut nano,
        20_000,
        |_| (),
    );
    assert!(center(&state.structure).distance(start) > 1.0);
}

#[test]
fn a_thrown_molecule_comes_to_rest_and_keeps_its_internal_energy() {
    let mut nano = Nano::new();
    let mut state = begin(water(), &mut nano, 3);
    state.thermalize(300.0);
    let energy = |state: &State| state.kinetic_energy() + state.evaluation.energy;
    let internal = energy(&state);
    // 0.02 Å/fs is 2 000 m/s: a fast hand. With a spin of half a turn in 100 fs.
    let (spin, drift) = (DVec3::new(0.0, 0.01, 0.03), DVec3::new(0.02, 0.0, 0.0));
    let middle = center(&state.structure);
    let positions = state.structure.positions().to_vec();
    for (r, v) in positions.iter().zip(&mut state.velocities) {
        *v += drift + spin.cross(*r - middle);
    }
    assert!(energy(&state) > internal + 0.02);
    let ledger = energy(&state) - state.energy_received;
    run(damped(nve(0.2)), &mut state, &mut nano, 5_000, |_| ());
    let [momentum, _] = momenta(&state);
    assert!(momentum.length() < 1e-3 * 18.0 * drift.length());
    // The received energy includes that of the damping.
    assert!((energy(&state) - state.energy_received - ledger).abs() < 2e-3);
    // Rotation stretched the molecule, which leaves a part of its energy in vibrations.
    assert!(
        (energy(&state) - internal).abs() < 0.02,
        "{}",
        energy(&state) - internal
    );
}

#[test]
fn damping_keeps_the_internal_temperature() {
    let mut nano = Nano::new();
    let mut state = begin(water(), &mut nano, 5);
    state.thermalize(300.0);
    let dynamics = damped(langevin(0.5, 300.0, 20.0));
    let propagator = dynamics.propagator().unwrap();
    run(dynamics, &mut state, &mut nano, 2_000, |_| ());
    let (mut kinetic, mut temperatures) = (Vec::new(), Vec::new());
    run(dynamics, &mut state, &mut nano, 100_000, |state| {
        kinetic.push(state.kinetic_energy());
        temperatures.push(propagator.temperature(state));
    });
    // Three internal degrees of freedom of nine.
    Estimate::of(&kinetic).assert_is(1.5 * 300.0 * BOLTZMANN, 0.04);
    Estimate::of(&temperatures).assert_is(300.0, 0.04);
}

#[test]
fn rigid_motion_is_not_damped_while_an_atom_is_fixed() {
    let mut structure = water();
    structure.fixed_mut()[0] = true;
    let [mut one, mut other] = [RigidMotion::Free, RigidMotion::Damped].map(|rigid_motion| {
        let mut nano = Nano::new();
        let mut state = begin(structure.clone(), &mut nano, 7);
        let dynamics = Dynamics {
            rigid_motion,
            ..langevin(0.5, 300.0, 10.0)
        };
        run(dynamics, &mut state, &mut nano, 100, |_| ());
        state
    });
    assert_eq!(one.structure.positions(), other.structure.positions());
    assert_eq!(one.velocities.pop(), other.velocities.pop());
}
