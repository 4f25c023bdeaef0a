//! One potential of the catalog: name, options, applicability, and how to build it.

use std::fmt;
use std::path::Path;

use super::error::CatalogError;
use crate::chem::Structure;
use crate::potential::Potential;
use crate::potential::applicability::Applicability;
use crate::potential::network::tensor_names;
use crate::potential::parameter_file::start_of;
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
    /// Parameter files that it reads by its option `file`.
    pub files: &'static [FileKind],
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

/// A kind of parameter file: by its name and, where other files have such names, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileKind {
    /// Pattern of its name in lower case, with one `*` for any text: `*.eam.alloy`.
    pub name: &'static str,
    /// Its content.
    pub content: FileContent,
}

/// The content by which a kind of parameter file is told from others of such names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileContent {
    /// The name suffices.
    Any,
    /// It begins with these characters.
    Start(&'static str),
    /// A safetensors file with one tensor and without another.
    Tensors {
        /// The tensor that it has.
        with: &'static str,
        /// The tensor that it has not; "" for none.
        without: &'static str,
    },
}

impl FileKind {
    /// A kind that its name tells.
    pub const fn named(name: &'static str) -> FileKind {
        FileKind {
            name,
            content: FileContent::Any,
        }
    }

    /// Whether a file is of this kind; upper and lower case of names are the same. Reads the start of the
    /// file where the name does not suffice.
    fn includes(&self, path: &Path) -> bool {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            return false;
        };
        let name = name.to_lowercase();
        let (start, end) = self.name.split_once('*').unwrap_or((self.name, ""));
        name.len() >= start.len() + end.len()
            && name.starts_with(start)
            && name.ends_with(end)
            && self.content.is_in(path)
    }
}

/// The most that is read of the header of a safetensors file, bytes; those of networks have some kB.
const MAX_HEADER: u64 = 1 << 20;

impl FileContent {
    fn is_in(self, path: &Path) -> bool {
        match self {
            FileContent::Any => true,
            FileContent::Start(start) => {
                start_of(path, start.len() as u64).is_some_and(|bytes| bytes == start.as_bytes())
            }
            FileContent::Tensors { with, without } => {
                let names = start_of(path, MAX_HEADER).and_then(|start| tensor_names(&start));
                let names = names.unwrap_or_default();
                let has = |wanted: &str| names.iter().any(|name| name == wanted);
                has(with) && !has(without)
            }
        }
    }
}

impl Entry {
    /// Whether a file is a parameter file of this potential.
    pub fn reads(&self, path: &Path) -> bool {
        self.files.iter().any(|kind| kind.includes(path))
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
