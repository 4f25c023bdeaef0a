//! Errors of the catalog: unknown names and options, and structures that no potential fits.

use std::fmt;

use crate::chem::Element;
use crate::potential::lennard_jones::ParameterError;
use crate::potential::parameter_file::ParameterFileError;
use crate::potential::request::RequestError;
use crate::potential::species::in_words;

/// Why the catalog provides no potential.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CatalogError {
    /// No potential of this name.
    #[error("unknown potential {name:?}: expected auto, {known}")]
    Unknown {
        /// The requested name.
        name: String,
        /// The known names, in words.
        known: String,
    },
    /// An option that this potential does not take.
    #[error("{potential} has no option {option:?}; its options: {known}")]
    Option {
        /// The potential's name in the catalog.
        potential: String,
        /// The option.
        option: String,
        /// The options that it takes, in words.
        known: String,
    },
    /// An option that is required by those given.
    #[error("{potential} needs {missing} as well, as in \"{example}\"")]
    Missing {
        /// The potential's name in the catalog.
        potential: &'static str,
        /// The option.
        missing: &'static str,
        /// A request that has it.
        example: &'static str,
    },
    /// The request cannot be parsed.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// Invalid parameters of a Lennard-Jones potential.
    #[error(transparent)]
    LennardJones(#[from] ParameterError),
    /// A parameter file that cannot be used.
    #[error(transparent)]
    ParameterFile(#[from] ParameterFileError),
    /// No potential fits the structure.
    #[error(transparent)]
    NoPotentialFits(#[from] NoPotentialFits),
    /// Building the potential failed.
    #[error("cannot load {potential}: {reason}")]
    Failed {
        /// The potential's name in the catalog.
        potential: &'static str,
        /// The cause, and a remedy.
        reason: String,
    },
}

/// No potential of the catalog can compute a structure.
///
/// Its text is one sentence with two remedies; [`reasons`](Self::reasons) has the reason of each
/// potential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoPotentialFits {
    /// Elements without parameters in any potential; empty if each is known to some potential.
    pub missing: Vec<Element>,
    /// The elements of the structure, in words.
    pub elements: String,
    /// Whether some potential has parameters for all elements, but gives no finite energy.
    pub not_finite: bool,
    /// The name of each entry, and why it cannot compute the structure.
    pub reasons: Vec<(&'static str, String)>,
}

impl fmt::Display for NoPotentialFits {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.not_finite {
            return formatter.write_str(
                "no potential here gives a finite energy for this structure: move overlapping atoms \
                 apart, or choose another potential by name",
            );
        }
        formatter.write_str("no potential here has parameters for ")?;
        match &self.missing[..] {
            [] => write!(formatter, "{} together", self.elements)?,
            missing => formatter.write_str(&in_words(missing))?,
        }
        formatter.write_str(
            ": import a UMA or NEP model (models/README.md), or give all atoms the same parameters, as in \
             \"lj:sigma=3.4,epsilon=0.01\"",
        )
    }
}

impl std::error::Error for NoPotentialFits {}
