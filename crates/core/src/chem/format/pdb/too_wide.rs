//! Error of values that do not fit the columns of a PDB file.

use super::super::{Format, WriteError};

/// The error that a property of an atom does not fit its columns.
pub(super) fn too_wide(atom: usize, why: &str) -> WriteError {
    let what = format!("atom {} (counted from 1)", atom + 1);
    WriteError::cannot_hold(Format::Pdb, what, format!("{why}; write .mmcif instead"))
}
