//! What a simulation can be set to do.

use super::propagate::{Dynamics, ParameterError, Propagator, Relaxation};

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
