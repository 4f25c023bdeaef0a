//! The logarithmic strain of a cell: the coordinates in which it relaxes.

use glam::{DMat3, DVec3};

use super::CellRelaxation;
use crate::chem::{Cell, Structure};
use crate::sim::State;
use crate::sim::propagate::exponential::exponential;
use crate::sim::propagate::{CellFreedom, StepError};
use crate::sim::state::trace;

/// The cell is F·(the cell at the start) with F = exp(L), and atoms are at F·(their place in the
/// undeformed cell). The nine coordinates are n·L for n atoms, so that they are about as stiff as
/// those of an atom. Energy plus pressure times volume has slopes along them by the Fréchet
/// derivative of the exponential, as in ASE's `FrechetCellFilter`, after C. Ortner's JuLIP.jl.
///
/// L acts only along directions in which matter repeats: a slab keeps its vacuum.
pub(super) struct Strain {
    target: CellRelaxation,
    reference: Cell,
    /// The cell as the last step left it.
    current: Cell,
    /// L.
    logarithm: DMat3,
    /// F.
    deformation: DMat3,
    /// Projects onto the directions in which matter repeats.
    repeating: DMat3,
    /// n.
    atoms: f64,
}

impl Strain {
    pub(super) fn new(structure: &Structure, target: CellRelaxation) -> Result<Strain, StepError> {
        let cell = structure.cell.as_ref().ok_or(StepError::NothingRepeats)?;
        let axes = cell.periodic().iter().filter(|&&repeats| repeats).count();
        if target.pressure != 0.0 && axes < 3 {
            return Err(StepError::NotPeriodic(axes));
        }
        Ok(Strain {
            target,
            reference: cell.clone(),
            current: cell.clone(),
            logarithm: DMat3::ZERO,
            deformation: DMat3::IDENTITY,
            repeating: repeating_directions(cell).ok_or(StepError::NothingRepeats)?,
            atoms: structure.len().max(1) as f64,
        })
    }

    /// Whether the structure is as the last step left it but for its atoms' places; if so, its cell
    /// is taken to a new target.
    pub(super) fn fit(&mut self, structure: &Structure, target: CellRelaxation) -> bool {
        let axes = self.current.periodic();
        self.target = target;
        structure.cell.as_ref() == Some(&self.current)
            && structure.len().max(1) as f64 == self.atoms
            && (target.pressure == 0.0 || axes == [true; 3])
    }

    /// F.
    pub(super) fn deformation(&self) -> DMat3 {
        self.deformation
    }

    /// The force along an atom's place in the undeformed cell.
    pub(super) fn on_undeformed(&self, force: DVec3) -> DVec3 {
        self.deformation.transpose() * force
    }

    /// The forces along the rows of n·L, eV/Å.
    pub(super) fn forces(&self, state: &State) -> Result<[DVec3; 3], StepError> {
        let slope = self.virial(state)? * self.deformation.inverse().transpose();
        // ⟨dexp(L)[E], G⟩ = ⟨E, dexp(Lᵀ)[G]⟩: one derivative in place of nine.
        let (_, forces) = exponential(self.logarithm.transpose(), slope);
        Ok([0, 1, 2].map(|row| forces.row(row) / self.atoms))
    }

    /// Whether no component of stress plus pressure is above what was asked for.
    pub(super) fn is_balanced(&self, state: &State) -> Result<bool, StepError> {
        let Some(smax) = self.target.smax else {
            return Ok(true);
        };
        let stress = self.virial(state)? * (1.0 / self.current.volume());
        Ok(stress
            .to_cols_array()
            .iter()
            .all(|component| component.abs() < smax))
    }

    /// Takes the cell a step along n·L, and every atom with it.
    pub(super) fn add(
        &mut self,
        rows: [DVec3; 3],
        structure: &mut Structure,
    ) -> Result<(), StepError> {
        let step = DMat3::from_cols(rows[0], rows[1], rows[2]).transpose() * (1.0 / self.atoms);
        let back = self.deformation.inverse();
        self.logarithm += self.repeating * step * self.repeating;
        (self.deformation, _) = exponential(self.logarithm, DMat3::ZERO);
        self.current = self.reference.deformed(self.deformation)?;
        structure.cell = Some(self.current.clone());
        for position in structure.positions_mut() {
            *position = self.deformation * (back * *position);
        }
        Ok(())
    }

    /// −V·(stress + pressure), of what may change, eV.
    fn virial(&self, state: &State) -> Result<DMat3, StepError> {
        let stress = state.evaluation.stress.ok_or(StepError::NoStress)?;
        let excess = stress + DMat3::from_diagonal(DVec3::splat(self.target.pressure));
        let virial = self.repeating * excess * self.repeating * -self.current.volume();
        Ok(match self.target.freedom {
            CellFreedom::Anisotropic => virial,
            CellFreedom::Isotropic => self.repeating * (trace(virial) / trace(self.repeating)),
        })
    }
}

/// Projects onto the space that the repeating cell vectors span. `None` where none repeats.
fn repeating_directions(cell: &Cell) -> Option<DMat3> {
    let vectors = cell.vectors().into_iter().zip(cell.periodic());
    let repeating: Vec<DVec3> = vectors.filter(|pair| pair.1).map(|pair| pair.0).collect();
    let along = |direction: DVec3| {
        let unit = direction.try_normalize()?;
        Some(DMat3::from_cols(
            unit * unit.x,
            unit * unit.y,
            unit * unit.z,
        ))
    };
    match *repeating {
        [one] => along(one),
        [one, other] => Some(DMat3::IDENTITY - along(one.cross(other))?),
        [_, _, _] => Some(DMat3::IDENTITY),
        _ => None,
    }
}
