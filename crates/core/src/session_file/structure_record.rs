//! Structure in session files: elements, positions, velocities, cell and everything else, without loss.

use std::collections::BTreeMap;

use glam::DVec3;
use serde::{Deserialize, Serialize};

use super::property_record::{ColumnRecord, PropertyRecord};
use super::symbols;
use crate::chem::structure::{BondOrder, Label, StatedBond};
use crate::chem::{Cell, Element, Structure};

/// A structure and its velocities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct StructureRecord {
    /// Total charge, e.
    pub charge: i32,
    /// Spin multiplicity 2S + 1.
    pub multiplicity: u32,
    /// The cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<CellRecord>,
    /// Elements, `[atoms]`.
    #[serde(with = "symbols")]
    pub elements: Vec<Element>,
    /// Positions, Å, `[atoms]`.
    pub positions: Vec<[f64; 3]>,
    /// Velocities, Å/fs, `[atoms]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub velocities: Option<Vec<[f64; 3]>>,
    /// Indices of the fixed atoms, rising.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixed: Vec<usize>,
    /// Groups of atoms that move as rigid bodies: indices of each group, rising.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rigid: Vec<Vec<usize>>,
    /// Masses, amu, `[atoms]`, if they are not the standard atomic weights.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub masses: Option<Vec<f64>>,
    /// Labels, `[atoms]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<Vec<LabelRecord>>,
    /// Stated bonds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bonds: Vec<BondRecord>,
    /// Properties of the structure, kept from files.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<String, PropertyRecord>,
    /// Properties of the atoms, kept from files.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub arrays: BTreeMap<String, ColumnRecord>,
}

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellRecord {
    /// The vectors a, b, c, Å.
    pub vectors: [[f64; 3]; 3],
    /// Whether it is periodic along a, b, c.
    pub periodic: [bool; 3],
}

/// Atom name, residue name, residue number and chain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelRecord(pub String, pub String, pub i32, pub String);

/// Two atoms and the order of their bond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BondRecord(
    pub usize,
    pub usize,
    #[serde(with = "OrderName")] pub BondOrder,
);

/// Name of a bond order.
#[derive(Serialize, Deserialize)]
#[serde(remote = "BondOrder", rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum OrderName {
    Single,
    Double,
    Triple,
    Quadruple,
    Aromatic,
    Unspecified,
}

impl Default for StructureRecord {
    /// No atoms.
    fn default() -> StructureRecord {
        StructureRecord::new(&Structure::empty(), None)
    }
}

impl From<&Cell> for CellRecord {
    fn from(cell: &Cell) -> CellRecord {
        CellRecord {
            vectors: cell.vectors().map(|vector| vector.to_array()),
            periodic: cell.periodic(),
        }
    }
}

impl StructureRecord {
    /// The record of a structure, and of its velocities (Å/fs): `[atoms]`.
    pub fn new(structure: &Structure, velocities: Option<&[DVec3]>) -> StructureRecord {
        let label = |it: &Label| {
            let (name, residue, chain) = (it.name.clone(), it.residue.clone(), it.chain.clone());
            LabelRecord(name, residue, it.residue_number, chain)
        };
        let bond = |bond: &StatedBond| {
            let [one, other] = bond.atoms;
            BondRecord(one, other, bond.order)
        };
        let fixed = structure.fixed().iter().enumerate();
        let labels = structure.labels();
        let info = structure.info.iter();
        let arrays = structure.arrays().iter();
        StructureRecord {
            charge: structure.charge,
            multiplicity: structure.multiplicity(),
            cell: structure.cell.as_ref().map(CellRecord::from),
            elements: structure.elements().to_vec(),
            positions: rows(structure.positions()),
            velocities: velocities.map(rows),
            fixed: fixed.filter(|(_, it)| **it).map(|(atom, _)| atom).collect(),
            rigid: structure.rigid_groups().to_vec(),
            masses: structure.stated_masses().map(<[f64]>::to_vec),
            labels: labels.map(|labels| labels.iter().map(label).collect()),
            bonds: structure.stated_bonds().iter().map(bond).collect(),
            properties: info.map(|(key, it)| (key.clone(), it.into())).collect(),
            arrays: arrays.map(|(key, it)| (key.clone(), it.into())).collect(),
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

    /// Velocities, Å/fs, `[atoms]`.
    pub fn velocities(&self) -> Option<Vec<DVec3>> {
        self.velocities.as_deref().map(vectors)
    }
}

/// Vectors as rows of a file.
pub(super) fn rows(vectors: &[DVec3]) -> Vec<[f64; 3]> {
    vectors.iter().map(DVec3::to_array).collect()
}

/// Rows of a file as vectors.
pub(super) fn vectors(rows: &[[f64; 3]]) -> Vec<DVec3> {
    rows.iter().copied().map(DVec3::from).collect()
}
