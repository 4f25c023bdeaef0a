//! The frames of a file, one after another.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use rayon::prelude::*;

use super::super::stream::unreadable;
use super::super::{Configuration, ParseError, Selection};
use super::frame;
use super::records::{Record, Records};

/// The selected frames of an XYZ file in the order of the file, read as they are asked for.
///
/// Frames that are not selected are passed over by counting lines. A few megabytes of frames are
/// read ahead and parsed in parallel; the order does not depend on it. Nothing follows an error.
pub struct Frames<R> {
    records: Records<R>,
    wanted: Wanted,
    selection: Selection,
    ready: VecDeque<Result<Configuration, ParseError>>,
    ended: bool,
}

/// Indices of the frames that are wanted, ascending.
type Wanted = Box<dyn Iterator<Item = usize> + Send>;

/// Bytes of frames that are parsed together: enough to keep the threads busy, few enough to stay in
/// their caches.
const BATCH: usize = 4 << 20;

impl<R: BufRead> Frames<R> {
    /// The selected frames of the file that `open` opens. It is opened twice where the selection
    /// counts from the end, to count the frames first.
    ///
    /// # Errors
    /// If the file cannot be opened or counted, or nothing of it is selected.
    pub fn open(
        open: impl Fn() -> io::Result<R>,
        selection: Selection,
    ) -> Result<Frames<R>, ParseError> {
        let records = || open().map(Records::new).map_err(|error| unreadable(&error));
        let wanted: Wanted = if let Some((first, end, step)) = selection.forward() {
            Box::new((first..end).step_by(step))
        } else {
            let mut counted = records()?;
            while counted.skip()? {}
            let mut frames = selection.of(counted.frames())?;
            frames.sort_unstable();
            Box::new(frames.into_iter())
        };
        Ok(Frames {
            records: records()?,
            wanted,
            selection,
            ready: VecDeque::new(),
            ended: false,
        })
    }

    /// Reads ahead: the next records, up to a batch of bytes, parsed.
    fn fill(&mut self) {
        let mut batch = Vec::new();
        let mut bytes = 0;
        let mut error = None;
        let was_empty = self.records.frames() == 0;
        while bytes < BATCH && !self.ended {
            match self.next_record() {
                Ok(Some(record)) => {
                    bytes += record.content.len();
                    batch.push(record);
                }
                Ok(None) => {
                    self.ended = true;
                    if was_empty && batch.is_empty() {
                        error = Some(self.nothing());
                    }
                }
                Err(found) => {
                    self.ended = true;
                    error = Some(found);
                }
            }
        }
        // Handing one small frame to another thread costs more than parsing it.
        if batch.len() > 1 {
            self.ready.par_extend(batch.par_iter().map(frame::read));
        } else {
            self.ready.extend(batch.iter().map(frame::read));
        }
        self.ready.extend(error.map(Err));
    }

    /// The error that nothing is selected, which says how many frames there are.
    fn nothing(&mut self) -> ParseError {
        loop {
            match self.records.skip() {
                Ok(true) => {}
                Ok(false) => return self.selection.nothing(self.records.frames()),
                Err(error) => return error,
            }
        }
    }

    fn next_record(&mut self) -> Result<Option<Record>, ParseError> {
        let Some(wanted) = self.wanted.next() else {
            return Ok(None);
        };
        while self.records.frames() < wanted {
            if !self.records.skip()? {
                return Ok(None);
            }
        }
        self.records.next()
    }
}

impl<R: BufRead> Iterator for Frames<R> {
    type Item = Result<Configuration, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ready.is_empty() && !self.ended {
            self.fill();
        }
        let next = self.ready.pop_front()?;
        if next.is_err() {
            self.ready.clear();
            self.ended = true;
        }
        Some(next)
    }
}
