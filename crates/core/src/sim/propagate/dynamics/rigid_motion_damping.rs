//! Damping of rigid motion: translation and, of free molecules, rotation of all atoms together.

use super::parameters::RIGID_MOTION_DAMPING;
use crate::potential::Potential;
use crate::sim::State;
use crate::sim::propagate::{Propagator, StepError};
use crate::sim::rigid_motion::RigidBodyMotion;
use crate::sim::task::Task;

/// Dynamics whose rigid velocity decays: v ← v − (1 − exp(−γ dt)) v_rigid after each step.
pub(super) struct DampedRigidMotion {
    pub(super) dynamics: Box<dyn Propagator>,
    /// fs.
    pub(super) timestep: f64,
}

impl Propagator for DampedRigidMotion {
    fn advance(
        &mut self,
        state: &mut State,
        potential: &mut dyn Potential,
    ) -> Result<(), StepError> {
        self.dynamics.advance(state, potential)?;
        let kept = (-1e-3 * RIGID_MOTION_DAMPING * self.timestep).exp();
        RigidBodyMotion::of(state).scale(state, kept);
        Ok(())
    }

    fn is_converged(&mut self, state: &State) -> bool {
        self.dynamics.is_converged(state)
    }

    fn update_parameters(&mut self, task: &Task) -> bool {
        self.dynamics.update_parameters(task)
    }

    fn check(&self, state: &State) -> Result<(), StepError> {
        self.dynamics.check(state)
    }

    fn temperature(&self, state: &State) -> f64 {
        RigidBodyMotion::of(state).internal_temperature(state)
    }
}
