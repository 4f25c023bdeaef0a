//! Which atoms, where, in which cell.

mod edit;
mod repeat;

use std::collections::BTreeMap;

use glam::DVec3;

use super::properties::{Column, Value};
use super::{Cell, Element};

/// Atoms in space: elements, positions (Å), cell, charge and multiplicity. No motion, no history.
///
/// Per-atom data always have one entry per atom; every way to change them keeps it so.
#[derive(Clone, Debug, PartialEq)]
pub struct Structure {
    elements: Vec<Element>,
    positions: Vec<DVec3>,
    fixed: Vec<bool>,
    masses: Option<Vec<f64>>,
    labels: Option<Vec<Label>>,
    stated_bonds: Vec<StatedBond>,
    arrays: BTreeMap<String, Column>,
    multiplicity: u32,
    /// The cell; `None` for matter in empty space.
    pub cell: Option<Cell>,
    /// Total charge, e.
    pub charge: i32,
    /// What a file said of the whole structure, carried along by name.
    pub info: BTreeMap<String, Value>,
}

/// What a file calls an atom, as PDB and mmCIF do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// Atom name, as in "CA".
    pub name: String,
    /// Residue name, as in "GLY".
    pub residue: String,
    /// Residue number.
    pub residue_number: i32,
    /// Chain identifier, as in "A".
    pub chain: String,
}

/// A bond that a file states, with its order. Bonds that are seen come from `chem::bonds`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatedBond {
    /// The bonded atoms.
    pub atoms: [usize; 2],
    /// Its order.
    pub order: BondOrder,
}

/// The order of a stated bond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum BondOrder {
    Single,
    Double,
    Triple,
    Quadruple,
    Aromatic,
    /// Bonded, without an order: a metal and its ligand, say.
    Unspecified,
}

/// Why data do not make a structure.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum StructureError {
    /// Per-atom data of another length than the number of atoms.
    #[error("{what} has {found} entries for {expected} atoms")]
    Length {
        /// The data.
        what: String,
        /// Number of atoms.
        expected: usize,
        /// Number of entries.
        found: usize,
    },
    /// A coordinate is infinite or not a number.
    #[error("the position of atom {0} (counted from 0) is not finite")]
    NotFinite(usize),
    /// A mass is not a positive number.
    #[error("the mass of atom {0} (counted from 0) is not a positive number")]
    Mass(usize),
    /// A bond names an atom that is not there, or one atom twice.
    #[error("a bond joins atoms {0} and {1} (counted from 0), which are not two of the atoms")]
    Bond(usize, usize),
    /// No state has this multiplicity.
    #[error("the multiplicity is 2S + 1 and at least 1, not {0}")]
    Multiplicity(u32),
    /// There is no cell to repeat.
    #[error("matter without a cell cannot be repeated; give it a cell first")]
    NoCell,
    /// So many copies along a, b, c of so many atoms are none, or more than can be counted.
    #[error("{0:?} copies of {1} atoms: the counts must be at least 1, the atoms at most {max}", max = u32::MAX)]
    Copies([u32; 3], usize),
}

impl Structure {
    /// A neutral singlet without a cell; positions in Å.
    ///
    /// # Errors
    /// If the lengths disagree or a coordinate is not finite.
    pub fn new(elements: Vec<Element>, positions: Vec<DVec3>) -> Result<Structure, StructureError> {
        expect_length("positions", elements.len(), positions.len())?;
        if let Some(atom) = positions.iter().position(|position| !position.is_finite()) {
            return Err(StructureError::NotFinite(atom));
        }
        Ok(Structure {
            fixed: vec![false; elements.len()],
            elements,
            positions,
            ..Self::empty()
        })
    }

    /// No atoms at all.
    pub fn empty() -> Structure {
        Structure {
            elements: Vec::new(),
            positions: Vec::new(),
            fixed: Vec::new(),
            masses: None,
            labels: None,
            stated_bonds: Vec::new(),
            arrays: BTreeMap::new(),
            cell: None,
            charge: 0,
            multiplicity: 1,
            info: BTreeMap::new(),
        }
    }

    /// The same atoms in a cell, or in none.
    pub fn with_cell(self, cell: impl Into<Option<Cell>>) -> Structure {
        Structure {
            cell: cell.into(),
            ..self
        }
    }

    /// Number of atoms.
    pub fn len(&self) -> usize {
        self.elements.len()
    }

