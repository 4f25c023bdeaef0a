//! Why a step could not be taken.

use super::parameter::ParameterError;
use super::relax::MAX_BFGS_ATOMS;
use crate::chem::cell::CellError;
use crate::potential::PotentialError;

/// Why a step could not be taken.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum StepError {
    /// The potential did not answer.
    #[error(transparent)]
    Potential(#[from] PotentialError),
    /// A parameter out of bounds.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    /// The cell was about to collapse or explode.
    #[error(
        "the cell went out of bounds ({0}): the pressure, its relaxation time and the \
         compressibility do not suit this structure; relax its cell first or use a longer \
         relaxation time"
    )]
    Cell(#[from] CellError),
    /// The cell is to change, but there is none, or it does not repeat along all three axes.
    #[error(
        "a pressure needs a cell that repeats along all three axes, and this structure repeats \
         along {0} of them: give it such a cell, or keep the cell as it is"
    )]
    NotPeriodic(usize),
    /// The cell is to change, but nothing says which way.
    #[error("a pressure needs the stress, which this potential does not give for this structure")]
    NoStress,
    /// The cell is to relax, but matter repeats along no direction.
    #[error("only a cell that repeats can relax, and this structure does not: keep the cell fixed")]
    NothingRepeats,
    /// More free atoms than BFGS has room for.
    #[error(
        "BFGS is for at most {MAX_BFGS_ATOMS} atoms that are free to move, and here are {0}: choose \
         L-BFGS, or let the method be chosen by size"
    )]
    TooLargeForBfgs(usize),
    /// A force or stress that is infinite or not a number shows no way downhill.
    #[error("a force or the stress is not finite: there is no way downhill from here")]
    NotFinite,
}
