//! The catalog: potentials that can be requested by name.
//!
//! The command line and the panels list it; a new potential adds its [`Entry`] to
//! [`Catalog::built_in`].

mod auto;
pub(super) mod entry;
pub(super) mod error;

use std::path::Path;

pub use auto::{AUTO, Chosen};
pub use entry::{
    Assess, Build, Entry, FileContent, FileKind, ListChoices, OptionChoices, OptionSpec,
};
pub use error::{CatalogError, NoPotentialFits};

use super::applicability::Applicability;
use super::request::{Options, Request};
use super::{eam, emt, lennard_jones, nano, nep, solid, sw, tersoff};
use crate::chem::{Structure, excerpt};

/// The option of a request with the path of a parameter file.
pub const FILE: &str = "file";

/// The available potentials, the preferred ones first.
///
/// ```
/// use mlipview_core::chem::library;
/// use mlipview_core::potential::Catalog;
///
/// let copper = library::find("copper").unwrap().structure()?;
/// let chosen = Catalog::built_in().provide(&"auto".parse()?, &copper)?;
/// assert_eq!(chosen.potential.name(), "EMT");
/// println!("{}, because {}", chosen.potential.name(), chosen.reason);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Catalog {
    entries: Vec<Entry>,
}

impl Catalog {
    /// The potentials of this crate, which need no files.
    pub fn built_in() -> Catalog {
        Catalog {
            entries: vec![
                nano::entry(),
                nep::entry(Box::new(Vec::new)),
                emt::entry(),
                eam::entry(),
                sw::entry(),
                tersoff::entry(),
                solid::entry(),
                lennard_jones::entry(),
            ],
        }
    }

    /// Adds an entry that is preferred to all others where it is suitable.
    #[must_use]
    pub fn with_preferred(mut self, entry: Entry) -> Catalog {
        self.entries.insert(0, entry);
        self
    }

    /// Adds an entry that is chosen only where no other is usable.
    #[must_use]
    pub fn with_last(mut self, entry: Entry) -> Catalog {
        self.entries.push(entry);
        self
    }

    /// Lets the entry `nep` use the model files that the user has imported.
    #[must_use]
    pub fn with_nep_models(mut self, list: nep::ListModels) -> Catalog {
        if let Some(entry) = self.entries.iter_mut().find(|it| it.name == nep::NAME) {
            *entry = nep::entry(list);
        }
        self
    }

    /// The entries, the preferred ones first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of a name.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// The request that opens a parameter file, as in `eam:file=Cu.eam.alloy`, if an entry reads such
    /// files. Reads the start of files with common names.
    pub fn request_of_file(&self, path: &Path) -> Option<Request> {
        let entry = self.entries.iter().find(|entry| entry.reads(path))?;
        Some(Request::named(entry.name).with(FILE, Some(path.to_str()?)))
    }

    /// The names of all entries and their options, one per line, for a help text.
    pub fn help(&self) -> String {
        let mut lines = vec![format!(
            "{AUTO}: the potential that fits the structure best"
        )];
        for entry in &self.entries {
            lines.push(format!("{}: {}", entry.name, entry.summary));
            let options = entry.options.iter();
            lines.extend(options.map(|option| format!("  {option}")));
        }
        lines.join("\n")
    }

    /// The allowed values of the options of a request's potential, where they can be listed.
    pub fn choices(&self, request: &Request) -> Vec<OptionChoices> {
        let choices = self.entry(&request.name).and_then(|it| it.choices.as_ref());
        choices.map_or_else(Vec::new, |choices| choices(&request.options))
    }

    /// Assesses how well each potential describes a structure, in the order of the entries.
    pub fn assess(&self, structure: &Structure) -> Vec<(&Entry, Applicability)> {
        let entries = self.entries.iter();
        entries
            .map(|entry| (entry, (entry.applicability)(&Options::default(), structure)))
            .collect()
    }

    /// Builds the requested potential; for `auto`, the one that describes the structure best.
    ///
    /// A potential that is requested by name is built even where it is not suitable: the caution says
    /// so.
    ///
    /// # Errors
    /// If the name or an option is unknown, a value is invalid, or no potential can compute the
    /// structure.
    pub fn provide(
        &self,
        request: &Request,
        structure: &Structure,
    ) -> Result<Chosen, CatalogError> {
        if request.name == AUTO {
            check_options(request, &[])?;
            return auto::choose(&self.entries, structure);
        }
        let entry = self
            .entry(&request.name)
            .ok_or_else(|| CatalogError::Unknown {
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

fn check_options(request: &Request, known: &[OptionSpec]) -> Result<(), CatalogError> {
    let is_known = |option: &str| known.iter().any(|spec| spec.name == option);
    match request.options.names().find(|option| !is_known(option)) {
        None => Ok(()),
        Some(option) => Err(CatalogError::Option {
            potential: request.name.clone(),
            option: excerpt(option).into_owned(),
            known: listed(known.iter().map(|spec| spec.name)),
        }),
    }
}

/// Names in words: "a, b", or "none".
pub(super) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}
