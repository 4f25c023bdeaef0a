//! Reader of session files.

use super::header::Header;
use super::{MAX_FILE, Session, SessionError, check, original};
use crate::json::typed;

/// A session, and notes about what of the file is not in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The session.
    pub session: Session,
    /// One sentence for each thing that was left out or changed.
    pub notes: Vec<String>,
}

/// Reads a session file. Fields that this version does not know are left out, with a note.
///
/// # Errors
/// If the text is no session of a known version, or a value is not allowed; the error names its path.
pub fn read(text: &str) -> Result<Loaded, SessionError> {
    header(text)?.check()?;
    let (session, unknown) = typed::<Session>(text, MAX_FILE)?;
    check::check(&session)?;
    let note = |path: String| format!("{path}: unknown field is left out");
    let notes = unknown.into_iter().map(note).collect();
    Ok(Loaded { session, notes })
}

/// Reads a session file of this program or of the browser original.
///
/// # Errors
/// As [`read`] and [`original::read`].
pub fn read_any(text: &str) -> Result<Loaded, SessionError> {
    if header(text)?.is_original() {
        original::read(text)
    } else {
        read(text)
    }
}

fn header(text: &str) -> Result<Header, SessionError> {
    Ok(typed::<Header>(text, MAX_FILE)?.0)
}
