//! Position of a new atom bonded to an existing one.

use glam::DVec3;

use super::hydrogens::{Sites, bond_length, one_by_one};
use super::steric::{min_by_cost, obstacles_around, steric_cost};
use super::valence::Valences;
use crate::chem::bonds::orders::covalent_valence;
use crate::chem::neighbors::TooDense;
use crate::chem::structure::StructureError;
use crate::chem::{Bonds, Element, Structure};

/// New atom, bonded to an existing one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attached {
    /// Element.
    pub element: Element,
    /// Position, Å; it may lie outside the cell.
    pub position: DVec3,
    /// Whether the existing atom had no free valence; never for metals and noble gases.
    pub exceeds_valence: bool,
}

impl Attached {
    /// The atom as a structure to append.
    ///
    /// # Errors
    /// If the position is not finite.
    pub fn structure(&self) -> Result<Structure, StructureError> {
        Structure::new(vec![self.element], vec![self.position])
    }
}

/// Places a new atom bonded to `atom`, at the sum of the covalent radii.
///
/// The direction follows the coordination geometry of the atom, as in [`hydrogens`](super::hydrogens),
/// with the lowest steric cost; without a free valence, and for metals, it is the direction of lowest
/// steric cost of all. `bonds` are those of the structure.
///
/// # Errors
/// If there are too many neighbors because atoms overlap.
///
/// # Panics
/// If the bonds are of fewer atoms, or the atom is out of range.
pub fn attach(
    structure: &Structure,
    bonds: &Bonds,
    atom: usize,
    element: Element,
) -> Result<Attached, TooDense> {
    let host = structure.elements()[atom];
    let sites = Sites {
        structure,
        bonds,
        valences: Valences::of(structure, bonds),
        hydrogens: vec![Vec::new(); structure.len()],
    };
    let missing = sites.valences.missing[atom];
    let obstacles = obstacles_around(structure, atom)?;
    let (length, radius) = (bond_length(host, element), element.van_der_waals_radius());
    let placements = match missing {
        0 => Vec::new(),
        count => sites.placements(atom, usize::from(count)),
    };
    let by_geometry = min_by_cost(placements.into_iter().flatten(), |direction| {
        steric_cost(&obstacles, length * *direction, radius)
    });
    let direction = by_geometry
        .or_else(|| one_by_one(&obstacles, 1, length, radius).pop())
        .unwrap_or(DVec3::X);
    Ok(Attached {
        element,
        position: structure.positions()[atom] + length * direction,
        exceeds_valence: missing == 0 && covalent_valence(host).is_some(),
    })
}
