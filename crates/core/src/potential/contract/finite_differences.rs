//! Forces and stress against finite differences of the energy.

use glam::DMat3;

use super::case::{Case, deformed};
use super::error::ContractError;
use super::property::Property;

impl Case<'_> {
    pub(super) fn forces(&mut self) -> Result<(), ContractError> {
        let count = self.structure.len();
        let stride = count.div_ceil(self.tolerances.moved_atoms.max(1)).max(1);
        let allowed = self.tolerances.gradient * self.scale.force;
        let mut moved = self.structure.clone();
        for atom in (0..count).step_by(stride) {
            for axis in 0..3 {
                let original = self.structure.positions()[atom];
                let gradient = derivative(self.tolerances.step, |by| {
                    moved.positions_mut()[atom][axis] = original[axis] + by;
                    Ok(self.potential.evaluate(&moved)?.energy)
                })?;
                moved.positions_mut()[atom] = original;
                let quantity = || format!("component {axis} of the force on atom {atom}");
                let found = self.reference.forces[atom][axis];
                self.expect(Property::Forces, quantity, found, -gradient, allowed)?;
            }
        }
        Ok(())
    }

    pub(super) fn stress(&mut self) -> Result<(), ContractError> {
        let (Some(cell), Some(stress)) = (&self.structure.cell, self.reference.stress) else {
            return Ok(());
        };
        let volume = cell.volume();
        let step = self.tolerances.step / cell.lengths().into_iter().fold(1.0, f64::max);
        let allowed = self.tolerances.gradient * self.scale.stress;
        for (row, column) in [(0, 0), (1, 1), (2, 2), (1, 2), (0, 2), (0, 1)] {
            let gradient = derivative(step, |by| {
                let mut deformation = DMat3::IDENTITY;
                deformation.col_mut(column)[row] += 0.5 * by;
                deformation.col_mut(row)[column] += 0.5 * by;
                let strained = deformed(self.structure, deformation)?;
                Ok(self.potential.evaluate(&strained)?.energy)
            })?;
            for (row, column) in [(row, column), (column, row)] {
                let quantity = || format!("stress component {row}{column}");
                let found = stress.col(column)[row];
                self.expect(
                    Property::Stress,
                    quantity,
                    found,
                    gradient / volume,
                    allowed,
                )?;
            }
        }
        Ok(())
    }
}

/// The derivative at 0 by the five-point rule, whose error is of fourth order in `step`.
fn derivative(
    step: f64,
    mut value: impl FnMut(f64) -> Result<f64, ContractError>,
) -> Result<f64, ContractError> {
    let near = value(step)? - value(-step)?;
    let far = value(2.0 * step)? - value(-2.0 * step)?;
    Ok((8.0 * near - far) / (12.0 * step))
}
