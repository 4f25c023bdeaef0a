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
}
