//! Potential computed by a Python function, such as a calculator of ASE.

use std::sync::{Arc, Mutex, PoisonError};

use glam::DVec3;
use mlipview_core::chem::Structure;
use mlipview_core::potential::{Capabilities, Evaluation, Potential, PotentialError};
use numpy::PyReadonlyArray2;
use pyo3::prelude::*;

use crate::arrays::{copy_vectors, from_cell, from_vectors, from_voigt};

/// The exception of a Python function that a run has ended by.
pub(crate) type RaisedError = Arc<Mutex<Option<PyErr>>>;

/// A function `(positions, cell) -> (energy, forces, stress or None)`, in Å, eV, eV/Å and eV/Å³.
pub(crate) struct PythonPotential {
    function: Py<PyAny>,
    name: String,
    capabilities: Capabilities,
    raised: RaisedError,
}

impl PythonPotential {
    /// A potential of this name; `raised` receives the exceptions of the function.
    pub(crate) fn new(function: Py<PyAny>, name: String, raised: RaisedError) -> PythonPotential {
        PythonPotential {
            function,
            name,
            capabilities: Capabilities {
                elements: None,
                charges: i32::MIN..=i32::MAX,
                spins: true,
                periodic: true,
                reactive: true,
            },
            raised,
        }
    }

    fn call(&self, py: Python<'_>, structure: &Structure) -> PyResult<Evaluation> {
        let positions = from_vectors(py, structure.positions())?;
        let cell = from_cell(py, structure.cell.as_ref())?;
        let answer = self.function.call1(py, (positions, cell))?;
        let (energy, forces, stress): (f64, PyReadonlyArray2<'_, f64>, Option<[f64; 6]>) =
            answer.extract(py)?;
        let mut vectors = vec![DVec3::ZERO; structure.len()];
        copy_vectors("forces", &forces, &mut vectors)?;
        Ok(Evaluation {
            energy,
            forces: vectors,
            stress: stress.map(from_voigt),
            ..Evaluation::default()
        })
    }
}

impl Potential for PythonPotential {
    fn name(&self) -> &str {
        &self.name
    }

    fn description(&self) -> &str {
        "Computed by a Python function."
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn evaluate(&mut self, structure: &Structure) -> Result<Evaluation, PotentialError> {
        Python::attach(|py| {
            self.call(py, structure).map_err(|error| {
                let reason = error.to_string();
                let mut raised = self.raised.lock().unwrap_or_else(PoisonError::into_inner);
                *raised = Some(error);
                PotentialError::Failed {
                    potential: self.name.clone(),
                    reason,
                }
            })
        })
    }
}
