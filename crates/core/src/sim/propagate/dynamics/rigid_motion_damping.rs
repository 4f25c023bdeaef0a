//! Damping of rigid motion: translation and, of free molecules, rotation of all atoms together.

use super::super::{Propagator, StepError};
use crate::potential::Potential;
use crate::sim::rigid_motion::RigidBodyMotion;
use crate::sim::{State, Task};

/// Whether the atoms may translate and rotate as one rigid body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RigidMotion {
    /// Rigid motion is left to the dynamics: Langevin noise gives it kT/2 per degree of freedom, all
    /// other dynamics conserve it.
    #[default]
    Free,
    /// Rigid motion decays at [`RIGID_MOTION_DAMPING`], and thermostats do not put it back: a molecule
    /// that is free stays in view, and one that was thrown comes to rest. Nothing is damped while atoms
    /// are fixed, held or pulled, because then rigid motion is not conserved.
    ///
    /// Internal motion is orthogonal to the rigid one (Σ m v_rigid · v_internal = 0) and keeps its
    /// temperature, over 3N − 6 degrees of freedom (3N − 5 if linear, 3N − 3 in a periodic cell).
    /// At rest (P = L = 0) configurations of a free molecule have the weight exp(−U/kT) det(I)^(−1/2)
    /// with the tensor of inertia I, as in all dynamics without angular momentum; integrating the
    /// Maxwell distribution over momenta at P = L = 0 gives this factor.
    Damped,
}

/// Rate at which damped rigid motion decays, 1/ps: at the default speed of 0.3 ps/s a thrown molecule comes
/// to rest within a second.
pub const RIGID_MOTION_DAMPING: f64 = 10.0;

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

    fn retune(&mut self, task: &Task) -> bool {
        self.dynamics.retune(task)
    }

    fn check(&self, state: &State) -> Result<(), StepError> {
        self.dynamics.check(state)
    }

    fn temperature(&self, state: &State) -> f64 {
        RigidBodyMotion::of(state).internal_temperature(state)
    }
}
