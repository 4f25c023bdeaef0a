//! Sessions of the browser original, github.com/misko/mlipview: JSON of schema 3 to 7.
//!
//! | schema | what it adds |
//! |---|---|
//! | 3 | playback and control messages, without labels |
//! | 4 | labels and notes of control messages |
//! | 5 | meshes of atoms and bonds, which we do not keep |
//! | 6 | a list of bonds, which we perceive again |
//! | 7 | described in its *json_library.md*, with the layout of 6 |
//!
//! Lengths are in Å, energies in eV, velocities in √(eV/amu), which is Å per [`ASE_TIME`].
//!
//! [`ASE_TIME`]: crate::chem::units::ASE_TIME

mod frames;
mod playback;
mod read;
mod structure;
mod write;
mod write_frames;

use crate::chem::units::ASE_TIME;

pub use read::read;
pub use write::{Written, write};

/// The schemas that are read.
const SCHEMAS: std::ops::RangeInclusive<u64> = 3..=7;

/// The schema that is written.
const WRITTEN: u64 = 6;

/// Maximum length of a session of the original, bytes. Its largest example has 2.7 MB.
pub const MAX_FILE: usize = 64 << 20;

/// Number of frames that the original keeps.
const CAPACITY: usize = 500;

/// Friction of 1/[`ASE_TIME`], the unit of the original, 1/ps.
const FRICTION: f64 = 1000.0 / ASE_TIME;
