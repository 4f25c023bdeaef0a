//! Header of session files: the name and version of the format.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::SessionError;
use crate::chem::excerpt;

/// The value of `format` in a session file.
pub const FORMAT: &str = "mlipview session";

/// The version that is written, and the latest that is read.
pub const VERSION: u64 = 1;

/// The name of the format, as a field of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FormatName;

/// The version of the format, as a field of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FormatVersion;

impl Serialize for FormatName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(FORMAT)
    }
}

impl<'de> Deserialize<'de> for FormatName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<FormatName, D::Error> {
        String::deserialize(deserializer).map(|_| FormatName)
    }
}

impl Serialize for FormatVersion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(VERSION)
    }
}

impl<'de> Deserialize<'de> for FormatVersion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<FormatVersion, D::Error> {
        u64::deserialize(deserializer).map(|_| FormatVersion)
    }
}

/// The fields that tell one format from another.
#[derive(Deserialize)]
pub(super) struct Header {
    #[serde(default)]
    format: Option<Value>,
    #[serde(default)]
    version: Option<Value>,
    /// The schema of the browser original.
    #[serde(default, rename = "schemaVersion")]
    pub(super) schema: Option<Value>,
}

impl Header {
    /// Checks the name and version.
    pub(super) fn check(&self) -> Result<(), SessionError> {
        let name = self.format.as_ref().unwrap_or(&Value::Null);
        if name != FORMAT {
            return Err(SessionError::Format {
                found: excerpt(&name.to_string()).into_owned(),
            });
        }
        let version = self.version.as_ref().unwrap_or(&Value::Null);
        match version.as_u64() {
            Some(found) if found > VERSION => Err(SessionError::Newer { found }),
            Some(1..=VERSION) => Ok(()),
            _ => {
                let expected = format!("an integer from 1 to {VERSION}");
                Err(crate::json::JsonError::value("version", version, expected).into())
            }
        }
    }

    /// Whether it is a session of the browser original.
    pub(super) fn is_original(&self) -> bool {
        self.format.is_none() && self.schema.is_some()
    }
}
