//! EAM files: tables of functions in the formats of DYNAMO that LAMMPS reads.
//!
//! | name | format | functions |
//! |---|---|---|
//! | `*.eam.alloy`, `*.setfl` | setfl | of several elements; one density per element |
//! | `*.eam.fs` | setfl of Finnis–Sinclair | of several elements; one density per ordered pair |
//! | `*.eam` | funcfl | of one element |
//!
//! The formats are described in the documentation of LAMMPS, `pair_style eam`. The splines through the
//! tables are those of LAMMPS, so that energies and forces agree to the last digits.

mod funcfl;
mod setfl;
mod table;

use super::functions::Functions;
use crate::chem::Element;
use crate::potential::catalog::FileKind;
use crate::potential::parameter_file::{ParameterFile, ParameterFileError};

/// EAM files.
pub(super) const KINDS: [FileKind; 4] = [
    FileKind::named("*.eam.alloy"),
    FileKind::named("*.eam.fs"),
    FileKind::named("*.eam"),
    FileKind::named("*.setfl"),
];

/// The endings of names, for errors.
const ENDINGS: &str = ".eam.alloy, .eam.fs, .eam or .setfl";

/// The contents of an EAM file.
pub(super) struct EamFile {
    /// Name without folders.
    pub(super) name: String,
    /// The elements, in the order of the file.
    pub(super) elements: Vec<Element>,
    /// Their functions, in the same order.
    pub(super) functions: Functions,
}

impl EamFile {
    /// Reads a file; its name tells the format.
    ///
    /// # Errors
    /// If the file cannot be read, or is malformed.
    pub(super) fn open(path: &str) -> Result<EamFile, ParameterFileError> {
        let file = ParameterFile::open(path)?;
        file.expect_metal_units()?;
        let name = file.name().to_lowercase();
        let (elements, functions) = if name.ends_with(".eam.alloy") || name.ends_with(".setfl") {
            setfl::read(&file, setfl::Densities::OfElements)?
        } else if name.ends_with(".eam.fs") {
            setfl::read(&file, setfl::Densities::OfPairs)?
        } else if name.ends_with(".eam") {
            funcfl::read(&file)?
        } else {
            return Err(file.unknown_format(ENDINGS));
        };
        Ok(EamFile {
            name: file.name().to_owned(),
            elements,
            functions,
        })
    }
}
