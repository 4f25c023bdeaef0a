//! The atoms and bonds of one molfile, as either version gives them.

use std::collections::BTreeMap;

use glam::DVec3;

use super::super::ParseError;
use super::super::nuclide::{Nuclide, set_isotopes};
use super::super::residues::set_charges;
use crate::chem::Structure;
use crate::chem::structure::{BondOrder, StatedBond};

#[derive(Default)]
pub(super) struct Atoms {
    nuclides: Vec<Nuclide>,
    positions: Vec<DVec3>,
    charges: Vec<i32>,
    /// Unpaired electrons of each atom.
    unpaired: Vec<u32>,
    bonds: Vec<StatedBond>,
}

impl Atoms {
    pub(super) fn len(&self) -> usize {
        self.nuclides.len()
    }

    pub(super) fn push(&mut self, nuclide: Nuclide, position: DVec3, charge: i32, unpaired: u32) {
        self.nuclides.push(nuclide);
        self.positions.push(position);
        self.charges.push(charge);
        self.unpaired.push(unpaired);
    }

    pub(super) fn are_flat(&self) -> bool {
        self.positions.iter().all(|position| position.z == 0.0)
    }

    /// Takes back what the atom lines said of charges and radicals, which later lines replace.
    pub(super) fn clear_charges_and_radicals(&mut self) {
        self.charges.fill(0);
        self.unpaired.fill(0);
    }

    pub(super) fn set_charge(&mut self, atom: usize, charge: i32) {
        self.charges[atom] = charge;
    }

    pub(super) fn set_unpaired(&mut self, atom: usize, electrons: u32) {
        self.unpaired[atom] = electrons;
    }

    pub(super) fn set_isotope(&mut self, atom: usize, nucleons: u16) {
        self.nuclides[atom] = Nuclide::isotope(self.nuclides[atom].element, nucleons);
    }

    pub(super) fn bond(&mut self, atoms: [usize; 2], order: BondOrder) {
        self.bonds.push(StatedBond { atoms, order });
    }

    pub(super) fn into_structure(self) -> Result<Structure, ParseError> {
        let elements = self.nuclides.iter().map(|nuclide| nuclide.element);
        let mut structure =
            Structure::new(elements.collect(), self.positions).map_err(ParseError::atoms)?;
        let isotopes: Vec<Option<f64>> = self.nuclides.iter().map(|nuclide| nuclide.mass).collect();
        set_isotopes(&mut structure, &isotopes)?;
        if self.charges.iter().any(|&charge| charge != 0) {
            set_charges(&mut structure, self.charges)?;
        }
        let unpaired: u32 = self.unpaired.iter().sum();
        structure
            .set_multiplicity(unpaired + 1)
            .map_err(ParseError::atoms)?;
        structure
            .set_stated_bonds(self.bonds)
            .map_err(ParseError::atoms)?;
        Ok(structure)
    }
}

/// The order of a bond type; other types are of queries.
pub(super) fn order(bond_type: &str) -> Option<BondOrder> {
    Some(match bond_type {
        // 9 is the coordinate bond of version V3000.
        "1" | "9" => BondOrder::Single,
        "2" => BondOrder::Double,
        "3" => BondOrder::Triple,
        "4" => BondOrder::Aromatic,
        _ => return None,
    })
}

pub(super) const ORDERS: &str =
    "a bond of type 1, 2, 3, 4 (aromatic) or 9 (coordinate), not one of a query";

/// Unpaired electrons of a radical code: 0 none stated, 1 singlet, 2 doublet, 3 triplet.
pub(super) fn unpaired(code: &str) -> Option<u32> {
    match code {
        "0" | "1" => Some(0),
        "2" => Some(1),
        "3" => Some(2),
        _ => None,
    }
}

/// Which atom a number, counted from 1 or given to it by its line, is of.
pub(super) type Numbers = BTreeMap<usize, usize>;
