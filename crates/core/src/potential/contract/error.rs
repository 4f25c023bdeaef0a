//! Violations of the contract of potentials.

use super::property::Property;
use crate::chem::cell::CellError;
use crate::chem::structure::StructureError;
use crate::potential::PotentialError;

/// Why a potential violates the contract on a structure.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ContractError {
    /// A property does not hold.
    #[error(
        "{potential} violates the contract: {property}, but {quantity} is {found:.12e}, expected \
         {expected:.12e} within {allowed:.1e}"
    )]
    Violated {
        /// The potential's name.
        potential: String,
        /// The property.
        property: Property,
        /// The quantity.
        quantity: String,
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
    #[error("the structure cannot be repeated to check a property: {0}")]
    Supercell(#[from] StructureError),
    /// A strained cell is degenerate.
    #[error("the structure cannot be strained to check a property: {0}")]
    Cell(#[from] CellError),
}
