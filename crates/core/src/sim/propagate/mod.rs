//! Propagators: one step of dynamics or relaxation.

mod dynamics;
mod exponential;
mod parameter;
mod propagator;
mod relax;
mod step_error;

pub use dynamics::parameters::{
    CellFreedom, Dynamics, Ensemble, RIGID_MOTION_DAMPING, RigidMotion,
};
pub use parameter::ParameterError;
pub use propagator::Propagator;
pub use relax::parameters::{AUTO_BFGS_ATOMS, CellRelaxation, MAX_BFGS_ATOMS, Method, Relaxation};
pub use step_error::StepError;

use super::task::Task;

impl Task {
    /// The propagator that carries out the task.
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
