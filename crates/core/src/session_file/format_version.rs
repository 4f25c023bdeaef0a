//! Name and version of the format of session files.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

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
