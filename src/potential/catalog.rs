//! The potentials that can be asked for by name: the command line and the panels read this list.

use super::auto::{self, Chosen, Fit, NothingFits};
use super::lennard_jones::{ONSET, ParameterError, REACH, Truncation};
use super::request::{Options, Request, RequestError};
use super::{Emt, LennardJones, Nano, Potential};
use crate::chem::Structure;

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
    /// Why it suits a structure when nobody asked for it, or why it does not.
    pub suits: Suits,
    /// Makes it for a structure, with the options that were given.
    pub build: Build,
}

/// Judges a structure; the error is why it does not suit, as the end of a sentence.
pub type Suits = Box<dyn Fn(&Structure) -> Result<Fit, String> + Send + Sync>;

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
    #[error("{potential} cannot be had: {reason}")]
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
            entries: vec![nano(), effective_medium_theory(), lennard_jones()],
        }
    }

    /// The same with one more, preferred to all others where it suits.
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

    /// The potential that was asked for; for `auto`, the one that suits the structure.
    ///
    /// One asked for by name is given even where it does not suit: the caution says so.
    ///
    /// # Errors
    /// If there is nothing of this name, its options are wrong, or nothing suits.
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
            name: request.name.clone(),
            known: listed(self.entries.iter().map(|entry| entry.name)),
        })?;
        check_options(request, entry.options)?;
        let potential = (entry.build)(&request.options, structure)?;
        Ok(Chosen {
            reason: "asked for by name".to_owned(),
            caution: (entry.suits)(structure).map_or_else(Some, |fit| fit.caution),
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
            option: option.to_owned(),
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

fn nano() -> Entry {
    Entry {
        name: "nano",
        summary: "A small learned potential: molecules of H, B, C, N, O, F, Si, P, S, Cl, Br, I and \
                  their ions",
        source: "Learned from GFN2-xTB: C. Bannwarth, S. Ehlert, S. Grimme, J. Chem. Theory Comput. \
                 15, 1652 (2019), doi:10.1021/acs.jctc.8b01176",
        options: &[],
        offers: None,
        suits: Box::new(auto::suits_nano),
        build: Box::new(|_, _| Ok(Box::new(Nano::new()))),
    }
}

fn effective_medium_theory() -> Entry {
    Entry {
        name: "emt",
        summary: "Effective medium theory: Al, Ni, Cu, Pd, Ag, Pt, Au and their alloys",
        source: "K. W. Jacobsen, P. Stoltze, J. K. Nørskov, Surf. Sci. 366, 394 (1996), \
                 doi:10.1016/0039-6028(96)00816-3",
        options: &[],
        offers: None,
        suits: Box::new(auto::suits_effective_medium_theory),
        build: Box::new(|_, _| Ok(Box::new(Emt::new()))),
    }
}

fn lennard_jones() -> Entry {
    Entry {
        name: "lj",
        summary: "Lennard-Jones: noble gases, or any atoms with a sigma and an epsilon",
        source: "Argon: L. A. Rowley, D. Nicholson, N. G. Parsonage, J. Comput. Phys. 17, 401 (1975), \
                 doi:10.1016/0021-9991(75)90042-X. Neon, krypton, xenon: N. Bernardes, Phys. Rev. \
                 112, 1534 (1958), doi:10.1103/PhysRev.112.1534",
        options: &[
            (
                "sigma",
                "distance where the energy is zero, Å; with it, all atoms are alike",
            ),
            ("epsilon", "depth of the well, eV"),
            ("cutoff", "distance where the interaction ends, Å (3 sigma)"),
            (
                "smooth",
                "whether it ends smoothly rather than shifted: true or false (false)",
            ),
        ],
        offers: None,
        suits: Box::new(auto::suits_lennard_jones),
        build: Box::new(|options, _| Ok(Box::new(lennard_jones_with(options)?))),
    }
}

fn lennard_jones_with(options: &Options) -> Result<LennardJones, CatalogError> {
    if options.names().next().is_none() {
        return Ok(LennardJones::noble_gases());
    }
    let needed = |missing| {
        options.number(missing)?.ok_or(CatalogError::Missing {
            potential: "lj",
            missing,
            example: "lj:sigma=3.405,epsilon=0.0104",
        })
    };
    let (sigma, epsilon) = (needed("sigma")?, needed("epsilon")?);
    let cutoff = options.number("cutoff")?.unwrap_or(REACH * sigma);
    let potential = LennardJones::universal(sigma, epsilon, cutoff)?;
    if options.flag("smooth")?.unwrap_or(false) {
        Ok(potential.truncated(Truncation::Smooth { onset: ONSET })?)
    } else {
        Ok(potential)
    }
}
