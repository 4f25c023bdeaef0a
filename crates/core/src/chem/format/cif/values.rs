//! Values of a row of an atom table.

use super::super::ParseError;
use super::syntax::Value;

/// The coordinates of a row, Å; `None` if one of them is not known.
pub(super) fn position(
    coordinates: &[Vec<Value<'_>>; 3],
    row: usize,
    x: Value<'_>,
) -> Result<Option<[f64; 3]>, ParseError> {
    let mut position = [0.0; 3];
    for (coordinate, values) in position.iter_mut().zip(coordinates) {
        let value = values
            .get(row)
            .ok_or_else(|| x.error("three coordinates for each atom"))?;
        if value.is_missing() {
            return Ok(None);
        }
        *coordinate = value.real("a coordinate")?;
    }
    Ok(Some(position))
}

/// The value of a row, unless it is missing.
pub(super) fn stated<'a>(values: &[Value<'a>], row: usize) -> Option<Value<'a>> {
    values.get(row).copied().filter(|value| !value.is_missing())
}

/// The text of a row, empty if it is missing.
pub(super) fn text<'a>(values: &[Value<'a>], row: usize) -> &'a str {
    stated(values, row).map_or("", |value| value.text)
}

/// A charge, e: `1`, `+1`, `-2`, or as PDB files have it, `2-`.
pub(super) fn formal_charge(text: &str) -> Option<i32> {
    let behind = text.strip_suffix('+').or(text.strip_suffix('-'));
    match behind.map(str::parse::<u8>) {
        Some(Ok(number)) if text.ends_with('-') => Some(-i32::from(number)),
        Some(Ok(number)) => Some(number.into()),
        _ => text.parse().ok(),
    }
}
