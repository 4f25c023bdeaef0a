//! What matter costs.
//!
//! A [`Potential`] is a function of a [`Structure`]: its energy, the forces on its atoms, the stress
//! of its cell. It may cache; it may not remember. The laws it obeys are in [`contract`]; which one
//! to take is a [`Request`] to the [`Catalog`].

pub mod applicability;
pub mod catalog;
mod chunks;
pub mod contract;
pub mod emt;
pub mod exponential;
pub mod lennard_jones;
pub mod nano;
mod neighborhood;
mod pair_sums;
pub mod request;
pub mod simd;
pub mod species;

pub use applicability::{Applicability, ForceErrors};
pub use catalog::{Catalog, Chosen};
pub use emt::Emt;
pub use lennard_jones::LennardJones;
pub use nano::Nano;
pub use request::Request;

use std::ops::RangeInclusive;

use glam::{DMat3, DVec3};

use crate::chem::{Element, Structure};

/// Expected force error that is large, eV/Å: seven times what nano makes in molecules at 300 K.
/// Cautions name atoms beyond it, and the tint begins there.
pub const LARGE_FORCE_ERROR: f64 = 0.8;

/// The cost of a structure, and which way is downhill. By default, that of no atoms.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// Potential energy, eV.
    pub energy: f64,
    /// Force on each atom, eV/Å: the negative gradient of `energy`.
    pub forces: Vec<DVec3>,
    /// Stress (1/V) ∂E/∂ε, eV/Å³, positive when the cell would rather shrink. `None` where nothing
    /// repeats.
    pub stress: Option<DMat3>,
    /// Each atom's share of `energy`, eV, from potentials that divide it.
    pub atom_energies: Option<Vec<f64>>,
    /// Each atom's partial charge, e, from potentials that have them; they add up to the total.
    pub charges: Option<Vec<f64>>,
    /// The error to be expected of each force, eV/Å, from potentials that know where they know
    /// little.
    pub force_errors: Option<Vec<f64>>,
}

/// What a potential can be asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Capabilities {
    /// The elements it knows; `None`: any.
    pub elements: Option<Vec<Element>>,
    /// The total charges it can describe, e; 0..=0 where the charge does not enter its energy.
    pub charges: RangeInclusive<i32>,
    /// Whether the multiplicity enters its energy; where it does not, only singlets are what it
    /// describes.
    pub spins: bool,
    /// Whether it can treat a periodic cell.
    pub periodic: bool,
    /// Whether bonds may break and form.
    pub reactive: bool,
}

impl Capabilities {
    /// That every element of a structure is known.
    ///
    /// # Errors
    /// With the first element that is not.
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

/// Why there is no evaluation.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PotentialError {
    /// An element it has no parameters for.
    #[error("{potential} has no parameters for {element}; it knows {known}")]
    Element {
        /// The potential's name.
        potential: String,
        /// The element that is missing.
        element: Element,
        /// The elements that it has, in words.
        known: String,
    },
    /// Something about the structure that it cannot treat.
    #[error("{potential} cannot treat this structure: {reason}")]
    Unsupported {
        /// The potential's name.
        potential: String,
        /// What, and what to do instead.
        reason: String,
    },
    /// The computation itself failed.
    #[error("{potential} failed: {reason}")]
    Failed {
        /// The potential's name.
        potential: String,
        /// What happened, and what to do next.
        reason: String,
    },
}

impl PotentialError {
    /// The potential cannot treat the structure, for a reason that says what to do instead.
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
/// Implementors obey the laws that `contract::check` tests.
pub trait Potential: Send {
    /// Its name, as in "EMT"; no two potentials share one.
    fn name(&self) -> &str;

    /// One plain sentence for a person: what it is good for and what it is not.
    fn description(&self) -> &str;

    /// What it can be asked for.
    fn capabilities(&self) -> &Capabilities;

    /// What computes it, as in "cpu" or "cuda:0".
    fn device(&self) -> String {
        "cpu".to_owned()
    }

    /// Energy (eV), forces (eV/Å) and stress (eV/Å³) of a structure.
    ///
    /// # Errors
    /// If the structure is outside what it can treat, or the computation fails. A non-finite result
    /// is not an error here: whoever moves the atoms decides.
    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError>;
}
