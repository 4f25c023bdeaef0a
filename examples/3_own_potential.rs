//! A custom potential: harmonic springs between the atoms and the origin.

#![allow(clippy::print_stdout, reason = "an example prints its result")]

use glam::DVec3;
use mlipview_core::chem::{Element, Structure};
use mlipview_core::potential::{Capabilities, Evaluation, Potential, PotentialError};
use mlipview_core::sim::propagate::{Dynamics, Ensemble, RigidMotion};
use mlipview_core::sim::{Command, Engine, Task};

/// Every atom on a spring to the origin.
struct Springs {
    /// Spring constant, eV/Å².
    stiffness: f64,
    capabilities: Capabilities,
}

impl Potential for Springs {
    fn name(&self) -> &str {
        "springs"
    }

    fn description(&self) -> &str {
        "Harmonic springs to the origin: an example."
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        let positions = structure.positions();
        let energy = positions
            .iter()
            .map(|r| 0.5 * self.stiffness * r.length_squared())
            .sum();
        let forces = positions.iter().map(|r| -self.stiffness * r).collect();
        Ok(Evaluation {
            energy,
            forces,
            stress: None,
            ..Evaluation::default()
        })
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let capabilities = Capabilities {
        elements: None,
        charges: i32::MIN..=i32::MAX,
        spins: true,
        periodic: false,
        reactive: false,
    };
    let springs = Springs {
        stiffness: 2.0,
        capabilities,
    };
    let atoms = Structure::new(vec![Element::C, Element::O], vec![DVec3::X, DVec3::Y])?;

    let mut engine = Engine::new(atoms, Some(Box::new(springs)), 1);
    let nve = Dynamics {
        rigid_motion: RigidMotion::Free,
        timestep: 0.5,
        ensemble: Ensemble::Nve {
            initial_temperature: 0.0,
        },
    };
    engine.apply(1, Command::Steps(Task::Dynamics(nve), 400));
    while let Some(frame) = engine.step() {
        if let Some(evaluation) = frame.evaluation.as_ref().filter(|_| frame.step % 100 == 0) {
            let total = evaluation.energy + frame.kinetic_energy;
            println!(
                "{:>6.1} fs  x = {:+.4} Å  total {total:.6} eV",
                frame.time, frame.positions[0].x
            );
        }
    }
    Ok(())
}
