//! Virials of rigid bodies: the parts of atoms that are rotation, and forces within bodies.

use glam::{DMat3, DVec3};

use super::body::Body;
use super::outer_product::outer;
use crate::chem::Structure;
use crate::chem::units::AMU_ANGSTROM2_PER_FS2;
use crate::sim::State;

/// Σ (2 K_rot + Σ f·r) over the bodies without fixed atoms, eV: to be subtracted from 2 K + Σ f·x of atoms,
/// which leaves Σ M V² + Σ F·X of bodies. A cell that changes moves their centers only (M. P. Allen and D.
/// J. Tildesley, Computer Simulation of Liquids, 2nd ed. (2017), 2.4). Positions (Å), velocities (Å/fs) and
/// forces (eV/Å) are `[atoms]`.
pub(in crate::sim) fn internal_virial(
    structure: &Structure,
    positions: &[DVec3],
    velocities: &[DVec3],
    forces: &[DVec3],
) -> f64 {
    let fixed = structure.fixed();
    let groups = structure.rigid_groups().iter();
    let mobile = groups.filter(|group| !group.iter().any(|&atom| fixed[atom]));
    let of_group = |group: &Vec<usize>| -> f64 {
        let body = Body::of(structure, positions, group);
        let motion = body.motion(structure, positions, velocities, group);
        let of_atom = |&atom: &usize| {
            let speed_squared = (velocities[atom] - motion.linear).length_squared();
            let kinetic = AMU_ANGSTROM2_PER_FS2 * structure.mass(atom) * speed_squared;
            kinetic + forces[atom].dot(positions[atom] - body.center)
        };
        group.iter().map(of_atom).sum()
    };
    mobile.map(of_group).sum()
}

impl State {
    /// [`internal_virial`] of the state.
    pub(in crate::sim) fn internal_virial(&self) -> f64 {
        let (structure, forces) = (&self.structure, &self.evaluation.forces);
        internal_virial(structure, structure.positions(), &self.velocities, forces)
    }

    /// Σ f rᵀ of potential and pulls over the atoms of mobile bodies, with arms r from their centers, eV.
    pub(in crate::sim) fn force_virial_within_bodies(&self) -> DMat3 {
        if self.structure.rigid_groups().is_empty() {
            return DMat3::ZERO;
        }
        let (positions, forces) = (self.structure.positions(), self.biased_forces());
        let mut virial = DMat3::ZERO;
        for (group, body) in self.mobile_bodies() {
            for &atom in group {
                virial += outer(forces[atom], positions[atom] - body.center);
            }
        }
        virial
    }

    /// Σ m u uᵀ over the atoms of mobile bodies, with velocities u relative to their centers, eV.
    pub(in crate::sim) fn kinetic_virial_within_bodies(&self) -> DMat3 {
        let (structure, velocities) = (&self.structure, &self.velocities);
        let mut virial = DMat3::ZERO;
        for (group, body) in self.mobile_bodies() {
            let motion = body.motion(structure, structure.positions(), velocities, group);
            for &atom in group {
                let relative = velocities[atom] - motion.linear;
                virial += outer(structure.mass(atom) * relative, relative);
            }
        }
        AMU_ANGSTROM2_PER_FS2 * virial
    }
}
