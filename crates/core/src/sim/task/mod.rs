//! Tasks of a simulation: molecular dynamics or relaxation, with all parameters.

mod settings;

pub use settings::{Barostat, DynamicsSettings, Thermostat, WATER_COMPRESSIBILITY};

use super::propagate::{Dynamics, Relaxation, RigidMotion};

/// Molecular dynamics or relaxation, with all parameters.
///
/// ```
/// use mlipview_core::sim::Task;
/// use mlipview_core::sim::task::{DynamicsSettings, Thermostat};
///
/// let settings = DynamicsSettings {
///     thermostat: Thermostat::Bussi,
///     temperature: 350.0,
///     ..DynamicsSettings::default()
/// };
/// let task = settings.task();
/// assert_eq!((task.name(), task.timestep()), ("dynamics", Some(1.0)));
/// assert!(task.propagator().is_ok());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Task {
    /// Molecular dynamics.
    Dynamics(Dynamics),
    /// Geometry optimization.
    Relaxation(Relaxation),
}

impl Task {
    /// "dynamics" or "relaxation".
    pub fn name(&self) -> &'static str {
        match self {
            Task::Dynamics(_) => "dynamics",
            Task::Relaxation(_) => "relaxation",
        }
    }

    /// The same, with damped rigid motion in dynamics, which keeps a free molecule in view.
    #[must_use]
    pub fn damping_rigid_motion(self) -> Task {
        match self {
            Task::Dynamics(dynamics) => Task::Dynamics(Dynamics {
                rigid_motion: RigidMotion::Damped,
                ..dynamics
            }),
            relaxation @ Task::Relaxation(_) => relaxation,
        }
    }

    /// Simulated time per step, fs; `None` for relaxations.
    pub fn timestep(&self) -> Option<f64> {
        match self {
            Task::Dynamics(dynamics) => Some(dynamics.timestep),
            Task::Relaxation(_) => None,
        }
    }
}
