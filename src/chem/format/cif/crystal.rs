//! Crystals: the atoms that symmetry makes of the listed ones.

use std::fmt::Write as _;

use glam::DVec3;

use super::super::nuclide::{Nuclide, set_isotopes};
use super::super::pdb::standard_rotation;
use super::super::{Configuration, Format, ParseError, WriteError};
use super::hall::{self, MOST_OPERATIONS};
use super::operation::{Operation, home};
use super::space_group::{self, Unknown};
use super::syntax::{Block, Value};
use crate::chem::properties::Value as Info;
use crate::chem::structure::Label;
use crate::chem::{Cell, Structure};

/// Images of an atom that come closer than this, Å, are one atom on a special position, whose
/// coordinates are rounded.
const SAME_PLACE: f64 = 0.1;

struct Site<'a> {
    label: &'a str,
    nuclide: Nuclide,
    fractional: DVec3,
}

/// The structure of a block: all atoms of the cell, in the home cell.
pub(super) fn read(block: &Block<'_>) -> Result<Configuration, ParseError> {
    let cell = super::cell(block)?.ok_or_else(|| {
        let expected = "a cell (_cell_length_a and so on) in the block";
        ParseError::at(block.line, expected, "none")
    })?;
    let operations = operations(block, &cell)?;
    refuse_disorder(block)?;
    let mut elements = Vec::new();
    let mut masses = Vec::new();
    let mut positions = Vec::new();
    let mut labels = Vec::new();
    for site in sites(block)? {
        for place in images(site.fractional, &operations, &cell) {
            elements.push(site.nuclide.element);
            masses.push(site.nuclide.mass);
            positions.push(cell.cartesian(place));
            labels.push(Label {
                name: site.label.to_owned(),
                ..Label::default()
            });
        }
    }
    let mut structure = Structure::new(elements, positions)
        .map_err(ParseError::atoms)?
        .with_cell(cell);
    set_isotopes(&mut structure, &masses)?;
    structure
        .set_labels(Some(labels))
        .map_err(ParseError::atoms)?;
    structure.info.insert("name".into(), Info::text(block.name));
    Ok(structure.into())
}

/// Where an atom's images are, each once, in fractional coordinates of the home cell.
fn images(point: DVec3, operations: &[Operation], cell: &Cell) -> Vec<DVec3> {
    let mut places: Vec<DVec3> = Vec::new();
    for operation in operations {
        let place = home(operation.apply(point));
        let known = places.iter().any(|known| {
            let apart = place - known;
            let apart = cell.cartesian(apart - apart.round());
            // The rounded displacement is the shortest one or, in a skewed cell, far from short.
            apart.length() < SAME_PLACE
        });
        if !known {
            places.push(place);
        }
    }
    places
}

/// The symmetry: its operations, else its Hall symbol, Hermann–Mauguin symbol or number, else none,
/// as the dictionary has it.
fn operations(block: &Block<'_>, cell: &Cell) -> Result<Vec<Operation>, ParseError> {
    let listed = block.first_column(&[
        "_space_group_symop_operation_xyz",
        "_symmetry_equiv_pos_as_xyz",
    ]);
    let listed = listed.unwrap_or_default();
    if listed.iter().any(|value| !value.is_missing()) {
        return listed_operations(&listed);
    }
    let first = |names: [&str; 2]| names.into_iter().find_map(|name| block.value(name));
    if let Some(symbol) = first(["_space_group_name_hall", "_symmetry_space_group_name_hall"]) {
        return hall::operations(symbol.text).ok_or_else(|| symbol.error("a Hall symbol"));
    }
    let name = first([
        "_space_group_name_h-m_alt",
        "_symmetry_space_group_name_h-m",
    ]);
    if let Some(name) = name {
        return space_group::by_name(name.text, cell).map_err(|why| unknown(name, &why));
    }
    let number = first(["_space_group_it_number", "_symmetry_int_tables_number"]);
    if let Some(value) = number {
        let number = value.text.parse().ok();
        return number
            .ok_or(Unknown::Name)
            .and_then(|number| space_group::by_number(number, cell))
            .map_err(|why| unknown(value, &why));
    }
    Ok(vec![Operation::IDENTITY])
}

fn unknown(value: Value<'_>, why: &Unknown) -> ParseError {
    value.error(match why {
        Unknown::Name => "a space group of the International Tables, or its operations listed",
        Unknown::Origin => {
            "a space group with its origin, as in 'F d -3 m:2' (or :1), or its operations listed"
        }
    })
}

fn listed_operations(listed: &[Value<'_>]) -> Result<Vec<Operation>, ParseError> {
    if let Some(beyond) = listed.get(MOST_OPERATIONS) {
        return Err(beyond.error(format!("at most {MOST_OPERATIONS} symmetry operations")));
    }
    let parse = |value: &Value<'_>| {
        let expected = "a symmetry operation such as '-x, y+1/2, -z'";
        Operation::parse(value.text).ok_or_else(|| value.error(expected))
    };
    listed.iter().map(parse).collect()
}

