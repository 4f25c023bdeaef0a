//! Rigid bodies: groups of atoms that keep their distances in dynamics and relaxations.
//!
//! The groups are marked in the structure ([`Structure::rigid_groups`]). A body has the mass M = Σ m, the
//! center of mass X, arms r = x − X and the tensor of inertia I = Σ m (r² 1 − r rᵀ); its atoms have the
//! velocities v = V + ω × r. Forces f on the atoms give
//!
//! M dV/dt = Σ f, dL/dt = Σ r × f, L = I ω.
//!
//! Bodies have no state beside the positions and velocities of their atoms. The orthogonal projection of
//! velocities onto rigid motion, in the metric Σ m v·v, keeps momentum and angular momentum: V = Σ m v/M,
//! ω = I⁻¹ Σ m r × v. Projecting the velocities after v ← v + (f/m) dt is therefore exactly the kick of a
//! body by force and torque, and the projection of independent noise on atoms is the noise of a
//! thermostat on a body. The drift moves centers along lines and rotates bodies freely (`free_rotor`);
//! with half a kick before and after, this is the symplectic and time-reversible integrator of
//! A. Dullweber, B. Leimkuhler & R. McLachlan, J. Chem. Phys. 107, 5840 (1997), 10.1063/1.474310, which
//! NO_SQUISH writes with quaternions (T. F. Miller III et al., J. Chem. Phys. 116, 8649 (2002),
//! 10.1063/1.1473654).
//!
//! A body has 6 degrees of freedom, 5 if its atoms lie on a line. If one of its atoms is fixed or held,
//! all are.

mod body;
mod free_rotor;
mod generalized_force;
mod outer_product;
mod principal_axes;
mod virial;

pub(super) use body::Body;
pub use free_rotor::FastRotation;
pub(super) use generalized_force::{GeneralizedForce, max_force};
pub(super) use outer_product::outer;
pub(super) use virial::internal_virial;

use std::sync::Arc;

use glam::DVec3;

use super::State;
use crate::chem::Cell;
#[cfg(doc)]
use crate::chem::Structure;
use crate::chem::neighbors::make_whole;

impl State {
    /// Whether a rigid group moves freely: none of its atoms is fixed or held.
    pub(super) fn is_mobile_group(&self, group: &[usize]) -> bool {
        group.iter().all(|&atom| self.is_mobile(atom))
    }

    /// Degrees of freedom: 3 for each mobile atom outside of rigid bodies, 6 for each mobile body, 5 if it
    /// is linear.
    pub fn degrees_of_freedom(&self) -> usize {
        let structure = &self.structure;
        let grouped = structure.rigid_groups().iter().flatten();
        let grouped = grouped.filter(|atom| self.is_mobile(**atom)).count();
        let bodies = self
            .mobile_bodies()
            .map(|(_, body)| body.degrees_of_freedom());
        3 * (self.mobile_atoms() - grouped) + bodies.sum::<usize>()
    }

    /// The rigid groups that move freely, with their bodies.
    pub(super) fn mobile_bodies(&self) -> impl Iterator<Item = (&Vec<usize>, Body)> {
        let structure = &self.structure;
        let groups = structure.rigid_groups().iter();
        let mobile = groups.filter(|group| self.is_mobile_group(group));
        mobile.map(|group| (group, Body::of(structure, structure.positions(), group)))
    }

    /// Projects velocities (Å/fs, `[atoms]`) onto the rigid motions of the bodies; those of immobile bodies
    /// become zero.
    pub(super) fn project_onto_bodies(&self, velocities: &mut [DVec3]) {
        let structure = &self.structure;
        let positions = structure.positions();
        for group in structure.rigid_groups().iter() {
            if !self.is_mobile_group(group) {
                group
                    .iter()
                    .for_each(|&atom| velocities[atom] = DVec3::ZERO);
                continue;
            }
            let body = Body::of(structure, positions, group);
            let motion = body.motion(structure, positions, velocities, group);
            for &atom in group {
                velocities[atom] = motion.velocity_at(positions[atom] - body.center);
            }
        }
    }

    /// Projects the velocities onto the rigid motions of the bodies.
    pub(super) fn make_velocities_rigid(&mut self) {
        if !self.structure.rigid_groups().is_empty() {
            let mut velocities = std::mem::take(&mut self.velocities);
            self.project_onto_bodies(&mut velocities);
            self.velocities = velocities;
        }
    }

    /// Moves the mobile bodies for `duration` (fs) without forces, on from the positions `before` (Å,
    /// `[atoms]`), and turns the velocities of their atoms with them.
    ///
    /// # Errors
    /// If a body rotates too fast for the duration.
    pub(super) fn drift_bodies(
        &mut self,
        before: &[DVec3],
        duration: f64,
    ) -> Result<(), FastRotation> {
        let groups = Arc::clone(self.structure.rigid_groups());
        for group in groups.iter() {
            if !self.is_mobile_group(group) {
                continue;
            }
            let body = Body::of(&self.structure, before, group);
            let motion = body.motion(&self.structure, before, &self.velocities, group);
            let (rotation, motion) = body.rotate_freely(motion, duration)?;
            let center = body.center + duration * motion.linear;
            for &atom in group {
                let arm = rotation * (before[atom] - body.center);
                self.structure.positions_mut()[atom] = center + arm;
                self.velocities[atom] = motion.velocity_at(arm);
            }
        }
        Ok(())
    }

    /// Fits the state to its rigid groups after edits: a group with a fixed or held atom is fixed or held
    /// as a whole, its atoms are at the images next to one another, and their velocities are rigid.
    pub(super) fn settle_rigid_bodies(&mut self) {
        let groups = Arc::clone(self.structure.rigid_groups());
        if groups.is_empty() {
            return;
        }
        for group in groups.iter() {
            let fixed = self.structure.fixed_mut();
            if group.iter().any(|&atom| fixed[atom]) {
                group.iter().for_each(|&atom| fixed[atom] = true);
            }
        }
        if let Some(cell) = self.structure.cell.clone().filter(Cell::is_periodic) {
            let before = self.structure.positions().to_vec();
            // The atom in a hand stays there.
            let grasps = self.grips.grasps().iter();
            let in_hands: Vec<usize> = grasps.filter_map(|it| it.atoms.first().copied()).collect();
            let positions = self.structure.positions_mut();
            for group in groups.iter() {
                let mut group = group.clone();
                if let Some(place) = group.iter().position(|atom| in_hands.contains(atom)) {
                    group.swap(0, place);
                }
                make_whole(positions, &group, &cell);
            }
            self.grips.follow_images(&before, &self.structure);
        }
        self.grips.hold_whole_bodies(&self.structure);
        self.zero_immobile_velocities();
        self.make_velocities_rigid();
    }
}
