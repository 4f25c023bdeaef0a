//! Named properties of structures and atoms in session files.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::chem::properties::{Column, Data, Shape, Value};

/// Property of a whole structure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PropertyRecord {
    /// Its shape.
    #[serde(default)]
    pub shape: PropertyShape,
    /// Its values.
    pub values: PropertyValues,
}

/// Shape of a property.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PropertyShape {
    /// One value.
    #[default]
    Scalar,
    /// One dimension.
    Vector,
    /// Two dimensions, row after row, with this number of columns.
    Matrix(usize),
}

/// Property of each atom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnRecord {
    /// Number of values per atom.
    pub width: usize,
    /// The values, atom after atom.
    pub values: PropertyValues,
}

/// Values of one type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PropertyValues {
    /// Booleans.
    Bools(Vec<bool>),
    /// Integers.
    Integers(Vec<i64>),
    /// Real numbers.
    Reals(Vec<Real>),
    /// Strings.
    Texts(Vec<String>),
}

/// A real number; those that JSON does not have are the strings "nan", "inf" and "-inf".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Real(pub f64);

impl From<&Data> for PropertyValues {
    fn from(data: &Data) -> PropertyValues {
        match data {
            Data::Bools(values) => PropertyValues::Bools(values.clone()),
            Data::Integers(values) => PropertyValues::Integers(values.clone()),
            Data::Reals(values) => {
                PropertyValues::Reals(values.iter().copied().map(Real).collect())
            }
            Data::Texts(values) => PropertyValues::Texts(values.clone()),
        }
    }
}

impl PropertyValues {
    fn data(&self) -> Data {
        match self {
            PropertyValues::Bools(values) => Data::Bools(values.clone()),
            PropertyValues::Integers(values) => Data::Integers(values.clone()),
            PropertyValues::Reals(values) => {
                Data::Reals(values.iter().map(|Real(value)| *value).collect())
            }
            PropertyValues::Texts(values) => Data::Texts(values.clone()),
        }
    }
}

impl From<&Value> for PropertyRecord {
    fn from(value: &Value) -> PropertyRecord {
        PropertyRecord {
            shape: match value.shape() {
                Shape::Scalar => PropertyShape::Scalar,
                Shape::Vector => PropertyShape::Vector,
                Shape::Matrix { columns } => PropertyShape::Matrix(columns),
            },
            values: value.data().into(),
        }
    }
}

impl PropertyRecord {
    /// The property; `None` if the values do not fill the shape.
    pub fn value(&self) -> Option<Value> {
        let data = self.values.data();
        match (self.shape, data) {
            (PropertyShape::Vector, data) => Some(Value::vector(data)),
            (PropertyShape::Matrix(columns), data) => Value::matrix(data, columns),
            (PropertyShape::Scalar, Data::Bools(it)) => one(&it).map(Value::bool),
            (PropertyShape::Scalar, Data::Integers(it)) => one(&it).map(Value::integer),
            (PropertyShape::Scalar, Data::Reals(it)) => one(&it).map(Value::real),
            (PropertyShape::Scalar, Data::Texts(it)) => one(&it).map(Value::text),
        }
    }
}

/// The only value.
fn one<T: Clone>(values: &[T]) -> Option<T> {
    match values {
        [value] => Some(value.clone()),
        _ => None,
    }
}

impl From<&Column> for ColumnRecord {
    fn from(column: &Column) -> ColumnRecord {
        ColumnRecord {
            width: column.width(),
            values: column.data().into(),
        }
    }
}

impl ColumnRecord {
    /// The column; `None` if the values do not fill whole rows.
    pub fn column(&self) -> Option<Column> {
        Column::new(self.values.data(), self.width)
    }
}

impl Serialize for Real {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            value if value.is_finite() => serializer.serialize_f64(value),
            value if value.is_nan() => serializer.serialize_str("nan"),
            value if value > 0.0 => serializer.serialize_str("inf"),
            _ => serializer.serialize_str("-inf"),
        }
    }
}

impl<'de> Deserialize<'de> for Real {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Real, D::Error> {
        deserializer.deserialize_any(RealVisitor)
    }
}

/// Reads a number or the name of one.
struct RealVisitor;

impl Visitor<'_> for RealVisitor {
    type Value = Real;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a number, \"nan\", \"inf\" or \"-inf\"")
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Real, E> {
        Ok(Real(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Real, E> {
        Ok(Real(value as f64))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Real, E> {
        Ok(Real(value as f64))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Real, E> {
        match value {
            "nan" => Ok(Real(f64::NAN)),
            "inf" => Ok(Real(f64::INFINITY)),
            "-inf" => Ok(Real(f64::NEG_INFINITY)),
            _ => Err(E::invalid_value(serde::de::Unexpected::Str(value), &self)),
        }
    }
}
