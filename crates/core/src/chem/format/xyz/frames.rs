//! Iterator over the frames of an XYZ file.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use rayon::prelude::*;

use super::super::{Configuration, FrameSelection, ParseError, truncated_frame};
use super::frame;
use super::records::{Record, Records};

/// Iterator over the selected frames of an XYZ file, in the order of the file.
///
/// Other frames are skipped by counting lines. Batches of a few megabytes are read ahead and parsed in
/// parallel, in order. The iterator ends after an error. A truncated last frame is skipped with a note on
/// the frame before; selecting only it by its number is an error.
pub struct XyzFrames<R> {
    records: Records<R>,
    wanted: Wanted,
    selection: FrameSelection,
    /// Error of a truncated last frame.
    truncation: Option<ParseError>,
    ready: VecDeque<Result<Configuration, ParseError>>,
    ended: bool,
}

/// Indices of the selected frames, ascending.
type Wanted = Box<dyn Iterator<Item = usize> + Send>;

/// Size of a batch of frames, bytes: enough to keep the threads busy, small enough for their caches.
const BATCH: usize = 4 << 20;

impl<R: BufRead> XyzFrames<R> {
    /// The selected frames of a file. A selection from the end opens it twice, to count the frames
    /// first.
    ///
    /// # Errors
    /// If the file cannot be opened or counted, or the selection is empty.
    pub fn open(
        open: impl Fn() -> io::Result<R>,
        selection: FrameSelection,
    ) -> Result<XyzFrames<R>, ParseError> {
        let records = || {
            open()
                .map(Records::new)
                .map_err(|error| ParseError::unreadable(&error))
        };
        let mut truncation = None;
        let wanted: Wanted = if let Some((first, end, step)) = selection.forward() {
            Box::new((first..end).step_by(step))
        } else {
            let whole = count(&records, &mut truncation)?;
            let mut frames = truncated_frame::selected(selection, whole, truncation.as_ref())?;
            frames.sort_unstable();
            Box::new(frames.into_iter())
        };
        Ok(XyzFrames {
            records: records()?,
            wanted,
            selection,
            truncation,
            ready: VecDeque::new(),
            ended: false,
        })
    }

    /// Reads and parses the next batch.
    fn fill(&mut self) {
        let mut batch = Vec::new();
        let mut bytes = 0;
        let mut error = None;
        while bytes < BATCH && !self.ended {
            match self.next_record() {
                Ok(Some(record)) => {
                    bytes += record.content.len();
                    batch.push(record);
                }
                Ok(None) => self.ended = true,
                Err(found) => {
                    self.ended = true;
                    error = Some(found);
                }
            }
        }
        // Parsing one small frame takes less time than passing it to another thread.
        if batch.len() > 1 {
            self.ready.par_extend(batch.par_iter().map(frame::read));
        } else {
            self.ready.extend(batch.iter().map(frame::read));
        }
        if let (Some(record), Some(Err(found))) = (batch.last(), self.ready.back())
            && is_truncated_in_row(record, found)
        {
            self.truncation = self.ready.pop_back().and_then(Result::err);
        }
        self.ready.extend(error.map(Err));
        if self.ended {
            self.end();
        }
    }

    /// Reports a truncated last frame or an empty selection at the end.
    fn end(&mut self) {
        let truncation = self
            .truncation
            .clone()
            .or_else(|| self.records.truncation().cloned());
        match (self.ready.back_mut(), truncation) {
            (Some(Ok(before)), Some(truncation)) => {
                truncated_frame::note(&mut before.notes, &truncation);
            }
            (Some(_), _) => {}
            (None, _) => {
                let error = self.nothing();
                self.ready.push_back(Err(error));
            }
        }
    }

    /// The error of an empty selection, with the number of frames.
    fn nothing(&mut self) -> ParseError {
        loop {
            match self.records.skip() {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => return error,
            }
        }
        // A frame with a truncated last row was counted.
        let counted = usize::from(self.truncation.is_some());
        let whole = self.records.frames().saturating_sub(counted);
        let truncation = self
            .truncation
            .as_ref()
            .or_else(|| self.records.truncation());
        let selected = truncated_frame::selected(self.selection, whole, truncation);
        selected.map_or_else(|error| error, |_| self.selection.nothing(whole))
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

impl<R: BufRead> Iterator for XyzFrames<R> {
    type Item = Result<Configuration, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        // The last frame waits until the next is read.
        while self.ready.len() < 2 && !self.ended {
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

/// Number of complete frames, and the error of a truncated one after them.
fn count<R: BufRead>(
    records: &impl Fn() -> Result<Records<R>, ParseError>,
    truncation: &mut Option<ParseError>,
) -> Result<usize, ParseError> {
    let mut counted = records()?;
    while counted.skip()? {}
    *truncation = counted.truncation().cloned();
    let last = counted.frames().checked_sub(1);
    let (Some(last), None, true) = (last, truncation.as_ref(), counted.ends_in_row()) else {
        return Ok(counted.frames());
    };
    // Only parsing shows whether the last row is complete.
    let mut again = records()?;
    while again.frames() < last && again.skip()? {}
    if let Some(record) = again.next()?
        && let Err(error) = frame::read(&record)
        && is_truncated_in_row(&record, &error)
    {
        *truncation = Some(error);
        return Ok(last);
    }
    Ok(counted.frames())
}

/// Whether the error of a frame is due to the end of the file in its last row.
pub(super) fn is_truncated_in_row(record: &Record, error: &ParseError) -> bool {
    record.ends_in_row && error.line == Some(record.line + 1 + record.atoms)
}
