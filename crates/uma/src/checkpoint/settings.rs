//! A table of a configuration, of which every entry must be understood.

use serde_json::{Map, Value as Plain};

use super::error::CheckpointError;

/// Characters of a value that are shown in an error.
const SHOWN: usize = 100;

/// A table by its path from the root.
pub(super) struct Settings<'a> {
    path: String,
    table: &'a Map<String, Plain>,
}

impl<'a> Settings<'a> {
    pub(super) fn new(
        path: impl Into<String>,
        value: &'a Plain,
    ) -> Result<Settings<'a>, CheckpointError> {
        let path = path.into();
        match value {
            Plain::Object(table) => Ok(Settings { path, table }),
            other => Err(CheckpointError::unsupported(path, shown(other), "a table")),
        }
    }

    /// A table within it.
    pub(super) fn inner(&self, key: &str) -> Result<Settings<'a>, CheckpointError> {
        Settings::new(format!("{}.{key}", self.path), self.value(key))
    }

    /// The value of a key; null where there is none.
    pub(super) fn value(&self, key: &str) -> &'a Plain {
        const NONE: &Plain = &Plain::Null;
        self.table.get(key).unwrap_or(NONE)
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.table.keys().map(String::as_str)
    }

    /// That each key is among those that are understood.
    pub(super) fn expect_known(&self, known: &[&[&str]]) -> Result<(), CheckpointError> {
        let unknown = |key: &&str| !known.iter().any(|some| some.contains(key));
        match self.keys().find(unknown) {
            None => Ok(()),
            Some(key) => Err(self.refuse(key, "no such setting")),
        }
    }

    /// A setting of which a single value is implemented, and the value that its absence means.
    pub(super) fn expect(
        &self,
        key: &str,
        absent: &Plain,
        supported: &Plain,
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

    /// A count that is at least 1, if it is given.
    pub(super) fn count(&self, key: &str) -> Result<Option<usize>, CheckpointError> {
        let count = self.value(key).as_u64();
        match count.and_then(|count| usize::try_from(count).ok()) {
            Some(count) if count > 0 => Ok(Some(count)),
            None if self.value(key).is_null() => Ok(None),
            _ => Err(self.refuse(key, "a whole number from 1")),
        }
    }

    pub(super) fn number(&self, key: &str) -> Result<Option<f64>, CheckpointError> {
        match self.value(key) {
            Plain::Null => Ok(None),
            value => match value.as_f64() {
                Some(number) => Ok(Some(number)),
                None => Err(self.refuse(key, "a number")),
            },
        }
    }

    pub(super) fn flag(&self, key: &str) -> Result<Option<bool>, CheckpointError> {
        match self.value(key) {
            Plain::Null => Ok(None),
            Plain::Bool(flag) => Ok(Some(*flag)),
            _ => Err(self.refuse(key, "true or false")),
        }
    }

    pub(super) fn text(&self, key: &str) -> Result<Option<&'a str>, CheckpointError> {
        match self.value(key) {
            Plain::Null => Ok(None),
            Plain::String(text) => Ok(Some(text)),
            _ => Err(self.refuse(key, "a text")),
        }
    }

    /// The last step of a dotted path, such as the name of a class without its module.
    pub(super) fn class(&self, key: &str) -> Result<Option<&'a str>, CheckpointError> {
        let path = self.text(key)?;
        Ok(path.and_then(|path| path.rsplit('.').next()))
    }

    /// A list of texts, if it is given.
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
            None => Err(self.refuse(key, "a list of texts")),
        }
    }

    /// An error about the value of a key.
    pub(super) fn refuse(&self, key: &str, supported: &str) -> CheckpointError {
        let found = self.table.get(key);
        let found = found.map_or_else(|| "absent".to_owned(), shown);
        CheckpointError::unsupported(self.path_of(key), found, supported)
    }

    fn path_of(&self, key: &str) -> String {
        format!("{}.{key}", self.path)
    }
}

/// A value as JSON, cut where it is long.
fn shown(value: &Plain) -> String {
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        None => text,
        Some((end, _)) => format!("{} …", &text[..end]),
    }
}
