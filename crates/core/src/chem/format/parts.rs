//! Parts of a file, such as records and data blocks; invalid ones are skipped with a note.

use std::mem::take;

use super::{Configuration, Notes, ParseError};

/// Configurations read so far. An invalid part is skipped with a note on the next configuration, or on
/// the last if none follows.
#[derive(Default)]
pub(super) struct Parts {
    configurations: Vec<Configuration>,
    left_out: Notes,
    first_error: Option<ParseError>,
}

impl Parts {
    /// Adds the result of a part; `name` describes the part in notes.
    pub(super) fn add(&mut self, name: &str, read: Result<Vec<Configuration>, ParseError>) {
        match read {
            Ok(mut configurations) => {
                if let Some(first) = configurations.first_mut() {
                    let own = take(&mut first.notes);
                    first.notes = take(&mut self.left_out);
                    first.notes.extend(own);
                }
                self.configurations.append(&mut configurations);
            }
            Err(error) => {
                self.note(name, &error);
                self.first_error.get_or_insert(error);
            }
        }
    }

    fn note(&mut self, name: &str, error: &ParseError) {
        let ParseError {
            expected, found, ..
        } = error;
        let text = format!("{name} is left out: expected {expected}, found {found}");
        match error.line {
            Some(line) => self.left_out.at(line, text),
            None => self.left_out.whole(text),
        }
    }

    /// All configurations.
    ///
    /// # Errors
    /// If there are none: the error of the first part, or `nothing` without parts.
    pub(super) fn finish(mut self, nothing: ParseError) -> Result<Vec<Configuration>, ParseError> {
        match self.configurations.last_mut() {
            Some(last) => last.notes.extend(self.left_out),
            None => return Err(self.first_error.unwrap_or(nothing)),
        }
        Ok(self.configurations)
    }
}
