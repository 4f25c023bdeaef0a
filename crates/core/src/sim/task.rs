//! What a simulation can be set to do.

use super::propagate::{Dynamics, ParameterError, Propagator, Relaxation, RigidMotion};

/// Dynamics or relaxation, with all parameters.
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

    /// The same, with dynamics that damp rigid motion: a molecule that nobody holds stays in sight.
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

    /// Simulated time per step, fs; `None` for relaxations, which have no time.
    pub fn timestep(&self) -> Option<f64> {
        match self {
            Task::Dynamics(dynamics) => Some(dynamics.timestep),
            Task::Relaxation(_) => None,
        }
    }

    /// The way to move that does this.
    ///
    /// # Errors
    /// If a parameter is out of bounds.
    pub fn propagator(&self) -> Result<Box<dyn Propagator>, ParameterError> {
        match self {
            Task::Dynamics(dynamics) => dynamics.propagator(),
            Task::Relaxation(relaxation) => relaxation.propagator(),
        }
    }
}
