//! Parts of a file, such as records and data blocks, that are read one by one.

use std::mem::take;

use super::{Configuration, Notes, ParseError};

/// The configurations read so far. A part that cannot be read is left out with a note on the next
/// configuration, or on the last where none follows.
#[derive(Default)]
pub(super) struct Parts {
    configurations: Vec<Configuration>,
    left_out: Notes,
    first_error: Option<ParseError>,
}

impl Parts {
    /// Adds what was read in a part, which `name` names for a person.
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
    /// If there are none: why the first part could not be read, or `nothing` where no part was one.
    pub(super) fn finish(mut self, nothing: ParseError) -> Result<Vec<Configuration>, ParseError> {
        match self.configurations.last_mut() {
            Some(last) => last.notes.extend(self.left_out),
            None => return Err(self.first_error.unwrap_or(nothing)),
        }
        Ok(self.configurations)
    }
}
