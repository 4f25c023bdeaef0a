//! What no step may do: leave the finite numbers, or throw an atom across the room.

use super::State;
use super::frame::Frame;
use crate::potential::Evaluation;

/// The farthest that a free atom may go in one step, Å.
const MAX_DISPLACEMENT: f64 = 5.0;

/// Whether an evaluation is made of finite numbers; else, why not.
///
/// # Errors
/// In words, with what to do.
pub fn finite(evaluation: &Evaluation) -> Result<(), String> {
    let advice = "atoms may be on top of each other; move them apart";
    if let Some(atom) = evaluation
        .forces
        .iter()
        .position(|force| !force.is_finite())
    {
        return Err(format!("the force on atom {atom} is not finite: {advice}"));
    }
    let stress = evaluation.stress.is_none_or(|stress| stress.is_finite());
    if !evaluation.energy.is_finite() || !stress {
        return Err(format!("the energy or stress is not finite: {advice}"));
    }
    Ok(())
}

/// Whether a step from `before` to `state` can be believed; else, why not.
pub(super) fn check(state: &State, before: &Frame) -> Result<(), String> {
    finite(&state.evaluation)?;
    let moved = state.structure.positions().iter().zip(&before.positions);
    for (atom, (now, then)) in moved.enumerate() {
        let distance_squared = now.distance_squared(*then);
        // Not a number is not small either.
        let small = distance_squared <= MAX_DISPLACEMENT * MAX_DISPLACEMENT;
        if !small && state.is_mobile(atom) {
            let distance = distance_squared.sqrt();
            return Err(format!(
                "atom {atom} moved {distance:.1} Å in one step (at most {MAX_DISPLACEMENT} Å): \
                 use a shorter timestep, or relax the structure first"
            ));
        }
    }
    Ok(())
}
