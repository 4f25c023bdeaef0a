//! The energy surface as an optimizer sees it: a slope, and a way to move.

use glam::DVec3;

use super::coordinates::Coordinates;
use crate::potential::Potential;
use crate::sim::State;
use crate::sim::propagate::StepError;

/// A state in the coordinates of its relaxation.
pub(super) struct Surface<'a> {
    state: &'a mut State,
    potential: &'a mut dyn Potential,
    coordinates: &'a mut Coordinates,
    max_step: f64,
    forces: Vec<DVec3>,
    hands_moved: bool,
}

impl<'a> Surface<'a> {
    pub(super) fn new(
        state: &'a mut State,
        potential: &'a mut dyn Potential,
        coordinates: &'a mut Coordinates,
        max_step: f64,
    ) -> Result<Surface<'a>, StepError> {
        Ok(Surface {
            forces: finite(coordinates.forces(state)?)?,
            state,
            potential,
            coordinates,
            max_step,
            hands_moved: false,
        })
    }

    /// The generalized force along each coordinate: on the free atoms, then on the cell.
    pub(super) fn forces(&self) -> &[DVec3] {
        &self.forces
    }

    /// How far a step may lead, Å.
    pub(super) fn max_step(&self) -> f64 {
        self.max_step
    }

    /// Goes to new coordinates, one entry for each force, and finds the forces there. Atoms in a
    /// hand go where the hand is.
    pub(super) fn move_by(&mut self, step: &[DVec3]) -> Result<(), StepError> {
        self.coordinates.move_by(self.state, step)?;
        self.hands_moved |= self.state.place_held_atoms();
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

/// A step, shortened so that no entry is longer than `most`.
pub(super) fn shortened(step: Vec<DVec3>, most: f64) -> Vec<DVec3> {
    let longest = step.iter().map(|entry| entry.length()).fold(0.0, f64::max);
    scaled_from(longest, step, most)
}

/// A step, shortened so that all of it, as one vector, is not longer than `most`.
pub(super) fn shortened_as_a_whole(step: Vec<DVec3>, most: f64) -> Vec<DVec3> {
    scaled_from(dot(&step, &step).sqrt(), step, most)
}

fn scaled_from(length: f64, mut step: Vec<DVec3>, most: f64) -> Vec<DVec3> {
    if length > most {
        let scale = most / length;
        step.iter_mut().for_each(|entry| *entry *= scale);
    }
    step
}
