//! `ATOM` and `HETATM` records of PDB files.

use super::super::atom_site::AtomSite;
use super::super::element_name::{NameContext, SiteKind, element_of_symbol};
use super::super::lines::{Line, quoted, real};
use super::super::{Notes, ParseError, hybrid36};
use super::layout::Layout;
use crate::chem::structure::Label;

/// Coordinates that CHARMM writes for an unknown position, Å.
const UNKNOWN_POSITION: [f64; 3] = [9999.0; 3];

/// The atom of a record; `None` for a virtual site or an unknown position.
pub(super) fn read_atom(
    line: Line<'_>,
    layout: &Layout,
    notes: &mut Notes,
) -> Result<Option<AtomSite>, ParseError> {
    // Four-letter residue names reach into an otherwise unused column.
    let residue = line.columns(18, 21).into_owned();
    let Some(position) = read_position(line)? else {
        notes.at(line.number, "an atom without a position was left out");
        return Ok(None);
    };
    let nuclide = match read_element(line, &residue, layout, notes) {
        SiteKind::Atom(nuclide) => nuclide,
        SiteKind::Dummy => return Ok(None),
        SiteKind::Unknown => {
            let what = "an element symbol in columns 77-78, or an atom name that tells the element \
                        in columns 13-16";
            return Err(line.found(what, &line.columns(13, 16)));
        }
    };
    let (residue_number, insertion) = read_residue_number(line, notes);
    Ok(Some(AtomSite {
        nuclide,
        position: position.into(),
        label: Label {
            name: line.columns(13, 16).into_owned(),
            residue,
            residue_number,
            chain: line.columns(22, 22).into_owned(),
        },
        insertion,
        alternate: line.columns(17, 17).into_owned(),
        occupancy: read_or(line, (55, 60), 1.0, "occupancy", notes),
        b_factor: read_or(line, (61, 66), 0.0, "temperature factor", notes),
        charge: read_charge(line)?,
        serial: hybrid36::decode_or_hex(&line.columns(7, 11), 5),
    }))
}

/// The coordinates, Å; `None` if blank or unknown.
fn read_position(line: Line<'_>) -> Result<Option<[f64; 3]>, ParseError> {
    let fields = [(31, "x"), (39, "y"), (47, "z")];
    let is_blank = |&(first, _): &(usize, &str)| line.columns(first, first + 7).is_empty();
    if fields.iter().all(is_blank) {
        return Ok(None);
    }
    let mut position = [0.0; 3];
    for (coordinate, (first, axis)) in position.iter_mut().zip(fields) {
        let field = line.columns(first, first + 7);
        *coordinate = real(&field).ok_or_else(|| {
            let what = format!("the {axis} coordinate in columns {first}-{}", first + 7);
            line.found(what, &field)
        })?;
    }
    Ok((position != UNKNOWN_POSITION).then_some(position))
}

/// The element in columns 77-78, else from the atom name. Files before 1996 have part of the entry's name
/// and a line number there.
fn read_element(line: Line<'_>, residue: &str, layout: &Layout, notes: &mut Notes) -> SiteKind {
    let name = line.columns(13, 16);
    let context = NameContext {
        residue,
        formula: layout.formula(residue),
        width: layout.symbol_width(line),
    };
    let stated = line.columns(77, 78);
    if stated.is_empty() || !stated.chars().all(|letter| letter.is_ascii_alphabetic()) {
        return context.read(&name);
    }
    match element_of_symbol(&stated) {
        SiteKind::Unknown => {
            let named = context.read(&name);
            if let SiteKind::Atom(nuclide) = named {
                notes.at(
                    line.number,
                    format!(
                        "columns 77-78 have no element symbol but {}: the element of {} is taken \
                         as {}",
                        quoted(&stated),
                        quoted(&name),
                        nuclide.element.name().to_lowercase()
                    ),
                );
            }
            named
        }
        named => named,
    }
}

/// The residue number in columns 23-26 and the insertion code in column 27, which may also hold a fifth
/// digit.
fn read_residue_number(line: Line<'_>, notes: &mut Notes) -> (i32, String) {
    let number = line.columns(23, 26);
    let insertion = line.columns(27, 27);
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if number.len() == 4 && is_digits(&number) && !insertion.is_empty() && is_digits(&insertion) {
        let number = format!("{number}{insertion}").parse().unwrap_or(0);
        return (number, String::new());
    }
    if number.is_empty() {
        return (0, insertion.into_owned());
    }
    let decoded = hybrid36::decode_or_hex(&number, 4).and_then(|number| i32::try_from(number).ok());
    if decoded.is_none() {
        let number = quoted(&number);
        notes.at(
            line.number,
            format!("the residue number {number} is unreadable: it is 0 here"),
        );
    }
    (decoded.unwrap_or(0), insertion.into_owned())
}

/// An optional number with a default; an invalid one is noted.
fn read_or(
    line: Line<'_>,
    (first, last): (usize, usize),
    default: f64,
    what: &str,
    notes: &mut Notes,
) -> f64 {
    let field = line.columns(first, last);
    let value = real(&field);
    if value.is_none() && !field.is_empty() {
        let field = quoted(&field);
        notes.at(
            line.number,
            format!("the {what} {field} is unreadable: it is {default} here"),
        );
    }
    value.unwrap_or(default)
}

/// The formal charge in columns 79-80: a digit and a sign.
fn read_charge(line: Line<'_>) -> Result<Option<i32>, ParseError> {
    let field = line.columns(79, 80);
    let mut letters = field.chars();
    let (digit, sign) = match (letters.next(), letters.next()) {
        (Some(sign @ ('+' | '-')), digit) => (digit.unwrap_or('1'), sign),
        (Some(digit), Some(sign)) => (digit, sign),
        // Blank, or the end of a line number of an old file.
        _ => return Ok(None),
    };
    match (digit.to_digit(10), sign) {
        (Some(digit), '+') => Ok(Some(digit as i32)),
        (Some(digit), '-') => Ok(Some(-(digit as i32))),
        (Some(_), sign) if sign.is_ascii_digit() => Ok(None),
        _ => Err(line.found("a charge such as 2+ in columns 79-80", &field)),
    }
}
