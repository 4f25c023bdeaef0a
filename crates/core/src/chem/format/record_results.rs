//! Results of reading the records of a file, such as molecules of an SD file and data blocks of a CIF.

use std::mem::take;

use super::{Configuration, Notes, ParseError};

/// Configurations of the records read so far. An invalid record is skipped with a note on the next
/// configuration, or on the last if none follows.
#[derive(Default)]
pub(super) struct RecordResults {
    configurations: Vec<Configuration>,
    /// Notes about invalid records since the last configuration.
    left_out: Notes,
    first_error: Option<ParseError>,
}

impl RecordResults {
    /// Adds the result of a record; `name` describes the record in notes.
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
    /// If there are none: the error of the first record, or `nothing` without records.
    pub(super) fn finish(mut self, nothing: ParseError) -> Result<Vec<Configuration>, ParseError> {
        match self.configurations.last_mut() {
            Some(last) => last.notes.extend(self.left_out),
            None => return Err(self.first_error.unwrap_or(nothing)),
        }
        Ok(self.configurations)
    }
}
