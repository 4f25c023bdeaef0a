//! Another program, whose dynamics a simulation follows.

use std::time::Duration;

use crate::sim::constraint::Grip;
use crate::sim::external::{ExternalDynamics, ExternalStatus, ExternalValues};

/// Minimum wall time between two frames of another program: those of one that is faster are skipped, so that
/// frames do not take its CPU time.
pub const FOLLOWED_INTERVAL: Duration = Duration::from_millis(10);

/// The pull in place of a hold, which would need positions to be set: as stiff as stays stable when forces
/// arrive some steps late.
pub const PULL_OF_A_HOLD: Grip = Grip::Spring {
    stiffness: 0.5,
    max_force: 1.0,
};

/// Dynamics of another program that are followed.
pub(super) struct FollowedProgram {
    pub(super) dynamics: Box<dyn ExternalDynamics>,
    pub(super) status: ExternalStatus,
    pub(super) values: ExternalValues,
    /// Atoms on which forces act there.
    pub(super) pulled: Vec<usize>,
    pub(super) frames: u64,
}
