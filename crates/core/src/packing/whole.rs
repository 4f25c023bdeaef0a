//! Molecules that lie across the faces of their cell, in one piece.

use super::error::PackingError;
use crate::chem::neighbors::make_whole;
use crate::chem::{Bonds, Structure};

/// The structure without its cell, with each molecule in one piece.
///
/// # Errors
/// If it is too dense for bonds, or bonds repeat through the faces of the cell, as in a crystal.
pub(super) fn whole(mut structure: Structure) -> Result<Structure, PackingError> {
    let Some(cell) = structure.cell.take().filter(|cell| cell.is_periodic()) else {
        return Ok(structure);
    };
    structure.cell = Some(cell.clone());
    let components = Bonds::of(&structure)?.components();
    structure.cell = None;
    for component in components {
        if component.dimensionality > 0 {
            return Err(PackingError::Net);
        }
        make_whole(structure.positions_mut(), &component.atoms, &cell);
    }
    Ok(structure)
}
