//! The potentials that can be asked for by name: the command line and the panels read this list.

use super::applicability::Applicability;
use super::auto::{self, Chosen, NothingFits};
use super::lennard_jones::ParameterError;
use super::request::{Options, Request, RequestError};
use super::{Potential, emt, lennard_jones, nano};
use crate::chem::{Structure, excerpt};

/// One potential of the catalog.
pub struct Entry {
    /// The word that asks for it, in lower case.
    pub name: &'static str,
    /// What it is for, in a line.
    pub summary: &'static str,
    /// What to cite: where it, or what it has learned from, was published.
    pub source: &'static str,
    /// The options that it takes, each with what it means.
    pub options: &'static [(&'static str, &'static str)],
    /// The values among which options can be chosen, if they can be listed; may take seconds.
    pub offers: Option<Offers>,
    /// How well it describes a structure.
    pub applicability: Assess,
    /// Makes it for a structure, with the options that were given.
    pub build: Build,
}

/// Assesses how well a potential with these options describes a structure; may take as long as an
/// evaluation.
pub type Assess = Box<dyn Fn(&Options, &Structure) -> Applicability + Send + Sync>;

/// Makes a potential for a structure, with the options that were given.
pub type Build =
    Box<dyn Fn(&Options, &Structure) -> Result<Box<dyn Potential>, CatalogError> + Send + Sync>;

/// An option whose values can be listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The option.
    pub option: &'static str,
    /// What it can be here.
    pub values: Vec<String>,
}

/// Finds out what can be chosen, with the options that were given.
pub type Offers = Box<dyn Fn(&Options) -> Vec<Offer> + Send + Sync>;

/// The potentials there are, the preferred ones first.
pub struct Catalog {
    entries: Vec<Entry>,
}

/// Why the catalog provides no potential.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CatalogError {
    /// Nothing of this name.
    #[error("there is no potential {name:?}: choose auto, {known}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// What there is, in words.
        known: String,
    },
    /// An option that this potential does not take.
    #[error("{potential} takes no option {option:?}; it takes {known}")]
    Option {
        /// The potential's name in the catalog.
        potential: String,
        /// The option.
        option: String,
        /// The options that it takes, in words.
        known: String,
    },
    /// An option that is needed beside those given.
    #[error("{potential} needs {missing} as well, as in \"{example}\"")]
    Missing {
        /// The potential's name in the catalog.
        potential: &'static str,
        /// The option.
        missing: &'static str,
        /// A request that has it.
        example: &'static str,
    },
    /// The request does not read.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// Parameters that make no Lennard-Jones potential.
    #[error(transparent)]
    LennardJones(#[from] ParameterError),
    /// Automatic choice found nothing.
    #[error(transparent)]
    NothingFits(#[from] NothingFits),
    /// Making it failed.
    #[error("cannot load {potential}: {reason}")]
    Failed {
        /// The potential's name in the catalog.
        potential: &'static str,
        /// What happened, and what to do next.
        reason: String,
    },
}

impl Catalog {
    /// The potentials that need nothing but this program.
    pub fn built_in() -> Catalog {
        Catalog {
            entries: vec![nano::entry(), emt::entry(), lennard_jones::entry()],
        }
    }

    /// The same with one more, preferred to all others where it is suitable.
    #[must_use]
    pub fn with_preferred(mut self, entry: Entry) -> Catalog {
        self.entries.insert(0, entry);
        self
    }

    /// What there is, the preferred ones first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What can be chosen beside what a request says; nothing where it names nothing.
    pub fn offers(&self, request: &Request) -> Vec<Offer> {
        let entry = self.entries.iter().find(|entry| entry.name == request.name);
        let offers = entry.and_then(|entry| entry.offers.as_ref());
        offers.map_or_else(Vec::new, |offers| offers(&request.options))
    }

    /// How well each potential describes a structure, in the order of the entries.
    pub fn assess(&self, structure: &Structure) -> Vec<(&Entry, Applicability)> {
        let entries = self.entries.iter();
        entries
            .map(|entry| (entry, (entry.applicability)(&Options::default(), structure)))
            .collect()
    }

    /// The requested potential; for `auto`, the one that describes the structure best.
    ///
    /// One requested by name is given even where it is not suitable: the caution says so.
    ///
    /// # Errors
    /// If there is no potential of this name, its options are invalid, or none can compute the
    /// structure.
    pub fn provide(
        &self,
        request: &Request,
        structure: &Structure,
    ) -> Result<Chosen, CatalogError> {
        if request.name == auto::NAME {
            check_options(request, &[])?;
            return auto::choose(self, structure);
        }
        let found = self.entries.iter().find(|entry| entry.name == request.name);
        let entry = found.ok_or_else(|| CatalogError::Unknown {
            name: excerpt(&request.name).into_owned(),
            known: listed(self.entries.iter().map(|entry| entry.name)),
        })?;
        check_options(request, entry.options)?;
        let potential = (entry.build)(&request.options, structure)?;
        Ok(Chosen {
            reason: "it was requested by name".to_owned(),
            caution: (entry.applicability)(&request.options, structure).caution(),
            potential,
        })
    }
}

fn check_options(
    request: &Request,
    known: &[(&'static str, &'static str)],
) -> Result<(), CatalogError> {
    let taken = |option: &str| known.iter().any(|(name, _)| *name == option);
    match request.options.names().find(|option| !taken(option)) {
        None => Ok(()),
        Some(option) => Err(CatalogError::Option {
            potential: request.name.clone(),
            option: excerpt(option).into_owned(),
            known: listed(known.iter().map(|(name, _)| *name)),
        }),
    }
}

fn listed(names: impl Iterator<Item = &'static str>) -> String {
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}
