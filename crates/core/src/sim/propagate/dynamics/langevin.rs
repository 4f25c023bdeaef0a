//! Langevin dynamics: constant temperature by friction and noise.

use glam::DVec3;
use rand::RngExt;
use rand_distr::StandardNormal;

use super::parameters::RigidMotion;
use crate::chem::units::{AMU_ANGSTROM2_PER_FS2, BOLTZMANN};
use crate::potential::Potential;
use crate::sim::State;
use crate::sim::propagate::{Propagator, StepError};
use crate::sim::rigid_motion::RigidBodyMotion;

/// BAOAB (B. Leimkuhler and C. Matthews, J. Chem. Phys. 138, 174102 (2013)):
///
/// 1. B: v ← v + (f/m) dt/2
/// 2. A: x ← x + v dt/2
/// 3. O: friction and noise, solved exactly
/// 4. A: x ← x + v dt/2
/// 5. f ← forces at x; B: v ← v + (f/m) dt/2
///
/// Positions in a harmonic well are sampled without an error of the timestep.
pub(super) struct Langevin {
    pub(super) timestep: f64,
    pub(super) temperature: f64,
    /// 1/ps.
    pub(super) friction: f64,
    /// Whether the noise has momentum and angular momentum.
    pub(super) rigid_motion: RigidMotion,
}

impl Langevin {
    /// The exact solution of dv = -γ v dt + sqrt(2 γ kT/m) dW over one timestep:
    /// v ← c v + sqrt((1 - c²) kT/m) ξ with c = exp(-γ dt).
    fn friction_and_noise(&self, state: &mut State) {
        let kept = (-1e-3 * self.friction * self.timestep).exp();
        let variance = (1.0 - kept * kept) * BOLTZMANN * self.temperature / AMU_ANGSTROM2_PER_FS2;
        let mut noise = self.noise(state, variance);
        if self.rigid_motion == RigidMotion::Damped {
            // Noise without momentum and angular momentum: Σ m ξ = 0, Σ m x × ξ = 0.
            let rigid = RigidBodyMotion::of_velocities(state, &noise);
            for (position, noise) in state.structure.positions().iter().zip(&mut noise) {
                *noise -= rigid.velocity_at(*position);
            }
        }
        state.project_onto_bodies(&mut noise);
        let mut gained = 0.0;
        for (atom, (velocity, noise)) in state.velocities.iter_mut().zip(noise).enumerate() {
            let before = *velocity;
            *velocity = kept * before + noise;
            if state.structure.fixed()[atom] || state.grips.holds(atom) {
                *velocity = DVec3::ZERO;
            }
            let mass = state.structure.mass(atom);
            gained += mass * (velocity.length_squared() - before.length_squared());
        }
        state.energy_received += 0.5 * AMU_ANGSTROM2_PER_FS2 * gained;
    }

    /// Independent normal velocities of the given variance times mass, amu·Å²/fs², for each atom, Å/fs.
    fn noise(&self, state: &mut State, variance: f64) -> Vec<DVec3> {
        let State {
            structure, random, ..
        } = state;
        let of_atom = |atom| {
            let mut normal = || random.sample::<f64, _>(StandardNormal);
            let kick = DVec3::new(normal(), normal(), normal());
            (variance / structure.mass(atom)).sqrt() * kick
        };
        (0..structure.len()).map(of_atom).collect()
    }
}

impl Propagator for Langevin {
    fn advance(
        &mut self,
        state: &mut State,
        potential: &mut dyn Potential,
    ) -> Result<(), StepError> {
        state.kick(0.5 * self.timestep);
        state.drift(0.5 * self.timestep)?;
        self.friction_and_noise(state);
        state.drift(0.5 * self.timestep)?;
        state.evaluate(potential)?;
        state.kick(0.5 * self.timestep);
        state.count_step(self.timestep);
        Ok(())
    }
}
