//! Atom site: one row of an atom in a PDB or mmCIF file.

use glam::DVec3;

use super::nuclide::Nuclide;
use crate::chem::structure::Label;

/// Row of an atom in a PDB or mmCIF file.
#[derive(Clone, Debug)]
pub(super) struct AtomSite {
    pub(super) nuclide: Nuclide,
    /// Position, Å.
    pub(super) position: DVec3,
    pub(super) label: Label,
    /// Insertion code, which distinguishes residues of the same number; empty for most.
    pub(super) insertion: String,
    /// Alternate location: the conformer of its residue; empty if there is only one.
    pub(super) alternate: String,
    pub(super) occupancy: f64,
    /// B factor, Å².
    pub(super) b_factor: f64,
    /// Formal charge, e, if stated.
    pub(super) charge: Option<i32>,
    /// Serial number by which bonds refer to it, if any.
    pub(super) serial: Option<i64>,
}
