//! A structure with velocities and results, as files have it.

use glam::DVec3;
use mlipview_core::chem::format;
use mlipview_core::chem::{Element, Structure, structure::Label};
use numpy::{PyArray1, PyArray2, PyReadonlyArray1, PyReadonlyArray2};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::arrays::{
    copy_vectors, from_cell, from_vectors, from_voigt, to_cell, to_vectors, voigt,
};
use crate::values::{from_column, from_value, to_column, to_value};

/// Structure with velocities (Å/fs) and the results of a file. Lengths in Å, energies in eV.
#[pyclass(module = "mlipview._native")]
pub(crate) struct Configuration {
    pub(crate) inner: format::Configuration,
}

/// A `ValueError` with the text of an error.
pub(crate) fn invalid(error: impl ToString) -> PyErr {
    PyValueError::new_err(error.to_string())
}

impl Configuration {
    pub(crate) fn structure(&self) -> &Structure {
        &self.inner.structure
    }
}

#[pymethods]
impl Configuration {
    #[new]
    fn new(
        numbers: PyReadonlyArray1<'_, i64>,
        positions: PyReadonlyArray2<'_, f64>,
        cell: PyReadonlyArray2<'_, f64>,
        pbc: [bool; 3],
        charge: i32,
        multiplicity: u32,
    ) -> PyResult<Configuration> {
        let elements = elements(numbers.as_slice()?)?;
        let positions = to_vectors("positions", &positions)?;
        let structure = Structure::new(elements, positions).map_err(invalid)?;
        let mut structure = structure.with_cell(to_cell(&cell, pbc)?);
        structure.charge = charge;
        structure.set_multiplicity(multiplicity).map_err(invalid)?;
        Ok(Configuration {
            inner: structure.into(),
        })
    }

    /// Sets positions and cell, Å.
    #[pyo3(signature = (positions, cell=None))]
    fn set_geometry(
        &mut self,
        positions: PyReadonlyArray2<'_, f64>,
        cell: Option<PyReadonlyArray2<'_, f64>>,
    ) -> PyResult<()> {
        let structure = &mut self.inner.structure;
        copy_vectors("positions", &positions, structure.positions_mut())?;
        let mut rows = structure.positions().iter();
        if let Some(atom) = rows.position(|row| !row.is_finite()) {
            return Err(PyValueError::new_err(format!(
                "the position of atom {atom} (counted from 0) is not finite"
            )));
        }
        if let Some(cell) = cell {
            let periodic = structure
                .cell
                .as_ref()
                .map_or([false; 3], |it| it.periodic());
            structure.cell = to_cell(&cell, periodic)?;
        }
        Ok(())
    }

    #[getter]
    fn numbers<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<i64>> {
        let elements = self.structure().elements().iter();
        PyArray1::from_iter(py, elements.map(|element| i64::from(element.number())))
    }

