//! Molfiles and SD files, the connection tables of chemists.
//!
//! CTfile Formats (BIOVIA, 2020): molfiles of version V2000 and V3000, and SD files, which are
//! molfiles in a row with data. Charges are per atom and add up to the structure's. Radical atoms
//! couple to the highest multiplicity.
//!
//! Data fields go to the structure's info by name. A drawing, whose atoms all lie in a plane, is
//! kept and `two_dimensional` set in the info. A total charge or multiplicity that no atom carries
//! is written as a data field `charge` or `multiplicity`, and read from there.

mod atoms;
mod v2000;
mod v3000;
mod write;

use super::info::Beginning;
use super::lines::{Line, Lines, text};
use super::{Configuration, ParseError};
use crate::chem::Structure;
use crate::chem::properties::{Data, Value};

pub(super) use write::{write_mol, write_sdf};

const NAME: &str = "name";
const TWO_DIMENSIONAL: &str = "two_dimensional";
const CHARGE: &str = "charge";
const MULTIPLICITY: &str = "multiplicity";

pub(super) fn read(bytes: &[u8]) -> Result<Vec<Configuration>, ParseError> {
    let text = text(bytes);
    let mut lines = Lines::new(&text);
    let mut configurations = Vec::new();
    while configurations.is_empty() || lines.clone().any(|line| !line.is_blank()) {
        configurations.push(read_record(&mut lines)?.into());
    }
    Ok(configurations)
}

fn read_record(lines: &mut Lines<'_>) -> Result<Structure, ParseError> {
    let name = lines.expect("a line with the molecule's name")?;
    let program = lines.expect("a line with the program's name and the dimension")?;
    lines.expect("a comment line")?;
    let counts = lines.expect("the numbers of atoms and bonds")?;
    let atoms = match &*counts.columns(35, 39) {
        "V3000" => v3000::read(lines)?,
        "V2000" | "" => v2000::read(counts, lines)?,
        version => return Err(counts.found("version V2000 or V3000 in columns 35-39", version)),
    };
    let flat = match &*program.columns(21, 22) {
        "2D" | "2d" => true,
        "3D" | "3d" => false,
        _ => atoms.len() > 1 && atoms.are_flat(),
    };
    let mut structure = atoms.into_structure()?;
    let name = name.text.trim();
    if !name.is_empty() {
        structure.info.insert(NAME.into(), Value::text(name));
    }
    if flat {
        let yes = Value::bool(true);
        structure.info.insert(TWO_DIMENSIONAL.into(), yes);
    }
    read_data(lines, &mut structure)?;
    Ok(structure)
}

/// Data fields, up to the end of the record: a heading with a name in angle brackets, then lines up
/// to a blank one.
fn read_data(lines: &mut Lines<'_>, structure: &mut Structure) -> Result<(), ParseError> {
    while let Some(line) = lines.next() {
        if line.text.starts_with("$$$$") {
            break;
        }
        if line.is_blank() {
            continue;
        }
        let name = field_name(line)
            .ok_or_else(|| line.error("a data heading such as '> <NAME>', or $$$$"))?;
        let mut value = String::new();
        while let Some(row) = lines.peek().filter(|row| !row.is_blank()) {
            if row.text.starts_with("$$$$") {
                break;
            }
            value.push_str(if value.is_empty() { "" } else { "\n" });
            value.push_str(row.text);
            lines.next();
        }
        read_totals(line, name, &value, structure)?;
        structure.info.insert(name.to_owned(), Value::text(value));
    }
    Ok(())
}

fn field_name(line: Line<'_>) -> Option<&str> {
    let (_, rest) = line.text.strip_prefix('>')?.split_once('<')?;
    let (name, _) = rest.rsplit_once('>')?;
    (!name.trim().is_empty()).then(|| name.trim())
}

/// The charge and multiplicity that no atom carries.
fn read_totals(
    heading: Line<'_>,
    name: &str,
    value: &str,
    structure: &mut Structure,
) -> Result<(), ParseError> {
    let expected = || heading.found(format!("a whole number as {name}"), value);
    match name {
        CHARGE if structure.charge == 0 => {
            structure.charge = value.trim().parse().map_err(|_| expected())?;
        }
        MULTIPLICITY if structure.multiplicity() == 1 => {
            let multiplicity = value.trim().parse().map_err(|_| expected())?;
            structure
                .set_multiplicity(multiplicity)
                .map_err(|error| heading.found(error.to_string(), value))?;
        }
        _ => {}
    }
    Ok(())
}

/// The data fields of a structure: its info, but for what the molfile itself says.
fn fields(structure: &Structure) -> impl Iterator<Item = (&str, String)> {
    let own = [NAME, TWO_DIMENSIONAL, CHARGE, MULTIPLICITY];
    let info = structure.info.iter();
    info.filter(move |(name, _)| !own.contains(&name.as_str()))
        .map(|(name, value)| (name.as_str(), shown(value.data())))
}

fn shown(data: &Data) -> String {
    fn joined<T: ToString>(values: &[T], between: &str) -> String {
        let words: Vec<String> = values.iter().map(T::to_string).collect();
        words.join(between)
    }
    match data {
        Data::Bools(values) => joined(values, " "),
        Data::Integers(values) => joined(values, " "),
        Data::Reals(values) => joined(values, " "),
        Data::Texts(values) => joined(values, "\n"),
    }
}

/// Whether a content looks like a molfile.
pub(super) fn sniff_mol(beginning: &Beginning<'_>) -> bool {
    has_version(beginning) && !has_separator(beginning)
}

/// Whether a content looks like an SD file, whose molfiles end in `$$$$`.
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
