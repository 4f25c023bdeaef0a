//! Run settings, and starting and stopping runs with them.

use bevy::prelude::*;

use super::notices::{Notices, Severity};
use crate::interact::action::Action;
use crate::scene::displayed::Scene;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use mlipview_core::sim::external::ExternalPhase;
use mlipview_core::sim::inbox::Ticket;
use mlipview_core::sim::propagate::{CellRelaxation, Method, Relaxation, RigidMotion};
pub use mlipview_core::sim::task::Thermostat;
use mlipview_core::sim::task::{Barostat, DynamicsSettings};
use mlipview_core::sim::{Activity, Command, DEFAULT_SPEED_LIMIT, Task};

/// Maximum temperature of the slider, K.
pub const MAX_TEMPERATURE: f64 = 3000.0;

/// Kinds of runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RunKind {
    /// Molecular dynamics.
    #[default]
    Dynamics,
    /// Geometry optimization.
    Relaxation,
}

impl RunKind {
    /// The kind of a task.
    pub fn of(task: &Task) -> RunKind {
        match task {
            Task::Dynamics(_) => RunKind::Dynamics,
            Task::Relaxation(_) => RunKind::Relaxation,
        }
    }

    /// The kind of a task with this name.
    pub fn from_name(task: &str) -> RunKind {
        match task {
            "relaxation" => RunKind::Relaxation,
            _ => RunKind::Dynamics,
        }
    }
}

/// Settings of dynamics and relaxation.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct RunSettings {
    /// Temperature of the thermostat, K; without one, the initial temperature of atoms at rest.
    pub temperature: f64,
    /// Timestep, fs.
    pub timestep: f64,
    /// Thermostat.
    pub thermostat: Thermostat,
    /// Friction of Langevin dynamics, 1/ps.
    pub friction: f64,
    /// Relaxation time of the Bussi thermostat, fs.
    pub relaxation_time: f64,
    /// Whether dynamics with the Bussi thermostat have a barostat.
    pub barostat: bool,
    /// Target pressure of the barostat and of cell relaxation, eV/Å³.
    pub pressure: f64,
    /// Optimizer.
    pub method: Method,
    /// Converged when the maximum force is below this, eV/Å.
    pub fmax: f64,
    /// Whether relaxations include the cell.
    pub relax_cell: bool,
    /// Maximum simulated time per second of wall time in dynamics, fs/s; `None`: unlimited.
    pub speed_limit: Option<f64>,
    /// Whether rigid translation and rotation are damped.
    pub rigid_motion: RigidMotion,
    /// Kind of the last run, used by "run" and "step".
    pub kind: RunKind,
}

impl Default for RunSettings {
    fn default() -> RunSettings {
        RunSettings {
            temperature: 300.0,
            timestep: 1.0,
            thermostat: Thermostat::default(),
            friction: 10.0,
            relaxation_time: 100.0,
            barostat: false,
            pressure: 0.0,
            method: Method::Auto,
            fmax: 0.05,
            relax_cell: false,
            speed_limit: Some(DEFAULT_SPEED_LIMIT),
            rigid_motion: RigidMotion::Damped,
            kind: RunKind::default(),
        }
    }
}

impl RunSettings {
    /// The task with these settings.
    pub fn task(&self, kind: RunKind) -> Task {
        match kind {
            RunKind::Dynamics => self.dynamics().task(),
            RunKind::Relaxation => Task::Relaxation(Relaxation {
                method: self.method,
                fmax: self.fmax,
                cell: self.relax_cell.then(|| CellRelaxation {
                    pressure: self.pressure,
                    ..CellRelaxation::default()
                }),
                ..Relaxation::default()
            }),
        }
    }

