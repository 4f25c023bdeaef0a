//! Reading of a whole event log, when it is opened.

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::Path;

use super::error::EventLogError;
use super::index::LogIndex;
use super::{FILE_NAME, MAX_LINE};
use crate::event::{Event, EventBody};
use crate::event_kind::EventKind;
use crate::history::History;
use crate::sample_files::SamplePaths;
use crate::shared_event::SharedEvent;
use crate::status::Status;

/// Largest number of an event: browsers express larger ones inexactly, and no training has as many.
const MAX_EVENT_ID: u64 = 1 << 53;

/// Contents of an event log.
#[derive(Debug, Default)]
pub struct LoggedEvents {
    /// Number of the newest event; 0 if there is none.
    pub newest_id: u64,
    /// The last events.
    pub history: History,
    /// Where events lie in the file.
    pub index: LogIndex,
    /// The samples.
    pub samples: SamplePaths,
    /// The last status.
    pub status: Status,
    /// Length of all complete lines, bytes.
    pub(super) length: u64,
}

/// Reads the event log in a folder; a last line that is not complete does not count.
///
/// # Errors
/// If the file cannot be read, or a line is no event.
pub fn scan(folder: &Path) -> Result<LoggedEvents, EventLogError> {
    let path = folder.join(FILE_NAME);
    let file = File::open(&path).map_err(|reason| EventLogError::file(&path, reason))?;
    scan_file(&path, &file)
}

/// Reads an open event log from its start.
pub(super) fn scan_file(path: &Path, file: &File) -> Result<LoggedEvents, EventLogError> {
    let mut reader = BufReader::new(file);
    let mut found = LoggedEvents::default();
    let mut line = String::new();
    let mut number = 0;
    let wrong = |line: u64, reason: String| EventLogError::Line {
        path: path.to_owned(),
        line,
        reason,
    };
    loop {
        number += 1;
        match read_line(&mut reader, &mut line) {
            Ok(false) => return Ok(found),
            Ok(true) => {}
            Err(reason) if reason.kind() == ErrorKind::InvalidData => {
                return Err(wrong(number, reason.to_string()));
            }
            Err(reason) => return Err(EventLogError::file(path, reason)),
        }
        let event: Event =
            serde_json::from_str(&line).map_err(|error| wrong(number, error.to_string()))?;
        if event.event_id > MAX_EVENT_ID {
            let reason = format!("{} is larger than {MAX_EVENT_ID}", event.event_id);
            return Err(wrong(number, reason));
        }
        if event.event_id <= found.newest_id {
            let reason = format!("{} follows {}", event.event_id, found.newest_id);
            return Err(wrong(number, reason));
        }
        found.add(event, std::mem::take(&mut line));
    }
}

/// Reads a line into `line`, without its end; false at the end of the file or of its complete lines.
pub(super) fn read_line(reader: &mut impl BufRead, line: &mut String) -> std::io::Result<bool> {
    line.clear();
    let mut bytes = Vec::new();
    let mut limited = reader.take(MAX_LINE as u64 + 1);
    limited.read_until(b'\n', &mut bytes)?;
    if bytes.last() != Some(&b'\n') {
        if bytes.len() > MAX_LINE {
            return Err(invalid(format!("it is longer than {MAX_LINE} bytes")));
        }
        return Ok(false);
    }
    bytes.pop();
    *line = String::from_utf8(bytes).map_err(|_| invalid("it is not UTF-8".to_owned()))?;
    Ok(true)
}

fn invalid(reason: String) -> std::io::Error {
    std::io::Error::new(ErrorKind::InvalidData, reason)
}

impl LoggedEvents {
    fn add(&mut self, event: Event, json: String) {
        let id = event.event_id;
        self.newest_id = id;
        self.index.push(id, EventKind::of(&event.body), self.length);
        self.length += json.len() as u64 + 1;
        match &event.body {
            EventBody::SampleGenerated(sample) => self.samples.add(sample),
            EventBody::TrainingStatus(status) => self.status = status.status,
            _ => {}
        }
        self.history.push(SharedEvent::with_json(event, json));
    }
}
