//! Reader of the structure of a session of the original.

use glam::DVec3;

use crate::chem::units::ASE_TIME;
use crate::chem::{Cell, Element};
use crate::json::{Cursor, JsonError};
use crate::script::original::Notes;
use crate::session_file::{CellRecord, MAX_ATOMS, MAX_NAME, StructureRecord};

/// The structure and velocities of `viewer`.
pub(super) fn structure(viewer: &Cursor, notes: &mut Notes) -> Result<StructureRecord, JsonError> {
    let symbols = viewer.require("elements", "an array of element symbols")?;
    let elements: Result<Vec<Element>, JsonError> = symbols
        .items(MAX_ATOMS)?
        .map(|item| element(&item))
        .collect();
    let elements = elements?;
    let positions = viewer.require("positions", "an array of positions")?;
    let rows = positions.vectors(MAX_ATOMS)?;
    if rows.len() != elements.len() {
        let expected = format!("one row for each of {} elements", elements.len());
        return Err(positions.error(expected));
    }
    let velocities = match viewer.get("velocities") {
        Some(velocities) => velocities_of(&velocities, elements.len(), notes)?,
        None => None,
    };
    let cell = match viewer.get("cell") {
        Some(cell) => cell_of(&cell, notes)?,
        None => None,
    };
    Ok(StructureRecord {
        elements,
        positions: rows,
        velocities,
        cell,
        ..StructureRecord::default()
    })
}

/// An element by its symbol, in any case.
fn element(item: &Cursor) -> Result<Element, JsonError> {
    let text = item.text(MAX_NAME)?.trim();
    let mut letters = text.chars();
    let first = letters.next().map(|it| it.to_ascii_uppercase());
    let rest = letters.map(|it| it.to_ascii_lowercase());
    let symbol: String = first.into_iter().chain(rest).collect();
    Element::from_symbol(&symbol).ok_or_else(|| item.error("the symbol of an element"))
}

/// Velocities, Å/fs; `None` with a note if there is not one per atom.
pub(super) fn velocities_of(
    velocities: &Cursor,
    atoms: usize,
    notes: &mut Notes,
) -> Result<Option<Vec<[f64; 3]>>, JsonError> {
    let mut rows = velocities.vectors(MAX_ATOMS)?;
    if rows.len() != atoms {
        let path = velocities.path();
        let count = rows.len();
        notes.add(format!(
            "{path}: {count} rows for {atoms} atoms are left out"
        ));
        return Ok(None);
    }
    for velocity in rows.iter_mut().flatten() {
        *velocity /= ASE_TIME;
    }
    Ok(Some(rows))
}

fn cell_of(cell: &Cursor, notes: &mut Notes) -> Result<Option<CellRecord>, JsonError> {
    let rows = cell.vectors(3)?;
    let Ok(vectors) = <[[f64; 3]; 3]>::try_from(rows) else {
        return Err(cell.error("three vectors"));
    };
    let periodic = [true; 3];
    if let Err(error) = Cell::new(vectors.map(DVec3::from), periodic) {
        notes.add(format!("{}: the cell is left out: {error}", cell.path()));
        return Ok(None);
    }
    Ok(Some(CellRecord { vectors, periodic }))
}
