//! The coordinates of a relaxation: positions of the free atoms, and strain of the cell.

use glam::DVec3;

use super::parameters::CellRelaxation;
use super::strain::Strain;
use crate::sim::State;
use crate::sim::propagate::StepError;

/// The coordinates of a relaxation. Vectors along them are `[free atoms]` or, with a variable cell,
/// [free atoms + 3], the last three being the rows of the logarithmic strain.
pub(super) struct Coordinates {
    free: Vec<usize>,
    strain: Option<Strain>,
}

impl Coordinates {
    pub(super) fn new(
        state: &State,
        cell: Option<CellRelaxation>,
    ) -> Result<Coordinates, StepError> {
        let strain = cell.map(|target| Strain::new(&state.structure, target));
        Ok(Coordinates {
            free: free_atoms(state).collect(),
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
        strain && free_atoms(state).eq(self.free.iter().copied())
    }

    /// Number of atoms that are free to move.
    pub(super) fn free_atoms(&self) -> usize {
        self.free.len()
    }

    /// The negative gradient of the energy along the coordinates, eV/Å.
    pub(super) fn forces(&self, state: &State) -> Result<Vec<DVec3>, StepError> {
        let all = state.biased_forces();
        let mut forces: Vec<DVec3> = self.free.iter().map(|&atom| all[atom]).collect();
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

    /// Moves the free atoms, and the cell with all atoms in it.
    pub(super) fn move_by(&mut self, state: &mut State, step: &[DVec3]) -> Result<(), StepError> {
        let (atom_steps, strain_step) = step.split_at(self.free.len());
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

fn free_atoms(state: &State) -> impl Iterator<Item = usize> {
    (0..state.structure.len()).filter(|&atom| state.is_mobile(atom))
}