    /// Whether there are no atoms.
    pub fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }

    /// Each atom's element.
    pub fn elements(&self) -> &[Element] {
        &self.elements
    }

    /// Each atom's position, Å. Not wrapped: an atom may lie outside the cell.
    pub fn positions(&self) -> &[DVec3] {
        &self.positions
    }

    /// Each atom's position, Å, to be moved. What is written must be finite.
    pub fn positions_mut(&mut self) -> &mut [DVec3] {
        &mut self.positions
    }

    /// Whether each atom is fixed in space.
    pub fn fixed(&self) -> &[bool] {
        &self.fixed
    }

    /// Whether each atom is fixed in space, to be changed.
    pub fn fixed_mut(&mut self) -> &mut [bool] {
        &mut self.fixed
    }

    /// The mass of an atom, amu: the standard atomic weight unless a file or an edit gave another.
    pub fn mass(&self, atom: usize) -> f64 {
        self.masses
            .as_ref()
            .map_or_else(|| self.elements[atom].mass(), |masses| masses[atom])
    }

    /// Masses other than the standard atomic weights, amu, where there are any.
    pub fn stated_masses(&self) -> Option<&[f64]> {
        self.masses.as_deref()
    }

    /// Gives every atom a mass, amu; `None` returns to the standard atomic weights.
    ///
    /// # Errors
    /// If there is not one positive number per atom.
    pub fn set_masses(&mut self, masses: Option<Vec<f64>>) -> Result<(), StructureError> {
        if let Some(masses) = &masses {
            expect_length("masses", self.len(), masses.len())?;
            if let Some(atom) = masses
                .iter()
                .position(|&mass| !(mass > 0.0 && mass.is_finite()))
            {
                return Err(StructureError::Mass(atom));
            }
        }
        self.masses = masses;
        Ok(())
    }

    /// Each atom's label, where a file gave labels.
    pub fn labels(&self) -> Option<&[Label]> {
        self.labels.as_deref()
    }

    /// Gives every atom a label, or none.
    ///
    /// # Errors
    /// If there is not one per atom.
    pub fn set_labels(&mut self, labels: Option<Vec<Label>>) -> Result<(), StructureError> {
        if let Some(labels) = &labels {
            expect_length("labels", self.len(), labels.len())?;
        }
        self.labels = labels;
        Ok(())
    }

    /// The bonds that a file stated; empty where it stated none.
    pub fn stated_bonds(&self) -> &[StatedBond] {
        &self.stated_bonds
    }

    /// Replaces the stated bonds.
    ///
    /// # Errors
    /// If a bond does not join two of the atoms.
    pub fn set_stated_bonds(&mut self, bonds: Vec<StatedBond>) -> Result<(), StructureError> {
        for StatedBond {
            atoms: [one, other],
            ..
        } in &bonds
        {
            if one == other || *one.max(other) >= self.len() {
                return Err(StructureError::Bond(*one, *other));
            }
        }
        self.stated_bonds = bonds;
        Ok(())
    }

    /// Per-atom data carried along by name.
    pub fn arrays(&self) -> &BTreeMap<String, Column> {
        &self.arrays
    }

    /// Adds or replaces per-atom data.
    ///
    /// # Errors
    /// If there is not one row per atom.
    pub fn set_array(&mut self, name: &str, column: Column) -> Result<(), StructureError> {
        expect_length(name, self.len(), column.rows())?;
        self.arrays.insert(name.to_owned(), column);
        Ok(())
    }

    /// Takes per-atom data out.
    pub fn remove_array(&mut self, name: &str) -> Option<Column> {
        self.arrays.remove(name)
    }

    /// The formula in Hill's order: carbon, hydrogen, the rest by symbol; without carbon, all by
    /// symbol (E. A. Hill, J. Am. Chem. Soc. 22, 478 (1900)).
    pub fn formula(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for element in &self.elements {
            *counts.entry(element.symbol()).or_default() += 1;
        }
        let organic = counts.contains_key("C");
        let rank = |symbol: &str| match symbol {
            "C" => 0,
            "H" if organic => 1,
            _ => 2,
        };
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|&(symbol, _)| (rank(symbol), symbol));
        let part = |(symbol, count): &(&str, usize)| match count {
            1 => (*symbol).to_owned(),
            count => format!("{symbol}{count}"),
        };
        counts.iter().map(part).collect()
    }

    /// Spin multiplicity 2S + 1, at least 1.
    pub fn multiplicity(&self) -> u32 {
        self.multiplicity
    }

    /// Sets the multiplicity 2S + 1.
    ///
    /// # Errors
    /// If it is zero.
    pub fn set_multiplicity(&mut self, multiplicity: u32) -> Result<(), StructureError> {
        if multiplicity == 0 {
            return Err(StructureError::Multiplicity(multiplicity));
        }
        self.multiplicity = multiplicity;
        Ok(())
    }
}

impl Default for Structure {
    fn default() -> Self {
        Self::empty()
    }
}

fn expect_length(what: &str, expected: usize, found: usize) -> Result<(), StructureError> {
    if expected == found {
        return Ok(());
    }
    Err(StructureError::Length {
        what: what.to_owned(),
        expected,
        found,
    })
}
