//! One potential on one structure: the reference evaluation, and comparisons with it.

use glam::DMat3;

use super::error::ContractError;
use super::property::Property;
use super::tolerances::Tolerances;
use crate::chem::cell::CellError;
use crate::chem::{Cell, Structure};
use crate::potential::{Evaluation, Potential};

/// One potential on one structure.
pub(super) struct Case<'a> {
    pub(super) tolerances: Tolerances,
    pub(super) potential: &'a mut dyn Potential,
    name: String,
    pub(super) structure: &'a Structure,
    /// The evaluation of the unchanged structure.
    pub(super) reference: Evaluation,
    pub(super) scale: Scale,
}

/// The reference of relative tolerances.
pub(super) struct Scale {
    /// eV.
    pub(super) energy: f64,
    /// eV/Å.
    pub(super) force: f64,
    /// eV/Å³.
    pub(super) stress: f64,
}

impl Scale {
    fn of(evaluation: &Evaluation) -> Scale {
        let atoms = evaluation.forces.len() as f64;
        let stress = evaluation.stress.map_or(0.0, |stress| largest(&stress));
        Scale {
            energy: evaluation.energy.abs().max(1e-2 * atoms),
            force: evaluation
                .forces
                .iter()
                .map(|force| force.abs().max_element())
                .fold(1e-2, f64::max),
            stress: stress.max(1e-4),
        }
    }
}

impl<'a> Case<'a> {
    pub(super) fn new(
        tolerances: Tolerances,
        potential: &'a mut dyn Potential,
        structure: &'a Structure,
    ) -> Result<Case<'a>, ContractError> {
        let reference = potential.evaluate(structure)?;
        Ok(Case {
            tolerances,
            scale: Scale::of(&reference),
            name: potential.name().to_owned(),
            potential,
            structure,
            reference,
        })
    }

    /// The cell, if it is periodic.
    pub(super) fn periodic_cell(&self) -> Option<&'a Cell> {
        let cell = self.structure.cell.as_ref();
        cell.filter(|cell| cell.is_periodic())
    }

    /// Checks the lengths of the arrays of an evaluation, and their sums.
    pub(super) fn consistency(&self) -> Result<(), ContractError> {
        let atoms = self.structure.len() as f64;
        let forces = self.reference.forces.len() as f64;
        self.expect(
            Property::Consistency,
            || "the number of forces".into(),
            forces,
            atoms,
            0.0,
        )?;
        let periodic = self.periodic_cell().is_some();
        let has_stress = self.reference.stress.is_some();
        let count = |present: bool| f64::from(u8::from(present));
        let quantity = || "the number of stresses".into();
        self.expect(
            Property::Consistency,
            quantity,
            count(has_stress),
            count(periodic),
            0.0,
        )?;
        self.charges()?;
        self.force_errors()?;
        let Some(atom_energies) = &self.reference.atom_energies else {
            return Ok(());
        };
        let quantity = || "the number of atom energies".into();
        self.expect(
            Property::Consistency,
            quantity,
            atom_energies.len() as f64,
            atoms,
            0.0,
        )?;
        let allowed = self.tolerances.equality * self.scale.energy;
        let quantity = || "the sum of the atom energies".into();
        self.expect(
            Property::Consistency,
            quantity,
            atom_energies.iter().sum(),
            self.reference.energy,
            allowed,
        )
    }

    /// Checks that there is a charge per atom, and that they add up.
    fn charges(&self) -> Result<(), ContractError> {
        let Some(charges) = &self.reference.charges else {
            return Ok(());
        };
        let (count, atoms) = (charges.len() as f64, self.structure.len() as f64);
        self.expect(
            Property::Consistency,
            || "the number of charges".into(),
            count,
            atoms,
            0.0,
        )?;
        let (sum, total) = (charges.iter().sum(), f64::from(self.structure.charge));
        let allowed = self.tolerances.equality * atoms.max(1.0);
        self.expect(
            Property::Consistency,
            || "the sum of the charges".into(),
            sum,
            total,
            allowed,
        )
    }

    /// Checks that there is an expected error per atom, and none is negative.
    fn force_errors(&self) -> Result<(), ContractError> {
        let Some(errors) = &self.reference.force_errors else {
            return Ok(());
        };
        let (count, atoms) = (errors.len() as f64, self.structure.len() as f64);
        let quantity = || "the number of expected force errors".into();
        self.expect(Property::Consistency, quantity, count, atoms, 0.0)?;
        let negative = errors
            .iter()
            .filter(|error| error.is_nan() || **error < 0.0)
            .count() as f64;
        let quantity = || "the number of negative or undefined expected force errors".into();
        self.expect(Property::Consistency, quantity, negative, 0.0, 0.0)
    }

    /// Checks that another structure has this evaluation.
    pub(super) fn expect_evaluation(
        &mut self,
        property: Property,
        structure: &Structure,
        expected: &Evaluation,
    ) -> Result<(), ContractError> {
        let found = self.potential.evaluate(structure)?;
        let equality = self.tolerances.equality;
        let copies = structure.len() as f64 / self.structure.len().max(1) as f64;
        let allowed = equality * self.scale.energy * copies.max(1.0);
        let quantity = || "the energy".into();
        self.expect(property, quantity, found.energy, expected.energy, allowed)?;
        let forces = |evaluation: &Evaluation| evaluation.forces.len() as f64;
        let quantity = || "the number of forces".into();
        self.expect(property, quantity, forces(&found), forces(expected), 0.0)?;
        let stresses = |evaluation: &Evaluation| f64::from(u8::from(evaluation.stress.is_some()));
        let quantity = || "the number of stresses".into();
        self.expect(
            property,
            quantity,
            stresses(&found),
            stresses(expected),
            0.0,
        )?;
        let pairs = found.forces.iter().zip(&expected.forces).enumerate();
        for (atom, (force, expected)) in pairs {
            for axis in 0..3 {
                let quantity = || format!("component {axis} of the force on atom {atom}");
                let allowed = equality * self.scale.force;
                self.expect(property, quantity, force[axis], expected[axis], allowed)?;
            }
        }
        if let (Some(found), Some(expected)) = (found.stress, expected.stress) {
            let quantity = || "the largest deviation of a stress component".into();
            let allowed = equality * self.scale.stress;
            self.expect(
                property,
                quantity,
                largest(&(found - expected)),
                0.0,
                allowed,
            )?;
        }
        Ok(())
    }

    /// Checks that a number equals an expected one within a tolerance.
    pub(super) fn expect(
        &self,
        property: Property,
        quantity: impl FnOnce() -> String,
        found: f64,
        expected: f64,
        allowed: f64,
    ) -> Result<(), ContractError> {
        // Written so that NaN fails.
        if (found - expected).abs() <= allowed {
            return Ok(());
        }
        Err(ContractError::Violated {
            potential: self.name.clone(),
            property,
            quantity: quantity(),
            found,
            expected,
            allowed,
        })
    }
}

/// The structure and its cell under a linear map.
pub(super) fn deformed(structure: &Structure, deformation: DMat3) -> Result<Structure, CellError> {
    let mut deformed = structure.clone();
    for position in deformed.positions_mut() {
        *position = deformation * *position;
    }
    if let Some(cell) = &structure.cell {
        deformed.cell = Some(cell.deformed(deformation)?);
    }
    Ok(deformed)
}

/// The largest absolute value of the entries.
fn largest(matrix: &DMat3) -> f64 {
    let entries = matrix.to_cols_array();
    entries.into_iter().map(f64::abs).fold(0.0, f64::max)
}
