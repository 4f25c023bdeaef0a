//! The coordinates of a relaxation: positions of the free atoms, rigid bodies, and strain of the cell.

use glam::{DMat3, DQuat, DVec3};

use super::parameters::CellRelaxation;
use super::strain::Strain;
use crate::sim::State;
use crate::sim::propagate::StepError;
use crate::sim::rigid_bodies::{Body, GeneralizedForce};

/// The coordinates of a relaxation. Vectors along them are `[free atoms + 2 bodies]`, of a body the shift of
/// its center and its rotation vector times its radius of gyration; with a variable cell, three more are the
/// rows of the logarithmic strain.
///
/// The rotation of a step starts at the present orientation: for the small steps of a relaxation, successive
/// rotation vectors add up, and torques are the gradients along them.
pub(super) struct Coordinates {
    free: Vec<usize>,
    bodies: Vec<Vec<usize>>,
    strain: Option<Strain>,
}

impl Coordinates {
    pub(super) fn new(
        state: &State,
        cell: Option<CellRelaxation>,
    ) -> Result<Coordinates, StepError> {
        if cell.is_some() && !state.structure.rigid_groups().is_empty() {
            return Err(StepError::CellOfRigidBodies);
        }
        let strain = cell.map(|target| Strain::new(&state.structure, target));
        Ok(Coordinates {
            free: free_atoms(state).collect(),
            bodies: mobile_groups(state).cloned().collect(),
            strain: strain.transpose()?,
        })
    }

    /// Whether they are still the coordinates of a state; if so, adopts a new target of the cell.
    pub(super) fn fit(&mut self, state: &State, cell: Option<CellRelaxation>) -> bool {
        let strain = match (&mut self.strain, cell) {
            (None, None) => true,
            (Some(strain), Some(target)) => strain.fit(&state.structure, target),
            _ => false,
        };
        strain
            && free_atoms(state).eq(self.free.iter().copied())
            && mobile_groups(state).eq(&self.bodies)
    }

    /// Number of atoms that are free to move; a rigid body counts as two, since it has as many coordinates.
    pub(super) fn free_atoms(&self) -> usize {
        self.free.len() + 2 * self.bodies.len()
    }

    /// The negative gradient of the energy along the coordinates, eV/Å.
    pub(super) fn forces(&self, state: &State) -> Result<Vec<DVec3>, StepError> {
        let all = state.biased_forces();
        let mut forces: Vec<DVec3> = self.free.iter().map(|&atom| all[atom]).collect();
        let positions = state.structure.positions();
        for (group, body) in state.mobile_bodies() {
            let on_body = GeneralizedForce::of(&body, positions, &all, group);
            forces.extend([on_body.force, on_body.torque]);
        }
        if let Some(strain) = &self.strain {
            for force in &mut forces {
                *force = strain.to_undeformed(*force);
            }
            forces.extend(strain.forces(state)?);
        }
        Ok(forces)
    }

    /// Whether stress and pressure are balanced within `smax`.
    pub(super) fn is_cell_balanced(&self, state: &State) -> Result<bool, StepError> {
        let strain = self.strain.as_ref();
        strain.map_or(Ok(true), |strain| strain.is_balanced(state))
    }

    /// Moves the free atoms and bodies, and the cell with all atoms in it.
    pub(super) fn move_by(&mut self, state: &mut State, step: &[DVec3]) -> Result<(), StepError> {
        let (atom_steps, rest) = step.split_at(self.free.len());
        let (body_steps, strain_step) = rest.split_at(2 * self.bodies.len());
        for (group, step) in self.bodies.iter().zip(body_steps.chunks_exact(2)) {
            move_body(state, group, step[0], step[1]);
        }
        let mut forward = None;
        if let (Some(strain), &[x, y, z]) = (&mut self.strain, strain_step) {
            strain.add([x, y, z], &mut state.structure)?;
            forward = Some(strain.deformation());
        }
        let positions = state.structure.positions_mut();
        for (&atom, &step) in self.free.iter().zip(atom_steps) {
            positions[atom] += forward.map_or(step, |deformation| deformation * step);
        }
        Ok(())
    }
}

/// Moves a body by a shift (Å), and by a rotation as the arc at the radius of gyration (Å).
fn move_body(state: &mut State, group: &[usize], shift: DVec3, arc: DVec3) {
    let structure = &mut state.structure;
    let body = Body::of(structure, structure.positions(), group);
    let radius = body.radius(structure.positions(), group);
    let angles = if radius > 0.0 {
        arc / radius
    } else {
        DVec3::ZERO
    };
    let rotation = DMat3::from_quat(DQuat::from_scaled_axis(angles));
    let positions = structure.positions_mut();
    for &atom in group {
        positions[atom] = body.center + shift + rotation * (positions[atom] - body.center);
    }
}

/// The mobile atoms outside of rigid bodies.
fn free_atoms(state: &State) -> impl Iterator<Item = usize> {
    let group_of = match state.structure.rigid_groups().is_empty() {
        true => Vec::new(),
        false => state.structure.rigid_group_of_atoms(),
    };
    let is_single = move |atom| group_of.get(atom).is_none_or(Option::is_none);
    (0..state.structure.len()).filter(move |&atom| is_single(atom) && state.is_mobile(atom))
}

fn mobile_groups(state: &State) -> impl Iterator<Item = &Vec<usize>> {
    let groups = state.structure.rigid_groups().iter();
    groups.filter(|group| state.is_mobile_group(group))
}
