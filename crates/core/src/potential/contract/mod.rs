//! The contract: laws that every potential obeys, checked on a structure.

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

/// Checks the laws of a potential on a structure, to the accuracy of f64.
///
/// ```
/// use mlipview_core::chem::library;
/// use mlipview_core::potential::{LennardJones, contract};
///
/// let argon = library::find("argon-crystal").unwrap().structure()?;
/// contract::check(&mut LennardJones::noble_gases(), &argon)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// With the first broken law, or the error of the potential.
pub fn check(potential: &mut dyn Potential, structure: &Structure) -> Result<(), ContractError> {
    Contract::STRICT.check(potential, structure)
}

/// Tolerances of the laws.
///
/// Relative tolerances refer to the largest force (at least 0.01 eV/Å), the energy (at least 0.01 eV per
/// atom) or the largest stress (at least 10⁻⁴ eV/Å³).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contract {
    /// Deviation of forces and stress from finite differences of the energy, relative.
    pub slope: f64,
    /// Deviation between evaluations that must be equal, relative.
    pub equality: f64,
    /// Step of the finite differences, Å.
    pub step: f64,
    /// Jump of the energy where pairs cross a cutoff, eV.
    pub energy_jump: f64,
    /// Jump of the force on an atom there, eV/Å.
    pub force_jump: f64,
    /// Maximum number of atoms that are displaced for finite differences, evenly spaced.
    pub moved_atoms: usize,
}

impl Contract {
    /// Tolerances for analytic potentials in f64.
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
    /// With the first broken law, or the error of the potential.
    pub fn check(
        &self,
        potential: &mut dyn Potential,
        structure: &Structure,
    ) -> Result<(), ContractError> {
        let mut case = Case::new(*self, potential, structure)?;
        case.completeness()?;
        case.net_force()?;
        case.translation()?;
        case.rotation()?;
        case.permutation()?;
        case.periodic_images()?;
        case.supercell()?;
        case.statelessness()?;
        case.forces()?;
        case.stress()?;
        case.smoothness()
    }
}

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
