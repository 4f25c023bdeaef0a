//! Errors of commands and runs.

use std::sync::Arc;

use crate::potential::PotentialError;
use crate::sim::constraint::GripError;
use crate::sim::edit::EditError;
use crate::sim::guard::GuardError;
use crate::sim::propagate::{ParameterError, StepError};
use crate::sim::timeline::NoFrame;

/// Why a command was refused, or a run interrupted. Its text is the reason in an
/// [`Event`](crate::sim::Event).
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(super) enum EngineError {
    #[error("{task} needs forces: choose a potential first")]
    NoPotentialFor { task: &'static str },
    #[error(
        "{task} needs forces: the potential cannot treat this structure; choose another or edit it"
    )]
    NoForces { task: &'static str },
    #[error("no potential is chosen; choose one")]
    NoPotential,
    #[error("invalid temperature {0} K: expected zero or a positive number")]
    Temperature(f64),
    #[error("invalid speed limit {0} fs/s: expected a positive number")]
    SpeedLimit(f64),
    #[error(transparent)]
    NoFrame(#[from] NoFrame),
    #[error("invalid playback rate {0} frames/s: expected a number other than 0")]
    PlaybackRate(f64),
    #[error("nothing to play: the timeline has {0} frames")]
    NothingToPlay(u64),
    #[error("{program} computes the positions, so {what} is not possible; detach from it first")]
    Following {
        what: &'static str,
        program: Arc<str>,
    },
    #[error("no other program is followed")]
    NotFollowing,
    #[error(
        "{program} sends {sent} atoms, the structure has {atoms}: attach again with a structure of the same atoms"
    )]
    ExternalAtoms {
        program: Arc<str>,
        atoms: usize,
        sent: usize,
    },
    #[error("{0} sends a number that is not finite: look for the error in its run")]
    ExternalNumbers(Arc<str>),
    #[error("nothing to undo")]
    NothingToUndo,
    #[error("nothing to redo: no change was undone since the last new one")]
    NothingToRedo,
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    #[error(transparent)]
    Step(#[from] StepError),
    #[error(transparent)]
    Potential(#[from] PotentialError),
    #[error(transparent)]
    Guard(#[from] GuardError),
    #[error(transparent)]
    Grip(#[from] GripError),
    #[error(transparent)]
    Edit(#[from] EditError),
}
