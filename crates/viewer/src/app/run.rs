//! What a run is to be like: the settings that buttons and shortcuts start runs with.

use bevy::prelude::*;

use super::notices::{Notices, Severity};
use crate::interact::action::Action;
use crate::scene::displayed::Scene;
use crate::schedule::ViewerSystems;
use crate::simulation::Simulation;
use mlipview_core::sim::inbox::Ticket;
use mlipview_core::sim::propagate::{CellRelaxation, Method, Relaxation, RigidMotion};
pub use mlipview_core::sim::task::Thermostat;
use mlipview_core::sim::task::{Barostat, DynamicsSettings};
use mlipview_core::sim::{Activity, Command, DEFAULT_SPEED_LIMIT, Task};

/// The highest temperature that the slider offers, K.
pub const HOTTEST: f64 = 3000.0;

/// The two kinds of runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Molecular dynamics.
    #[default]
    Dynamics,
    /// Geometry optimization.
    Relaxation,
}

impl Kind {
    /// The kind of a task.
    pub fn of(task: &Task) -> Kind {
        match task {
            Task::Dynamics(_) => Kind::Dynamics,
            Task::Relaxation(_) => Kind::Relaxation,
        }
    }

    /// The kind of a task of this name.
    pub fn called(task: &str) -> Kind {
        match task {
            "relaxation" => Kind::Relaxation,
            _ => Kind::Dynamics,
        }
    }
}

/// Everything that a run needs to know, as the person has set it.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct RunSettings {
    /// Temperature of the thermostat, K; without one, that at which atoms at rest start.
    pub temperature: f64,
    /// Time per step, fs.
    pub timestep: f64,
    /// What keeps the temperature.
    pub thermostat: Thermostat,
    /// Rate at which Langevin dynamics forget velocities, 1/ps.
    pub friction: f64,
    /// Time in which Bussi's thermostat brings the kinetic energy to its mean, fs.
    pub relaxation_time: f64,
    /// Whether dynamics with Bussi's thermostat let the cell follow the pressure.
    pub barostat: bool,
    /// The pressure that the barostat and the relaxation of the cell aim at, eV/Å³.
    pub pressure: f64,
    /// How relaxations go downhill.
    pub method: Method,
    /// Greatest force at which a relaxation is done, eV/Å.
    pub fmax: f64,
    /// Whether relaxations move the cell too.
    pub relax_cell: bool,
    /// Maximum simulated time per second of wall time in dynamics, fs/s; `None`: as fast as possible.
    pub speed_limit: Option<f64>,
    /// Whether all atoms together may drift and spin.
    pub rigid_motion: RigidMotion,
    /// What was run last, and so what "run" means.
    pub kind: Kind,
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
            kind: Kind::default(),
        }
    }
}

impl RunSettings {
    /// The task that these settings make.
    pub fn task(&self, kind: Kind) -> Task {
        match kind {
            Kind::Dynamics => self.dynamics().task(),
            Kind::Relaxation => Task::Relaxation(Relaxation {
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

    fn dynamics(&self) -> DynamicsSettings {
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
        .init_resource::<Asked>()
        .add_systems(
            Update,
            (carry_out, retune).chain().in_set(ViewerSystems::Steer),
        );
}

/// What was asked of the simulation last.
#[derive(Resource, Default)]
struct Asked {
    /// The task of the run that was started here, and the ticket of the request.
    run: Option<(Task, Ticket)>,
    speed_limit: Option<f64>,
}

/// Starts and ends runs.
fn carry_out(
    mut actions: MessageReader<Action>,
    scene: Res<Scene>,
    simulation: Res<Simulation>,
    mut settings: ResMut<RunSettings>,
    mut asked: ResMut<Asked>,
    mut notices: ResMut<Notices>,
) {
    let is_running = matches!(scene.frame.activity, Activity::Running(_));
    for action in actions.read() {
        let start = match action {
            Action::ToggleRun if is_running => None,
            Action::ToggleRun => Some(settings.kind),
            Action::StartDynamics => Some(Kind::Dynamics),
            Action::Relax => Some(Kind::Relaxation),
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
        match simulation.send(command) {
            Ok(ticket) => asked.run = start.map(|_| (task, ticket)),
            Err(full) => notices.say(Severity::Warning, format!("Not done: {full}.")),
        }
    }
}

/// Changed settings take effect in the run that is under way, which keeps its velocities. What the
/// full queue of the simulation does not take is sent again in the next frame.
fn retune(
    settings: Res<RunSettings>,
    scene: Res<Scene>,
    simulation: Res<Simulation>,
    mut asked: ResMut<Asked>,
) {
    if asked.speed_limit != settings.speed_limit
        && simulation
            .send(Command::SpeedLimit(settings.speed_limit))
            .is_ok()
    {
        asked.speed_limit = settings.speed_limit;
    }
    let frame = &scene.frame;
    let running = match &frame.activity {
        Activity::Running(task) => Some(task),
        _ => None,
    };
    // The frame may be from before the run that was asked for.
    let ours = asked.run.take();
    let ours = ours.filter(|(_, ticket)| running.is_some() || frame.ticket < *ticket);
    let (task, ticket) = match (ours, running) {
        (Some(run), _) => run,
        // Somebody else's run keeps its settings until they are changed here.
        (None, Some(task)) if settings.is_changed() => (task.clone(), frame.ticket),
        (None, _) => return,
    };
    let wanted = settings.task(Kind::of(&task));
    let sent = (wanted != task).then(|| simulation.send(Command::Run(wanted.clone())));
    asked.run = Some(match sent {
        Some(Ok(ticket)) => (wanted, ticket),
        Some(Err(_)) | None => (task, ticket),
    });
}
