//! The rotation of a cell to its standard orientation, in which lengths and angles say all of it.

use glam::DMat3;

use super::{Format, WriteError};
use crate::chem::Cell;

/// A rotation matrix closer than this to the identity is that but for rounding.
const ROUNDING: f64 = 1e-10;

/// The rotation after which a lies along x and b in the xy plane; exactly none if they do so within
/// rounding.
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
            "lengths and angles do not tell it from its mirror image; swap two of its vectors",
        )),
    }
}
