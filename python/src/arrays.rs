//! Arrays of NumPy from vectors and matrices, and back.

use glam::{DMat3, DVec3};
use mlipview_core::chem::Cell;
use numpy::{PyArray1, PyArray2, PyArrayMethods, PyReadonlyArray2, PyUntypedArrayMethods};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// `[n, 3]` array of vectors.
pub(crate) fn from_vectors<'py>(
    py: Python<'py>,
    vectors: &[DVec3],
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    let flat: Vec<f64> = vectors.iter().flat_map(|it| it.to_array()).collect();
    PyArray1::from_vec(py, flat).reshape([vectors.len(), 3])
}

/// Vectors of an `[n, 3]` array in C order; `what` names it in errors.
pub(crate) fn to_vectors(what: &str, array: &PyReadonlyArray2<'_, f64>) -> PyResult<Vec<DVec3>> {
    let mut vectors = vec![DVec3::ZERO; array.shape()[0]];
    copy_vectors(what, array, &mut vectors)?;
    Ok(vectors)
}

/// Copies an `[n, 3]` array in C order to `n` vectors.
pub(crate) fn copy_vectors(
    what: &str,
    array: &PyReadonlyArray2<'_, f64>,
    vectors: &mut [DVec3],
) -> PyResult<()> {
    let shape = array.shape();
    if shape != [vectors.len(), 3] {
        return Err(PyValueError::new_err(format!(
            "{what} has the shape {shape:?}: expected [{}, 3]",
            vectors.len()
        )));
    }
    let rows = array.as_slice()?.chunks_exact(3);
    for (vector, row) in vectors.iter_mut().zip(rows) {
        *vector = DVec3::from_slice(row);
    }
    Ok(())
}

/// `[3, 3]` array of the vectors of a cell, Å, one per row.
pub(crate) fn from_cell<'py>(
    py: Python<'py>,
    cell: Option<&Cell>,
) -> PyResult<Bound<'py, PyArray2<f64>>> {
    from_vectors(py, &cell.map_or([DVec3::ZERO; 3], Cell::vectors))
}

/// Cell from the rows of a `[3, 3]` array, Å; `None` if nothing is periodic and the vectors span no volume.
pub(crate) fn to_cell(
    array: &PyReadonlyArray2<'_, f64>,
    periodic: [bool; 3],
) -> PyResult<Option<Cell>> {
    let mut vectors = [DVec3::ZERO; 3];
    copy_vectors("the cell", array, &mut vectors)?;
    match Cell::completed(vectors, periodic) {
        Ok(_) if vectors == [DVec3::ZERO; 3] => Ok(None),
        Ok(cell) => Ok(Some(cell)),
        Err(_) if periodic == [false; 3] => Ok(None),
        Err(error) => Err(PyValueError::new_err(format!(
            "the cell, periodic along {periodic:?}: {error}"
        ))),
    }
}

/// Components xx, yy, zz, yz, xz, xy of a symmetric matrix: the order of Voigt, as in ASE.
pub(crate) fn voigt(matrix: DMat3) -> [f64; 6] {
    let at = |row: usize, column: usize| 0.5 * (matrix.col(column)[row] + matrix.col(row)[column]);
    [at(0, 0), at(1, 1), at(2, 2), at(1, 2), at(0, 2), at(0, 1)]
}

/// Matrix of components in the order of Voigt.
pub(crate) fn from_voigt([xx, yy, zz, yz, xz, xy]: [f64; 6]) -> DMat3 {
    DMat3::from_cols_array(&[xx, xy, xz, xy, yy, yz, xz, yz, zz])
}
