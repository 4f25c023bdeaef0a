//! Random packing of molecules into a cell: rigid bodies that are pushed apart until none overlap.
//!
//! [`Mixture`] says what is packed into which cell, [`Packer`] does it in steps that can be watched. Molecules
//! keep their geometry. The method is that of Packmol (L. Martínez, R. Andrade, E. G. Birgin, J. M. Martínez,
//! J. Comput. Chem. 30, 2157 (2009), doi:10.1002/jcc.21224): the overlaps of spheres are minimized with
//! respect to centers and orientations, and molecules that are stuck move elsewhere; here by FIRE, with
//! contacts through the periodic faces of the cell.

mod bodies;
mod error;
mod fire;
mod fixed_atoms;
mod free_volume;
mod mixture;
mod overlap;
mod packer;
mod placement;
mod progress;
mod pull;
mod region;

pub use error::PackingError;
pub use mixture::{Mixture, density, edge_of_density};
pub use packer::{Packer, PackingSettings, PackingState};
pub use pull::Pull;
pub use region::Region;
