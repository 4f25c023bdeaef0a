//! The laws that every potential obeys, as a function that any test can call.

mod case;
mod invariance;
mod law;
mod slope;
mod smoothness;

use super::{Potential, PotentialError};
use crate::chem::Structure;
use crate::chem::cell::CellError;
use crate::chem::structure::StructureError;
use case::Case;
pub use law::Law;

/// Checks a potential on a structure, to the accuracy that f64 allows.
///
/// # Errors
/// With the first law that is broken, or why the potential could not be asked.
pub fn check(potential: &mut dyn Potential, structure: &Structure) -> Result<(), ContractError> {
    Contract::STRICT.check(potential, structure)
}

/// The laws, and how exactly they must hold.
///
/// Relative numbers count from the largest force (at
/// least 0.01 eV/Å), the energy (at least 0.01 eV per atom) or the largest stress (at least
/// 10⁻⁴ eV/Å³).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contract {
    /// How far forces and stress may be from finite differences of the energy, relative.
    pub slope: f64,
    /// How far two evaluations that must be equal may be apart, relative.
    pub equality: f64,
    /// The step of the finite differences, Å.
    pub step: f64,
    /// How far the energy may jump where pairs cross a cutoff, eV.
    pub energy_jump: f64,
    /// How far the force on an atom may jump there, eV/Å.
    pub force_jump: f64,
    /// How many atoms are moved to differentiate the energy; evenly chosen where there are more.
    pub moved_atoms: usize,
}

impl Contract {
    /// What an analytic potential in f64 keeps.
    pub const STRICT: Contract = Contract {
        slope: 1e-6,
        equality: 1e-9,
        step: 1e-3,
        energy_jump: 1e-8,
        force_jump: 1e-7,
        moved_atoms: 8,
    };

    /// Checks every law that applies to the structure.
    ///
    /// # Errors
    /// With the first law that is broken, or why the potential could not be asked.
    pub fn check(
        &self,
        potential: &mut dyn Potential,
        structure: &Structure,
    ) -> Result<(), ContractError> {
        let mut case = Case::new(*self, potential, structure)?;
        case.form()?;
        case.net_force()?;
        case.translation()?;
        case.rotation()?;
        case.permutation()?;
        case.images()?;
        case.supercell()?;
        case.forgetting()?;
        case.forces()?;
        case.stress()?;
        case.smoothness()
    }
}

/// Why a potential does not keep the contract on a structure.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ContractError {
    /// A law is broken.
    #[error(
        "{potential} breaks the law that {law}: {what} is {found:.12e} where {expected:.12e} is \
         due, further off than {allowed:.1e}"
    )]
    Broken {
        /// The potential's name.
        potential: String,
        /// The law.
        law: Law,
        /// The quantity that is wrong.
        what: String,
        /// Its value.
        found: f64,
        /// What it ought to be.
        expected: f64,
        /// How far it may be off.
        allowed: f64,
    },
    /// The potential refused.
    #[error(transparent)]
    Refused(#[from] PotentialError),
    /// A supercell is not possible.
    #[error("the structure cannot be repeated to check a law: {0}")]
    Supercell(#[from] StructureError),
    /// A strained cell is none: the structure's own is close to flat.
    #[error("the structure cannot be strained to check a law: {0}")]
    Cell(#[from] CellError),
}
