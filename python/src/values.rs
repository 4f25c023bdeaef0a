//! Named properties as Python objects, and back.

use mlipview_core::chem::properties::{Column, Data, Shape, Value};
use numpy::{PyArray1, PyArrayMethods};
use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyList, PyString};

/// A number, a string, or an array.
pub(crate) fn from_value(py: Python<'_>, value: &Value) -> PyResult<Py<PyAny>> {
    match (value.shape(), value.data()) {
        (Shape::Scalar, Data::Bools(values)) => first(py, values),
        (Shape::Scalar, Data::Integers(values)) => first(py, values),
        (Shape::Scalar, Data::Reals(values)) => first(py, values),
        (Shape::Scalar, Data::Texts(values)) => first(py, values),
        (Shape::Vector, data) => array(py, data, None),
        (Shape::Matrix { columns }, data) => array(py, data, Some(columns)),
    }
}

/// Array `[atoms]` or `[atoms, width]`.
pub(crate) fn from_column(py: Python<'_>, column: &Column) -> PyResult<Py<PyAny>> {
    array(py, column.data(), Some(column.width()).filter(|it| *it > 1))
}

/// Value of a Python scalar, or of a list of scalars with the columns of a matrix; `None` for other objects.
pub(crate) fn to_value(object: &Bound<'_, PyAny>, columns: Option<usize>) -> Option<Value> {
    if let Ok(list) = object.cast::<PyList>() {
        let data = to_data(list)?;
        return match columns {
            None => Some(Value::vector(data)),
            Some(columns) => Value::matrix(data, columns),
        };
    }
    // A boolean is an integer in Python.
    if object.is_instance_of::<PyBool>() {
        object.extract().ok().map(Value::bool)
    } else if object.is_instance_of::<PyInt>() {
        object.extract().ok().map(Value::integer)
    } else if object.is_instance_of::<PyFloat>() {
        object.extract().ok().map(Value::real)
    } else if object.is_instance_of::<PyString>() {
        object.extract::<String>().ok().map(Value::text)
    } else {
        None
    }
}

/// Column of a flat list `[atoms * width]`; `None` for other objects.
pub(crate) fn to_column(list: &Bound<'_, PyList>, width: usize) -> Option<Column> {
    Column::new(to_data(list)?, width)
}

fn to_data(list: &Bound<'_, PyList>) -> Option<Data> {
    let is = |check: fn(&Bound<'_, PyAny>) -> bool| list.iter().all(|item| check(&item));
    if is(|item| item.is_instance_of::<PyBool>()) {
        list.extract().ok().map(Data::Bools)
    } else if is(|item| item.is_instance_of::<PyInt>()) {
        list.extract().ok().map(Data::Integers)
    } else if is(|item| item.is_instance_of::<PyString>()) {
        list.extract().ok().map(Data::Texts)
    } else {
        list.extract().ok().map(Data::Reals)
    }
}

fn first<'py, T: Clone + IntoPyObject<'py>>(py: Python<'py>, values: &[T]) -> PyResult<Py<PyAny>> {
    values.first().cloned().into_py_any(py)
}

/// Array of data, with a number of columns or flat.
fn array(py: Python<'_>, data: &Data, columns: Option<usize>) -> PyResult<Py<PyAny>> {
    match data {
        Data::Bools(values) => shaped(PyArray1::from_slice(py, values), columns),
        Data::Integers(values) => shaped(PyArray1::from_slice(py, values), columns),
        Data::Reals(values) => shaped(PyArray1::from_slice(py, values), columns),
        Data::Texts(values) => {
            let rows = values.chunks(columns.unwrap_or(1)).map(<[String]>::to_vec);
            match columns {
                Some(_) => rows.collect::<Vec<_>>().into_py_any(py),
                None => values.clone().into_py_any(py),
            }
        }
    }
}

fn shaped<T: numpy::Element>(
    flat: Bound<'_, PyArray1<T>>,
    columns: Option<usize>,
) -> PyResult<Py<PyAny>> {
    match columns {
        None => Ok(flat.into_any().unbind()),
        Some(columns) => {
            let rows = flat.len()? / columns;
            Ok(flat.reshape([rows, columns])?.into_any().unbind())
        }
    }
}
