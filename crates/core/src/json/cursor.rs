//! Cursor: a value of a JSON document and its path, for errors that name it.

use serde_json::Value;

use super::JsonError;

/// A value and its path.
#[derive(Clone, Debug)]
pub(crate) struct Cursor<'a> {
    value: &'a Value,
    path: String,
}

impl<'a> Cursor<'a> {
    /// The value at a path of a document.
    pub(crate) fn new(value: &'a Value, path: impl Into<String>) -> Cursor<'a> {
        Cursor {
            value,
            path: path.into(),
        }
    }

    /// The value.
    pub(crate) fn value(&self) -> &'a Value {
        self.value
    }

    /// The path.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// Path of a field.
    pub(crate) fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    /// The error that this value is not as expected.
    pub(crate) fn error(&self, expected: impl Into<String>) -> JsonError {
        let found = match self.value {
            Value::Array(items) => format!("an array of {} values", items.len()),
            Value::Object(_) => "an object".to_owned(),
            scalar => scalar.to_string(),
        };
        let path = if self.path.is_empty() {
            "top level"
        } else {
            &self.path
        };
        JsonError::value(path, found, expected)
    }

    /// A field; `None` if it is absent or null.
    pub(crate) fn get(&self, key: &str) -> Option<Cursor<'a>> {
        let value = self.value.get(key)?;
        (!value.is_null()).then(|| Cursor::new(value, self.path_of(key)))
    }

    /// A field that must be there.
    pub(crate) fn require(
        &self,
        key: &str,
        expected: &'static str,
    ) -> Result<Cursor<'a>, JsonError> {
        self.object()?;
        let absent = || JsonError::value(self.path_of(key), "nothing", expected);
        self.get(key).ok_or_else(absent)
    }

    /// The keys of an object.
    pub(crate) fn keys(&self) -> Result<impl Iterator<Item = &'a str> + use<'a>, JsonError> {
        self.object()?;
        let fields = self.value.as_object().into_iter().flatten();
        Ok(fields.map(|(key, _)| key.as_str()))
    }

    /// The same, if it is an object.
    pub(crate) fn object(&self) -> Result<&Self, JsonError> {
        if self.value.is_object() {
            return Ok(self);
        }
        Err(self.error("an object"))
    }

    /// The elements of an array of at most `max`.
    pub(crate) fn items(
        &self,
        max: usize,
    ) -> Result<impl ExactSizeIterator<Item = Cursor<'a>> + use<'a>, JsonError> {
        let Some(items) = self.value.as_array() else {
            return Err(self.error("an array"));
        };
        if items.len() > max {
            return Err(self.error(format!("at most {max} values")));
        }
        let path = self.path.clone();
        let item = move |(index, value): (usize, &'a Value)| {
            Cursor::new(value, format!("{path}[{index}]"))
        };
        Ok(items.iter().enumerate().map(item))
    }

    /// A finite number.
    pub(crate) fn number(&self) -> Result<f64, JsonError> {
        let number = self.value.as_f64().filter(|number| number.is_finite());
        number.ok_or_else(|| self.error("a finite number"))
    }

    /// A number from 0.
    pub(crate) fn not_negative(&self) -> Result<f64, JsonError> {
        let number = self.number()?;
        if number < 0.0 {
            return Err(self.error("zero or a positive number"));
        }
        Ok(number)
    }

    /// A number rounded down.
    pub(crate) fn floor(&self) -> Result<i64, JsonError> {
        // The cast saturates.
        Ok(self.number()?.floor() as i64)
    }

    /// The index of an atom.
    pub(crate) fn index(&self) -> Result<usize, JsonError> {
        let index = self.value.as_u64().and_then(|it| usize::try_from(it).ok());
        index.ok_or_else(|| self.error("the index of an atom: an integer from 0"))
    }

    /// `true` or `false`.
    pub(crate) fn flag(&self) -> Result<bool, JsonError> {
        self.value
            .as_bool()
            .ok_or_else(|| self.error("true or false"))
    }

    /// A string of at most `max` bytes.
    pub(crate) fn text(&self, max: usize) -> Result<&'a str, JsonError> {
        let text = self.value.as_str().ok_or_else(|| self.error("a string"))?;
        if text.len() > max {
            return Err(self.error(format!("a string of at most {max} bytes")));
        }
        Ok(text)
    }

    /// Three finite numbers.
    pub(crate) fn vector(&self) -> Result<[f64; 3], JsonError> {
        vector(self.value).ok_or_else(|| self.error("three finite numbers"))
    }

    /// Rows of three finite numbers, at most `max`.
    pub(crate) fn vectors(&self, max: usize) -> Result<Vec<[f64; 3]>, JsonError> {
        let Some(rows) = self.value.as_array().filter(|rows| rows.len() <= max) else {
            return Err(self.error(format!("an array of at most {max} rows of three numbers")));
        };
        let row = |(index, row): (usize, &'a Value)| {
            let at = || Cursor::new(row, format!("{}[{index}]", self.path));
            vector(row).ok_or_else(|| at().error("three finite numbers"))
        };
        rows.iter().enumerate().map(row).collect()
    }
}

fn vector(value: &Value) -> Option<[f64; 3]> {
    let row: &[Value; 3] = value.as_array()?.as_slice().try_into().ok()?;
    let [x, y, z] = row.each_ref().map(Value::as_f64);
    Some([x?, y?, z?]).filter(|row| row.iter().all(|it| it.is_finite()))
}
