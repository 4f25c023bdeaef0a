//! One step forward: dynamics and relaxation alike, so that the loop has no `if`.

use super::State;
use crate::potential::{Potential, PotentialError};

/// How far a step got.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// There is more to do.
    Moving,
    /// A relaxation's criteria are met; nothing was moved.
    Converged,
}

/// Why a task cannot be run as asked.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ParameterError {
    /// A number outside its bounds.
    #[error("{parameter} must be {bound}, not {value}")]
    OutOfBounds {
        /// The parameter and its unit, as in "timestep (fs)".
        parameter: &'static str,
        /// The bound in words, as in "above 0 and at most 100".
        bound: &'static str,
        /// What was given.
        value: f64,
    },
    /// Something that this structure does not have or this method cannot do; says what to do instead.
    #[error("{0}")]
    Unsuitable(String),
}

/// A way to move matter.
///
/// On entry and on return `state.evaluation` belongs to `state.structure`. A propagator counts
/// `state.step` and `state.time`, keeps fixed and held atoms where they belong, and draws randomness
/// only from `state.random`.
pub trait Propagator: Send {
    /// Takes one step.
    ///
    /// # Errors
    /// If the potential fails. The state may then be half moved; the engine returns to the last good
    /// one.
    fn advance(
        &mut self,
        state: &mut State,
        potential: &mut dyn Potential,
    ) -> Result<Progress, PotentialError>;

    /// Whether this can move the state at all: a barostat wants a periodic cell.
    ///
    /// # Errors
    /// If it cannot; says why and what to do instead.
    fn check(&self, _state: &State) -> Result<(), ParameterError> {
        Ok(())
    }
}
