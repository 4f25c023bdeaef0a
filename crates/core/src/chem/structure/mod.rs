//! Atomic structure: elements, positions, cell and properties.

mod edit;
mod repeat;
mod rigid_groups;

use std::collections::BTreeMap;
use std::sync::Arc;

use glam::DVec3;

use super::properties::{Column, Value};
use super::{Cell, Element};

/// Atomic structure: elements, positions (Å), cell, charge and multiplicity, without velocities.
///
/// Per-atom data always have one entry per atom.
///
/// ```
/// use glam::DVec3;
/// use mlipview_core::chem::{Cell, Element, Structure};
///
/// let positions = vec![DVec3::ZERO, DVec3::splat(2.82)];
/// let salt = Structure::new(vec![Element::NA, Element::CL], positions)?
///     .with_cell(Cell::orthorhombic(DVec3::splat(5.64))?);
/// assert_eq!(salt.formula(), "ClNa");
/// assert_eq!(salt.repeat([2, 2, 2])?.len(), 16);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Structure {
    elements: Vec<Element>,
    positions: Vec<DVec3>,
    fixed: Vec<bool>,
    /// Shared by clones, since there may be one group per molecule.
    rigid_groups: Arc<[Vec<usize>]>,
    masses: Option<Vec<f64>>,
    labels: Option<Vec<Label>>,
    stated_bonds: Vec<StatedBond>,
    arrays: BTreeMap<String, Column>,
    multiplicity: u32,
    /// The cell; `None` for an isolated system.
    pub cell: Option<Cell>,
    /// Total charge, e.
    pub charge: i32,
    /// Properties of the whole structure by name, kept from files.
    pub info: BTreeMap<String, Value>,
}

/// Name of an atom, its residue and chain, as in PDB and mmCIF files.
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

/// Bond with its order, as stated by a file; [`Bonds`](super::Bonds) perceives bonds from distances.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatedBond {
    /// Indices of the bonded atoms.
    pub atoms: [usize; 2],
    /// Bond order.
    pub order: BondOrder,
}

/// The order of a stated bond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum BondOrder {
    Single,
    Double,
    Triple,
    Quadruple,
    Aromatic,
    /// Bonded without a stated order, as a metal and its ligand.
    Unspecified,
}

/// Why data do not form a valid structure.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum StructureError {
    /// Per-atom data of the wrong length.
    #[error("{what} has {found} entries for {expected} atoms")]
    Length {
        /// Name of the data.
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
    /// A bond with an atom out of range, or of an atom to itself.
    #[error(
        "invalid bond between atoms {0} and {1} (counted from 0): expected two different atoms"
    )]
    Bond(usize, usize),
    /// An atom of a rigid group that does not exist, or is in two of them.
    #[error(
        "invalid atom {0} of a rigid group (counted from 0): expected atoms of the structure, each in \
         one group at most"
    )]
    RigidGroup(usize),
    /// Multiplicity zero.
    #[error("invalid multiplicity {0}: expected 2S + 1, at least 1")]
    Multiplicity(u32),
    /// A supercell of a structure without a cell.
    #[error("cannot repeat a structure without a cell; define a cell first")]
    NoCell,
    /// Zero copies, or too many atoms.
    #[error("invalid supercell {0:?} of {1} atoms: expected counts of at least 1, at most {max} atoms", max = u32::MAX)]
    Copies([u32; 3], usize),
}

impl Structure {
    /// A neutral singlet without a cell; positions in Å.
    ///
    /// # Errors
    /// If the lengths differ or a coordinate is not finite.
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

    /// A structure without atoms.
    pub fn empty() -> Structure {
        Structure {
            elements: Vec::new(),
            positions: Vec::new(),
            fixed: Vec::new(),
            rigid_groups: Arc::default(),
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

    /// The same atoms with another cell, or without one.
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

    /// Elements, `[atoms]`.
    pub fn elements(&self) -> &[Element] {
        &self.elements
    }

    /// Positions, Å, `[atoms]`. Not wrapped: an atom may lie outside the cell.
    pub fn positions(&self) -> &[DVec3] {
        &self.positions
    }

    /// Mutable positions, Å, `[atoms]`. Written values must be finite.
    pub fn positions_mut(&mut self) -> &mut [DVec3] {
        &mut self.positions
    }

    /// Whether each atom is fixed in space, `[atoms]`.
    pub fn fixed(&self) -> &[bool] {
        &self.fixed
    }

    /// Mutable marks of fixed atoms, `[atoms]`.
    pub fn fixed_mut(&mut self) -> &mut [bool] {
        &mut self.fixed
    }

    /// Mass of an atom, amu [default: the standard atomic weight].
    pub fn mass(&self, atom: usize) -> f64 {
        self.masses
            .as_ref()
            .map_or_else(|| self.elements[atom].mass(), |masses| masses[atom])
    }

    /// Masses, amu, `[atoms]`, if they are not the standard atomic weights.
    pub fn stated_masses(&self) -> Option<&[f64]> {
        self.masses.as_deref()
    }

    /// Sets the masses, amu, `[atoms]`; `None` restores the standard atomic weights.
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

    /// Labels, `[atoms]`, if there are any.
    pub fn labels(&self) -> Option<&[Label]> {
        self.labels.as_deref()
    }

    /// Sets or removes the labels, `[atoms]`.
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

    /// Bonds stated by a file.
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

    /// Per-atom properties by name, kept from files.
    pub fn arrays(&self) -> &BTreeMap<String, Column> {
        &self.arrays
    }

    /// Adds or replaces a per-atom property.
    ///
    /// # Errors
    /// If there is not one row per atom.
    pub fn set_array(&mut self, name: &str, column: Column) -> Result<(), StructureError> {
        expect_length(name, self.len(), column.rows())?;
        self.arrays.insert(name.to_owned(), column);
        Ok(())
    }

    /// Removes a per-atom property.
    pub fn remove_array(&mut self, name: &str) -> Option<Column> {
        self.arrays.remove(name)
    }

    /// Chemical formula in Hill order: carbon, hydrogen, then the rest by symbol; without carbon, all
    /// by symbol (E. A. Hill, J. Am. Chem. Soc. 22, 478 (1900)).
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
