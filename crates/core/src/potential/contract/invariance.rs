//! Invariances: transformations of a structure and their effect on energy, forces and stress.

use glam::{DMat3, DVec3};

use super::case::{Case, deformed};
use super::error::ContractError;
use super::property::Property;
use crate::chem::Structure;
use crate::potential::Evaluation;

impl Case<'_> {
    pub(super) fn net_force(&self) -> Result<(), ContractError> {
        let total: DVec3 = self.reference.forces.iter().sum();
        let allowed = self.tolerances.equality * self.scale.force * self.structure.len() as f64;
        let quantity = || "the largest component of the net force".into();
        self.expect(
            Property::NetForce,
            quantity,
            total.abs().max_element(),
            0.0,
            allowed,
        )
    }

    pub(super) fn translation(&mut self) -> Result<(), ContractError> {
        let mut translated = self.structure.clone();
        for position in translated.positions_mut() {
            *position += DVec3::new(3.7, -12.1, 25.3);
        }
        let expected = self.reference.clone();
        self.expect_evaluation(Property::Translation, &translated, &expected)
    }

    pub(super) fn rotation(&mut self) -> Result<(), ContractError> {
        let axis = DVec3::new(1.0, 2.0, -3.0).normalize_or(DVec3::X);
        let rotation = DMat3::from_axis_angle(axis, 1.0);
        let rotated = deformed(self.structure, rotation)?;
        let expected = Evaluation {
            forces: self
                .reference
                .forces
                .iter()
                .map(|&force| rotation * force)
                .collect(),
            stress: self
                .reference
                .stress
                .map(|stress| rotation * stress * rotation.transpose()),
            ..self.reference.clone()
        };
        self.expect_evaluation(Property::Rotation, &rotated, &expected)
    }

    pub(super) fn permutation(&mut self) -> Result<(), ContractError> {
        // Even atoms in reverse order, then odd ones: no atom keeps its neighbors in order.
        let count = self.structure.len();
        let (odd, even): (Vec<usize>, Vec<usize>) = (0..count).partition(|atom| atom % 2 == 1);
        let order: Vec<usize> = even.into_iter().rev().chain(odd).collect();
        let renumbered = selected(self.structure, &order);
        let expected = Evaluation {
            forces: order
                .iter()
                .map(|&atom| self.reference.forces[atom])
                .collect(),
            ..self.reference.clone()
        };
        self.expect_evaluation(Property::Permutation, &renumbered, &expected)
    }

    pub(super) fn periodic_images(&mut self) -> Result<(), ContractError> {
        let Some(cell) = self.periodic_cell() else {
            return Ok(());
        };
        let (vectors, periodic) = (cell.vectors(), cell.periodic());
        let mut scattered = self.structure.clone();
        for (atom, position) in scattered.positions_mut().iter_mut().enumerate() {
            for axis in (0..3).filter(|&axis| periodic[axis]) {
                let cells = ((atom + axis) % 4) as f64 - 1.0;
                *position += cells * vectors[axis];
            }
        }
        let expected = self.reference.clone();
        self.expect_evaluation(Property::PeriodicImages, &scattered, &expected)
    }

    pub(super) fn supercell(&mut self) -> Result<(), ContractError> {
        let Some(cell) = self.periodic_cell() else {
            return Ok(());
        };
        let repeats = cell.periodic().map(|periodic| if periodic { 2 } else { 1 });
        let copies: u32 = repeats.iter().product();
        let supercell = self.structure.repeat(repeats)?;
        let expected = Evaluation {
            energy: self.reference.energy * f64::from(copies),
            forces: self.reference.forces.repeat(copies as usize),
            ..self.reference.clone()
        };
        self.expect_evaluation(Property::Supercell, &supercell, &expected)
    }

    pub(super) fn statelessness(&mut self) -> Result<(), ContractError> {
        let half: Vec<usize> = (0..self.structure.len() / 2).collect();
        let other = deformed(&selected(self.structure, &half), DMat3::IDENTITY * 1.05)?;
        self.potential.evaluate(&other)?;
        let expected = self.reference.clone();
        let structure = self.structure;
        self.expect_evaluation(Property::Statelessness, structure, &expected)
    }
}

fn selected(structure: &Structure, atoms: &[usize]) -> Structure {
    structure.select(atoms).expect("atoms of the structure")
}
