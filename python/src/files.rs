//! Structures from files, the library and SMILES strings.

use mlipview_core::chem::format::FrameSelection;
use mlipview_core::chem::library as built_in;
use mlipview_core::files::{self, FileError};
use pyo3::exceptions::{PyKeyError, PyOSError, PyValueError};
use pyo3::prelude::*;

use crate::configuration::Configuration;

fn failed(error: FileError) -> PyErr {
    match &error {
        FileError::Read { reason, .. } | FileError::Write { reason, .. } => {
            // With its number, Python picks the class, as in FileNotFoundError.
            match reason.raw_os_error() {
                Some(number) => PyOSError::new_err((number, error.to_string())),
                None => PyOSError::new_err(error.to_string()),
            }
        }
        FileError::Parse(_) | FileError::Format(_) => PyValueError::new_err(error.to_string()),
    }
}

/// Reads the frames of a file that a selection as of ASE names; the topology has the atoms of a trajectory
/// without elements.
#[pyfunction]
#[pyo3(signature = (path, selection, topology=None))]
pub(crate) fn read(
    py: Python<'_>,
    path: &str,
    selection: &str,
    topology: Option<&Configuration>,
) -> PyResult<Vec<Configuration>> {
    let Some(selection) = FrameSelection::parse(selection) else {
        return Err(PyValueError::new_err(format!(
            "invalid index {selection:?}: expected a number or a slice, as in -1 or \":\""
        )));
    };
    let topology = topology.map(Configuration::structure);
    let frames = py.detach(|| match topology {
        Some(topology) => files::trajectory(path, topology, selection),
        None => files::frames(path, selection)?.map(|it| Ok(it?)).collect(),
    });
    let frames: Vec<_> = frames.map_err(failed)?;
    Ok(frames
        .into_iter()
        .map(|inner| Configuration { inner })
        .collect())
}

/// Writes a file in the format of its extension.
#[pyfunction]
pub(crate) fn write(path: &str, images: Vec<PyRef<'_, Configuration>>) -> PyResult<()> {
    let configurations: Vec<_> = images.iter().map(|image| image.inner.clone()).collect();
    files::write(path, &configurations).map_err(failed)
}

/// A built-in structure by its key.
#[pyfunction]
pub(crate) fn library(key: &str) -> PyResult<Configuration> {
    let entry = built_in::find(key).ok_or_else(|| {
        PyKeyError::new_err(format!(
            "no built-in structure {key:?}; mlipview.library() lists the keys"
        ))
    })?;
    let structure = entry
        .structure()
        .map_err(|it| PyValueError::new_err(it.to_string()))?;
    Ok(Configuration {
        inner: structure.into(),
    })
}

/// The keys of all built-in structures.
#[pyfunction]
pub(crate) fn library_keys() -> Vec<String> {
    built_in::entries()
        .iter()
        .map(|entry| entry.key.clone())
        .collect()
}

/// A structure from a SMILES string.
#[cfg(feature = "smiles")]
#[pyfunction]
pub(crate) fn smiles(py: Python<'_>, text: &str, seed: u64) -> PyResult<Configuration> {
    let structure = py.detach(|| mlipview_core::chem::smiles::structure(text, seed));
    let structure = structure.map_err(|error| PyValueError::new_err(error.to_string()))?;
    Ok(Configuration {
        inner: structure.into(),
    })
}

/// Refuses: this build has no SMILES.
#[cfg(not(feature = "smiles"))]
#[pyfunction]
pub(crate) fn smiles(_text: &str, _seed: u64) -> PyResult<Configuration> {
    Err(pyo3::exceptions::PyNotImplementedError::new_err(
        "this build has no SMILES: build it with its default features",
    ))
}
