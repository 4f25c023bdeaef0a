//! Sections of a MOL2 file.

use super::super::lines::Line;

/// The name of the section that a line starts.
pub(super) fn section(line: Line<'_>) -> Option<&str> {
    line.text.trim().strip_prefix("@<TRIPOS>")
}
