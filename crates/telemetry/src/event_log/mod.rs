//! Event logs: the events of a training in a file `events.jsonl`, one JSON object per line.
//!
//! Each event is written to the file when it is published, and the file is synchronized with the disk each
//! second: a crash of the program loses nothing, a crash of the machine at most the last second. \[29\]

mod error;
mod index;
mod range;
mod scan;
mod writer;

pub use error::EventLogError;
pub use index::LogIndex;
pub use range::LogRange;
pub use scan::{LoggedEvents, scan};
pub use writer::EventLog;

/// Name of the file in the folder of a training.
pub const FILE_NAME: &str = "events.jsonl";

/// Maximum length of a line, bytes: above the largest event of a [`Bridge`](crate::Bridge).
const MAX_LINE: usize = 256 << 10;
