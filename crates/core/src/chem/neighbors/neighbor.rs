//! Neighbor of an atom.

/// A neighbor of an atom: an atom and its periodic image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Neighbor {
    /// Index of the atom.
    pub atom: u32,
    /// Index of the image in [`NeighborList::shifts`](super::NeighborList::shifts) and
    /// [`NeighborList::translations`](super::NeighborList::translations).
    pub image: u32,
}
