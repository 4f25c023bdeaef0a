//! Writer of XYZ frames, extended and plain.

use std::fmt::{self, Write};

use glam::DVec3;

use super::super::{Configuration, Format, WriteError};
use super::columns::EMPTY;
use super::comment::{is_blank, quoted};
use super::info::{CHARGES, MULTIPLICITIES};
use super::{cell, value};
use crate::chem::properties::{Column, Data, Value};
use crate::chem::units::ASE_TIME;

/// Reserved keys of the comment line.
const RESERVED_KEYS: [&str; 3] = ["Lattice", "Properties", "pbc"];

/// Prefix of keys of the info that would be read with another meaning, such as a text "energy" of
/// another format.
const RENAMED: &str = "info_";

/// Reserved names of columns.
const RESERVED_COLUMNS: [&str; 6] = ["species", "Z", "pos", "forces", "momenta", "masses"];

/// Appends a frame of extended XYZ.
pub(super) fn extended(configuration: &Configuration, file: &mut String) -> Result<(), WriteError> {
    let columns = columns(configuration)?;
    let _ = writeln!(file, "{}", configuration.structure.len());
    comment(configuration, &columns, file)?;
    for atom in 0..configuration.structure.len() {
        for (index, column) in columns.iter().enumerate() {
            if index > 0 {
                file.push(' ');
            }
            let _ = column.entries.write(atom, file);
        }
        file.push('\n');
    }
    Ok(())
}

/// Appends a frame of plain XYZ.
pub(super) fn plain(configuration: &Configuration, file: &mut String) -> Result<(), WriteError> {
    let structure = &configuration.structure;
    let comment = structure
        .info
        .get("comment")
        .map(value::joined)
        .unwrap_or_default();
    if comment.contains(['\n', '\r']) {
        return Err(cannot_hold("the comment", "it has more than one line"));
    }
    let _ = writeln!(file, "{}\n{comment}", structure.len());
    for (element, position) in structure.elements().iter().zip(structure.positions()) {
        let _ = write!(file, "{element} ");
        let _ = write_numbers(&position.to_array(), file);
        file.push('\n');
    }
    Ok(())
}

/// Error of content that the format cannot store.
fn cannot_hold(what: impl Into<String>, why: impl Into<String>) -> WriteError {
    WriteError::cannot_hold(Format::ExtendedXyz, what, why)
}

/// Column of the rows.
struct OutputColumn<'a> {
    name: &'a str,
    /// Type and width, as in "R:3".
    kind: String,
    entries: Entries<'a>,
}

