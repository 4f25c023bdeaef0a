//! Contract of potentials: conformance checks (finite differences, invariances, extensivity,
//! smoothness) on a structure.

mod case;
mod error;
mod finite_differences;
mod invariance;
mod property;
mod smoothness;
mod tolerances;

use super::Potential;
use crate::chem::Structure;
use case::Case;
pub use error::ContractError;
pub use property::Property;
pub use tolerances::Tolerances;

/// Checks a potential on a structure, to the accuracy of f64.
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
/// With the first violated property, or the error of the potential.
pub fn check(potential: &mut dyn Potential, structure: &Structure) -> Result<(), ContractError> {
    Tolerances::STRICT.check(potential, structure)
}

impl Tolerances {
    /// Checks every property that applies to the structure.
    ///
    /// # Errors
    /// With the first violated property, or the error of the potential.
    pub fn check(
        &self,
        potential: &mut dyn Potential,
        structure: &Structure,
    ) -> Result<(), ContractError> {
        let mut case = Case::new(*self, potential, structure)?;
        case.consistency()?;
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
