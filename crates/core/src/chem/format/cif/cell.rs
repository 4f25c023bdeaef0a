//! Cell of a data block.

use super::super::ParseError;
use super::syntax::Block;
use crate::chem::Cell;

/// The cell of lengths and angles, if the block gives them.
pub(super) fn cell(block: &Block<'_>) -> Result<Option<Cell>, ParseError> {
    const NAMES: [&str; 6] = [
        "_cell_length_a",
        "_cell_length_b",
        "_cell_length_c",
        "_cell_angle_alpha",
        "_cell_angle_beta",
        "_cell_angle_gamma",
    ];
    let Some(first) = block.value(NAMES[0]) else {
        return Ok(None);
    };
    let mut numbers = [0.0; 6];
    for (number, name) in numbers.iter_mut().zip(NAMES) {
        *number = match block.value(name) {
            Some(value) => value.real("a cell length or angle")?,
            // Default of the dictionary.
            None if name.starts_with("_cell_angle") => 90.0,
            None => {
                return Err(ParseError::at(
                    block.line,
                    name,
                    "no such item in the block",
                ));
            }
        };
    }
    let [a, b, c, alpha, beta, gamma] = numbers;
    Cell::from_lengths_and_angles([a, b, c], [alpha, beta, gamma])
        .map(Some)
        .map_err(|error| ParseError::at(first.line, "a cell", error.to_string()))
}
