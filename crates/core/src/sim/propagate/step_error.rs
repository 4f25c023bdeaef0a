//! Errors of a step of dynamics or relaxation.

use super::parameter::ParameterError;
use super::relax::parameters::MAX_BFGS_ATOMS;
use crate::chem::cell::CellError;
use crate::potential::PotentialError;
use crate::sim::rigid_bodies::FastRotation;

/// Why a step could not be taken.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum StepError {
    /// The potential failed.
    #[error(transparent)]
    Potential(#[from] PotentialError),
    /// A parameter out of bounds.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    /// The cell collapsed or exploded.
    #[error(
        "the cell went out of bounds ({0}): the pressure, its relaxation time and the \
         compressibility do not suit this structure; relax its cell first or use a longer \
         relaxation time"
    )]
    Cell(#[from] CellError),
    /// A pressure without a cell that is periodic along all three axes.
    #[error(
        "a pressure needs a cell that is periodic along all three axes, and this structure is \
         periodic along {0} of them: give it such a cell, or keep the cell fixed"
    )]
    NotPeriodic(usize),
    /// A pressure without a stress.
    #[error("a pressure needs the stress, which this potential does not give for this structure")]
    NoStress,
    /// A relaxation of the cell of a structure that is not periodic.
    #[error("only a periodic cell can relax, and this structure has none: keep the cell fixed")]
    NoPeriodicCell,
    /// A relaxation of the cell of a structure with rigid bodies.
    #[error(
        "the cell cannot relax while atoms are rigid, since it moves atoms against one another: keep the \
         cell fixed, or make the atoms flexible"
    )]
    CellOfRigidBodies,
    /// More free atoms than BFGS supports.
    #[error(
        "BFGS is for at most {MAX_BFGS_ATOMS} atoms that are free to move, and here are {0}: choose \
         L-BFGS, or let the method be chosen by size"
    )]
    TooLargeForBfgs(usize),
    /// A rigid body that rotates too fast for the timestep.
    #[error(transparent)]
    Rotation(#[from] FastRotation),
    /// A force or stress that is infinite or not a number.
    #[error("a force or the stress is not finite: the structure cannot be relaxed from here")]
    NotFinite,
}
