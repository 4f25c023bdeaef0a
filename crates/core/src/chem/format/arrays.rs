//! Per-atom arrays of one value per atom.

use super::ParseError;
use crate::chem::Structure;
use crate::chem::properties::{Column, Data};

/// An array of one real number per atom, if the structure has it.
pub(super) fn reals<'a>(structure: &'a Structure, name: &str) -> Option<&'a [f64]> {
    match structure.arrays().get(name).map(Column::data) {
        Some(Data::Reals(values)) if values.len() == structure.len() => Some(values),
        _ => None,
    }
}

/// Sets an array of one value per atom.
pub(super) fn set_array(
    structure: &mut Structure,
    name: &str,
    data: Data,
) -> Result<(), ParseError> {
    match Column::new(data, 1) {
        Some(column) => structure.set_array(name, column).map_err(ParseError::atoms),
        None => Ok(()),
    }
}

/// An array of one integer per atom, if the structure has it.
pub(super) fn integers<'a>(structure: &'a Structure, name: &str) -> Option<&'a [i64]> {
    match structure.arrays().get(name).map(Column::data) {
        Some(Data::Integers(values)) if values.len() == structure.len() => Some(values),
        _ => None,
    }
}
