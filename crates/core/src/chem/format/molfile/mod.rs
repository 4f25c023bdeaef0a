//! Molfiles (V2000 and V3000) and SD files.
//!
//! Specification: CTfile Formats (BIOVIA, 2020). SD files are molfiles with data fields. Charges and
//! radicals are per atom; charges add up to that of the structure, and radicals couple to the highest
//! multiplicity.
//!
//! Data fields are stored in the structure's info by name. A planar drawing sets `two_dimensional` in the
//! info. Total charges and multiplicities that atoms do not imply use data fields `charge` and
//! `multiplicity`.
//!
//! An invalid record is skipped with a note on the next one, or on the last if none follows. `FILE@N`
//! counts the valid structures from 0; the note has the position of the invalid one.

mod atoms;
mod data;
mod fields;
mod v2000;
mod v3000;
mod write;

use super::beginning::Beginning;
use super::lines::{Lines, text};
use super::record_results::RecordResults;
use super::{Configuration, ParseError};
use crate::chem::properties::Value;

use fields::{END_OF_RECORD, NAME, TWO_DIMENSIONAL};
pub(super) use write::{write_mol, write_sdf};

/// Reads the structures of a molfile or SD file.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Configuration>, ParseError> {
    let text = text(bytes);
    let mut results = RecordResults::default();
    for (index, record) in records(&text).into_iter().enumerate() {
        let name = format!("record {}", index + 1);
        results.add(&name, read_record(record).map(|molecule| vec![molecule]));
    }
    results.finish(ParseError::whole("a molecule", "an empty file"))
}

/// The lines of each record, including `$$$$`. Blank records, as at the end of a file, are ignored.
fn records(text: &str) -> Vec<Lines<'_>> {
    let mut records = Vec::new();
    let mut rest = text;
    let mut read = 0;
    while !rest.is_empty() {
        let mut length = 0;
        let mut lines = 0;
        let mut blank = true;
        for line in rest.split_inclusive('\n') {
            length += line.len();
            lines += 1;
            if line.starts_with(END_OF_RECORD) {
                break;
            }
            blank &= line.trim().is_empty();
        }
        if !blank {
            records.push(Lines::after(read, &rest[..length]));
        }
        rest = &rest[length..];
        read += lines;
    }
    records
}

fn read_record(mut lines: Lines<'_>) -> Result<Configuration, ParseError> {
    let name = lines.expect("a line with the molecule's name")?;
    let program = lines.expect("a line with the program's name and the dimension")?;
    lines.expect("a comment line")?;
    let counts = lines.expect("the numbers of atoms and bonds")?;
    let atoms = match &*counts.columns(35, 39) {
        "V3000" => v3000::read(&mut lines)?,
        "V2000" | "" => v2000::read(counts, &mut lines)?,
        version => return Err(counts.found("version V2000 or V3000 in columns 35-39", version)),
    };
    let flat = match &*program.columns(21, 22) {
        "2D" | "2d" => true,
        "3D" | "3d" => false,
        _ => atoms.len() > 1 && atoms.are_flat(),
    };
    let mut configuration = atoms.into_configuration()?;
    let info = &mut configuration.structure.info;
    let name = name.text.trim();
    if !name.is_empty() {
        info.insert(NAME.into(), Value::text(name));
    }
    if flat {
        info.insert(TWO_DIMENSIONAL.into(), Value::bool(true));
    }
    data::read(&mut lines, &mut configuration);
    Ok(configuration)
}

/// Whether the content looks like a molfile.
pub(super) fn sniff_mol(beginning: &Beginning<'_>) -> bool {
    has_version(beginning) && !has_separator(beginning)
}

/// Whether the content looks like an SD file, with `$$$$` after a molfile.
pub(super) fn sniff_sdf(beginning: &Beginning<'_>) -> bool {
    has_version(beginning) && has_separator(beginning)
}

fn has_version(beginning: &Beginning<'_>) -> bool {
    let counts = beginning.line(4);
    counts.contains("V2000") || counts.contains("V3000")
}

fn has_separator(beginning: &Beginning<'_>) -> bool {
    beginning.lines().any(|line| line.starts_with("$$$$"))
}
