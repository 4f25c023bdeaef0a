//! Potentials: energies, forces and stress of a structure.
//!
//! A [`Potential`] is a function of a [`Structure`]. It may cache, but its results do not depend on
//! previous calls. [`contract`] checks its physical properties; the [`Catalog`] provides potentials for a
//! [`Request`].

mod angle;
pub mod applicability;
pub mod catalog;
mod chunks;
pub mod contract;
pub mod eam;
pub mod emt;
pub mod exponential;
pub mod lennard_jones;
mod matter;
pub mod nano;
mod neighborhood;
pub mod nep;
pub mod network;
mod pair_sums;
pub mod parameter_file;
pub mod request;
pub mod simd;
pub mod solid;
pub mod species;
pub mod sw;
pub mod tersoff;
mod triplet_terms;
mod triplets;

pub use applicability::{Applicability, ForceErrors};
pub use catalog::{Catalog, Chosen};
pub use eam::Eam;
pub use emt::Emt;
pub use lennard_jones::LennardJones;
pub use nano::Nano;
pub use nep::Nep;
pub use request::Request;
pub use solid::Solid;
pub use sw::StillingerWeber;
pub use tersoff::Tersoff;

use std::ops::RangeInclusive;

use glam::{DMat3, DVec3};

use crate::chem::{Element, Structure};

/// Threshold of a large expected force error, eV/Å: seven times the error of nano in molecules at 300 K.
/// Cautions name atoms above it, and the viewer tints them.
pub const LARGE_FORCE_ERROR: f64 = 0.75;

/// Energy, forces and stress of a structure. The default is that of no atoms.
///
/// ```
/// use mlipview_core::chem::library;
/// use mlipview_core::potential::{Emt, Evaluation, Potential};
///
/// let copper = library::find("copper").unwrap().structure()?;
/// let Evaluation { energy, forces, stress, .. } = Emt::new().evaluate(&copper)?;
/// assert_eq!(forces.len(), copper.len());
/// assert!(energy.is_finite() && stress.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// Potential energy, eV.
    pub energy: f64,
    /// Force on each atom, eV/Å: the negative gradient of `energy`, `[atoms]`.
    pub forces: Vec<DVec3>,
    /// Stress σ = (1/V) ∂E/∂ε, eV/Å³; positive under tension. `None` without a periodic cell.
    pub stress: Option<DMat3>,
    /// Energy of each atom, eV, if the potential is a sum over atoms: `[atoms]`.
    pub atom_energies: Option<Vec<f64>>,
    /// Partial charge of each atom, e, if the potential predicts them; their sum is the total: `[atoms]`.
    pub charges: Option<Vec<f64>>,
    /// Expected error of the force on each atom, eV/Å, if the potential estimates it: `[atoms]`.
    pub force_errors: Option<Vec<f64>>,
}

/// Structures that a potential can describe.
#[derive(Clone, Debug, PartialEq)]
pub struct Capabilities {
    /// The elements with parameters; `None`: all.
    pub elements: Option<Vec<Element>>,
    /// The total charges, e; 0..=0 if the energy does not depend on the charge.
    pub charges: RangeInclusive<i32>,
    /// Whether the energy depends on the spin multiplicity; if not, it describes singlets only.
    pub spins: bool,
    /// Whether it supports periodic cells.
    pub periodic: bool,
    /// Whether bonds may break and form.
    pub reactive: bool,
}

impl Capabilities {
    /// Checks that every element of a structure has parameters.
    ///
    /// # Errors
    /// With the first element that has none.
    pub fn expect_elements(
        &self,
        potential: &str,
        structure: &Structure,
    ) -> Result<(), PotentialError> {
        let Some(known) = &self.elements else {
            return Ok(());
        };
        let unknown = |element: &&Element| !known.contains(element);
        match structure.elements().iter().find(unknown) {
            None => Ok(()),
            Some(&element) => Err(PotentialError::Element {
                potential: potential.to_owned(),
                element,
                known: species::in_words(known),
            }),
        }
    }
}

/// Why an evaluation failed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PotentialError {
    /// An element without parameters.
    #[error("{potential} has no parameters for {element}; supported: {known}")]
    Element {
        /// The potential's name.
        potential: String,
        /// The element.
        element: Element,
        /// The elements with parameters, in words.
        known: String,
    },
    /// A structure that it does not support.
    #[error("{potential} cannot treat this structure: {reason}")]
    Unsupported {
        /// The potential's name.
        potential: String,
        /// Why, and what to do instead.
        reason: String,
    },
    /// The computation itself failed.
    #[error("{potential} failed: {reason}")]
    Failed {
        /// The potential's name.
        potential: String,
        /// The cause, and a remedy.
        reason: String,
    },
}

impl PotentialError {
    /// [`PotentialError::Unsupported`] for a reason that says what to do instead.
    #[must_use]
    pub fn unsupported(potential: &str, reason: impl ToString) -> PotentialError {
        PotentialError::Unsupported {
            potential: potential.to_owned(),
            reason: reason.to_string(),
        }
    }
}

/// Energy, forces and stress as a function of a structure.
///
/// Implementations satisfy [`contract::check`]; `examples/3_own_potential.rs` is a complete one.
///
/// ```
/// use mlipview_core::chem::library;
/// use mlipview_core::potential::{Emt, Potential};
///
/// let gold = library::find("gold").unwrap().structure()?;
/// let mut potential: Box<dyn Potential> = Box::new(Emt::new());
/// let energy = potential.evaluate(&gold)?.energy;
/// println!("{}: {energy} eV on {}", potential.name(), potential.device());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Potential: Send {
    /// Name, as in "EMT"; different for different parameters.
    fn name(&self) -> &str;

    /// One sentence for users: what it is good for and what it is not.
    fn description(&self) -> &str;

    /// The structures that it can describe.
    fn capabilities(&self) -> &Capabilities;

    /// The compute device, as in "cpu" or "cuda:0".
    fn device(&self) -> String {
        "cpu".to_owned()
    }

    /// A sentence about a state that changes during a run, as of a potential that learns.
    fn status(&self) -> Option<String> {
        None
    }

    /// Energy (eV), forces (eV/Å) and stress (eV/Å³) of a structure.
    ///
    /// # Errors
    /// If the structure is not supported, or the computation fails. A non-finite result is not an error
    /// here; the caller checks it.
    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError>;
}
