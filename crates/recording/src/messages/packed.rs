//! Packed numbers of a message: vectors as 32-bit floating-point numbers, matrices as 9 numbers.

use glam::{DMat3, DVec3};
use mlipview_core::chem::Cell;

use super::MessageError;

/// Size of a packed vector, bytes.
const VECTOR: usize = 3 * size_of::<f32>();

/// Vectors minus an origin, rounded to f32: `[vectors]`. Numbers beyond the range of f32 become its ends.
pub(super) fn pack(vectors: &[DVec3], origin: DVec3) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(VECTOR * vectors.len());
    for vector in vectors {
        for number in (*vector - origin).to_array() {
            let number = number.clamp(f64::from(f32::MIN), f64::from(f32::MAX)) as f32;
            bytes.extend_from_slice(&number.to_le_bytes());
        }
    }
    bytes
}

/// The inverse of [`pack`].
pub(super) fn unpack(
    what: &'static str,
    bytes: &[u8],
    origin: DVec3,
    count: usize,
) -> Result<Vec<DVec3>, MessageError> {
    let found = bytes.len() / size_of::<f32>();
    if bytes.len() != VECTOR * count {
        let expected = 3 * count;
        return Err(MessageError::Length {
            what,
            expected,
            found,
        });
    }
    let number = |bytes: &[u8]| {
        let mut word = [0; size_of::<f32>()];
        word.copy_from_slice(bytes);
        f64::from(f32::from_le_bytes(word))
    };
    let vector = |bytes: &[u8]| {
        let offset = DVec3::new(
            number(&bytes[0..4]),
            number(&bytes[4..8]),
            number(&bytes[8..12]),
        );
        origin + offset
    };
    let vectors: Vec<DVec3> = bytes.chunks_exact(VECTOR).map(vector).collect();
    if vectors.iter().all(|vector| vector.is_finite()) {
        Ok(vectors)
    } else {
        Err(MessageError::NotFinite(what))
    }
}

/// Three finite numbers.
pub(super) fn vector(what: &'static str, numbers: &[f64]) -> Result<DVec3, MessageError> {
    let array: [f64; 3] = numbers.try_into().map_err(|_| MessageError::Length {
        what,
        expected: 3,
        found: numbers.len(),
    })?;
    let vector = DVec3::from_array(array);
    let finite = vector.is_finite().then_some(vector);
    finite.ok_or(MessageError::NotFinite(what))
}

/// The rows of a matrix of 9 finite numbers; `None` without numbers.
pub(super) fn rows(
    what: &'static str,
    numbers: &[f64],
) -> Result<Option<[DVec3; 3]>, MessageError> {
    if numbers.is_empty() {
        return Ok(None);
    }
    if numbers.len() != 9 {
        return Err(MessageError::Length {
            what,
            expected: 9,
            found: numbers.len(),
        });
    }
    let row = |row: usize| vector(what, &numbers[3 * row..3 * row + 3]);
    Ok(Some([row(0)?, row(1)?, row(2)?]))
}

/// A matrix, row by row.
pub(super) fn numbers(matrix: DMat3) -> Vec<f64> {
    matrix.transpose().to_cols_array().to_vec()
}

/// The cell of a message; `None` without vectors.
pub(super) fn cell(vectors: &[f64], periodic: &[bool]) -> Result<Option<Cell>, MessageError> {
    let Some(vectors) = rows("cell", vectors)? else {
        return Ok(None);
    };
    let periodic = periodic.try_into().map_err(|_| MessageError::Length {
        what: "periodic",
        expected: 3,
        found: periodic.len(),
    })?;
    Ok(Some(Cell::new(vectors, periodic)?))
}
