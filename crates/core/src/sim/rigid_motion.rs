//! Rigid translation and rotation of all atoms, which thermostats leave out.

use glam::{DMat3, DVec3};
use rand::RngExt;
use rand_distr::StandardNormal;

use super::State;
use super::state::{temperature, trace};
use crate::chem::units::{AMU_ANGSTROM2_PER_FS2, BOLTZMANN};

/// The rigid motion that carries the total momentum and, for free molecules, the angular momentum:
/// v_rigid(x) = V + ω × (x − X).
///
/// Free dynamics conserve it, so it is no part of the temperature. It is zero if any atom is fixed,
/// held or pulled, since then nothing conserves it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct RigidBodyMotion {
    /// Center of mass X, Å.
    center: DVec3,
    /// Velocity V of the center of mass, Å/fs.
    pub(super) linear: DVec3,
    /// Angular velocity ω about it, rad/fs; zero in periodic cells.
    angular: DVec3,
    /// Kinetic energy of the rigid motion, eV.
    energy: f64,
    /// Its degrees of freedom.
    degrees_of_freedom: usize,
}

/// A molecule is linear if det I is below this fraction of the cube of half the trace.
const LINEAR: f64 = 1e-8;

impl RigidBodyMotion {
    /// The rigid motion of a state.
    pub(super) fn of(state: &State) -> RigidBodyMotion {
        RigidBodyMotion::of_velocities(state, &state.velocities)
    }

    /// The rigid motion of the atoms of a state with other velocities, Å/fs: `[atoms]`.
    pub(super) fn of_velocities(state: &State, velocities: &[DVec3]) -> RigidBodyMotion {
        let structure = &state.structure;
        let free = state.grips.grasps().is_empty() && !structure.fixed().contains(&true);
        if !free || structure.is_empty() {
            return RigidBodyMotion::default();
        }
        // M = Σ m, X = Σ m x / M, V = Σ m v / M.
        let (mut mass, mut moment, mut momentum) = (0.0, DVec3::ZERO, DVec3::ZERO);
        for (atom, (position, velocity)) in structure.positions().iter().zip(velocities).enumerate()
        {
            let m = structure.mass(atom);
            mass += m;
            moment += m * *position;
            momentum += m * *velocity;
        }
        let linear = momentum / mass;
        let translation = RigidBodyMotion {
            center: moment / mass,
            linear,
            angular: DVec3::ZERO,
            energy: 0.5 * AMU_ANGSTROM2_PER_FS2 * mass * linear.length_squared(),
            degrees_of_freedom: 3,
        };
        let cell = structure.cell.as_ref();
        if cell.is_some_and(|cell| cell.is_periodic()) {
            translation
        } else {
            translation.with_rotation(state, velocities)
        }
    }

    /// Adds the rotation with the angular momentum of the atoms: ω = I⁻¹ L.
    fn with_rotation(self, state: &State, velocities: &[DVec3]) -> RigidBodyMotion {
        // L = Σ m r × (v − V), I = Σ m (r² 1 − r rᵀ), r = x − X.
        let (mut inertia, mut angular_momentum) = (DMat3::ZERO, DVec3::ZERO);
        let positions = state.structure.positions().iter();
        for (atom, (position, velocity)) in positions.zip(velocities).enumerate() {
            let m = state.structure.mass(atom);
            let arm = *position - self.center;
            angular_momentum += m * arm.cross(*velocity - self.linear);
            inertia += m
                * (DMat3::from_diagonal(DVec3::splat(arm.length_squared()))
                    - DMat3::from_cols(arm.x * arm, arm.y * arm, arm.z * arm));
        }
        // A linear molecule has two principal moments of half the trace, and one of zero.
        let across = 0.5 * trace(inertia);
        let (angular, rotations) = if across == 0.0 {
            (DVec3::ZERO, 0)
        } else if inertia.determinant() <= LINEAR * across.powi(3) {
            (angular_momentum / across, 2)
        } else {
            (inertia.inverse() * angular_momentum, 3)
        };
        RigidBodyMotion {
            angular,
            energy: self.energy + 0.5 * AMU_ANGSTROM2_PER_FS2 * angular.dot(angular_momentum),
            degrees_of_freedom: self.degrees_of_freedom + rotations,
            ..self
        }
    }

    /// v_rigid at a position (Å), Å/fs.
    pub(super) fn velocity_at(&self, position: DVec3) -> DVec3 {
        self.linear + self.angular.cross(position - self.center)
    }

    /// Degrees of freedom of the internal motion.
    pub(super) fn internal_degrees_of_freedom(&self, state: &State) -> usize {
        state
            .degrees_of_freedom()
            .saturating_sub(self.degrees_of_freedom)
    }

    /// Kinetic energy of the internal motion, eV.
    pub(super) fn internal_energy(&self, state: &State) -> f64 {
        // Rounding may leave a negative remainder, as for a single atom.
        (state.kinetic_energy() - self.energy).max(0.0)
    }

    /// Temperature of the internal motion, K.
    pub(super) fn internal_temperature(&self, state: &State) -> f64 {
        temperature(
            self.internal_energy(state),
            self.internal_degrees_of_freedom(state),
        )
    }

    /// Multiplies the rigid motion by a factor, and counts the energy as received.
    pub(super) fn scale(&self, state: &mut State, factor: f64) {
        let positions = state.structure.positions().iter();
        for (position, velocity) in positions.zip(&mut state.velocities) {
            *velocity += (factor - 1.0) * self.velocity_at(*position);
        }
        state.energy_received += (factor * factor - 1.0) * self.energy;
    }

    /// Multiplies the internal motion by a factor.
    pub(super) fn scale_internal(&self, state: &mut State, factor: f64) {
        let positions = state.structure.positions().iter();
        for (position, velocity) in positions.zip(&mut state.velocities) {
            let rigid = self.velocity_at(*position);
            *velocity = rigid + factor * (*velocity - rigid);
        }
    }
}

impl State {
    /// Draws velocities from the Maxwell–Boltzmann distribution and removes the rigid motion: the
    /// momentum and, for molecules without a periodic cell, the angular momentum, unless an atom is
    /// fixed, held or pulled. The rest is scaled to exactly this temperature (K) over the remaining
    /// degrees of freedom.
    pub fn thermalize(&mut self, temperature: f64) {
        for (atom, velocity) in self.velocities.iter_mut().enumerate() {
            let kt_over_mass =
                BOLTZMANN * temperature / (self.structure.mass(atom) * AMU_ANGSTROM2_PER_FS2);
            let mut normal = || self.random.sample::<f64, _>(StandardNormal);
            *velocity = kt_over_mass.sqrt() * DVec3::new(normal(), normal(), normal());
        }
        self.zero_immobile_velocities();
        self.make_velocities_rigid();
        let rigid = RigidBodyMotion::of(self);
        for (position, velocity) in self.structure.positions().iter().zip(&mut self.velocities) {
            *velocity -= rigid.velocity_at(*position);
        }
        let rigid = RigidBodyMotion::of(self);
        let drawn = rigid.internal_temperature(self);
        let factor = if drawn > 0.0 {
            (temperature / drawn).sqrt()
        } else {
            0.0
        };
        self.velocities
            .iter_mut()
            .for_each(|velocity| *velocity *= factor);
    }
}
