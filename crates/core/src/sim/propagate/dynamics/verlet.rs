//! Velocity Verlet: constant energy.

use crate::potential::Potential;
use crate::sim::State;
use crate::sim::propagate::{Propagator, StepError};
use crate::sim::rigid_motion::RigidBodyMotion;

/// Velocity Verlet (W. C. Swope et al., J. Chem. Phys. 76, 637 (1982)): half a kick, a drift, the
/// forces there, half a kick. Reversible in time; the error of the energy is of second order in the
/// timestep and does not grow.
pub(super) struct Verlet {
    pub(super) timestep: f64,
}

impl Verlet {
    /// One step, without the counters.
    pub(super) fn step(
        &self,
        state: &mut State,
        potential: &mut dyn Potential,
    ) -> Result<(), StepError> {
        state.kick(0.5 * self.timestep);
        state.drift(self.timestep);
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
        RigidBodyMotion::of(state).other_temperature(state)
    }
}
