//! Header of session files: the fields that tell their format and version.

use serde::Deserialize;
use serde_json::Value;

use super::SessionError;
use super::format_version::{FORMAT, VERSION};
use crate::chem::excerpt;
use crate::json::JsonError;

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
                Err(JsonError::value("version", version, expected).into())
            }
        }
    }

    /// Whether it is a session of the browser original.
    pub(super) fn is_original(&self) -> bool {
        self.format.is_none() && self.schema.is_some()
    }
}
