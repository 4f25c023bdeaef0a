//! A table of a configuration, every entry of which is checked.

use serde_json::{Map, Value as Json};

use super::error::CheckpointError;

/// Maximum length of a value in an error, in characters.
const MAX_SHOWN: usize = 100;

/// A table and its path from the root of the configuration.
pub(super) struct Settings<'a> {
    path: String,
    table: &'a Map<String, Json>,
}

impl<'a> Settings<'a> {
    pub(super) fn new(
        path: impl Into<String>,
        value: &'a Json,
    ) -> Result<Settings<'a>, CheckpointError> {
        let path = path.into();
        match value {
            Json::Object(table) => Ok(Settings { path, table }),
            other => Err(CheckpointError::unsupported(path, shown(other), "a table")),
        }
    }

    /// The nested table of a key.
    pub(super) fn inner(&self, key: &str) -> Result<Settings<'a>, CheckpointError> {
        Settings::new(format!("{}.{key}", self.path), self.value(key))
    }

    /// The value of a key, or null.
    pub(super) fn value(&self, key: &str) -> &'a Json {
        const NONE: &Json = &Json::Null;
        self.table.get(key).unwrap_or(NONE)
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.table.keys().map(String::as_str)
    }

    /// Checks that each key is among the known ones.
    pub(super) fn expect_known(&self, known: &[&[&str]]) -> Result<(), CheckpointError> {
        let unknown = |key: &&str| !known.iter().any(|some| some.contains(key));
        match self.keys().find(unknown) {
            None => Ok(()),
            Some(key) => Err(self.unsupported(key, "no such setting")),
        }
    }

    /// Checks a setting with a single supported value; `absent` is its default.
    pub(super) fn expect(
        &self,
        key: &str,
        absent: &Json,
        supported: &Json,
    ) -> Result<(), CheckpointError> {
        let found = self.table.get(key).unwrap_or(absent);
        if found == supported {
            return Ok(());
        }
        let mut words = shown(found);
        if !self.table.contains_key(key) {
            words = format!("absent, which means {words}");
        }
        Err(CheckpointError::unsupported(
            self.path_of(key),
            words,
            shown(supported),
        ))
    }

    /// A whole number from 1, if present.
    pub(super) fn count(&self, key: &str) -> Result<Option<usize>, CheckpointError> {
        let count = self.value(key).as_u64();
        match count.and_then(|count| usize::try_from(count).ok()) {
            Some(count) if count > 0 => Ok(Some(count)),
            None if self.value(key).is_null() => Ok(None),
            _ => Err(self.unsupported(key, "a whole number from 1")),
        }
    }

    pub(super) fn number(&self, key: &str) -> Result<Option<f64>, CheckpointError> {
        match self.value(key) {
            Json::Null => Ok(None),
            value => match value.as_f64() {
                Some(number) => Ok(Some(number)),
                None => Err(self.unsupported(key, "a number")),
            },
        }
    }

    pub(super) fn flag(&self, key: &str) -> Result<Option<bool>, CheckpointError> {
        match self.value(key) {
            Json::Null => Ok(None),
            Json::Bool(flag) => Ok(Some(*flag)),
            _ => Err(self.unsupported(key, "true or false")),
        }
    }

    pub(super) fn text(&self, key: &str) -> Result<Option<&'a str>, CheckpointError> {
        match self.value(key) {
            Json::Null => Ok(None),
            Json::String(text) => Ok(Some(text)),
            _ => Err(self.unsupported(key, "a string")),
        }
    }

    /// The last part of a dotted path, such as a class name without its module.
    pub(super) fn class(&self, key: &str) -> Result<Option<&'a str>, CheckpointError> {
        let path = self.text(key)?;
        Ok(path.and_then(|path| path.rsplit('.').next()))
    }

    /// A list of strings, if present.
    pub(super) fn texts(&self, key: &str) -> Result<Option<Vec<String>>, CheckpointError> {
        let value = self.value(key);
        if value.is_null() {
            return Ok(None);
        }
        let texts = value.as_array().and_then(|items| {
            let texts = items.iter().map(|item| item.as_str().map(str::to_owned));
            texts.collect()
        });
        match texts {
            Some(texts) => Ok(Some(texts)),
            None => Err(self.unsupported(key, "a list of strings")),
        }
    }

    /// The error that the value of a key is not supported.
    pub(super) fn unsupported(&self, key: &str, supported: &str) -> CheckpointError {
        let found = self.table.get(key);
        let found = found.map_or_else(|| "absent".to_owned(), shown);
        CheckpointError::unsupported(self.path_of(key), found, supported)
    }

    fn path_of(&self, key: &str) -> String {
        format!("{}.{key}", self.path)
    }
}

/// A value as JSON, truncated.
fn shown(value: &Json) -> String {
    let text = value.to_string();
    match text.char_indices().nth(MAX_SHOWN) {
        None => text,
        Some((end, _)) => format!("{} …", &text[..end]),
    }
}