    /// Settings of dynamics.
    pub fn dynamics(&self) -> DynamicsSettings {
        let barostat = Barostat::isotropic(self.pressure, 10.0 * self.relaxation_time);
        DynamicsSettings {
            timestep: self.timestep,
            temperature: self.temperature,
            thermostat: self.thermostat,
            friction: self.friction,
            relaxation_time: self.relaxation_time,
            barostat: self.barostat.then_some(barostat),
            rigid_motion: self.rigid_motion,
        }
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<RunSettings>()
        .init_resource::<SentRun>()
        .add_systems(
            Update,
            (carry_out, update_run).chain().in_set(ViewerSystems::Steer),
        );
}

/// Settings sent to the simulation last.
#[derive(Resource, Default)]
struct SentRun {
    /// Task of the run started here, and the ticket of its command.
    run: Option<(Task, Ticket)>,
    speed_limit: Option<f64>,
}

/// Starts and stops runs.
fn carry_out(
    mut actions: MessageReader<Action>,
    scene: Res<Scene>,
    simulation: Res<Simulation>,
    mut settings: ResMut<RunSettings>,
    mut sent_run: ResMut<SentRun>,
    mut notices: ResMut<Notices>,
) {
    let is_running = match &scene.frame.activity {
        Activity::Running(_) | Activity::Packing(_) => true,
        Activity::Following(status) => status.phase != ExternalPhase::Paused,
        Activity::Idle | Activity::Playback => false,
    };
    let shown = scene.frame.playback.map(|playback| playback.address);
    for action in actions.read() {
        let start = match action {
            // Carried out by the timeline.
            Action::ToggleRun if shown.is_some() => continue,
            Action::ToggleRun if is_running => None,
            Action::ToggleRun => Some(settings.kind),
            Action::StartDynamics => Some(RunKind::Dynamics),
            Action::Relax => Some(RunKind::Relaxation),
            Action::Step | Action::Stop => None,
            _ => continue,
        };
        settings.kind = start.unwrap_or(settings.kind);
        let task = settings.task(settings.kind);
        let command = match (start, action) {
            (Some(_), _) => Command::Run(task.clone()),
            (None, Action::Step) => Command::Steps(task.clone(), 1),
            (None, _) => Command::Stop,
        };
        // A run that is started in the past continues from the shown frame.
        let command = match shown {
            Some(address) if !matches!(command, Command::Stop) => {
                Command::Batch(vec![Command::ContinueFrom(address), command])
            }
            _ => command,
        };
        match simulation.send(command) {
            Ok(ticket) => sent_run.run = start.map(|_| (task, ticket)),
            Err(full) => notices.post(Severity::Warning, format!("Command rejected: {full}.")),
        }
    }
}

/// Applies changed settings to the current run, which keeps its velocities; retried while the inbox
/// is full.
fn update_run(
    settings: Res<RunSettings>,
    scene: Res<Scene>,
    simulation: Res<Simulation>,
    mut sent_run: ResMut<SentRun>,
) {
    if sent_run.speed_limit != settings.speed_limit
        && simulation
            .send(Command::SpeedLimit(settings.speed_limit))
            .is_ok()
    {
        sent_run.speed_limit = settings.speed_limit;
    }
    let frame = &scene.frame;
    let running = match &frame.activity {
        Activity::Running(task) => Some(task),
        _ => None,
    };
    // The frame may be older than the run that was started.
    let ours = sent_run.run.take();
    let ours = ours.filter(|(_, ticket)| running.is_some() || frame.ticket < *ticket);
    let (task, ticket) = match (ours, running) {
        (Some(run), _) => run,
        // A run started by someone else keeps its settings until they are changed here.
        (None, Some(task)) if settings.is_changed() => (task.clone(), frame.ticket),
        (None, _) => return,
    };
    let wanted = settings.task(RunKind::of(&task));
    let sent = (wanted != task).then(|| simulation.send(Command::Run(wanted.clone())));
    sent_run.run = Some(match sent {
        Some(Ok(ticket)) => (wanted, ticket),
        Some(Err(_)) | None => (task, ticket),
    });
}
