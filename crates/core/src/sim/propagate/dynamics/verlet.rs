//! Velocity Verlet: constant energy.

use crate::potential::Potential;
use crate::sim::State;
use crate::sim::propagate::{Propagator, StepError};
use crate::sim::rigid_motion::RigidBodyMotion;

/// Velocity Verlet (W. C. Swope et al., J. Chem. Phys. 76, 637 (1982)):
///
/// 1. v ← v + (f/m) dt/2
/// 2. x ← x + v dt
/// 3. f ← forces at x
/// 4. v ← v + (f/m) dt/2
///
/// Time-reversible and symplectic; the error of the energy is of second order in the timestep and does
/// not drift.
pub(super) struct Verlet {
    pub(super) timestep: f64,
}

impl Verlet {
    /// One step, without counting it.
    pub(super) fn step(
        &self,
        state: &mut State,
        potential: &mut dyn Potential,
    ) -> Result<(), StepError> {
        state.kick(0.5 * self.timestep);
        state.drift(self.timestep)?;
        state.evaluate(potential)?;
        state.kick(0.5 * self.timestep);
        Ok(())
    }
}

impl Propagator for Verlet {
    fn advance(
        &mut self,
        state: &mut State,
        potential: &mut dyn Potential,
    ) -> Result<(), StepError> {
        self.step(state, potential)?;
        state.count_step(self.timestep);
        Ok(())
    }

    fn temperature(&self, state: &State) -> f64 {
        RigidBodyMotion::of(state).internal_temperature(state)
    }
}
