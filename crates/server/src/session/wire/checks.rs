//! Checks of decoded numbers and lists.

use glam::DVec3;

use crate::session::violation::Violation;

pub(super) fn indices(indices: &[u32]) -> impl Iterator<Item = usize> + '_ {
    indices.iter().map(|index| *index as usize)
}

/// Checks that a vector is finite.
///
/// # Errors
/// If a component is infinite or NaN.
pub(super) fn finite(field: &'static str, vector: DVec3) -> Result<DVec3, Violation> {
    if vector.is_finite() {
        Ok(vector)
    } else {
        Err(Violation::NotFinite { field })
    }
}

/// Checks that a number is finite.
///
/// # Errors
/// If the number is infinite or NaN.
pub(super) fn finite_number(field: &'static str, number: f64) -> Result<f64, Violation> {
    finite(field, DVec3::splat(number)).map(|vector| vector.x)
}

/// Checks the number of values of a sparse array.
///
/// # Errors
/// If there are not `components` values for each index.
pub(super) fn check_counts(
    field: &'static str,
    indices: &[u32],
    found: usize,
    components: usize,
) -> Result<(), Violation> {
    let (indices, expected) = (indices.len(), components * indices.len());
    if found == expected {
        return Ok(());
    }
    Err(Violation::Counts {
        field,
        indices,
        expected,
        found,
    })
}
