//! Sources of structures: a file, a built-in structure or a SMILES string.

use std::fmt;
use std::path::Path;

use super::FileError;
use crate::chem::format::{Compression, Configuration, FrameSelection, ParseError};
use crate::chem::{Structure, library};

/// Source of structures, parsed from an argument or a text field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file or frames of it: `PATH` or `PATH@SELECTION`.
    File(String),
    /// A built-in structure, by its key.
    Library(String),
    /// A molecule, by its SMILES string.
    Smiles(String),
}

/// Why a source has no structures.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// Neither a file nor a built-in structure.
    #[error(
        "there is no file and no built-in structure called '{0}'; `mlipview library` lists the \
         built-in ones"
    )]
    UnknownName(String),
    /// No built-in structure has this key.
    #[error("unknown built-in structure '{0}'; `mlipview library` lists them")]
    UnknownKey(String),
    /// The file of a built-in structure is invalid.
    #[error(transparent)]
    Library(#[from] ParseError),
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The SMILES string is invalid.
    #[cfg(feature = "smiles")]
    #[error(transparent)]
    Smiles(#[from] crate::chem::smiles::SmilesError),
    /// The program was built without the feature `smiles`.
    #[cfg(not(feature = "smiles"))]
    #[error("this program was built without SMILES; build it with its default features")]
    NoSmiles,
}

/// Iterator over the configurations of a source.
pub type Frames = Box<dyn Iterator<Item = Result<Configuration, FileError>>>;

impl Source {
    /// Parses `library:KEY`, `smiles:TEXT`, `PATH` or `PATH@SELECTION`; a KEY alone is a built-in
    /// structure unless a file has that name.
    ///
    /// ```
    /// use mlipview_core::files::Source;
    ///
    /// assert_eq!(Source::parse("smiles:CCO"), Source::Smiles("CCO".to_owned()));
    /// assert_eq!(Source::parse("caffeine"), Source::Library("caffeine".to_owned()));
    /// assert_eq!(Source::parse("run.xyz@3").stem(), "run");
    /// ```
    pub fn parse(argument: &str) -> Source {
        if let Some(key) = argument.strip_prefix("library:") {
            Source::Library(key.to_owned())
        } else if let Some(smiles) = argument.strip_prefix("smiles:") {
            Source::Smiles(smiles.to_owned())
        } else if library::find(argument).is_some() && !Path::new(argument).exists() {
            Source::Library(argument.to_owned())
        } else {
            Source::File(argument.to_owned())
        }
    }

    /// A file.
    pub fn file(path: &Path) -> Source {
        Source::File(path.to_string_lossy().into_owned())
    }

    /// The path of a file, without the selection.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Source::File(argument) => Some(Path::new(super::split(argument).0)),
            _ => None,
        }
    }

    /// Title: the file name, the title of a built-in structure, or the SMILES string.
    pub fn title(&self) -> String {
        match self {
            Source::File(argument) => Path::new(argument).file_name().map_or_else(
                || argument.clone(),
                |name| name.to_string_lossy().into_owned(),
            ),
            Source::Library(key) => {
                library::find(key).map_or_else(|| key.clone(), |entry| entry.title.clone())
            }
            Source::Smiles(smiles) => smiles.clone(),
        }
    }

    /// Base name of output files: "cu" for `dir/cu.xyz.gz@3` and `library:cu`, "molecule" for SMILES.
    pub fn stem(&self) -> &str {
        let path = match self {
            Source::File(argument) => super::split(argument).0,
            Source::Library(key) => key,
            Source::Smiles(_) => return "molecule",
        };
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let file = Compression::split(file).0;
        match file.rsplit_once('.').map_or(file, |(stem, _)| stem) {
            "" => "structure",
            stem => stem,
        }
    }

    /// Reads the frames, one after another. `default` selects frames of a file without a selection;
    /// `topology` provides the atoms of a trajectory without elements (XTC, DCD).
    ///
    /// # Errors
    /// If there is no such file or built-in structure, or it cannot be read.
    pub fn frames(
        &self,
        default: FrameSelection,
        topology: Option<&Structure>,
    ) -> Result<Frames, SourceError> {
        match self {
            Source::Library(key) => {
                let entry = library::find(key);
                let entry = entry.ok_or_else(|| SourceError::UnknownKey(key.clone()))?;
                Ok(one(entry.structure()?))
            }
            Source::Smiles(smiles) => Ok(one(molecule(smiles)?)),
            Source::File(argument) => {
                let (path, selection) = super::split(argument);
                if !path.contains(['.', '/', '\\']) && !Path::new(path).exists() {
                    return Err(SourceError::UnknownName(path.to_owned()));
                }
                let selection = selection.unwrap_or(default);
                match topology {
                    None => {
                        let frames = super::frames(path, selection)?;
                        Ok(Box::new(frames.map(|frame| Ok(frame?))))
                    }
                    Some(topology) => {
                        let frames = super::trajectory(path, topology, selection)?;
                        Ok(Box::new(frames.into_iter().map(Ok)))
                    }
                }
            }
        }
    }
}

/// The argument that [`Source::parse`] reads.
impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::File(argument) => formatter.write_str(argument),
            Source::Library(key) => write!(formatter, "library:{key}"),
            Source::Smiles(smiles) => write!(formatter, "smiles:{smiles}"),
        }
    }
}

/// A single frame.
fn one(structure: Structure) -> Frames {
    Box::new(std::iter::once(Ok(structure.into())))
}

/// The molecule of a SMILES string.
#[cfg(feature = "smiles")]
fn molecule(smiles: &str) -> Result<Structure, SourceError> {
    Ok(crate::chem::smiles::structure(smiles, 0)?)
}

/// Error of a program without SMILES.
#[cfg(not(feature = "smiles"))]
fn molecule(_smiles: &str) -> Result<Structure, SourceError> {
    Err(SourceError::NoSmiles)
}
