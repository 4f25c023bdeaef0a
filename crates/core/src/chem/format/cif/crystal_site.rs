//! Atom sites of a crystal: the asymmetric unit.

use std::fmt::Write as _;

use glam::DVec3;

use super::super::element_name::{Formula, NameContext, SiteKind, element_of_symbol};
use super::super::nuclide::Nuclide;
use super::super::{Notes, ParseError};
use super::syntax::{Block, Value};

/// Atom of the asymmetric unit.
pub(super) struct CrystalSite<'a> {
    pub(super) label: &'a str,
    pub(super) nuclide: Nuclide,
    pub(super) fractional: DVec3,
    /// Line number, from 1.
    pub(super) line: usize,
}

/// Columns of the list of atoms.
struct SiteColumns<'a> {
    axes: [Vec<Value<'a>>; 3],
    labels: Vec<Value<'a>>,
    symbols: Vec<Value<'a>>,
    occupancies: Vec<Value<'a>>,
    flags: Vec<Value<'a>>,
}

impl<'a> SiteColumns<'a> {
    fn of(block: &Block<'a>) -> Self {
        let column = |name: &str| block.column(name).into_iter().flatten().collect();
        SiteColumns {
            axes: [
                column("_atom_site_fract_x"),
                column("_atom_site_fract_y"),
                column("_atom_site_fract_z"),
            ],
            labels: column("_atom_site_label"),
            symbols: column("_atom_site_type_symbol"),
            occupancies: column("_atom_site_occupancy"),
            flags: column("_atom_site_calc_flag"),
        }
    }

    /// Name of the atom of a row in messages.
    fn name(&self, row: usize) -> &'a str {
        self.labels.get(row).map_or("an atom", |label| label.text)
    }
}

/// The sites of a block. Dummy atoms and atoms without a position are skipped with a note.
///
/// # Errors
/// If an element or position is invalid, or atoms are disordered.
pub(super) fn sites<'a>(
    block: &Block<'a>,
    notes: &mut Notes,
) -> Result<Vec<CrystalSite<'a>>, ParseError> {
    let columns = SiteColumns::of(block);
    let formula = formula(block);
    let mut sites = Vec::new();
    let mut partial = Vec::new();
    for (row, x) in columns.axes[0].iter().enumerate() {
        let name = columns.name(row);
        // Dummy atoms mark centers of rings and the like.
        let marked = columns
            .flags
            .get(row)
            .is_some_and(|flag| flag.text == "dum");
        let Some(nuclide) = nuclide(&columns, row, formula.as_ref(), notes)?.filter(|_| !marked)
        else {
            notes.at(x.line, format!("{name} is not an atom and is left out"));
            continue;
        };
        let Some(fractional) = fractional(&columns, row)? else {
            notes.at(x.line, format!("{name} has no coordinates and is left out"));
            continue;
        };
        let occupancy = columns.occupancies.get(row);
        let occupancy = occupancy.filter(|value| !value.is_missing());
        match occupancy
            .map(|value| value.real("an occupancy"))
            .transpose()?
        {
            Some(0.0) => {
                notes.at(x.line, format!("{name} has occupancy 0 and is left out"));
                continue;
            }
            Some(occupancy) if occupancy < 0.999 => partial.push((x.line, name, occupancy)),
            _ => {}
        }
        sites.push(CrystalSite {
            label: columns.labels.get(row).map_or("", |label| label.text),
            nuclide,
            fractional,
            line: x.line,
        });
    }
    reject_disorder(&partial)?;
    Ok(sites)
}

/// Fractional coordinates of a row; `None` if unknown.
fn fractional(columns: &SiteColumns<'_>, row: usize) -> Result<Option<DVec3>, ParseError> {
    let mut fractional = DVec3::ZERO;
    for (axis, values) in columns.axes.iter().enumerate() {
        let missing = || columns.axes[0][row].error("three fractional coordinates for each atom");
        let value = values.get(row).ok_or_else(missing)?;
        if value.is_missing() {
            return Ok(None);
        }
        fractional[axis] = value.real("a fractional coordinate")?;
    }
    Ok(Some(fractional))
}

/// The elements of the formula of a block.
fn formula(block: &Block<'_>) -> Option<Formula> {
    let sum = block.value("_chemical_formula_sum")?.text;
    let types = block.column("_atom_type_symbol").into_iter().flatten();
    let words: Vec<&str> = types.map(|value| value.text).collect();
    Formula::parse(&format!("{sum} {}", words.join(" ")))
}

/// The nuclide of a row by its type symbol or else its label; `None` for a dummy.
fn nuclide(
    columns: &SiteColumns<'_>,
    row: usize,
    formula: Option<&Formula>,
    notes: &mut Notes,
) -> Result<Option<Nuclide>, ParseError> {
    let label = columns.labels.get(row);
    let symbol = columns
        .symbols
        .get(row)
        .filter(|symbol| !symbol.is_missing());
    let (value, named, expected) = match (symbol, label) {
        (Some(symbol), _) => (symbol, element_of_symbol(symbol.text), "an element symbol"),
        (None, Some(label)) => {
            let context = NameContext {
                formula,
                ..NameContext::default()
            };
            let expected = match formula {
                Some(_) => "a label that starts with the symbol of an element in the formula",
                None => "a label that starts with an element symbol",
            };
            (label, context.read(label.text), expected)
        }
        (None, None) => {
            let expected = "_atom_site_type_symbol or _atom_site_label for each atom";
            return Err(columns.axes[0][row].error(expected));
        }
    };
    let nuclide = match named {
        SiteKind::Atom(nuclide) => nuclide,
        SiteKind::Dummy => return Ok(None),
        SiteKind::Unknown => return Err(value.error(expected)),
    };
    let element = nuclide.element.symbol();
    let text = value.text;
    let is_start = text
        .get(..element.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(element));
    if !is_start && nuclide.mass.is_none() {
        notes.at(value.line, format!("{text} is taken for {element}"));
    }
    Ok(Some(nuclide))
}

/// Rejects partial occupancy: cells differ, and a simulation needs one of them.
fn reject_disorder(partial: &[(usize, &str, f64)]) -> Result<(), ParseError> {
    const NAMED: usize = 8;
    let Some((line, ..)) = partial.first() else {
        return Ok(());
    };
    let named: Vec<String> = partial
        .iter()
        .take(NAMED)
        .map(|(_, name, occupancy)| format!("{name} ({occupancy})"))
        .collect();
    let mut found = format!("disorder at {}", named.join(", "));
    if partial.len() > NAMED {
        let _ = write!(found, " and {} more", partial.len() - NAMED);
    }
    let expected = "occupancies of 1 (of alternative sites keep one, delete the others and set its \
                    _atom_site_occupancy to 1)";
    Err(ParseError::at(*line, expected, found))
}
