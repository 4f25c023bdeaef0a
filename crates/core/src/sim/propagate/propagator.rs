//! The trait of integrators and optimizers.

use super::step_error::StepError;
use crate::potential::Potential;
use crate::sim::state::State;
use crate::sim::task::Task;

/// An integrator or an optimizer, which moves atoms step by step.
///
/// On entry and on return `state.evaluation` belongs to `state.structure`. A propagator counts
/// `state.step` and `state.time`, keeps fixed atoms in place and held ones at their targets, and draws
/// random numbers only from `state.random`.
pub trait Propagator: Send {
    /// Takes one step, also if converged.
    ///
    /// # Errors
    /// If the potential fails, or the state is not supported. The state may then be inconsistent; the
    /// engine restores the last valid one.
    fn advance(
        &mut self,
        state: &mut State,
        potential: &mut dyn Potential,
    ) -> Result<(), StepError>;

    /// Whether the criteria of a relaxation are met; called before the first and after every step. Never
    /// true for dynamics.
    fn is_converged(&mut self, state: &State) -> bool {
        let _ = state;
        false
    }

    /// Adopts the parameters of a task of the same kind and keeps its memory of these atoms; returns
    /// whether it could. If not, the engine replaces it.
    fn update_parameters(&mut self, task: &Task) -> bool {
        let _ = task;
        false
    }

    /// Checks that a state is supported; called before the first step.
    ///
    /// # Errors
    /// If something is missing, such as a cell for a pressure.
    fn check(&self, state: &State) -> Result<(), StepError> {
        let _ = state;
        Ok(())
    }

    /// Temperature of a state, K, over the degrees of freedom that this propagator thermalizes: rigid
    /// motion that it conserves is left out.
    fn temperature(&self, state: &State) -> f64 {
        state.temperature()
    }
}
