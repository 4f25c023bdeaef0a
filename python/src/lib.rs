//! Extension module `mlipview._native`: the core of mlipview for Python.
//!
//! The package `mlipview` wraps these classes; programs import that.

mod arrays;
mod benchmark;
mod configuration;
mod engine;
mod files;
mod neighbors;
mod potential;
mod values;

use pyo3::prelude::*;

/// Core of mlipview: structures, potentials, dynamics and readers.
#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<configuration::Configuration>()?;
    module.add_class::<potential::Potential>()?;
    module.add_class::<engine::Engine>()?;
    module.add_class::<engine::Frame>()?;
    module.add_function(wrap_pyfunction!(files::read, module)?)?;
    module.add_function(wrap_pyfunction!(files::write, module)?)?;
    module.add_function(wrap_pyfunction!(files::library, module)?)?;
    module.add_function(wrap_pyfunction!(files::library_keys, module)?)?;
    module.add_function(wrap_pyfunction!(files::smiles, module)?)?;
    module.add_function(wrap_pyfunction!(neighbors::neighbor_list, module)?)?;
    module.add_function(wrap_pyfunction!(potential::potentials, module)?)?;
    module.add_function(wrap_pyfunction!(benchmark::benchmark, module)?)
}
