//! Structures, file formats, potentials, molecular dynamics and relaxation: the core of mlipview.
//!
//! The modules, each knowing only the ones above it in this list:
//!
//! - [`chem`]: elements, structures, cells, neighbor lists, bonds, file formats.
//! - [`analysis`]: series, radial distribution and mean squared displacement of many frames.
//! - [`potential`]: energy, forces and stress of a structure.
//! - [`presence`]: the people around a simulation, and [`waker`]: callbacks at changes.
//! - [`sim`]: dynamics, relaxation, constraints, and the thread that runs them.
//! - [`files`]: reading and writing files.
//! - [`json`]: JSON with errors that name the value, [`script`]: what happens during playback, and
//!   [`session_file`]: everything of a session in one file.
//! - [`trajectory`]: frames of trajectory files for the timeline of a simulation.
//!
//! Units everywhere inside: Å, eV, fs, amu, K, e.

pub mod analysis;
pub mod chem;
pub mod files;
pub mod json;
pub mod packing;
pub mod potential;
pub mod presence;
pub mod script;
pub mod session_file;
pub mod sim;
pub mod trajectory;
pub mod waker;