    #[getter]
    fn positions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        from_vectors(py, self.structure().positions())
    }

    #[getter]
    fn cell<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyArray2<f64>>> {
        from_cell(py, self.structure().cell.as_ref())
    }

    #[getter]
    fn pbc(&self) -> [bool; 3] {
        let cell = self.structure().cell.as_ref();
        cell.map_or([false; 3], |cell| cell.periodic())
    }

    #[getter]
    fn charge(&self) -> i32 {
        self.structure().charge
    }

    #[getter]
    fn multiplicity(&self) -> u32 {
        self.structure().multiplicity()
    }

    #[getter]
    fn fixed(&self) -> Vec<bool> {
        self.structure().fixed().to_vec()
    }

    #[setter]
    fn set_fixed(&mut self, fixed: Vec<bool>) -> PyResult<()> {
        let marks = self.inner.structure.fixed_mut();
        if marks.len() != fixed.len() {
            let (found, atoms) = (fixed.len(), marks.len());
            return Err(invalid(format!(
                "fixed has {found} entries for {atoms} atoms"
            )));
        }
        marks.copy_from_slice(&fixed);
        Ok(())
    }

    #[getter]
    fn masses(&self) -> Option<Vec<f64>> {
        self.structure().stated_masses().map(<[f64]>::to_vec)
    }

    #[setter]
    fn set_masses(&mut self, masses: Option<Vec<f64>>) -> PyResult<()> {
        self.inner.structure.set_masses(masses).map_err(invalid)
    }

    #[getter]
    fn velocities<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyArray2<f64>>>> {
        optional_vectors(py, self.inner.velocities.as_deref())
    }

    #[setter]
    fn set_velocities(&mut self, velocities: PyReadonlyArray2<'_, f64>) -> PyResult<()> {
        let mut vectors = vec![DVec3::ZERO; self.structure().len()];
        copy_vectors("velocities", &velocities, &mut vectors)?;
        self.inner.velocities = Some(vectors);
        Ok(())
    }

    #[getter]
    fn energy(&self) -> Option<f64> {
        self.inner.energy
    }

    #[getter]
    fn forces<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyArray2<f64>>>> {
        optional_vectors(py, self.inner.forces.as_deref())
    }

    #[getter]
    fn stress(&self) -> Option<[f64; 6]> {
        self.inner.stress.map(voigt)
    }

    /// Sets energy, forces and stress (order of Voigt) as results to write.
    #[pyo3(signature = (energy, forces, stress))]
    fn set_results(
        &mut self,
        energy: Option<f64>,
        forces: Option<PyReadonlyArray2<'_, f64>>,
        stress: Option<[f64; 6]>,
    ) -> PyResult<()> {
        let forces = forces.map(|forces| to_vectors("forces", &forces));
        self.inner.forces = forces.transpose()?;
        self.inner.energy = energy;
        self.inner.stress = stress.map(from_voigt);
        Ok(())
    }

    /// Atom names, residue names, residue numbers and chains, if there are any.
    #[getter]
    #[allow(clippy::type_complexity, reason = "four columns, named by the caller")]
    fn labels(&self) -> Option<(Vec<String>, Vec<String>, Vec<i32>, Vec<String>)> {
        let labels = self.structure().labels()?;
        let column = |get: fn(&Label) -> String| labels.iter().map(get).collect();
        Some((
            column(|label| label.name.clone()),
            column(|label| label.residue.clone()),
            labels.iter().map(|label| label.residue_number).collect(),
            column(|label| label.chain.clone()),
        ))
    }

    fn set_labels(
        &mut self,
        names: Vec<String>,
        residues: Vec<String>,
        residue_numbers: Vec<i32>,
        chains: Vec<String>,
    ) -> PyResult<()> {
        let rows = names
            .into_iter()
            .zip(residues)
            .zip(residue_numbers)
            .zip(chains);
        let labels = rows.map(|(((name, residue), residue_number), chain)| Label {
            name,
            residue,
            residue_number,
            chain,
        });
        let labels = Some(labels.collect());
        self.inner.structure.set_labels(labels).map_err(invalid)
    }

    #[getter]
    fn info<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let info = PyDict::new(py);
        for (name, value) in &self.structure().info {
            info.set_item(name, from_value(py, value)?)?;
        }
        Ok(info)
    }

    /// Sets a property; returns whether files can hold it.
    #[pyo3(signature = (name, value, columns=None))]
    fn set_info(&mut self, name: &str, value: &Bound<'_, PyAny>, columns: Option<usize>) -> bool {
        let value = to_value(value, columns);
        let is_known = value.is_some();
        let info = &mut self.inner.structure.info;
        value.map(|value| info.insert(name.to_owned(), value));
        is_known
    }

    #[getter]
    fn arrays<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let arrays = PyDict::new(py);
        for (name, column) in self.structure().arrays() {
            arrays.set_item(name, from_column(py, column)?)?;
        }
        Ok(arrays)
    }

    /// Sets a per-atom property from a flat list `[atoms * width]`; returns whether files can hold it.
    fn set_array(
        &mut self,
        name: &str,
        values: &Bound<'_, PyList>,
        width: usize,
    ) -> PyResult<bool> {
        let Some(column) = to_column(values, width) else {
            return Ok(false);
        };
        let set = self.inner.structure.set_array(name, column);
        set.map_err(invalid).map(|()| true)
    }

    /// Notes of the reader.
    #[getter]
    fn notes(&self) -> Vec<String> {
        self.inner.notes.sentences().collect()
    }
}

fn optional_vectors<'py>(
    py: Python<'py>,
    vectors: Option<&[DVec3]>,
) -> PyResult<Option<Bound<'py, PyArray2<f64>>>> {
    vectors.map(|vectors| from_vectors(py, vectors)).transpose()
}

fn elements(numbers: &[i64]) -> PyResult<Vec<Element>> {
    let element = |(atom, &number): (usize, &i64)| {
        let known = u8::try_from(number).ok().and_then(Element::from_number);
        known.ok_or_else(|| {
            invalid(format!(
                "atom {atom} (counted from 0) has the atomic number {number}: expected 1 to {}",
                Element::COUNT
            ))
        })
    };
    numbers.iter().enumerate().map(element).collect()
}
