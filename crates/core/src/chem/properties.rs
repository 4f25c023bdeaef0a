//! Named properties of a structure or its atoms, as in extended XYZ files.

/// Array of values of one type.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// Booleans.
    Bools(Vec<bool>),
    /// Integers.
    Integers(Vec<i64>),
    /// Real numbers, in the unit of the file.
    Reals(Vec<f64>),
    /// Strings.
    Texts(Vec<String>),
}

impl Data {
    /// Number of values.
    pub fn len(&self) -> usize {
        match self {
            Data::Bools(values) => values.len(),
            Data::Integers(values) => values.len(),
            Data::Reals(values) => values.len(),
            Data::Texts(values) => values.len(),
        }
    }

    /// Whether the array is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Shape of a [`Value`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One value.
    Scalar,
    /// One dimension.
    Vector,
    /// Two dimensions, row-major.
    Matrix {
        /// Values per row.
        columns: usize,
    },
}

/// Property of a whole structure.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    data: Data,
    shape: Shape,
}

impl Value {
    /// A scalar integer.
    pub fn integer(value: i64) -> Value {
        Value {
            data: Data::Integers(vec![value]),
            shape: Shape::Scalar,
        }
    }

    /// A scalar real number.
    pub fn real(value: f64) -> Value {
        Value {
            data: Data::Reals(vec![value]),
            shape: Shape::Scalar,
        }
    }

    /// A scalar boolean.
    pub fn bool(value: bool) -> Value {
        Value {
            data: Data::Bools(vec![value]),
            shape: Shape::Scalar,
        }
    }

    /// A string.
    pub fn text(value: impl Into<String>) -> Value {
        Value {
            data: Data::Texts(vec![value.into()]),
            shape: Shape::Scalar,
        }
    }

    /// A vector.
    pub fn vector(data: Data) -> Value {
        Value {
            data,
            shape: Shape::Vector,
        }
    }

    /// A matrix `[rows, columns]`, row-major; `None` if the data do not fill whole rows.
    pub fn matrix(data: Data, columns: usize) -> Option<Value> {
        let whole = columns > 0 && data.len().is_multiple_of(columns);
        whole.then_some(Value {
            data,
            shape: Shape::Matrix { columns },
        })
    }

    /// The values.
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// Their shape.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The number, if it is a scalar number.
    pub fn as_real(&self) -> Option<f64> {
        match (&self.data, self.shape) {
            (Data::Reals(values), Shape::Scalar) => values.first().copied(),
            (Data::Integers(values), Shape::Scalar) => values.first().map(|value| *value as f64),
            _ => None,
        }
    }

    /// The text, if it is a string.
    pub fn as_text(&self) -> Option<&str> {
        match (&self.data, self.shape) {
            (Data::Texts(values), Shape::Scalar) => values.first().map(String::as_str),
            _ => None,
        }
    }
}

/// Per-atom property `[atoms, width]`.
///
/// ```
/// use mlipview_core::chem::properties::{Column, Data};
///
/// let dipoles = Column::new(Data::Reals(vec![0.0; 6]), 3).unwrap();
/// assert_eq!(dipoles.rows(), 2);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    data: Data,
    width: usize,
}

impl Column {
    /// A column `[rows, width]`, row-major; `None` if the data do not fill whole rows.
    pub fn new(data: Data, width: usize) -> Option<Column> {
        (width > 0 && data.len().is_multiple_of(width)).then_some(Column { data, width })
    }

    /// The values, row-major.
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// Values per atom.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of rows, one per atom.
    pub fn rows(&self) -> usize {
        self.data.len() / self.width
    }
}

impl Column {
    /// The rows at these indices, in their order.
    pub(super) fn select(&self, rows: &[usize]) -> Column {
        let width = self.width();
        let cells: Vec<usize> = rows
            .iter()
            .flat_map(|row| row * width..(row + 1) * width)
            .collect();
        let data = match self.data() {
            Data::Bools(values) => Data::Bools(pick(values, &cells)),
            Data::Integers(values) => Data::Integers(pick(values, &cells)),
            Data::Reals(values) => Data::Reals(pick(values, &cells)),
            Data::Texts(values) => Data::Texts(pick(values, &cells)),
        };
        Column { data, width }
    }

    /// Whether another column has the same type and width, so that the two can be concatenated.
    pub(super) fn is_like(&self, other: &Column) -> bool {
        self.width == other.width
            && std::mem::discriminant(&self.data) == std::mem::discriminant(&other.data)
    }

    /// Rows of zeros, false or empty strings, of this column's type and width.
    pub(super) fn neutral(&self, rows: usize) -> Column {
        let count = rows * self.width;
        let data = match &self.data {
            Data::Bools(_) => Data::Bools(vec![false; count]),
            Data::Integers(_) => Data::Integers(vec![0; count]),
            Data::Reals(_) => Data::Reals(vec![0.0; count]),
            Data::Texts(_) => Data::Texts(vec![String::new(); count]),
        };
        Column {
            data,
            width: self.width,
        }
    }

    /// Appends the rows of a column of the [same type and width](Column::is_like).
    pub(super) fn extend(&mut self, other: &Column) {
        match (&mut self.data, &other.data) {
            (Data::Bools(values), Data::Bools(more)) => values.extend_from_slice(more),
            (Data::Integers(values), Data::Integers(more)) => values.extend_from_slice(more),
            (Data::Reals(values), Data::Reals(more)) => values.extend_from_slice(more),
            (Data::Texts(values), Data::Texts(more)) => values.extend_from_slice(more),
            _ => debug_assert!(false, "columns of different types"),
        }
    }
}

/// The values at these indices, in their order.
pub(super) fn pick<T: Clone>(values: &[T], indices: &[usize]) -> Vec<T> {
    indices.iter().map(|&index| values[index].clone()).collect()
}
