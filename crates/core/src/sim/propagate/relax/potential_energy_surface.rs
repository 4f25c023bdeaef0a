//! The potential energy surface in the coordinates of a relaxation: forces, and steps along them.

use glam::DVec3;

use super::coordinates::Coordinates;
use crate::potential::Potential;
use crate::sim::State;
use crate::sim::propagate::StepError;

/// The potential energy surface at a state, as an optimizer sees it: forces, and steps to other points.
/// With external pressure and a variable cell it is that of the enthalpy.
pub(super) struct PotentialEnergySurface<'a> {
    state: &'a mut State,
    potential: &'a mut dyn Potential,
    coordinates: &'a mut Coordinates,
    /// Å.
    max_step: f64,
    /// eV/Å: `[coordinates]`.
    forces: Vec<DVec3>,
    /// Whether hands have moved atoms too.
    hands_moved: bool,
}

impl<'a> PotentialEnergySurface<'a> {
    pub(super) fn new(
        state: &'a mut State,
        potential: &'a mut dyn Potential,
        coordinates: &'a mut Coordinates,
        max_step: f64,
    ) -> Result<PotentialEnergySurface<'a>, StepError> {
        Ok(PotentialEnergySurface {
            forces: finite(coordinates.forces(state)?)?,
            state,
            potential,
            coordinates,
            max_step,
            hands_moved: false,
        })
    }

    /// The generalized forces, eV/Å: `[coordinates]`.
    pub(super) fn forces(&self) -> &[DVec3] {
        &self.forces
    }

    /// Maximum length of a step, Å.
    pub(super) fn max_step(&self) -> f64 {
        self.max_step
    }

    /// Moves by a step `[coordinates]`, moves held atoms to their targets, and evaluates.
    pub(super) fn move_by(&mut self, step: &[DVec3]) -> Result<(), StepError> {
        self.coordinates.move_by(self.state, step)?;
        self.hands_moved |= self.state.move_held_atoms();
        self.state.evaluate(self.potential)?;
        self.forces = finite(self.coordinates.forces(self.state)?)?;
        Ok(())
    }

    /// Whether a hand has moved atoms too.
    pub(super) fn have_hands_moved(&self) -> bool {
        self.hands_moved
    }

    pub(super) fn into_forces(self) -> Vec<DVec3> {
        self.forces
    }
}

/// The forces, if all are finite.
fn finite(forces: Vec<DVec3>) -> Result<Vec<DVec3>, StepError> {
    if dot(&forces, &forces).is_finite() {
        Ok(forces)
    } else {
        Err(StepError::NotFinite)
    }
}

/// Scalar product over all coordinates.
pub(super) fn dot(one: &[DVec3], other: &[DVec3]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a.dot(*b)).sum()
}

/// Scales a step so that no entry is longer than `max`.
pub(super) fn limit_largest(step: Vec<DVec3>, max: f64) -> Vec<DVec3> {
    let longest = step.iter().map(|entry| entry.length()).fold(0.0, f64::max);
    limit(longest, step, max)
}

/// Scales a step so that its norm, as one vector of all coordinates, is at most `max`.
pub(super) fn limit_norm(step: Vec<DVec3>, max: f64) -> Vec<DVec3> {
    limit(dot(&step, &step).sqrt(), step, max)
}

fn limit(length: f64, mut step: Vec<DVec3>, max: f64) -> Vec<DVec3> {
    if length > max {
        let scale = max / length;
        step.iter_mut().for_each(|entry| *entry *= scale);
    }
    step
}
