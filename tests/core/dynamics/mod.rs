//! Dynamics: conservation, sampling, hands and fixed atoms.

mod bond_rotation;
mod canonical;
mod conservation;
mod hands;
mod initial_velocities;
mod model_potentials;
mod pressure;
pub(crate) mod rigid_bodies;
mod rigid_motion;
mod statistics;

use glam::DVec3;
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::Potential;
use mlipview_core::potential::lennard_jones::{LennardJones, Truncation};
use mlipview_core::sim::State;
use mlipview_core::sim::propagate::{Dynamics, Ensemble, RigidMotion};

fn begin(structure: Structure, potential: &mut dyn Potential, seed: u64) -> State {
    State::new(structure, potential, seed).unwrap()
}

/// Takes steps, and calls `show` with each new state.
fn run(
    dynamics: Dynamics,
    state: &mut State,
    potential: &mut dyn Potential,
    steps: usize,
    mut show: impl FnMut(&State),
) {
    let mut propagator = dynamics.propagator().unwrap();
    propagator.check(state).unwrap();
    for _ in 0..steps {
        propagator.advance(state, potential).unwrap();
        show(state);
    }
}

pub(crate) fn nve(timestep: f64) -> Dynamics {
    Dynamics {
        rigid_motion: RigidMotion::Free,
        timestep,
        ensemble: Ensemble::Nve {
            initial_temperature: 0.0,
        },
    }
}

/// Friction in 1/ps.
pub(crate) fn langevin(timestep: f64, temperature: f64, friction: f64) -> Dynamics {
    Dynamics {
        rigid_motion: RigidMotion::Free,
        timestep,
        ensemble: Ensemble::Langevin {
            temperature,
            friction,
        },
    }
}

/// Relaxation time in fs.
fn bussi(timestep: f64, temperature: f64, relaxation_time: f64) -> Dynamics {
    Dynamics {
        rigid_motion: RigidMotion::Free,
        timestep,
        ensemble: Ensemble::Bussi {
            temperature,
            relaxation_time,
        },
    }
}

/// Atoms of one element.
fn atoms(element: Element, positions: Vec<DVec3>) -> Structure {
    Structure::new(vec![element; positions.len()], positions).unwrap()
}

/// A face-centered cubic crystal of `n`³ cubes of side `a` (Å).
fn fcc(element: Element, a: f64, n: usize) -> Structure {
    let corners = [
        [0.0, 0.0, 0.0],
        [0.0, 0.5, 0.5],
        [0.5, 0.0, 0.5],
        [0.5, 0.5, 0.0],
    ];
    let cubes = (0..n * n * n)
        .map(|cube| DVec3::from([cube % n, cube / n % n, cube / n / n].map(|i| i as f64)));
    let positions = cubes.flat_map(|cube| corners.map(|corner| a * (cube + DVec3::from(corner))));
    let cell = Cell::orthorhombic(DVec3::splat(a * n as f64)).unwrap();
    atoms(element, positions.collect()).with_cell(cell)
}

/// Argon with a smooth cutoff at 7 Å.
fn argon() -> LennardJones {
    let potential = LennardJones::universal(3.405, 0.0104, 7.0).unwrap();
    potential
        .truncated(Truncation::Smooth { onset: 0.66 })
        .unwrap()
}
