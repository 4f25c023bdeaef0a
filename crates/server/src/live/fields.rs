//! Fields of JSON objects, with errors that name the place of a value.

use serde_json::{Map, Value};

use mlipview_core::chem::excerpt;

/// Largest absolute value of a number.
const MAX: f64 = 1e6;

/// A field that is missing or has a wrong value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: expected {expected}, got {got}")]
pub(super) struct FieldError {
    place: String,
    expected: &'static str,
    got: String,
}

/// The fields of an object.
#[derive(Clone, Debug)]
pub(super) struct Fields<'a> {
    /// Place of the object, as in `objects[2]`; empty for the message.
    place: String,
    values: &'a Map<String, Value>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(values: &'a Map<String, Value>) -> Fields<'a> {
        let place = String::new();
        Fields { place, values }
    }

    /// The fields of an element of an array.
    pub(super) fn element(
        name: &str,
        index: usize,
        value: &'a Value,
    ) -> Result<Fields<'a>, FieldError> {
        let place = format!("{name}[{index}]");
        match value {
            Value::Object(values) => Ok(Fields { place, values }),
            other => Err(FieldError {
                place,
                expected: "an object",
                got: text(other),
            }),
        }
    }

    /// The place of the object, as in `objects[2]`.
    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// A value; `None` if it is missing or null.
    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        self.values.get(name).filter(|value| !value.is_null())
    }

    /// An error about a field.
    pub(super) fn error(&self, name: &str, expected: &'static str) -> FieldError {
        let place = match self.place.is_empty() {
            true => format!("'{name}'"),
            false => format!("{}.{name}", self.place),
        };
        let got = self.values.get(name).map_or("nothing".to_owned(), text);
        FieldError {
            place,
            expected,
            got,
        }
    }

    /// A text; `None` if it is missing.
    pub(super) fn text(
        &self,
        name: &str,
        expected: &'static str,
    ) -> Result<Option<&'a str>, FieldError> {
        let value = self
            .get(name)
            .map(|value| value.as_str().ok_or_else(|| self.error(name, expected)));
        value.transpose()
    }

    /// A number; `None` if it is missing.
    pub(super) fn number(&self, name: &str) -> Result<Option<f64>, FieldError> {
        let number = self.get(name).map(|value| {
            let number = value.as_f64().filter(|number| number.is_finite());
            number.ok_or_else(|| self.error(name, "a finite number"))
        });
        number.transpose()
    }

    /// An integer from 0; `None` if it is missing.
    pub(super) fn integer(&self, name: &str) -> Result<Option<u64>, FieldError> {
        let integer = self.get(name).map(|value| {
            value
                .as_u64()
                .ok_or_else(|| self.error(name, "an integer from 0"))
        });
        integer.transpose()
    }

    /// Three numbers; `None` if they are missing.
    pub(super) fn vector(&self, name: &str) -> Result<Option<[f64; 3]>, FieldError> {
        let expected = "an array of 3 finite numbers from -1e6 to 1e6";
        let Some(value) = self.get(name) else {
            return Ok(None);
        };
        let numbers: Option<Vec<f64>> = value.as_array().and_then(|array| {
            let numbers = array
                .iter()
                .map(|number| number.as_f64().filter(|number| number.abs() <= MAX));
            numbers.collect()
        });
        let vector = numbers.and_then(|numbers| <[f64; 3]>::try_from(numbers).ok());
        vector.map(Some).ok_or_else(|| self.error(name, expected))
    }

    /// Three numbers that must be there.
    pub(super) fn required_vector(&self, name: &str) -> Result<[f64; 3], FieldError> {
        let vector = self.vector(name)?;
        vector.ok_or_else(|| self.error(name, "an array of 3 finite numbers from -1e6 to 1e6"))
    }
}

/// A value in a message, shortened.
fn text(value: &Value) -> String {
    let text = value.to_string();
    excerpt(&text).into_owned()
}
