//! The cell of a PDB file, record `CRYST1`.

use super::super::lines::{Line, real};
use super::super::{Notes, ParseError};
use crate::chem::Cell;

/// The cell of a `CRYST1` record, if it has one.
pub(super) fn read_cell(line: Line<'_>, notes: &mut Notes) -> Result<Option<Cell>, ParseError> {
    let fields = [(7, 15), (16, 24), (25, 33), (34, 40), (41, 47), (48, 54)];
    let fields = fields.map(|(first, last)| (line.columns(first, last), first, last));
    if fields[..3].iter().all(|(field, ..)| field.is_empty()) {
        notes.at(
            line.number,
            "CRYST1 has no lengths: the structure has no cell",
        );
        return Ok(None);
    }
    let mut numbers = [0.0; 6];
    for (number, (field, first, last)) in numbers.iter_mut().zip(fields) {
        let what = format!("a cell length or angle in columns {first}-{last}");
        *number = real(&field).ok_or_else(|| line.found(what, &field))?;
    }
    let [a, b, c, alpha, beta, gamma] = numbers;
    if [a, b, c] == [1.0; 3] || [a, b, c].contains(&0.0) {
        return Ok(None);
    }
    Cell::from_lengths_and_angles([a, b, c], [alpha, beta, gamma])
        .map(Some)
        .map_err(|error| ParseError::at(line.number, "a cell", error.to_string()))
}
