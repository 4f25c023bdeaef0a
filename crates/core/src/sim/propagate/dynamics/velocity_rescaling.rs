//! Stochastic velocity rescaling: constant temperature by one random factor on all velocities.

use rand::RngExt;
use rand_distr::{ChiSquared, Distribution, StandardNormal};

use super::verlet::Verlet;
use crate::chem::units::BOLTZMANN;
use crate::potential::Potential;
use crate::sim::State;
use crate::sim::propagate::{Propagator, StepError};
use crate::sim::rigid_motion::RigidBodyMotion;

/// Velocity Verlet, before each step of which the kinetic energy takes a step of its own towards the
/// canonical distribution (G. Bussi, D. Donadio, M. Parrinello, J. Chem. Phys. 126, 014101 (2007)).
///
/// Only what is heat is rescaled: the drift of a crystal and the turning of a free molecule that a
/// hand has set in motion stay as they are.
pub(super) struct VelocityRescaling {
    pub(super) timestep: f64,
    pub(super) temperature: f64,
    /// fs.
    pub(super) relaxation_time: f64,
}

impl VelocityRescaling {
    /// Lets the kinetic energy relax for one timestep.
    pub(super) fn rescale(&self, state: &mut State) {
        let common = RigidBodyMotion::of(state);
        let modes = common.other_modes(state);
        if modes == 0 {
            return;
        }
        let energy = common.other_energy(state);
        if energy == 0.0 {
            // There is nothing to rescale: the directions are drawn, with the energy that is due.
            let due = 1.0 - (-self.timestep / self.relaxation_time).exp();
            state.thermalize(due * self.temperature);
            state.energy_received += state.kinetic_energy();
            return;
        }
        let factor = self.factor(energy, modes, state);
        common.scale_others(state, factor);
        state.energy_received += (factor * factor - 1.0) * energy;
    }

    /// Equation A7 of the paper: with c = exp(-dt/τ), K̄ = n kT/2 and normal numbers R,
    /// α² = c + (1 - c) K̄/(n K) (R₁² + Σ Rᵢ²) + 2 R₁ sqrt(c (1 - c) K̄/(n K)), the sum from 2 to n
    /// drawn as one χ² number; α has the sign of R₁ + sqrt(c n K/((1 - c) K̄)) (A8).
    fn factor(&self, energy: f64, modes: usize, state: &mut State) -> f64 {
        let kept = (-self.timestep / self.relaxation_time).exp();
        let one: f64 = state.random.sample(StandardNormal);
        let others = match ChiSquared::new((modes - 1) as f64) {
            Ok(squares) => squares.sample(&mut state.random),
            // One degree of freedom has no others.
            Err(_) => 0.0,
        };
        // (1 - c) K̄/(n K), K̄/n being half of kT.
        let fresh = (1.0 - kept) * 0.5 * BOLTZMANN * self.temperature / energy;
        let along = kept.sqrt() + one * fresh.sqrt();
        // α² is the square of what stays along the old velocity and of what is across.
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
        RigidBodyMotion::of(state).other_temperature(state)
    }
}
