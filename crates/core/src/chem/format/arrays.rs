//! Per-atom arrays with one column: reading and setting by name.

use super::ParseError;
use crate::chem::Structure;
use crate::chem::properties::{Column, Data};

/// Array of one real number per atom, `[atoms]`, if the structure has it.
pub(super) fn reals<'a>(structure: &'a Structure, name: &str) -> Option<&'a [f64]> {
    match structure.arrays().get(name).map(Column::data) {
        Some(Data::Reals(values)) if values.len() == structure.len() => Some(values),
        _ => None,
    }
}

/// Sets an array of one value per atom, `[atoms]`.
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

/// Array of one integer per atom, `[atoms]`, if the structure has it.
pub(super) fn integers<'a>(structure: &'a Structure, name: &str) -> Option<&'a [i64]> {
    match structure.arrays().get(name).map(Column::data) {
        Some(Data::Integers(values)) if values.len() == structure.len() => Some(values),
        _ => None,
    }
}
