//! Checks of an evaluation and of a step: finite numbers, and no atom that moves too far.

use super::State;
use super::frame::Frame;
use crate::potential::Evaluation;

/// Maximum displacement of a free atom in one step, Å.
const MAX_DISPLACEMENT: f64 = 5.0;

/// Why an evaluation or a step is rejected.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum GuardError {
    /// The force on an atom is infinite or not a number.
    #[error(
        "the force on atom {0} is not finite: atoms may be on top of each other; move them apart"
    )]
    Force(usize),
    /// The energy or the stress is infinite or not a number.
    #[error(
        "the energy or stress is not finite: atoms may be on top of each other; move them apart"
    )]
    Energy,
    /// An atom moved too far in one step.
    #[error(
        "atom {atom} moved {distance:.1} Å in one step (at most {MAX_DISPLACEMENT} Å): \
         use a shorter timestep, or relax the structure first"
    )]
    Displacement {
        /// The atom, counted from 0.
        atom: usize,
        /// Its displacement, Å.
        distance: f64,
    },
}

/// Checks that energy, forces and stress are finite.
///
/// # Errors
/// With the first number that is not.
pub fn check_finite(evaluation: &Evaluation) -> Result<(), GuardError> {
    let mut forces = evaluation.forces.iter();
    if let Some(atom) = forces.position(|force| !force.is_finite()) {
        return Err(GuardError::Force(atom));
    }
    let stress = evaluation.stress.is_none_or(|stress| stress.is_finite());
    if !evaluation.energy.is_finite() || !stress {
        return Err(GuardError::Energy);
    }
    Ok(())
}

/// Checks a step from the frame `before` to `state`.
pub(super) fn check_step(state: &State, before: &Frame) -> Result<(), GuardError> {
    check_finite(&state.evaluation)?;
    let moved = state.structure.positions().iter().zip(&before.positions);
    for (atom, (now, then)) in moved.enumerate() {
        let distance_squared = now.distance_squared(*then);
        // Written so that NaN is rejected too.
        let is_small = distance_squared <= MAX_DISPLACEMENT * MAX_DISPLACEMENT;
        if !is_small && state.is_mobile(atom) {
            let distance = distance_squared.sqrt();
            return Err(GuardError::Displacement { atom, distance });
        }
    }
    Ok(())
}
