//! Contract of potentials: conformance checks (finite differences, invariances, extensivity,
//! smoothness) on a structure.

mod case;
mod error;
mod invariance;
mod law;
mod slope;
mod smoothness;
mod tolerances;

use super::Potential;
use crate::chem::Structure;
use case::Case;
pub use error::ContractError;
pub use law::Law;
pub use tolerances::Contract;

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

impl Contract {
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
