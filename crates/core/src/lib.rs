//! mlipview: an interactive atomistic simulator.
//!
//! The rooms, each knowing only the ones above it in this list:
//!
//! - [`chem`]: what matter is. Elements, structures, cells, neighbors, bonds, file formats.
//! - [`potential`]: what matter costs. Energy, forces, stress.
//! - [`sim`]: how matter moves. One engine, dynamics, relaxation, constraints.
//! - [`files`]: the disk.
//! - `session`: one conversation with a client (feature `server`).
//! - `server`: the network (feature `server`).
//! - `viewer`: the window (feature `viewer`).
//! - `xr`: the headset (feature `xr`).
//!
//! Units everywhere inside: Å, eV, fs, amu, K, e. `ARCHITECTURE.md` has the map and the invariants.

pub mod chem;
pub mod files;
pub mod potential;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "server")]
pub mod session;
pub mod sim;
#[cfg(feature = "viewer")]
pub mod viewer;
#[cfg(feature = "xr")]
pub mod xr;
