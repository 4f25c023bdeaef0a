//! What atoms do together, and thermostats leave alone: drift and turn as one rigid body.

use glam::{DMat3, DVec3};
use rand::RngExt;
use rand_distr::StandardNormal;

use super::State;
use super::state::temperature;
use crate::chem::units::{AMU_ANGSTROM2_PER_FS2, BOLTZMANN};

/// The rigid motion that carries the total momentum and, of free molecules, the angular momentum.
///
/// Free dynamics conserve it, so it is no heat and has no part in the temperature. Where something is
/// fixed, held or pulled nothing is conserved and there is no such motion.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct RigidBodyMotion {
    /// Center of mass, Å.
    center: DVec3,
    /// Velocity of the center of mass, Å/fs.
    pub(super) drift: DVec3,
    /// Angular velocity about it, rad/fs; none where something repeats.
    spin: DVec3,
    /// Its kinetic energy, eV.
    energy: f64,
    /// How many degrees of freedom it takes.
    modes: usize,
}

/// A molecule is linear if its inertia about its axis is below this fraction of that across it.
const LINEAR: f64 = 1e-8;

impl RigidBodyMotion {
    /// The rigid motion of a state.
    pub(super) fn of(state: &State) -> RigidBodyMotion {
        RigidBodyMotion::of_velocities(state, &state.velocities)
    }

    /// The rigid motion in velocities (Å/fs) that the atoms of a state have or are about to be given.
    pub(super) fn of_velocities(state: &State, velocities: &[DVec3]) -> RigidBodyMotion {
        let structure = &state.structure;
        let free = state.grips.grasps().is_empty() && !structure.fixed().contains(&true);
        if !free || structure.is_empty() {
            return RigidBodyMotion::default();
        }
        let (mut mass, mut moment, mut momentum) = (0.0, DVec3::ZERO, DVec3::ZERO);
        for (atom, (position, velocity)) in structure.positions().iter().zip(velocities).enumerate()
        {
            let m = structure.mass(atom);
            mass += m;
            moment += m * *position;
            momentum += m * *velocity;
        }
        let drift = momentum / mass;
        let translation = RigidBodyMotion {
            center: moment / mass,
            drift,
            spin: DVec3::ZERO,
            energy: 0.5 * AMU_ANGSTROM2_PER_FS2 * mass * drift.length_squared(),
            modes: 3,
        };
        let repeats = structure
            .cell
            .as_ref()
            .is_some_and(|cell| cell.is_periodic());
        if repeats {
            translation
        } else {
            translation.with_rotation(state, velocities)
        }
    }

    /// Adds the rotation with the angular momentum of the atoms.
    fn with_rotation(self, state: &State, velocities: &[DVec3]) -> RigidBodyMotion {
        let (mut inertia, mut angular_momentum) = (DMat3::ZERO, DVec3::ZERO);
        for (atom, (position, velocity)) in state
            .structure
            .positions()
            .iter()
            .zip(velocities)
            .enumerate()
        {
            let m = state.structure.mass(atom);
            let arm = *position - self.center;
            angular_momentum += m * arm.cross(*velocity - self.drift);
            inertia += m
                * (DMat3::from_diagonal(DVec3::splat(arm.length_squared()))
                    - DMat3::from_cols(arm.x * arm, arm.y * arm, arm.z * arm));
        }
        // Of a linear molecule two principal moments are half the trace and the third is zero.
        let across = 0.5 * super::state::trace(inertia);
        let (spin, turns) = if across == 0.0 {
            (DVec3::ZERO, 0)
        } else if inertia.determinant() <= LINEAR * across.powi(3) {
            (angular_momentum / across, 2)
        } else {
            (inertia.inverse() * angular_momentum, 3)
        };
        RigidBodyMotion {
            spin,
            energy: self.energy + 0.5 * AMU_ANGSTROM2_PER_FS2 * spin.dot(angular_momentum),
            modes: self.modes + turns,
            ..self
        }
    }

    /// The velocity of an atom at `position` (Å) that does nothing else, Å/fs.
    pub(super) fn velocity_at(&self, position: DVec3) -> DVec3 {
        self.drift + self.spin.cross(position - self.center)
    }

    /// Degrees of freedom of all other motion.
    pub(super) fn other_modes(&self, state: &State) -> usize {
        (3 * state.mobile_atoms()).saturating_sub(self.modes)
    }

    /// Kinetic energy of all other motion, eV.
    pub(super) fn other_energy(&self, state: &State) -> f64 {
        // Of one atom nothing is left but rounding.
        (state.kinetic_energy() - self.energy).max(0.0)
    }

    /// Temperature of all other motion, K.
    pub(super) fn other_temperature(&self, state: &State) -> f64 {
        temperature(self.other_energy(state), self.other_modes(state))
    }

    /// Multiplies the rigid motion by a factor, and books the energy as received.
    pub(super) fn scale(&self, state: &mut State, factor: f64) {
        for (position, velocity) in state
            .structure
            .positions()
            .iter()
            .zip(&mut state.velocities)
        {
            *velocity += (factor - 1.0) * self.velocity_at(*position);
        }
        state.energy_received += (factor * factor - 1.0) * self.energy;
    }

    /// Multiplies all other motion by a factor.
    pub(super) fn scale_others(&self, state: &mut State, factor: f64) {
        for (position, velocity) in state
            .structure
            .positions()
            .iter()
            .zip(&mut state.velocities)
        {
            let common = self.velocity_at(*position);
            *velocity = common + factor * (*velocity - common);
        }
    }
}

impl State {
    /// Draws velocities from the Maxwell–Boltzmann distribution and takes the common motion away:
    /// the momentum and, of molecules in empty space, the angular momentum, unless something is
    /// fixed, held or pulled. The rest is scaled to have exactly this temperature (K) over the
    /// degrees of freedom that are left, so that a small molecule is as warm as one asked for.
    pub fn thermalize(&mut self, temperature: f64) {
        for (atom, velocity) in self.velocities.iter_mut().enumerate() {
            let kt_over_mass =
                BOLTZMANN * temperature / (self.structure.mass(atom) * AMU_ANGSTROM2_PER_FS2);
            let mut normal = || self.random.sample::<f64, _>(StandardNormal);
            *velocity = kt_over_mass.sqrt() * DVec3::new(normal(), normal(), normal());
        }
        self.rest_immobile();
        let common = RigidBodyMotion::of(self);
        for (position, velocity) in self.structure.positions().iter().zip(&mut self.velocities) {
            *velocity -= common.velocity_at(*position);
        }
        let common = RigidBodyMotion::of(self);
        let drawn = common.other_temperature(self);
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
