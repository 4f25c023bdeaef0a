//! Failure of an embedding.

use super::super::geometry::GeometryError;

/// Why embedding failed. Atom indices are those of the molecule.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) enum EmbeddingFailure {
    /// The chematic crates reject the molecule; their message.
    Rejected(String),
    /// The distance bounds contradict each other.
    Contradiction,
    /// The distance error stays too large.
    Distances,
    /// Wrong handedness of a stereocenter.
    Handedness(usize),
    /// All neighbors of an atom are on one side of it.
    Folded(usize),
    /// Wrong cis/trans arrangement at a double bond of this atom.
    DoubleBond(usize),
    /// A trigonal atom is not planar.
    Plane(usize),
    /// Implausible bond lengths or contacts.
    Geometry(GeometryError),
}
