//! What matter is.
//!
//! Values only: no threads of its own, no clock, no file beyond the bytes it is handed, no
//! randomness without a seed. The nouns are [`Element`], [`Structure`], [`Cell`] and the properties
//! that files attach to them.

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
