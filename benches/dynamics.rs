//! Time per step of each integrator without the potential, for 1 000 atoms that do not interact.
//!
//! Each line is the best of several interleaved rounds, minus the time of the potential.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench reads the clock and prints"
)]

use std::time::Instant;

use glam::{DMat3, DVec3};
use mlipview_core::chem::{Cell, Element, Structure};
use mlipview_core::potential::{Capabilities, Evaluation, Potential, PotentialError};
use mlipview_core::sim::State;
use mlipview_core::sim::propagate::{CellFreedom, Dynamics, Ensemble, RigidMotion};

const ATOMS: usize = 1_000;
const STEPS: u32 = 500;
const ROUNDS: usize = 20;

/// A potential without forces.
struct NoForces(Capabilities);

impl Potential for NoForces {
    fn name(&self) -> &str {
        "nothing"
    }

    fn description(&self) -> &str {
        "Atoms that do not interact."
    }

    fn capabilities(&self) -> &Capabilities {
        &self.0
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        Ok(Evaluation {
            energy: 0.0,
            forces: vec![DVec3::ZERO; structure.len()],
            stress: Some(DMat3::ZERO),
            ..Evaluation::default()
        })
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let capabilities = Capabilities {
        elements: None,
        charges: 0..=0,
        spins: false,
        periodic: true,
        reactive: true,
    };
    let mut potential = NoForces(capabilities);
    let position = |i: usize| DVec3::from([i % 10, i / 10 % 10, i / 100].map(|i| 3.0 * i as f64));
    let molecule = Structure::new(vec![Element::AR; ATOMS], (0..ATOMS).map(position).collect())?;
    let crystal = molecule
        .clone()
        .with_cell(Cell::orthorhombic(DVec3::splat(30.0))?);
    let (temperature, relaxation_time) = (300.0, 100.0);
    let bussi = Ensemble::Bussi {
        temperature,
        relaxation_time,
    };
    let cell_rescaling = |freedom| Ensemble::CellRescaling {
        temperature,
        relaxation_time,
        pressure: 1e-3,
        pressure_relaxation_time: 1e6,
        compressibility: 1.0,
        freedom,
    };
    let cases = [
        (
            "velocity Verlet",
            Ensemble::Nve {
                initial_temperature: 0.0,
            },
            &crystal,
        ),
        (
            "Langevin",
            Ensemble::Langevin {
                temperature,
                friction: 1.0,
            },
            &crystal,
        ),
        ("velocity rescaling", bussi, &crystal),
        ("velocity rescaling, free molecule", bussi, &molecule),
        (
            "cell rescaling, isotropic",
            cell_rescaling(CellFreedom::Isotropic),
            &crystal,
        ),
        (
            "cell rescaling, anisotropic",
            cell_rescaling(CellFreedom::Anisotropic),
            &crystal,
        ),
    ];
    let mut best = [f64::INFINITY; 6];
    let mut alone = f64::INFINITY;
    for _ in 0..ROUNDS {
        for ((_, ensemble, structure), best) in cases.iter().zip(&mut best) {
            let mut state = State::new((*structure).clone(), &mut potential, 1)?;
            state.thermalize(temperature);
            let mut propagator = Dynamics {
                rigid_motion: RigidMotion::Free,
                timestep: 1.0,
                ensemble: *ensemble,
            }
            .propagator()?;
            let start = Instant::now();
            for _ in 0..STEPS {
                propagator.advance(&mut state, &mut potential)?;
            }
            *best = best.min(start.elapsed().as_secs_f64() / f64::from(STEPS));
        }
        let start = Instant::now();
        for _ in 0..STEPS {
            std::hint::black_box(potential.evaluate(&crystal)?);
        }
        alone = alone.min(start.elapsed().as_secs_f64() / f64::from(STEPS));
    }
    for ((name, ..), best) in cases.iter().zip(best) {
        println!("{name:<36}{:6.1} µs per step", 1e6 * (best - alone));
    }
    Ok(())
}
