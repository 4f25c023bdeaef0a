//! Atoms and bonds of a molfile of either version.

use std::collections::BTreeMap;

use glam::DVec3;

use super::super::formal_charges::{set_charges, set_radicals};
use super::super::nuclide::{Nuclide, set_isotopes};
use super::super::{Configuration, Notes, ParseError};
use crate::chem::Structure;
use crate::chem::structure::{BondOrder, StatedBond};

/// Atoms and bonds while a molfile is parsed.
#[derive(Default)]
pub(super) struct MolfileAtoms {
    nuclides: Vec<Nuclide>,
    positions: Vec<DVec3>,
    charges: Vec<i32>,
    /// Radical code of each atom: 0 none, 1 singlet, 2 doublet, 3 triplet.
    radicals: Vec<u32>,
    bonds: Vec<StatedBond>,
    pub(super) notes: Notes,
}

impl MolfileAtoms {
    pub(super) fn len(&self) -> usize {
        self.nuclides.len()
    }

    pub(super) fn push(&mut self, nuclide: Nuclide, position: DVec3, charge: i32, radical: u32) {
        self.nuclides.push(nuclide);
        self.positions.push(position);
        self.charges.push(charge);
        self.radicals.push(radical);
    }

    pub(super) fn are_flat(&self) -> bool {
        self.positions.iter().all(|position| position.z == 0.0)
    }

    /// Clears charges and radicals of the atom lines, which property lines replace.
    pub(super) fn clear_charges_and_radicals(&mut self) {
        self.charges.fill(0);
        self.radicals.fill(0);
    }

    pub(super) fn set_charge(&mut self, atom: usize, charge: i32) {
        self.charges[atom] = charge;
    }

    pub(super) fn set_radical(&mut self, atom: usize, code: u32) {
        self.radicals[atom] = code;
    }

    pub(super) fn set_isotope(&mut self, atom: usize, nucleons: u16) {
        self.nuclides[atom] = Nuclide::isotope(self.nuclides[atom].element, nucleons);
    }

    /// Adds a bond by its type. Types without a single order make a bond of unspecified order: 0 and 8
    /// (any), 9 (coordination), 5 to 7 (queries). Hydrogen bonds (10) are skipped. `None` for other
    /// types.
    pub(super) fn bond(&mut self, atoms: [usize; 2], bond_type: &str, line: usize) -> Option<()> {
        let order = match bond_type {
            "1" => BondOrder::Single,
            "2" => BondOrder::Double,
            "3" => BondOrder::Triple,
            "4" => BondOrder::Aromatic,
            "0" | "8" | "9" => BondOrder::Unspecified,
            "5" | "6" | "7" => {
                let text =
                    format!("bond type {bond_type} of a query allows two orders; none is set");
                self.notes.at(line, text);
                BondOrder::Unspecified
            }
            "10" => {
                self.notes.at(line, "a hydrogen bond is left out");
                return Some(());
            }
            _ => return None,
        };
        self.bonds.push(StatedBond { atoms, order });
        Some(())
    }

    pub(super) fn into_configuration(self) -> Result<Configuration, ParseError> {
        let elements = self.nuclides.iter().map(|nuclide| nuclide.element);
        let mut structure =
            Structure::new(elements.collect(), self.positions).map_err(ParseError::atoms)?;
        let isotopes: Vec<Option<f64>> = self.nuclides.iter().map(|nuclide| nuclide.mass).collect();
        set_isotopes(&mut structure, &isotopes)?;
        if self.charges.iter().any(|&charge| charge != 0) {
            set_charges(&mut structure, self.charges)?;
        }
        if self.radicals.iter().any(|&radical| radical != 0) {
            set_radicals(&mut structure, &self.radicals)?;
        }
        structure
            .set_stated_bonds(self.bonds)
            .map_err(ParseError::atoms)?;
        Ok(Configuration {
            notes: self.notes,
            ..structure.into()
        })
    }
}

/// Expected bond types in error messages.
pub(super) const BOND_TYPES: &str = "a bond type 0 to 10";

/// Parses a radical code: 0 none, 1 singlet, 2 doublet, 3 triplet.
pub(super) fn radical(code: &str) -> Option<u32> {
    code.parse().ok().filter(|code| *code <= 3)
}

/// Atom index by number: counted from 1, or as stated by the atom line.
pub(super) type Numbers = BTreeMap<usize, usize>;
