//! What is, at one step: complete, so that any may be skipped.

use std::sync::Arc;

use glam::DVec3;

use super::State;
use super::constraint::Grips;
use super::state::trace;
use super::task::Task;
use crate::chem::format::Configuration;
use crate::chem::properties::Value;
use crate::chem::{Cell, Structure};
use crate::potential::Evaluation;

/// Everything a window needs to draw and a recorder to keep.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Rises by one with every frame of a simulation.
    pub number: u64,
    /// The ticket of the last command that this frame knows of; 0 before the first.
    pub ticket: u64,
    /// Rises with every edit of the structure.
    pub revision: u64,
    /// The structure as it was at the last edit: elements, labels, fixed atoms, charge … Its
    /// positions and cell are those of then; this frame's are beside it.
    pub identity: Arc<Structure>,
    /// Position of each atom, Å.
    pub positions: Vec<DVec3>,
    /// Velocity of each atom, Å/fs.
    pub velocities: Vec<DVec3>,
    /// The cell.
    pub cell: Option<Cell>,
    /// Energy, forces and stress; `None` where no potential has an answer.
    pub evaluation: Option<Arc<Evaluation>>,
    /// The potential they come from; `None` where there is none.
    pub potential: Option<Arc<str>>,
    /// Kinetic energy, eV.
    pub kinetic_energy: f64,
    /// Temperature, K, of the degrees of freedom that move.
    pub temperature: f64,
    /// Energy of the springs between hands and atoms, eV.
    pub pull_energy: f64,
    /// Energy that thermostats and barostats have given to the atoms so far, eV.
    pub energy_received: f64,
    /// The hands at work.
    pub grips: Grips,
    /// Simulated time, fs.
    pub time: f64,
    /// Steps taken.
    pub step: u64,
    /// What the simulation is doing.
    pub activity: Activity,
    /// Number of changes that can be undone.
    pub undo_count: usize,
    /// Number of undone changes that can be redone.
    pub redo_count: usize,
}

/// What a simulation is doing.
#[derive(Clone, Debug, PartialEq)]
pub enum Activity {
    /// Waiting.
    Idle,
    /// Running a task.
    Running(Task),
    /// Showing a remembered frame.
    Playback,
}

impl Frame {
    /// The structure of this frame.
    pub fn structure(&self) -> Structure {
        let mut structure = Structure::clone(&self.identity);
        structure.positions_mut().copy_from_slice(&self.positions);
        structure.cell.clone_from(&self.cell);
        structure
    }

    /// What this frame says, for a file: the structure, what is known of its motion and its cost, and
    /// as facts of the whole the step, the time and the potential.
    pub fn configuration(&self) -> Configuration {
        let mut structure = self.structure();
        let info = &mut structure.info;
        let step = Value::integer(self.step.cast_signed());
        info.insert("step".to_owned(), step);
        if self.time > 0.0 {
            info.insert("time_fs".to_owned(), Value::real(self.time));
        }
        if let Some(potential) = &self.potential {
            let potential = Value::text(potential.as_ref());
            info.insert("potential".to_owned(), potential);
        }
        let evaluation = self.evaluation.as_ref();
        let moving = self
            .velocities
            .iter()
            .any(|velocity| *velocity != DVec3::ZERO);
        Configuration {
            structure,
            velocities: moving.then(|| self.velocities.clone()),
            energy: evaluation.map(|evaluation| evaluation.energy),
            forces: evaluation.map(|evaluation| evaluation.forces.clone()),
            stress: evaluation.and_then(|evaluation| evaluation.stress),
            ..Configuration::default()
        }
    }

    /// What a state alone tells: no evaluation, nothing going on.
    pub(super) fn of(state: &State, identity: &Arc<Structure>) -> Frame {
        Frame {
            number: 0,
            ticket: 0,
            revision: 0,
            identity: Arc::clone(identity),
            positions: state.structure.positions().to_vec(),
            velocities: state.velocities.clone(),
            cell: state.structure.cell.clone(),
            evaluation: None,
            potential: None,
            kinetic_energy: state.kinetic_energy(),
            temperature: 0.0,
            pull_energy: state.grips.energy(&state.structure),
            energy_received: state.energy_received,
            grips: state.grips.clone(),
            time: state.time,
            step: state.step,
            activity: Activity::Idle,
            undo_count: 0,
            redo_count: 0,
        }
    }

    /// Pressure, eV/Å³: a third of the trace of momentum flow minus stress. `None` where matter does
    /// not repeat along all three axes, and so has no volume, or without a stress.
    pub fn pressure(&self) -> Option<f64> {
        let stress = self.evaluation.as_ref()?.stress?;
        let cell = self
            .cell
            .as_ref()
            .filter(|cell| cell.periodic() == [true; 3])?;
        Some((2.0 * self.kinetic_energy / cell.volume() - trace(stress)) / 3.0)
    }

    /// The largest force on an atom, eV/Å, as the potential has it; fixed atoms do not count.
    pub fn max_force(&self) -> Option<f64> {
        let forces = &self.evaluation.as_ref()?.forces;
        let free = forces
            .iter()
            .zip(self.identity.fixed())
            .filter(|(_, fixed)| !**fixed);
        Some(free.map(|(force, _)| force.length()).fold(0.0, f64::max))
    }

    /// Memory that this frame alone takes, bytes.
    pub fn bytes(&self) -> usize {
        let atoms = self.positions.len();
        let forces = self.evaluation.as_ref().map_or(0, |evaluation| {
            let shares = [
                &evaluation.atom_energies,
                &evaluation.charges,
                &evaluation.force_errors,
            ];
            let shares: usize = shares.into_iter().flatten().map(Vec::len).sum();
            evaluation.forces.len() * size_of::<DVec3>() + shares * size_of::<f64>()
        });
        size_of::<Frame>() + 2 * atoms * size_of::<DVec3>() + forces
    }
}
