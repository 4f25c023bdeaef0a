//! A frame: the complete state of a simulation after one step, so that any frame may be skipped.

use std::sync::Arc;

use glam::DVec3;

use super::State;
use super::constraint::Grips;
use super::external::{ExternalStatus, ExternalValues};
use super::playback::PlaybackStatus;
use super::rigid_bodies::{internal_virial, max_force};
use super::state::trace;
use super::task::Task;
use crate::chem::format::Configuration;
use crate::chem::properties::Value;
use crate::chem::{Cell, Structure};
use crate::packing::PackingState;
use crate::potential::Evaluation;

/// The state of a simulation after one step, for drawing and recording.
///
/// ```
/// use mlipview_core::chem::library;
/// use mlipview_core::potential::Emt;
/// use mlipview_core::sim::Engine;
///
/// let copper = library::find("copper").unwrap().structure()?;
/// let frame = Engine::new(copper, Some(Box::new(Emt::new())), 0).frame();
/// assert_eq!(frame.positions.len(), frame.structure().len());
/// assert!(frame.max_force().unwrap() < 1e-6, "eV/Å");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Frame {
    /// Number of the frame, rising with every published frame.
    pub number: u64,
    /// The ticket of the last command carried out before this frame; 0 before the first.
    pub ticket: u64,
    /// Number of the structure, rising with every edit of its atoms.
    pub revision: u64,
    /// The structure at the last edit: elements, labels, fixed atoms, rigid groups, charge … Positions and cell of
    /// this frame are in the fields below.
    pub identity: Arc<Structure>,
    /// Position of each atom, Å: `[atoms]`.
    pub positions: Vec<DVec3>,
    /// Velocity of each atom, Å/fs: `[atoms]`.
    pub velocities: Vec<DVec3>,
    /// The cell.
    pub cell: Option<Cell>,
    /// Energy, forces and stress; `None` without a potential that can treat the structure.
    pub evaluation: Option<Arc<Evaluation>>,
    /// Name of the potential, if there is one, or of the other program that computes the dynamics.
    pub potential: Option<Arc<str>>,
    /// A sentence about the state of the potential, if it has one that changes during a run.
    pub potential_status: Option<Arc<str>>,
    /// Energies and temperature of another program, if that computes the dynamics: what it does not send is
    /// unknown, and zero in the fields below.
    pub external: Option<ExternalValues>,
    /// Kinetic energy, eV.
    pub kinetic_energy: f64,
    /// Temperature of the degrees of freedom that the dynamics thermalize, K.
    pub temperature: f64,
    /// Energy of the springs between hands and atoms, eV.
    pub pull_energy: f64,
    /// Energy that thermostats and barostats have added so far, eV.
    pub energy_received: f64,
    /// The hands that hold or pull atoms.
    pub grips: Grips,
    /// Simulated time, fs.
    pub time: f64,
    /// Number of steps.
    pub step: u64,
    /// Current task of the simulation.
    pub activity: Activity,
    /// Number of changes that can be undone.
    pub undo_count: usize,
    /// Number of undone changes that can be redone.
    pub redo_count: usize,
    /// Position in the stream of random numbers; `None` if unknown, as in frames of files.
    pub random_position: Option<u128>,
    /// The recorded frame that is shown, and how it is played, during playback.
    pub playback: Option<PlaybackStatus>,
}

/// Activity of a simulation.
#[derive(Clone, Debug, PartialEq)]
pub enum Activity {
    /// No task.
    Idle,
    /// Running a task.
    Running(Task),
    /// Packing molecules, so far.
    Packing(PackingState),
    /// Following the dynamics of another program.
    Following(ExternalStatus),
    /// Shows a recorded frame.
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

    /// The frame as a record of a file: structure, velocities, energy, forces and stress, with step,
    /// time and potential as properties.
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

