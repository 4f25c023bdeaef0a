//! Neighbor lists as arrays.

use mlipview_core::chem::neighbors::{Pair, pairs};
use numpy::{PyArray1, PyArray2, PyArrayMethods};
use pyo3::prelude::*;

use crate::arrays::from_vectors;
use crate::configuration::{Configuration, invalid};

/// Arrays i, j, d (Å), D (Å) and S of all directed pairs.
type PairArrays<'py> = (
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<i64>>,
    Bound<'py, PyArray1<f64>>,
    Bound<'py, PyArray2<f64>>,
    Bound<'py, PyArray2<i64>>,
);

/// All directed pairs within a cutoff (Å), sorted by i, j and S.
#[pyfunction]
pub(crate) fn neighbor_list<'py>(
    py: Python<'py>,
    configuration: &Configuration,
    cutoff: f64,
) -> PyResult<PairArrays<'py>> {
    if !(cutoff >= 0.0 && cutoff.is_finite()) {
        return Err(invalid(format!(
            "invalid cutoff {cutoff} Å: expected zero or a positive number"
        )));
    }
    let structure = configuration.structure();
    let pairs = py.detach(|| pairs(structure.positions(), structure.cell.as_ref(), cutoff));
    let pairs = pairs.map_err(invalid)?;
    let column = |get: fn(&Pair) -> u32| {
        PyArray1::from_iter(py, pairs.iter().map(|pair| i64::from(get(pair))))
    };
    let shifts = pairs
        .iter()
        .flat_map(|pair| pair.shift.to_array().map(i64::from));
    let vectors: Vec<_> = pairs.iter().map(|pair| pair.vector).collect();
    Ok((
        column(|pair| pair.i),
        column(|pair| pair.j),
        PyArray1::from_iter(py, vectors.iter().map(|vector| vector.length())),
        from_vectors(py, &vectors)?,
        PyArray1::from_iter(py, shifts).reshape([pairs.len(), 3])?,
    ))
}
