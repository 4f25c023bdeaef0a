//! Snapshot of a world after a step.

use crate::body::BodyState;
use crate::contact::{Contact, FrictionForce};

/// State of all bodies, and the contacts of the last step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// States, in the order in which the bodies were added.
    pub states: Vec<BodyState>,
    /// Contacts of the last step.
    pub contacts: Vec<Contact>,
    /// Friction of the last step.
    pub friction: Vec<FrictionForce>,
    /// Statistics of the solver; `None` before the first step.
    pub solver: Option<SolverStatistics>,
}

/// Statistics of the solver in a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SolverStatistics {
    /// Iterations, summed over the substeps.
    pub iterations: u32,
    /// Largest speed at which two bodies still approach each other at a point where they overlap, length/s.
    pub residual: f32,
}
