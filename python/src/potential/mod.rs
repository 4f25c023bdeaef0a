//! Potentials of the catalog, shared between Python and engines.

mod catalog;
mod python_potential;
mod shared;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mlipview_core::potential::{self as core, Evaluation, PotentialError};
use numpy::PyArray1;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arrays::{from_vectors, voigt};
use crate::configuration::{Configuration, invalid};
pub(crate) use catalog::potentials;
use catalog::{Preferences, catalog};
pub(crate) use python_potential::{PythonPotential, RaisedError};
pub(crate) use shared::SharedPotential;

/// A potential of the catalog, built for a structure.
#[pyclass(frozen, module = "mlipview._native")]
pub(crate) struct Potential {
    inner: Arc<Mutex<Box<dyn core::Potential>>>,
    /// Name, as in "EMT".
    #[pyo3(get)]
    name: String,
    /// One sentence: what it is good for and what it is not.
    #[pyo3(get)]
    description: String,
    /// Why it was chosen.
    #[pyo3(get)]
    reason: String,
    /// Limits of its results.
    #[pyo3(get)]
    caution: Option<String>,
    /// The compute device.
    #[pyo3(get)]
    device: String,
}

impl Potential {
    /// The potential, for one user at a time.
    pub(crate) fn lock(&self) -> MutexGuard<'_, Box<dyn core::Potential>> {
        // A panic leaves no state that later results depend on.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same potential for an engine.
    pub(crate) fn share(&self) -> Box<dyn core::Potential> {
        Box::new(SharedPotential::new(Arc::clone(&self.inner)))
    }
}

#[pymethods]
impl Potential {
    #[new]
    #[pyo3(signature = (request, configuration, model=None, task=None, device=None))]
    fn new(
        py: Python<'_>,
        request: &str,
        configuration: &Configuration,
        model: Option<String>,
        task: Option<String>,
        device: Option<&str>,
    ) -> PyResult<Potential> {
        let request = request.parse().map_err(invalid)?;
        let catalog = catalog(Preferences::new(model, task, device)?);
        let structure = configuration.structure();
        let chosen = py.detach(|| catalog.provide(&request, structure));
        let chosen = chosen.map_err(invalid)?;
        Ok(Potential {
            name: chosen.potential.name().to_owned(),
            description: chosen.potential.description().to_owned(),
            reason: chosen.reason,
            caution: chosen.caution,
            device: chosen.potential.device(),
            inner: Arc::new(Mutex::new(chosen.potential)),
        })
    }

    /// Energy (eV), forces (eV/Å), stress (eV/Å³, order of Voigt), and what else the potential has.
    fn evaluate<'py>(
        &self,
        py: Python<'py>,
        configuration: &Configuration,
    ) -> PyResult<Bound<'py, PyDict>> {
        let structure = configuration.structure();
        let evaluation = py.detach(|| self.lock().evaluate(structure));
        results(py, &evaluation.map_err(failed)?)
    }
}

/// The results under their names in ASE; absent ones are left out.
pub(crate) fn results<'py>(
    py: Python<'py>,
    evaluation: &Evaluation,
) -> PyResult<Bound<'py, PyDict>> {
    let results = PyDict::new(py);
    results.set_item("energy", evaluation.energy)?;
    results.set_item("forces", from_vectors(py, &evaluation.forces)?)?;
    if let Some(stress) = evaluation.stress {
        results.set_item("stress", PyArray1::from_slice(py, &voigt(stress)))?;
    }
    let columns = [
        ("energies", &evaluation.atom_energies),
        ("charges", &evaluation.charges),
        ("force_errors", &evaluation.force_errors),
    ];
    for (name, column) in columns {
        if let Some(values) = column {
            results.set_item(name, PyArray1::from_slice(py, values))?;
        }
    }
    Ok(results)
}

/// The exception of a failed evaluation: `ValueError` for a structure that the potential cannot treat.
pub(crate) fn failed(error: PotentialError) -> PyErr {
    let text = error.to_string();
    match error {
        PotentialError::Element { .. } | PotentialError::Unsupported { .. } => {
            PyValueError::new_err(text)
        }
        PotentialError::Failed { .. } => PyRuntimeError::new_err(text),
    }
}
