//! A potential asked for in words: `emt`, `auto`, `lj:sigma=3.4,epsilon=0.01`.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::chem::excerpt;

/// A name, and options after a colon: `name:option=value,option=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The name in the catalog, or `auto`.
    pub name: String,
    /// What was asked of it.
    pub options: Options,
}

/// Options by name, as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options(BTreeMap<String, String>);

/// Why words ask for no potential.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// No name before the colon.
    #[error(
        "{0:?} names no potential: write a name, as in \"emt\", or \"lj:sigma=3.4,epsilon=0.01\""
    )]
    Name(String),
    /// Not of the form `option=value`.
    #[error("{0:?} is not of the form option=value, as in \"lj:sigma=3.4,epsilon=0.01\"")]
    Option(String),
    /// The same option twice.
    #[error("{0:?} is given twice")]
    Twice(String),
    /// A value that does not read as what it should be.
    #[error("{option}={value:?} is not {expected}")]
    Value {
        /// The option.
        option: String,
        /// What was written.
        value: String,
        /// What it should have been, in words.
        expected: &'static str,
    },
}

impl FromStr for Request {
    type Err = RequestError;

    fn from_str(words: &str) -> Result<Request, RequestError> {
        let (name, rest) = words.split_once(':').unwrap_or((words, ""));
        let name = name.trim().to_ascii_lowercase();
        if name.is_empty() {
            return Err(RequestError::Name(excerpt(words).into_owned()));
        }
        let mut options = BTreeMap::new();
        for part in rest
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let Some((option, value)) = part.split_once('=') else {
                return Err(RequestError::Option(excerpt(part).into_owned()));
            };
            let option = option.trim().to_ascii_lowercase();
            if options
                .insert(option.clone(), value.trim().to_owned())
                .is_some()
            {
                return Err(RequestError::Twice(excerpt(&option).into_owned()));
            }
        }
        Ok(Request {
            name,
            options: Options(options),
        })
    }
}

impl fmt::Display for Request {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.name)?;
        for (index, (option, value)) in self.options.0.iter().enumerate() {
            let separator = if index == 0 { ':' } else { ',' };
            write!(formatter, "{separator}{option}={value}")?;
        }
        Ok(())
    }
}

impl Request {
    /// The same with another value of an option, or without it.
    #[must_use]
    pub fn with(mut self, option: &str, value: Option<&str>) -> Request {
        match value {
            Some(value) => self.options.0.insert(option.to_owned(), value.to_owned()),
            None => self.options.0.remove(option),
        };
        self
    }
}

impl Options {
    /// The names of the options that were given.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The value of an option as it was written.
    pub fn text(&self, option: &str) -> Option<&str> {
        self.0.get(option).map(String::as_str)
    }

    /// The value of an option that is a number.
    ///
    /// # Errors
    /// If it is none.
    pub fn number(&self, option: &str) -> Result<Option<f64>, RequestError> {
        self.read(option, "a number")
    }

    /// The value of an option that is `true` or `false`.
    ///
    /// # Errors
    /// If it is neither.
    pub fn flag(&self, option: &str) -> Result<Option<bool>, RequestError> {
        self.read(option, "true or false")
    }

    fn read<T: FromStr>(
        &self,
        option: &str,
        expected: &'static str,
    ) -> Result<Option<T>, RequestError> {
        let Some(value) = self.0.get(option) else {
            return Ok(None);
        };
        match value.parse() {
            Ok(value) => Ok(Some(value)),
            Err(_) => Err(RequestError::Value {
                option: option.to_owned(),
                value: excerpt(value).into_owned(),
                expected,
            }),
        }
    }
}
