//! Packing that goes on in a simulation.

use crate::packing::Packer;

/// Packing that goes on.
pub(super) struct RunningPacking {
    pub(super) packer: Box<Packer>,
    pub(super) frames: u64,
}
