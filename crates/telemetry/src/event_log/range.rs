//! Part of an event log that a replay needs.

use std::fs::File;
use std::io::{BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::error::EventLogError;
use super::index::LogIndex;
use super::scan::read_line;
use crate::event::Event;
use crate::event_kind::EventKind;
use crate::replay::{MAX_PAGE, Page, Replay};
use crate::shared_event::SharedEvent;

/// Maximum number of lines that are read for a page.
const MAX_LINES: usize = 4096;

/// Part of an event log that a replay needs. It is read without the state of its training.
#[derive(Clone, Debug)]
pub struct LogRange {
    path: PathBuf,
    offset: u64,
    replay: Replay,
    /// The last event that the log is read for.
    last: u64,
}

impl LogRange {
    /// The next part of a replay in a log; events after `last` are elsewhere.
    pub(crate) fn new(path: &Path, index: &LogIndex, replay: Replay, last: u64) -> LogRange {
        LogRange {
            path: path.to_owned(),
            offset: index.offset_before(replay.after),
            last: last.min(replay.until),
            replay,
        }
    }

    /// Reads the next page of the replay.
    ///
    /// # Errors
    /// If the file cannot be read, or a line is no event.
    pub fn read(&self) -> Result<Page, EventLogError> {
        let failed = |reason| EventLogError::file(&self.path, reason);
        let mut file = File::open(&self.path).map_err(failed)?;
        file.seek(SeekFrom::Start(self.offset)).map_err(failed)?;
        let mut reader = BufReader::new(file);
        let (mut replay, mut events) = (self.replay, Vec::new());
        let mut line = String::new();
        for _ in 0..MAX_LINES {
            if replay.after >= self.last || events.len() == MAX_PAGE {
                break;
            }
            if !read_line(&mut reader, &mut line).map_err(failed)? {
                // The rest is not in the file.
                replay.after = self.last;
                break;
            }
            let event: Event = serde_json::from_str(&line).map_err(|error| failed(error.into()))?;
            if event.event_id <= self.replay.after || event.event_id > self.last {
                continue;
            }
            replay.after = event.event_id;
            if !replay.kinds.contains(EventKind::of(&event.body)) {
                continue;
            }
            if replay.skip > 0 {
                replay.skip -= 1;
                continue;
            }
            events.push(SharedEvent::with_json(event, std::mem::take(&mut line)));
        }
        Ok(Page {
            number: replay.number,
            events,
            rest: (replay.after < replay.until).then_some(replay),
        })
    }

    /// The replay without the part in the log, for a log that cannot be read.
    pub fn without_log(&self) -> Replay {
        Replay {
            after: self.last,
            skip: 0,
            ..self.replay
        }
    }
}
