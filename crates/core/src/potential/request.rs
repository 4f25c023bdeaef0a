//! Requests for a potential as text: `emt`, `auto`, `lj:sigma=3.4,epsilon=0.01`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::chem::excerpt;

/// A request for a potential: `name:option=value,option=value`. A value with a comma is put between
/// double quotes, as in `nep:file="a, b.txt"`; a double quote within is written twice.
///
/// ```
/// use mlipview_core::potential::Request;
///
/// let request: Request = "lj:sigma=3.4,epsilon=0.01".parse()?;
/// assert_eq!(request.name, "lj");
/// assert_eq!(request.options.number("sigma")?, Some(3.4));
/// assert_eq!(request.with("epsilon", Some("0.02")).to_string(), "lj:epsilon=0.02,sigma=3.4");
/// # Ok::<(), mlipview_core::potential::request::RequestError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The name in the catalog, or `auto`.
    pub name: String,
    /// Its options.
    pub options: Options,
}

/// Options of a request, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options(BTreeMap<String, String>);

/// Why a request is invalid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// No name before the colon.
    #[error(
        "{0:?} has no name: expected a request such as \"emt\" or \"lj:sigma=3.4,epsilon=0.01\""
    )]
    Name(String),
    /// Not of the form `option=value`.
    #[error(
        "invalid option {0}: expected option=value, as in lj:sigma=3.4,epsilon=0.01; put a value with a \
         comma between double quotes, as in nep:file=\"a, b.txt\""
    )]
    Option(String),
    /// A quote that is not closed, or text beside quotes.
    #[error(
        "invalid quotes in {0}: put the whole value between two double quotes, as in \
         nep:file=\"a, b.txt\", and write a double quote within twice"
    )]
    Quotes(String),
    /// The same option twice.
    #[error("option {0:?} is given twice")]
    Twice(String),
    /// An invalid value.
    #[error("invalid value {option}={value:?}: expected {expected}")]
    Value {
        /// The option.
        option: String,
        /// Its value.
        value: String,
        /// The expected type, in words.
        expected: &'static str,
    },
}

impl FromStr for Request {
    type Err = RequestError;

    fn from_str(text: &str) -> Result<Request, RequestError> {
        let (name, rest) = text.split_once(':').unwrap_or((text, ""));
        let name = name.trim().to_ascii_lowercase();
        if name.is_empty() {
            return Err(RequestError::Name(excerpt(text).into_owned()));
        }
        let mut options = BTreeMap::new();
        for part in parts(rest) {
            let Some((option, value)) = part.split_once('=') else {
                return Err(RequestError::Option(excerpt(part).into_owned()));
            };
            let option = option.trim().to_ascii_lowercase();
            let value = unquoted(value.trim())
                .ok_or_else(|| RequestError::Quotes(excerpt(part).into_owned()))?;
            if options.insert(option.clone(), value).is_some() {
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
            write!(formatter, "{separator}{option}={}", quoted(value))?;
        }
        Ok(())
    }
}

/// The parts between commas outside of quotes, trimmed, without empty ones.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    let parts = text.split(move |letter| {
        is_quoted ^= letter == '"';
        letter == ',' && !is_quoted
    });
    parts.map(str::trim).filter(|part| !part.is_empty())
}

/// A value without the quotes around it; `None` if a quote is not closed or stands within the text.
fn unquoted(value: &str) -> Option<String> {
    let Some(inner) = value.strip_prefix('"') else {
        return (!value.contains('"')).then(|| value.to_owned());
    };
    let inner = inner.strip_suffix('"')?;
    let is_doubled = inner.split("\"\"").all(|text| !text.contains('"'));
    is_doubled.then(|| inner.replace("\"\"", "\""))
}

/// A value with quotes around it if it cannot be read without.
fn quoted(value: &str) -> Cow<'_, str> {
    if value.contains([',', '"']) || value.trim() != value {
        Cow::Owned(format!("\"{}\"", value.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(value)
    }
}

impl Request {
    /// A request without options.
    pub fn named(name: &str) -> Request {
        Request {
            name: name.to_owned(),
            options: Options::default(),
        }
    }

    /// The same with an option set to a value, or without it.
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
    /// The names of the given options.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The value of an option as text.
    pub fn text(&self, option: &str) -> Option<&str> {
        self.0.get(option).map(String::as_str)
    }

    /// The value of an option as a number.
    ///
    /// # Errors
    /// If it is not a number.
    pub fn number(&self, option: &str) -> Result<Option<f64>, RequestError> {
        self.parse(option, "a number")
    }

    /// The value of an option as `true` or `false`.
    ///
    /// # Errors
    /// If it is neither.
    pub fn flag(&self, option: &str) -> Result<Option<bool>, RequestError> {
        self.parse(option, "true or false")
    }

    fn parse<T: FromStr>(
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
