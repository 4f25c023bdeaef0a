//! Stochastic velocity rescaling: constant temperature by one random factor on all velocities.

use rand::RngExt;
use rand_distr::{ChiSquared, Distribution, StandardNormal};

use super::verlet::Verlet;
use crate::chem::units::BOLTZMANN;
use crate::potential::Potential;
use crate::sim::State;
use crate::sim::propagate::{Propagator, StepError};
use crate::sim::rigid_motion::RigidBodyMotion;

/// Velocity Verlet with a step of the kinetic energy towards the canonical distribution before each
/// step (G. Bussi, D. Donadio, M. Parrinello, J. Chem. Phys. 126, 014101 (2007)).
///
/// Only the internal motion is rescaled: the drift of a crystal and the rotation of a free molecule
/// stay.
pub(super) struct VelocityRescaling {
    pub(super) timestep: f64,
    pub(super) temperature: f64,
    /// fs.
    pub(super) relaxation_time: f64,
}

impl VelocityRescaling {
    /// Propagates the kinetic energy by one timestep.
    pub(super) fn rescale(&self, state: &mut State) {
        let rigid = RigidBodyMotion::of(state);
        let degrees_of_freedom = rigid.internal_degrees_of_freedom(state);
        if degrees_of_freedom == 0 {
            return;
        }
        let energy = rigid.internal_energy(state);
        if energy == 0.0 {
            // Zero velocities have no direction: they are drawn with the expected energy,
            // K̄ (1 − exp(−dt/τ)).
            let share = 1.0 - (-self.timestep / self.relaxation_time).exp();
            state.thermalize(share * self.temperature);
            state.energy_received += state.kinetic_energy();
            return;
        }
        let factor = self.factor(energy, degrees_of_freedom, state);
        rigid.scale_internal(state, factor);
        state.energy_received += (factor * factor - 1.0) * energy;
    }

    /// Equation A7 of the paper: with c = exp(-dt/τ), K̄ = n kT/2 and normal numbers R,
    /// α² = c + (1 - c) K̄/(n K) (R₁² + Σ Rᵢ²) + 2 R₁ sqrt(c (1 - c) K̄/(n K)), the sum from 2 to n
    /// drawn as one χ² number; α has the sign of R₁ + sqrt(c n K/((1 - c) K̄)) (A8).
    fn factor(&self, energy: f64, degrees_of_freedom: usize, state: &mut State) -> f64 {
        let c = (-self.timestep / self.relaxation_time).exp();
        let one: f64 = state.random.sample(StandardNormal);
        let others = match ChiSquared::new((degrees_of_freedom - 1) as f64) {
            Ok(squares) => squares.sample(&mut state.random),
            // One degree of freedom: the sum from 2 to n is empty.
            Err(_) => 0.0,
        };
        // (1 - c) K̄/(n K), K̄/n being half of kT.
        let fresh = (1.0 - c) * 0.5 * BOLTZMANN * self.temperature / energy;
        let along = c.sqrt() + one * fresh.sqrt();
        // α² = (component along the old velocity)² + (components across)².
        (along * along + fresh * others).sqrt().copysign(along)
    }
}

impl Propagator for VelocityRescaling {
    fn advance(
        &mut self,
        state: &mut State,
        potential: &mut dyn Potential,
    ) -> Result<(), StepError> {
        self.rescale(state);
        Verlet {
            timestep: self.timestep,
        }
        .step(state, potential)?;
        state.count_step(self.timestep);
        Ok(())
    }

    fn temperature(&self, state: &State) -> f64 {
        RigidBodyMotion::of(state).internal_temperature(state)
    }
}