/// Partial occupancy means that cells differ; a simulation needs one of them.
fn refuse_disorder(block: &Block<'_>) -> Result<(), ParseError> {
    const NAMED: usize = 8;
    let Some(occupancies) = block.column("_atom_site_occupancy") else {
        return Ok(());
    };
    let mut partial = Vec::new();
    let mut line = block.line;
    let mut labels = block.column("_atom_site_label").into_iter().flatten();
    for value in occupancies {
        let label = labels.next();
        if value.is_missing() {
            continue;
        }
        let occupancy = value.real("an occupancy")?;
        if occupancy < 0.999 {
            if partial.is_empty() {
                line = value.line;
            }
            let label = label.map_or("an atom", |label| label.text);
            partial.push(format!("{label} ({occupancy})"));
        }
    }
    if partial.is_empty() {
        return Ok(());
    }
    let more = partial.len().saturating_sub(NAMED);
    partial.truncate(NAMED);
    let mut found = format!("disorder at {}", partial.join(", "));
    if more > 0 {
        let _ = write!(found, " and {more} more");
    }
    let expected = "occupancies of 1 (of alternative sites keep one, delete the others and set its \
                    _atom_site_occupancy to 1)";
    Err(ParseError::at(line, expected, found))
}

fn sites<'a>(block: &Block<'a>) -> Result<Vec<Site<'a>>, ParseError> {
    let column =
        |name: &str| -> Vec<Value<'a>> { block.column(name).into_iter().flatten().collect() };
    let axes = [
        column("_atom_site_fract_x"),
        column("_atom_site_fract_y"),
        column("_atom_site_fract_z"),
    ];
    let symbols = column("_atom_site_type_symbol");
    let labels = column("_atom_site_label");
    let flags = column("_atom_site_calc_flag");
    let formula = block
        .value("_chemical_formula_sum")
        .map(|formula| formula.text);
    let mut sites = Vec::new();
    for (row, x) in axes[0].iter().enumerate() {
        // Dummy atoms mark centres of rings and the like.
        if flags.get(row).is_some_and(|flag| flag.text == "dum") {
            continue;
        }
        let mut fractional = DVec3::ZERO;
        for (axis, values) in axes.iter().enumerate() {
            let expected = "a fractional coordinate";
            let value = values
                .get(row)
                .ok_or_else(|| x.error("three fractional coordinates for each atom"))?;
            fractional[axis] = value.real(expected)?;
        }
        let label = labels.get(row);
        let symbol = symbols.get(row).filter(|symbol| !symbol.is_missing());
        let nuclide = match (symbol, label) {
            (Some(symbol), _) => {
                nuclide_of_symbol(symbol.text).ok_or_else(|| symbol.error("an element symbol"))?
            }
            (None, Some(label)) => nuclide_of_label(label.text, formula)
                .ok_or_else(|| label.error("a label that starts with an element symbol"))?,
            (None, None) => {
                return Err(x.error("_atom_site_type_symbol or _atom_site_label for each atom"));
            }
        };
        sites.push(Site {
            label: label.map_or("", |label| label.text),
            nuclide,
            fractional,
        });
    }
    Ok(sites)
}

/// The nuclide of a type symbol, which may state a charge: `Na1+`, `O2-`.
fn nuclide_of_symbol(symbol: &str) -> Option<Nuclide> {
    let letters = symbol.find(|letter: char| !letter.is_ascii_alphabetic());
    Nuclide::from_symbol(&symbol[..letters.unwrap_or(symbol.len())])
}

/// The nuclide that a label starts with: `C12A`, `Cl1`, `OW`. Two capitals are a symbol of two
/// letters only where the formula has that element, or where the first alone is none.
fn nuclide_of_label(label: &str, formula: Option<&str>) -> Option<Nuclide> {
    let one = label.get(..1).and_then(Nuclide::from_symbol);
    let Some(symbol) = label.get(..2) else {
        return one;
    };
    let Some(two) = Nuclide::from_symbol(symbol) else {
        return one;
    };
    let spelled = symbol.ends_with(|second: char| second.is_ascii_lowercase());
    let in_formula = || {
        let elements = formula.unwrap_or_default().split_whitespace();
        elements
            .filter_map(nuclide_of_symbol)
            .any(|nuclide| nuclide == two)
    };
    if spelled || one.is_none() || in_formula() {
        Some(two)
    } else {
        one
    }
}

/// Writes all atoms of the cell without symmetry, one block for each structure.
pub(in super::super) fn write(configurations: &[Configuration]) -> Result<Vec<u8>, WriteError> {
    let mut out = String::new();
    for (frame, Configuration { structure, .. }) in configurations.iter().enumerate() {
        let Some(cell) = &structure.cell else {
            let why = "its coordinates are fractional; choose another format, such as .mmcif";
            return Err(WriteError::cannot_hold(
                Format::Cif,
                "a structure without a cell",
                why,
            ));
        };
        standard_rotation(cell, Format::Cif)?;
        let _ = writeln!(out, "data_{}\n_space_group_name_H-M_alt 'P 1'", frame + 1);
        push_cell(&mut out, cell, "_cell_");
        out.push_str("loop_\n_space_group_symop_operation_xyz\n'x, y, z'\n");
        out.push_str("loop_\n_atom_site_label\n_atom_site_type_symbol\n");
        out.push_str("_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n");
        let atoms = structure.elements().iter().zip(structure.positions());
        for (atom, (element, &position)) in atoms.enumerate() {
            let DVec3 { x, y, z } = cell.fractional(position);
            let _ = writeln!(
                out,
                "{element}{} {element} {x:.12} {y:.12} {z:.12}",
                atom + 1
            );
        }
        out.push('\n');
    }
    Ok(out.into_bytes())
}

/// Lengths, Å, and angles, degrees, under names that start with `prefix`.
pub(super) fn push_cell(out: &mut String, cell: &Cell, prefix: &str) {
    for (name, length) in ["a", "b", "c"].iter().zip(cell.lengths()) {
        let _ = writeln!(out, "{prefix}length_{name} {length:.12}");
    }
    for (name, angle) in ["alpha", "beta", "gamma"].iter().zip(cell.angles()) {
        let _ = writeln!(out, "{prefix}angle_{name} {angle:.12}");
    }
}
