//! One step forward: dynamics and relaxation alike, so that the loop has no `if`.

mod dynamics;
mod exponential;
mod parameter;
mod relax;
mod step_error;

pub use dynamics::{CellFreedom, Dynamics, Ensemble, RIGID_MOTION_DAMPING, RigidMotion};
pub use parameter::ParameterError;
pub use relax::{AUTO_BFGS_ATOMS, CellRelaxation, MAX_BFGS_ATOMS, Method, Relaxation};
pub use step_error::StepError;

use super::{State, Task};
use crate::potential::Potential;

/// A way to move matter.
///
/// On entry and on return `state.evaluation` belongs to `state.structure`. A propagator counts
/// `state.step` and `state.time`, keeps fixed and held atoms where they belong, and draws randomness
/// only from `state.random`.
pub trait Propagator: Send {
    /// Takes one step; one that is converged takes it all the same.
    ///
    /// # Errors
    /// If the potential fails, or the state is not one that can be moved this way. The state may
    /// then be half moved; the engine returns to the last good one.
    fn advance(
        &mut self,
        state: &mut State,
        potential: &mut dyn Potential,
    ) -> Result<(), StepError>;

    /// Whether a relaxation's criteria are met, so that the run may end: asked of the first state and
    /// after every step. Dynamics never end by themselves.
    fn is_converged(&mut self, state: &State) -> bool {
        let _ = state;
        false
    }

    /// Takes over the parameters of a task of its own kind, keeping what it has learned of these
    /// atoms; says whether it could. Where it could not, it is exchanged for a new one.
    fn retune(&mut self, task: &Task) -> bool {
        let _ = task;
        false
    }

    /// Whether a state can be moved this way, asked before the first step.
    ///
    /// # Errors
    /// What is missing, as in a pressure without a cell.
    fn check(&self, state: &State) -> Result<(), StepError> {
        let _ = state;
        Ok(())
    }

    /// The temperature of a state that is moved this way, K: what moves in common, and this kind of
    /// motion conserves, is no heat.
    fn temperature(&self, state: &State) -> f64 {
        state.temperature()
    }
}
