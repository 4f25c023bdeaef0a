//! Frame of a simulation, for callbacks.

use std::sync::Arc;

use mlipview_core::sim::Frame as CoreFrame;
use numpy::PyArray2;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arrays::{from_cell, from_vectors};
use crate::potential::results;

/// State of a simulation after a step.
#[pyclass(frozen, module = "mlipview._native")]
pub(crate) struct Frame {
    inner: Arc<CoreFrame>,
}

impl From<Arc<CoreFrame>> for Frame {
    fn from(inner: Arc<CoreFrame>) -> Frame {
        Frame { inner }
    }
}

#[pymethods]
impl Frame {
    /// Number of steps.
    #[getter]
    fn step(&self) -> u64 {
        self.inner.step
    }

    /// Simulated time, fs.
    #[getter]
    fn time(&self) -> f64 {
        self.inner.time
    }

    /// Potential energy, eV.
    #[getter]
    fn energy(&self) -> Option<f64> {
        self.inner.evaluation.as_ref().map(|it| it.energy)
    }

    /// Kinetic energy, eV.
    #[getter]
    fn kinetic_energy(&self) -> f64 {
        self.inner.kinetic_energy
    }

    /// Temperature, K.
    #[getter]
    fn temperature(&self) -> f64 {
        self.inner.temperature
    }

    /// Energy that thermostats and barostats have added, eV.
    #[getter]
    fn energy_received(&self) -> f64 {
        self.inner.energy_received
    }

    /// The largest force on a free atom, eV/Å.
    #[getter]
    fn max_force(&self) -> Option<f64> {
        self.inner.max_force()
    }

    /// Positions, Å.
    #[getter]
    fn positions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        from_vectors(py, &self.inner.positions)
    }

    /// Velocities, Å/fs.
    #[getter]
    fn velocities<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        from_vectors(py, &self.inner.velocities)
    }

    /// Cell vectors, Å, one per row; zeros without a cell.
    #[getter]
    fn cell<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        from_cell(py, self.inner.cell.as_ref())
    }

    /// Results of the potential under their names in ASE.
    #[getter]
    fn results<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        match &self.inner.evaluation {
            Some(evaluation) => results(py, evaluation),
            None => Ok(PyDict::new(py)),
        }
    }

    fn __repr__(&self) -> String {
        let energy = self
            .energy()
            .map_or("none".to_owned(), |it| format!("{it:.6} eV"));
        format!("<Frame: step {}, energy {energy}>", self.inner.step)
    }
}