    /// The frame of a state, without evaluation and activity.
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
            potential_status: None,
            external: None,
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
            random_position: Some(state.random.get_word_pos()),
            playback: None,
        }
    }

    /// The frame of a record of a file. Missing velocities are zero; there is an evaluation if the record
    /// has energy and forces; the temperature is of three degrees of freedom per free atom; step, time and
    /// potential are the properties that [`Frame::configuration`] writes. `identity` is shared with other
    /// frames of the same atoms, or else the structure of the record.
    pub fn of_configuration(
        configuration: Configuration,
        identity: Option<Arc<Structure>>,
        number: u64,
    ) -> Frame {
        let Configuration {
            structure,
            velocities,
            energy,
            forces,
            stress,
            ..
        } = configuration;
        let info = &structure.info;
        let real = |key: &str| info.get(key).and_then(Value::as_real);
        let step = real("step").filter(|step| *step >= 0.0);
        let time = real("time_fs");
        let potential = info.get("potential").and_then(Value::as_text);
        let potential = potential.map(Arc::from);
        let identity = identity.unwrap_or_else(|| Arc::new(structure.clone()));
        let mut state = State::unevaluated(structure, 0);
        if let Some(velocities) = velocities {
            state.velocities = velocities;
        }
        let evaluation = energy.zip(forces).map(|(energy, forces)| {
            Arc::new(Evaluation {
                energy,
                forces,
                stress,
                ..Evaluation::default()
            })
        });
        Frame {
            number,
            evaluation,
            potential,
            temperature: state.temperature(),
            time: time.unwrap_or(0.0),
            step: step.map_or(number, |step| step as u64),
            random_position: None,
            ..Frame::of(&state, &identity)
        }
    }

    /// Potential energy, eV, of the potential or of another program; `None` without one.
    pub fn potential_energy(&self) -> Option<f64> {
        let of_program = self.external.and_then(|values| values.potential_energy);
        let evaluation = self.evaluation.as_ref();
        evaluation
            .map(|evaluation| evaluation.energy)
            .or(of_program)
    }

    /// Kinetic energy, eV; `None` if another program computes the dynamics and does not send it.
    pub fn known_kinetic_energy(&self) -> Option<f64> {
        match self.external {
            Some(values) => values.kinetic_energy,
            None => Some(self.kinetic_energy),
        }
    }

    /// Temperature, K; `None` if another program computes the dynamics and does not send it.
    pub fn known_temperature(&self) -> Option<f64> {
        match self.external {
            Some(values) => values.temperature,
            None => Some(self.temperature),
        }
    }

    /// Memory of the structure that frames share, an upper bound, bytes.
    pub fn identity_bytes(&self) -> usize {
        /// Elements, positions, fixed atoms and labels, bytes per atom.
        const BYTES_PER_ATOM: usize = 3 * size_of::<DVec3>();
        size_of::<Structure>() + BYTES_PER_ATOM * self.identity.len()
    }

    /// Pressure P = (2 K/V − tr σ)/3, eV/Å³; rigid bodies count by their centers. `None` without a stress or a cell that is periodic along
    /// all three axes.
    pub fn pressure(&self) -> Option<f64> {
        let stress = self.evaluation.as_ref()?.stress?;
        let cell = self
            .cell
            .as_ref()
            .filter(|cell| cell.periodic() == [true; 3])?;
        let forces = &self.evaluation.as_ref()?.forces;
        let internal = internal_virial(&self.identity, &self.positions, &self.velocities, forces);
        Some(((2.0 * self.kinetic_energy - internal) / cell.volume() - trace(stress)) / 3.0)
    }

    /// The largest force of the potential on a free atom, and on a rigid body: its force, and its torque
    /// over its radius of gyration, eV/Å; 0 if nothing is free. `None` without an evaluation.
    pub fn max_force(&self) -> Option<f64> {
        let forces = &self.evaluation.as_ref()?.forces;
        Some(max_force(&self.identity, &self.positions, forces))
    }

    /// Memory of this frame without the shared structure, bytes.
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

impl State {
    /// Restores a recorded frame, with the position in the stream of random numbers, except hands.
    pub(super) fn restore(&mut self, frame: &Frame) {
        self.structure = frame.structure();
        self.velocities.clone_from(&frame.velocities);
        if let Some(evaluation) = &frame.evaluation {
            self.evaluation = Arc::clone(evaluation);
        }
        self.time = frame.time;
        self.step = frame.step;
        self.energy_received = frame.energy_received;
        if let Some(position) = frame.random_position {
            self.random.set_word_pos(position);
        }
    }
}
