//! One potential of the catalog: name, options, applicability, and how to build it.

use std::fmt;

use super::error::CatalogError;
use crate::chem::Structure;
use crate::potential::Potential;
use crate::potential::applicability::Applicability;
use crate::potential::request::Options;

/// One potential of the catalog.
pub struct Entry {
    /// Name in requests, in lower case.
    pub name: &'static str,
    /// Systems that the potential is for, in one line.
    pub summary: &'static str,
    /// Literature to cite: the potential, or the data that it was trained on.
    pub source: &'static str,
    /// The options that it takes.
    pub options: &'static [OptionSpec],
    /// Names of parameter files that it reads by its option `file`, with one `*` for any text, in lower
    /// case: `*.eam.alloy`.
    pub files: &'static [&'static str],
    /// Lists the allowed values of options, where they depend on this machine; may take seconds.
    pub choices: Option<ListChoices>,
    /// A request in reduced units, with the same parameters for all atoms, for structures that the
    /// potential has no parameters for.
    pub reduced_units: Option<&'static str>,
    /// Assesses how well it describes a structure.
    pub applicability: Assess,
    /// Builds it for a structure.
    pub build: Build,
}

impl Entry {
    /// Whether `name`, without folders, is that of a parameter file of this potential; upper and lower
    /// case are the same.
    pub fn reads(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.files.iter().any(|pattern| {
            let (start, end) = pattern.split_once('*').unwrap_or((pattern, ""));
            name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
        })
    }
}

/// An option of a potential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionSpec {
    /// Name in requests, in lower case.
    pub name: &'static str,
    /// Meaning, with the unit or the allowed values.
    pub help: &'static str,
    /// The value that is used when it is not given, if there is one.
    pub default: Option<&'static str>,
}

impl fmt::Display for OptionSpec {
    /// As in "cutoff — distance where the interaction ends, Å [default: 3 sigma]".
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} — {}", self.name, self.help)?;
        match self.default {
            Some(default) => write!(formatter, " [default: {default}]"),
            None => Ok(()),
        }
    }
}

/// The allowed values of an option on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionChoices {
    /// Name of the option.
    pub option: &'static str,
    /// Its allowed values.
    pub values: Vec<String>,
}

/// Lists the allowed values of options, given the options that are set.
pub type ListChoices = Box<dyn Fn(&Options) -> Vec<OptionChoices> + Send + Sync>;

/// Assesses how well a potential with these options describes a structure; may take as long as an
/// evaluation.
pub type Assess = Box<dyn Fn(&Options, &Structure) -> Applicability + Send + Sync>;

/// Builds a potential with these options for a structure.
pub type Build =
    Box<dyn Fn(&Options, &Structure) -> Result<Box<dyn Potential>, CatalogError> + Send + Sync>;
