//! Violations of the contract of potentials.

use super::law::Law;
use crate::chem::cell::CellError;
use crate::chem::structure::StructureError;
use crate::potential::PotentialError;

/// Why a potential violates the contract on a structure.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ContractError {
    /// A law is broken.
    #[error(
        "{potential} breaks the law that {law}: {what} is {found:.12e}, expected {expected:.12e} \
         within {allowed:.1e}"
    )]
    Broken {
        /// The potential's name.
        potential: String,
        /// The law.
        law: Law,
        /// The quantity.
        what: String,
        /// Its value.
        found: f64,
        /// Its expected value.
        expected: f64,
        /// The tolerance.
        allowed: f64,
    },
    /// The potential failed.
    #[error(transparent)]
    Refused(#[from] PotentialError),
    /// The supercell is invalid.
    #[error("the structure cannot be repeated to check a law: {0}")]
    Supercell(#[from] StructureError),
    /// A strained cell is degenerate.
    #[error("the structure cannot be strained to check a law: {0}")]
    Cell(#[from] CellError),
}
