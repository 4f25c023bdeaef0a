//! The trait of optimization algorithms.

use super::potential_energy_surface::PotentialEnergySurface;
use crate::sim::propagate::StepError;

/// An optimization algorithm with its memory.
pub(super) trait Optimizer: Send {
    /// Takes one step.
    fn step(&mut self, surface: &mut PotentialEnergySurface) -> Result<(), StepError>;

    /// Forgets the last step, because something else has changed the forces too.
    fn interrupt(&mut self) {}
}
