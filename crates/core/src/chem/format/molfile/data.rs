//! Data fields of SD files: a header with a name in angle brackets, and rows up to a blank one.

use std::fmt::Write as _;

use super::super::lines::{Line, Lines, quoted};
use super::super::{Configuration, Notes};
use super::fields::{CHARGE, END_OF_RECORD, MULTIPLICITY, NAME, TWO_DIMENSIONAL};
use crate::chem::Structure;
use crate::chem::properties::{Data, Value};

/// Reads the fields up to the end of the record; they cause no errors.
pub(super) fn read(lines: &mut Lines<'_>, configuration: &mut Configuration) {
    let Configuration {
        structure, notes, ..
    } = configuration;
    while let Some(line) = lines.next() {
        if line.text.starts_with(END_OF_RECORD) {
            break;
        }
        if line.is_blank() {
            continue;
        }
        if !line.text.starts_with('>') {
            let text = quoted(line.text);
            notes.at(
                line.number,
                format!("{text} is not in a data field and is ignored"),
            );
            continue;
        }
        let rows = rows(lines);
        let Some(name) = field_name(line) else {
            let heading = quoted(line.text);
            let text = format!("the data field {heading} has no name in < > and is ignored");
            notes.at(line.number, text);
            continue;
        };
        if let Some(empty) = rows.iter().find(|row| row.text.is_empty()) {
            let text = format!("a blank line does not end the data field {name}");
            notes.at(empty.number, text);
        }
        let rows: Vec<&str> = rows.iter().map(|row| row.text.trim_end()).collect();
        let value = rows.join("\n");
        if !read_total(line, name, &value, structure, notes) {
            structure.info.insert(name.to_owned(), Value::text(value));
        }
    }
}

/// The rows of a field. Some programs write blank rows inside: a field ends where a header or the end of
/// the record follows blank rows.
fn rows<'a>(lines: &mut Lines<'a>) -> Vec<Line<'a>> {
    let mut rows: Vec<Line<'a>> = Vec::new();
    while let Some(row) = lines.peek() {
        let after_blank = rows.last().is_some_and(Line::is_blank);
        if row.text.starts_with(END_OF_RECORD) || (after_blank && row.text.starts_with('>')) {
            break;
        }
        rows.push(row);
        lines.next();
    }
    let last = rows.iter().rposition(|row| !row.is_blank());
    rows.truncate(last.map_or(0, |last| last + 1));
    rows
}

fn field_name(line: Line<'_>) -> Option<&str> {
    let (_, rest) = line.text.strip_prefix('>')?.split_once('<')?;
    let (name, _) = rest.rsplit_once('>')?;
    (!name.trim().is_empty()).then(|| name.trim())
}

/// Reads the fields of total charge and multiplicity; false for another field or another meaning of the
/// name.
fn read_total(
    heading: Line<'_>,
    name: &str,
    value: &str,
    structure: &mut Structure,
    notes: &mut Notes,
) -> bool {
    let ignored = match name {
        CHARGE if structure.charge == 0 => match value.trim().parse() {
            Ok(charge) => {
                structure.charge = charge;
                return true;
            }
            Err(_) => "not a whole number of e; the charge stays 0",
        },
        MULTIPLICITY if structure.multiplicity() == 1 => {
            let multiplicity = value.trim().parse().ok();
            if multiplicity.is_some_and(|number| structure.set_multiplicity(number).is_ok()) {
                return true;
            }
            "not a whole number 2S + 1; the multiplicity stays 1"
        }
        _ => return false,
    };
    let text = format!("the data field {name} is {}, {ignored}", quoted(value));
    notes.at(heading.number, text);
    false
}

/// Writes the fields of a structure: its info, and total charge and multiplicity unless the molfile
/// implies them.
pub(super) fn push(
    out: &mut String,
    structure: &Structure,
    charge: Option<i32>,
    multiplicity: Option<u32>,
) {
    for (name, value) in &structure.info {
        let value = shown(value.data());
        let is_total =
            matches!(&**name, CHARGE | MULTIPLICITY) && value.trim().parse::<i32>().is_ok();
        if !is_total && !matches!(&**name, NAME | TWO_DIMENSIONAL) {
            push_field(out, &name.replace(['\n', '\r', '<', '>'], "_"), &value);
        }
    }
    if let Some(charge) = charge {
        push_field(out, CHARGE, &charge.to_string());
    }
    if let Some(multiplicity) = multiplicity {
        push_field(out, MULTIPLICITY, &multiplicity.to_string());
    }
}

fn push_field(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "> <{name}>");
    let mut after_blank = false;
    for row in value.lines() {
        // A blank row would end the field, `>` after one begin the next and `$$$$` end the record:
        // a space before them keeps them inside.
        let blank = row.trim().is_empty();
        let ends = blank || row.starts_with(END_OF_RECORD) || after_blank && row.starts_with('>');
        let _ = writeln!(out, "{}{row}", if ends { " " } else { "" });
        after_blank = blank;
    }
    out.push('\n');
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
