//! Rotation of a cell to the standard orientation, for formats that store lengths and angles.

use glam::DMat3;

use super::{Format, WriteError};
use crate::chem::Cell;

/// Tolerance within which a rotation matrix is the identity.
const ROUNDING: f64 = 1e-10;

/// The rotation R = H_standard H⁻¹ that puts a along x and b into the xy plane; exactly the identity if
/// it is within rounding.
pub(super) fn standard_rotation(cell: &Cell, format: Format) -> Result<DMat3, WriteError> {
    let standard = Cell::from_lengths_and_angles(cell.lengths(), cell.angles());
    match standard {
        Ok(standard) if cell.matrix().determinant() > 0.0 => {
            let rotation = standard.matrix() * cell.inverse();
            let is_none = rotation.abs_diff_eq(DMat3::IDENTITY, ROUNDING);
            Ok(if is_none { DMat3::IDENTITY } else { rotation })
        }
        _ => Err(WriteError::cannot_hold(
            format,
            "a left-handed cell",
            "lengths and angles do not distinguish it from its mirror image; swap two of its vectors",
        )),
    }
}
