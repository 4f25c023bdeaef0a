//! Cells and stresses as nine numbers.

use glam::DMat3;

use super::generated as pb;
use crate::session::message::CellChange;
use crate::session::violation::Violation;
use mlipview_core::chem::Cell;

/// The cell of nine values, row by row. Nine zeros remove it, as clients without cells send them.
pub(super) fn read_cell(rows: &[f64], pbc: &[bool]) -> Result<CellChange, Violation> {
    let rows: [f64; 9] = rows
        .try_into()
        .map_err(|_| Violation::Cell(format!("expected 9 numbers, found {}", rows.len())))?;
    if rows == [0.0; 9] {
        return Ok(CellChange::Clear);
    }
    let periodic = match pbc {
        [] => [true; 3],
        &[a, b, c] => [a, b, c],
        _ => {
            let found = pbc.len();
            return Err(Violation::Cell(format!(
                "expected 3 values of pbc, found {found}"
            )));
        }
    };
    // The rows of the wire are the cell vectors, which are the columns of this matrix.
    let matrix = DMat3::from_cols_array(&rows);
    Cell::new([matrix.x_axis, matrix.y_axis, matrix.z_axis], periodic)
        .map_err(|error| Violation::Cell(error.to_string()))?;
    Ok(CellChange::Set(matrix, periodic))
}

/// The columns, which are the cell vectors; a stress is symmetric.
pub(super) fn write_matrix(matrix: &DMat3) -> pb::Mat3 {
    pb::Mat3 {
        m: matrix.to_cols_array().to_vec(),
    }
}

pub(super) fn write_cell(cell: &Cell) -> pb::Mat3 {
    write_matrix(&cell.matrix())
}

pub(super) fn write_pbc(cell: Option<&Cell>) -> Vec<bool> {
    cell.map(|cell| cell.periodic().to_vec())
        .unwrap_or_default()
}
