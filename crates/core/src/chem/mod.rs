//! Structures, elements, cells, neighbor lists, bonds and file formats.
//!
//! Pure functions and values: no threads of its own, no clock, no file system, no randomness without a
//! seed. Lengths are in Å.

pub mod bonds;
pub mod build;
pub mod cell;
pub mod element;
pub mod excerpt;
pub mod format;
pub mod library;
pub mod measure;
pub mod neighbors;
pub mod properties;
pub mod query;
#[cfg(feature = "smiles")]
pub mod smiles;
pub mod structure;
pub mod units;

pub use bonds::Bonds;
pub use cell::Cell;
pub use element::Element;
pub use excerpt::excerpt;
pub use neighbors::{NeighborList, Pair};
pub use structure::Structure;