/// Content of a column.
enum Entries<'a> {
    /// Element symbols.
    Symbols(&'a Configuration),
    /// Positions, Å, or forces, eV/Å: `[atoms]`.
    Vectors(&'a [DVec3]),
    /// Velocities, Å/fs, written as momenta, amu·Å per [`ASE_TIME`]: `[atoms]`.
    Momenta(&'a Configuration, &'a [DVec3]),
    /// Masses, amu: `[atoms]`.
    Masses(&'a [f64]),
    /// Whether each atom is fixed, written as one flag, T for movable: `[atoms]`.
    Movable(&'a [bool]),
    /// Whether each atom is fixed, `[atoms]`, and its movable axes, `[atoms, 3]`, written as three flags.
    MovableAxes(&'a [bool], &'a [bool]),
    /// A per-atom array of the structure.
    Array(&'a Column),
}

impl Entries<'_> {
    /// Writes the words of an atom.
    fn write(&self, atom: usize, file: &mut String) -> fmt::Result {
        match self {
            Entries::Symbols(configuration) => {
                write!(
                    file,
                    "{:<2}",
                    configuration.structure.elements()[atom].symbol()
                )
            }
            Entries::Vectors(vectors) => write_numbers(&vectors[atom].to_array(), file),
            Entries::Momenta(configuration, velocities) => {
                let momentum = velocities[atom] * ASE_TIME * configuration.structure.mass(atom);
                write_numbers(&momentum.to_array(), file)
            }
            Entries::Masses(masses) => write_numbers(&masses[atom..=atom], file),
            Entries::Movable(fixed) => file.write_str(if fixed[atom] { "F" } else { "T" }),
            Entries::MovableAxes(fixed, axes) => {
                // A fixed atom takes precedence over its movable axes.
                let axes = &axes[3 * atom..3 * atom + 3];
                let axes = match (fixed[atom], axes) {
                    (true, _) => [false; 3],
                    (false, &[false, false, false]) => [true; 3],
                    (false, axes) => [axes[0], axes[1], axes[2]],
                };
                file.write_str(&value::joined(&Value::vector(Data::Bools(axes.to_vec()))))
            }
            Entries::Array(column) => write_row(column, atom, file),
        }
    }
}

/// Writes the values of an atom in an array.
fn write_row(column: &Column, atom: usize, file: &mut String) -> fmt::Result {
    let row = atom * column.width()..(atom + 1) * column.width();
    match column.data() {
        Data::Reals(values) => write_numbers(&values[row], file),
        Data::Integers(values) => write_words(values[row].iter(), file),
        Data::Texts(values) => {
            let words = values[row].iter().map(String::as_str);
            write_words(
                words.map(|word| if word.is_empty() { EMPTY } else { word }),
                file,
            )
        }
        Data::Bools(values) => {
            let letter = |&value: &bool| if value { 'T' } else { 'F' };
            write_words(values[row].iter().map(letter), file)
        }
    }
}

/// Numbers with the fewest digits that parse to the same value.
fn write_numbers(numbers: &[f64], file: &mut String) -> fmt::Result {
    for (index, number) in numbers.iter().enumerate() {
        let separator = if index > 0 { " " } else { "" };
        write!(file, "{separator}{number:?}")?;
    }
    Ok(())
}

/// Words separated by blanks.
fn write_words(words: impl Iterator<Item = impl fmt::Display>, file: &mut String) -> fmt::Result {
    for (index, word) in words.enumerate() {
        let separator = if index > 0 { " " } else { "" };
        write!(file, "{separator}{word}")?;
    }
    Ok(())
}

/// The columns of a configuration, in their order in a row.
///
/// # Errors
/// If a row cannot store an array.
fn columns(configuration: &Configuration) -> Result<Vec<OutputColumn<'_>>, WriteError> {
    let structure = &configuration.structure;
    let mut columns = Vec::new();
    let mut add = |name, kind: &str, entries| {
        columns.push(OutputColumn {
            name,
            kind: kind.to_owned(),
            entries,
        });
    };
    add("species", "S:1", Entries::Symbols(configuration));
    add("pos", "R:3", Entries::Vectors(structure.positions()));
    let axes = match structure
        .arrays()
        .get("move_mask")
        .map(|axes| (axes.data(), axes.width()))
    {
        Some((Data::Bools(axes), 3)) => Some(axes),
        _ => None,
    };
    if let Some(axes) = axes {
        add(
            "move_mask",
            "L:3",
            Entries::MovableAxes(structure.fixed(), axes),
        );
    } else if structure.fixed().contains(&true) {
        add("move_mask", "L:1", Entries::Movable(structure.fixed()));
    }
    if let Some(masses) = structure.stated_masses() {
        add("masses", "R:1", Entries::Masses(masses));
    }
    if let Some(velocities) = &configuration.velocities {
        add(
            "momenta",
            "R:3",
            Entries::Momenta(configuration, velocities),
        );
    }
    if let Some(forces) = &configuration.forces {
        add("forces", "R:3", Entries::Vectors(forces));
    }
    for (name, column) in structure.arrays() {
        if name == "move_mask" && axes.is_some() {
            continue;
        }
        let kind = array_type(name, column, configuration)?;
        add(name, &kind, Entries::Array(column));
    }
    Ok(columns)
}

/// Type and width of an array, as in "R:3".
///
/// # Errors
/// If a row cannot store it.
fn array_type(
    name: &str,
    column: &Column,
    configuration: &Configuration,
) -> Result<String, WriteError> {
    let what = || format!("the array {name:?}");
    let is_reserved_name = RESERVED_COLUMNS.contains(&name)
        || name == "move_mask"
        || (name == "velocities" && configuration.velocities.is_none());
    if is_reserved_name {
        return Err(cannot_hold(
            what(),
            "its name means something else there: rename it",
        ));
    }
    if name.is_empty() || name.contains([':', '\n', '\r']) {
        return Err(cannot_hold(
            what(),
            "columns have names without colons: rename it",
        ));
    }
    let letter = match column.data() {
        Data::Reals(_) => 'R',
        Data::Integers(_) => 'I',
        Data::Bools(_) => 'L',
        Data::Texts(texts) => {
            if texts
                .iter()
                .any(|text| text == EMPTY || text.contains(is_blank))
            {
                return Err(cannot_hold(
                    what(),
                    "a row holds words without blanks: remove it",
                ));
            }
            'S'
        }
    };
    Ok(format!("{letter}:{}", column.width()))
}

/// Writes the comment line: cell, columns, energy, stress, charge, multiplicity, info and periodic axes.
fn comment(
    configuration: &Configuration,
    columns: &[OutputColumn<'_>],
    file: &mut String,
) -> Result<(), WriteError> {
    let structure = &configuration.structure;
    if let Some(cell) = &structure.cell {
        file.push_str("Lattice=\"");
        let numbers: Vec<f64> = cell::written(cell)
            .iter()
            .flat_map(DVec3::to_array)
            .collect();
        let _ = write_numbers(&numbers, file);
        file.push_str("\" ");
    }
    let properties: Vec<String> = columns
        .iter()
        .map(|column| format!("{}:{}", column.name, column.kind))
        .collect();
    let _ = write!(file, "Properties={}", quoted(&properties.join(":")));
    if let Some(energy) = configuration.energy {
        let _ = write!(file, " energy={energy:?}");
    }
    if let Some(stress) = configuration.stress {
        file.push_str(" stress=\"");
        let _ = write_numbers(&stress.to_cols_array(), file);
        file.push('"');
    }
    if structure.charge != 0 {
        let _ = write!(file, " {}={}", CHARGES[0], structure.charge);
    }
    if structure.multiplicity() != 1 {
        let _ = write!(file, " {}={}", MULTIPLICITIES[0], structure.multiplicity());
    }
    for (key, value) in &structure.info {
        if !is_reserved(configuration, key, value)? {
            let prefix = if would_be_misread(key, value) {
                RENAMED
            } else {
                ""
            };
            let key = format!("{prefix}{key}");
            let spelled = value::format_value(&key, value).ok_or_else(|| {
                cannot_hold(
                    format!("the info {key:?}"),
                    "nothing is read as this value: remove it",
                )
            })?;
            let _ = write!(file, " {}={}", quoted(&key), quoted(&spelled));
        }
    }
    let periodic = structure
        .cell
        .as_ref()
        .map_or([false; 3], |cell| cell.periodic());
    let periodic = value::joined(&Value::vector(Data::Bools(periodic.to_vec())));
    let _ = writeln!(file, " pbc=\"{periodic}\"");
    Ok(())
}

/// Whether a key of the info is reserved for the frame; an error if the key cannot be written.
fn is_reserved(
    configuration: &Configuration,
    key: &str,
    value: &Value,
) -> Result<bool, WriteError> {
    let what = || format!("the info {key:?}");
    if RESERVED_KEYS.contains(&key) {
        return Err(cannot_hold(
            what(),
            "its name means something else there: rename it",
        ));
    }
    if key.is_empty() || key.contains(['\n', '\r']) {
        return Err(cannot_hold(
            what(),
            "keys are on one line and not empty: rename it",
        ));
    }
    let structure = &configuration.structure;
    let whole = value::whole(value).is_some();
    Ok(match key {
        "energy" => configuration.energy.is_some(),
        "stress" => configuration.stress.is_some(),
        _ if CHARGES.contains(&key) => structure.charge != 0,
        _ if MULTIPLICITIES.contains(&key) => structure.multiplicity() != 1 && whole,
        _ => false,
    })
}

/// Whether the reader would parse this key as energy, stress, charge or multiplicity, although the frame
/// has none or another value.
fn would_be_misread(key: &str, value: &Value) -> bool {
    let whole = value::whole(value);
    match key {
        "energy" | "stress" => true,
        "multiplicity" => whole != Some(1),
        _ if value::MATRICES.contains(&key) => value::format_value(key, value).is_none(),
        _ if CHARGES.contains(&key) => whole != Some(0),
        _ if MULTIPLICITIES.contains(&key) => whole.is_some_and(|number| number > 1),
        _ => false,
    }
}
