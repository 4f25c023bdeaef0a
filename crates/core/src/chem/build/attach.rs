//! One new atom on another.

use glam::DVec3;

use super::crowd::{around, crowding, least};
use super::hydrogens::{Sites, bond_length, one_by_one};
use super::valence::Valences;
use crate::chem::bonds::orders::covalent_valence;
use crate::chem::neighbors::TooDense;
use crate::chem::structure::StructureError;
use crate::chem::{Bonds, Element, Structure};

/// An atom to be added, bonded to one that is there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attached {
    /// What it is.
    pub element: Element,
    /// Where, Å; it may lie outside the cell.
    pub position: DVec3,
    /// Whether the atom it is bonded to had no valence left. Where bonds are not counted, as in
    /// metals, none is exceeded.
    pub exceeds: bool,
}

impl Attached {
    /// The atom as a structure, to be appended.
    ///
    /// # Errors
    /// If the position is not finite.
    pub fn structure(&self) -> Result<Structure, StructureError> {
        Structure::new(vec![self.element], vec![self.position])
    }
}

/// Where a new atom goes that is bonded to one of the structure, at the sum of the covalent radii.
///
/// It leaves in a direction that the valence and the other bonds of the atom leave free, as
/// [`hydrogens`](super::hydrogens) would, where most room is; where no valence is left, or bonds are
/// not counted, in the freest of all directions. The bonds are those of the structure.
///
/// # Errors
/// If so many atoms are on top of each other that nobody could see what is near.
///
/// # Panics
/// If the bonds are of fewer atoms, or the atom is not there.
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
    let lacking = sites.valences.lacking[atom];
    let obstacles = around(structure, atom)?;
    let (length, radius) = (bond_length(host, element), element.van_der_waals_radius());
    let ways = match lacking {
        0 => Vec::new(),
        count => sites.ways(atom, usize::from(count)),
    };
    let by_shape = least(ways.into_iter().flatten(), |direction| {
        crowding(&obstacles, length * *direction, radius)
    });
    let direction = by_shape
        .or_else(|| one_by_one(&obstacles, 1, length, radius).pop())
        .unwrap_or(DVec3::X);
    Ok(Attached {
        element,
        position: structure.positions()[atom] + length * direction,
        exceeds: lacking == 0 && covalent_valence(host).is_some(),
    })
}
