//! Writer of session files.

use super::{Session, SessionError, check};
use crate::json::{JsonError, lay_out};

/// The text of a session file, laid out for people.
///
/// # Errors
/// If a value of the session is not allowed, such as a position that is not finite.
pub fn write(session: &Session) -> Result<String, SessionError> {
    check::check(session)?;
    let compact = serde_json::to_string(session).map_err(|error| JsonError::Syntax {
        path: "session".to_owned(),
        reason: error.to_string(),
    })?;
    Ok(lay_out(&compact))
}
