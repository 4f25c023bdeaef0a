//! Free-form data that files attach to a structure or to its atoms.

/// Values of one kind, in a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// Logical values.
    Bools(Vec<bool>),
    /// Whole numbers.
    Integers(Vec<i64>),
    /// Real numbers, in the unit of the file they came from.
    Reals(Vec<f64>),
    /// Words.
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

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// How a [`Value`]'s data are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One value.
    Scalar,
    /// Several in a row.
    Vector,
    /// Rows of equal length, stored one after the other.
    Matrix {
        /// Values in a row.
        columns: usize,
    },
}

/// Something a file says of a whole structure.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    data: Data,
    shape: Shape,
}

impl Value {
    /// One whole number.
    pub fn integer(value: i64) -> Value {
        Value {
            data: Data::Integers(vec![value]),
            shape: Shape::Scalar,
        }
    }

    /// One real number.
    pub fn real(value: f64) -> Value {
        Value {
            data: Data::Reals(vec![value]),
            shape: Shape::Scalar,
        }
    }

    /// One logical value.
    pub fn bool(value: bool) -> Value {
        Value {
            data: Data::Bools(vec![value]),
            shape: Shape::Scalar,
        }
    }

    /// A text.
    pub fn text(value: impl Into<String>) -> Value {
        Value {
            data: Data::Texts(vec![value.into()]),
            shape: Shape::Scalar,
        }
    }

    /// Several values in a row.
    pub fn vector(data: Data) -> Value {
        Value {
            data,
            shape: Shape::Vector,
        }
    }

    /// Rows of `columns` values; `None` if the data do not fill whole rows.
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

    /// Their arrangement.
    pub fn shape(&self) -> Shape {
        self.shape
    }
}

/// Per-atom data: one row of `width` values for each atom.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    data: Data,
    width: usize,
}

impl Column {
    /// Rows of `width` values; `None` if the data do not fill whole rows.
    pub fn new(data: Data, width: usize) -> Option<Column> {
        (width > 0 && data.len().is_multiple_of(width)).then_some(Column { data, width })
    }

    /// The values, row after row.
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// Values per atom.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of rows: of atoms.
    pub fn rows(&self) -> usize {
        self.data.len() / self.width
    }
}

impl Column {
    /// The rows of these indices, in their order.
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

    /// Whether another column has the same kind and width, so that the two can be joined.
    pub(super) fn is_like(&self, other: &Column) -> bool {
        self.width == other.width
            && std::mem::discriminant(&self.data) == std::mem::discriminant(&other.data)
    }

    /// Rows of zero, false or empty, of this column's kind and width.
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

    /// Adds the rows of a column that [is like](Column::is_like) this one.
    pub(super) fn extend(&mut self, other: &Column) {
        match (&mut self.data, &other.data) {
            (Data::Bools(values), Data::Bools(more)) => values.extend_from_slice(more),
            (Data::Integers(values), Data::Integers(more)) => values.extend_from_slice(more),
            (Data::Reals(values), Data::Reals(more)) => values.extend_from_slice(more),
            (Data::Texts(values), Data::Texts(more)) => values.extend_from_slice(more),
            _ => debug_assert!(false, "columns of different kinds"),
        }
    }
}

/// The values at these indices, in their order.
pub(super) fn pick<T: Clone>(values: &[T], indices: &[usize]) -> Vec<T> {
    indices.iter().map(|&index| values[index].clone()).collect()
}
