//! Force and torque on a rigid body, as relaxations see them.

use glam::DVec3;

use super::body::Body;
use crate::chem::Structure;

/// The negative gradient of the energy along the coordinates of a body: translation of its center, and
/// rotation as the arc ρ θ at its radius of gyration ρ = (Σ r²/n)^½, so that both are lengths and as stiff
/// as coordinates of atoms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::sim) struct GeneralizedForce {
    /// Σ f, eV/Å.
    pub(in crate::sim) force: DVec3,
    /// Torque over radius of gyration, Σ r × f/ρ, eV/Å; zero of a point.
    pub(in crate::sim) torque: DVec3,
}

impl GeneralizedForce {
    /// On the body of a group, by forces on the atoms (eV/Å, `[atoms]`).
    pub(in crate::sim) fn of(
        body: &Body,
        positions: &[DVec3],
        forces: &[DVec3],
        group: &[usize],
    ) -> GeneralizedForce {
        let (mut force, mut torque) = (DVec3::ZERO, DVec3::ZERO);
        for &atom in group {
            let arm = positions[atom] - body.center;
            force += forces[atom];
            torque += arm.cross(forces[atom]);
        }
        let radius = body.radius(positions, group);
        GeneralizedForce {
            force,
            torque: if radius > 0.0 {
                torque / radius
            } else {
                DVec3::ZERO
            },
        }
    }
}

/// The largest force on what may move, eV/Å: on atoms outside of rigid groups, and the force and torque
/// over radius of gyration on each group; without fixed ones. `positions` (Å) and `forces` are `[atoms]`.
pub(in crate::sim) fn max_force(
    structure: &Structure,
    positions: &[DVec3],
    forces: &[DVec3],
) -> f64 {
    let fixed = structure.fixed();
    let group_of = structure.rigid_group_of_atoms();
    let single = (0..forces.len()).filter(|&atom| !fixed[atom] && group_of[atom].is_none());
    let largest = single.map(|atom| forces[atom].length()).fold(0.0, f64::max);
    let groups = structure.rigid_groups().iter();
    let mobile = groups.filter(|group| !group.iter().any(|&atom| fixed[atom]));
    let on_groups = mobile.flat_map(|group| {
        let body = Body::of(structure, positions, group);
        let total = GeneralizedForce::of(&body, positions, forces, group);
        [total.force.length(), total.torque.length()]
    });
    on_groups.fold(largest, f64::max)
}
