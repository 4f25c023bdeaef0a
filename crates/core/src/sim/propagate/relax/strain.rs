//! The logarithmic strain of a cell: its coordinates in a relaxation.

use glam::{DMat3, DVec3};

use super::parameters::CellRelaxation;
use crate::chem::{Cell, Structure};
use crate::sim::State;
use crate::sim::propagate::exponential::exponential;
use crate::sim::propagate::{CellFreedom, StepError};
use crate::sim::state::trace;

/// The cell is h = F h₀ with F = exp(L), and positions are x = F x₀ in terms of those in the undeformed
/// cell. The nine coordinates are n L for n atoms, so that they are about as stiff as those of an atom.
/// The gradients of E + P V along them use the Fréchet derivative of the exponential, as in ASE's
/// `FrechetCellFilter`, after C. Ortner's JuLIP.jl.
///
/// L acts only along periodic directions: a slab keeps its vacuum.
pub(super) struct Strain {
    target: CellRelaxation,
    reference: Cell,
    /// The cell after the last step.
    current: Cell,
    /// L.
    logarithm: DMat3,
    /// F.
    deformation: DMat3,
    /// Projector onto the periodic directions.
    projector: DMat3,
    /// n.
    atoms: f64,
}

impl Strain {
    pub(super) fn new(structure: &Structure, target: CellRelaxation) -> Result<Strain, StepError> {
        let cell = structure.cell.as_ref().ok_or(StepError::NoPeriodicCell)?;
        let axes = cell.periodic().iter().filter(|&&periodic| periodic).count();
        if target.pressure != 0.0 && axes < 3 {
            return Err(StepError::NotPeriodic(axes));
        }
        Ok(Strain {
            target,
            reference: cell.clone(),
            current: cell.clone(),
            logarithm: DMat3::ZERO,
            deformation: DMat3::IDENTITY,
            projector: periodic_directions(cell).ok_or(StepError::NoPeriodicCell)?,
            atoms: structure.len().max(1) as f64,
        })
    }

    /// Whether cell and number of atoms are those after the last step; if so, adopts a new target.
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

    /// The force conjugate to a position in the undeformed cell: Fᵀ f.
    pub(super) fn to_undeformed(&self, force: DVec3) -> DVec3 {
        self.deformation.transpose() * force
    }

    /// The forces along the rows of n L, eV/Å: dexp(Lᵀ)[W F⁻ᵀ]/n with the virial W.
    pub(super) fn forces(&self, state: &State) -> Result<[DVec3; 3], StepError> {
        let direction = self.virial(state)? * self.deformation.inverse().transpose();
        // ⟨dexp(L)[E], G⟩ = ⟨E, dexp(Lᵀ)[G]⟩: one derivative instead of nine.
        let (_, forces) = exponential(self.logarithm.transpose(), direction);
        Ok([0, 1, 2].map(|row| forces.row(row) / self.atoms))
    }

    /// Whether every component of stress plus pressure is below `smax`.
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

    /// Takes a step along n L; all atoms move with the cell.
    pub(super) fn add(
        &mut self,
        rows: [DVec3; 3],
        structure: &mut Structure,
    ) -> Result<(), StepError> {
        let step = DMat3::from_cols(rows[0], rows[1], rows[2]).transpose() * (1.0 / self.atoms);
        let inverse = self.deformation.inverse();
        self.logarithm += self.projector * step * self.projector;
        (self.deformation, _) = exponential(self.logarithm, DMat3::ZERO);
        self.current = self.reference.deformed(self.deformation)?;
        structure.cell = Some(self.current.clone());
        for position in structure.positions_mut() {
            *position = self.deformation * (inverse * *position);
        }
        Ok(())
    }

    /// The virial W = −V (σ + P) of the coordinates that may change, eV.
    fn virial(&self, state: &State) -> Result<DMat3, StepError> {
        let stress = state.evaluation.stress.ok_or(StepError::NoStress)?;
        let excess = stress + DMat3::from_diagonal(DVec3::splat(self.target.pressure));
        let virial = self.projector * excess * self.projector * -self.current.volume();
        Ok(match self.target.freedom {
            CellFreedom::Anisotropic => virial,
            CellFreedom::Isotropic => self.projector * (trace(virial) / trace(self.projector)),
        })
    }
}

/// Projector onto the span of the periodic cell vectors. `None` without any.
fn periodic_directions(cell: &Cell) -> Option<DMat3> {
    let vectors = cell.vectors().into_iter().zip(cell.periodic());
    let periodic: Vec<DVec3> = vectors.filter(|pair| pair.1).map(|pair| pair.0).collect();
    let along = |direction: DVec3| {
        let unit = direction.try_normalize()?;
        Some(DMat3::from_cols(
            unit * unit.x,
            unit * unit.y,
            unit * unit.z,
        ))
    };
    match *periodic {
        [one] => along(one),
        [one, other] => Some(DMat3::IDENTITY - along(one.cross(other))?),
        [_, _, _] => Some(DMat3::IDENTITY),
        _ => None,
    }
}
