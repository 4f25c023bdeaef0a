//! Crystals: expansion of the asymmetric unit by symmetry.

use std::fmt::Write as _;

use glam::DVec3;

use super::super::nuclide::set_isotopes;
use super::super::{Configuration, Notes, ParseError};
use super::cell::cell;
use super::crystal_site::{CrystalSite, sites};
use super::operation::Operation;
use super::position::{AtomGrid, SAME_ATOM, images, special_position};
use super::symmetry;
use super::syntax::Block;
use crate::chem::properties::Value as Info;
use crate::chem::structure::Label;
use crate::chem::{Cell, Structure};

/// The structure of a block: all atoms of the cell, wrapped.
pub(super) fn read(block: &Block<'_>) -> Result<Configuration, ParseError> {
    let cell = cell(block)?.ok_or_else(|| {
        let expected = "a cell (_cell_length_a and so on) in the block";
        ParseError::at(block.line, expected, "none")
    })?;
    let mut notes = Notes::default();
    let operations = symmetry::operations(block, &cell, &mut notes)?;
    let sites = sites(block, &mut notes)?;
    let atoms = atoms(&sites, &operations, &cell, &mut notes)?;
    let elements = atoms.iter().map(|(site, _)| site.nuclide.element);
    let masses: Vec<Option<f64>> = atoms.iter().map(|(site, _)| site.nuclide.mass).collect();
    let positions = atoms.iter().map(|(_, position)| cell.cartesian(*position));
    let labels = atoms.iter().map(|(site, _)| Label {
        name: site.label.to_owned(),
        ..Label::default()
    });
    let mut structure = Structure::new(elements.collect(), positions.collect())
        .map_err(ParseError::atoms)?
        .with_cell(cell.clone());
    set_isotopes(&mut structure, &masses)?;
    structure
        .set_labels(Some(labels.collect()))
        .map_err(ParseError::atoms)?;
    structure.info.insert("name".into(), Info::text(block.name));
    Ok(Configuration {
        notes,
        ..structure.into()
    })
}

/// All atoms of the cell in fractional coordinates, without duplicates of listed symmetry-equivalent
/// atoms.
fn atoms<'a, 'b>(
    sites: &'b [CrystalSite<'a>],
    operations: &[Operation],
    cell: &Cell,
    notes: &mut Notes,
) -> Result<Vec<(&'b CrystalSite<'a>, DVec3)>, ParseError> {
    let mut grid = AtomGrid::new(cell);
    let mut atoms = Vec::new();
    let mut repeated = Vec::new();
    for site in sites {
        let position = special_position(site.fractional, operations, cell);
        if let Some(other) = grid.find(position) {
            let other: &CrystalSite<'_> = other;
            if other.nuclide != site.nuclide {
                let expected = "one atom at each place (delete one of the two)";
                let found = format!("{} within {SAME_ATOM} Å of {}", site.label, other.label);
                return Err(ParseError::at(site.line, expected, found));
            }
            repeated.push(site.label);
            continue;
        }
        note_shift(
            site,
            cell.cartesian(position - site.fractional).length(),
            notes,
        );
        for position in images(position, operations, cell) {
            grid.add(position, site);
            atoms.push((site, position));
        }
    }
    note_images(&repeated, notes);
    Ok(atoms)
}

/// Notes that an atom was moved to a special position, if by more (Å) than the rounding of two digits in
/// a cell of 25 Å.
fn note_shift(site: &CrystalSite<'_>, shift: f64, notes: &mut Notes) {
    const ROUNDING: f64 = 0.15;
    if shift > ROUNDING {
        let text = format!(
            "{} is moved by {shift:.2} Å onto a special position, where its images are one atom",
            site.label
        );
        notes.at(site.line, text);
    }
}

fn note_images(labels: &[&str], notes: &mut Notes) {
    const NAMED: usize = 4;
    if labels.is_empty() {
        return;
    }
    let mut names = labels[..labels.len().min(NAMED)].join(", ");
    if labels.len() > NAMED {
        let _ = write!(names, " and {} more", labels.len() - NAMED);
    }
    notes.whole(format!(
        "symmetry makes these of atoms listed before them, and each is there once: {names}"
    ));
}
