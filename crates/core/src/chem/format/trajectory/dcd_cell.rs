//! Cell of a DCD frame: six numbers that are lengths and angles, lengths and cosines, or a matrix.

use glam::DVec3;

use super::super::ParseError;
use super::frame::cell_of;
use crate::chem::Cell;

/// First CHARMM version that writes the symmetric matrix of cell vectors; older files, and programs that
/// write version 24 (NAMD, VMD, LAMMPS, OpenMM), have lengths and angles.
const FIRST_WITH_MATRIX: i32 = 25;

/// Plausible range of cell angles, degrees.
const USUAL_ANGLES: std::ops::RangeInclusive<f64> = 30.0..=150.0;

/// The cell of the six numbers in the order of the file; `None` if all lengths are zero.
///
/// The numbers are a, γ, b, β, α, c with angles in degrees or as cosines, or the lower triangle xx,
/// yx, yy, zx, zy, zz of the matrix whose rows are the cell vectors. The version determines which, unless
/// the numbers contradict it.
pub(super) fn cell(
    numbers: [f64; 6],
    version: i32,
    frame: usize,
) -> Result<Option<Cell>, ParseError> {
    let [a, gamma, b, beta, alpha, c] = numbers;
    let angles = [alpha, beta, gamma];
    if [a, b, c] == [0.0; 3] {
        return Ok(None);
    }
    let are_cosines = angles.iter().all(|angle| angle.abs() <= 1.0);
    let are_usual = angles.iter().all(|angle| USUAL_ANGLES.contains(angle));
    let are_angles = if version < FIRST_WITH_MATRIX {
        are_cosines || are_usual
    } else {
        angles == [90.0; 3]
    };
    if !are_angles && is_positive_definite(numbers) {
        let [xx, yx, yy, zx, zy, zz] = numbers;
        let vectors = [
            DVec3::new(xx, yx, zx),
            DVec3::new(yx, yy, zy),
            DVec3::new(zx, zy, zz),
        ];
        return cell_of(vectors, frame);
    }
    let degrees = if are_cosines {
        angles.map(|cosine| 90.0 - cosine.asin().to_degrees())
    } else {
        angles
    };
    // Axes of length zero are not periodic.
    let periodic = [a, b, c].map(|length| length != 0.0);
    let lengths = [a, b, c].map(|length| if length == 0.0 { 1.0 } else { length });
    let cell = Cell::from_lengths_and_angles(lengths, degrees);
    cell.map(|cell| Some(cell.with_periodic(periodic)))
        .map_err(|error| ParseError::whole(format!("a cell in frame {frame}"), error.to_string()))
}

/// Whether the symmetric matrix of this lower triangle is positive definite, by its leading minors.
fn is_positive_definite([xx, yx, yy, zx, zy, zz]: [f64; 6]) -> bool {
    let plane = xx * yy - yx * yx;
    let volume = xx * (yy * zz - zy * zy) - yx * (yx * zz - zy * zx) + zx * (yx * zy - yy * zx);
    xx > 0.0 && plane > 0.0 && volume > 0.0
}
