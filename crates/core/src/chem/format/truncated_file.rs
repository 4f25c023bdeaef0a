//! Truncated compressed files: reading of their complete records, with a note.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};
use std::iter::Peekable;
use std::ops::Range;

use super::compression::Truncation;
use super::{Configuration, ParseError};

/// End of the records of a format, such as frames and molecules.
#[derive(Clone, Copy)]
pub(super) enum RecordEnd {
    /// Determined by counts in the file; the reader detects missing lines.
    Counted,
    /// A line that starts with one of these words.
    With(&'static [&'static str]),
    /// Before a line that starts with this word, ignoring case.
    Before(&'static str),
    /// The number of bytes that this function returns.
    At(fn(&[u8]) -> usize),
}

/// The complete records of a truncated text.
pub(super) fn complete_records(content: Cow<'_, [u8]>, end: RecordEnd) -> Cow<'_, [u8]> {
    let length = match end {
        RecordEnd::Counted => lines(&content).last().map_or(0, |line| line.end),
        RecordEnd::With(words) => {
            let starts = |line: &Range<usize>| {
                let line = &content[line.clone()];
                words.iter().any(|word| line.starts_with(word.as_bytes()))
            };
            lines(&content)
                .filter(starts)
                .last()
                .map_or(0, |line| line.end)
        }
        RecordEnd::Before(word) => {
            let starts = |line: &Range<usize>| {
                let start = content[line.clone()].get(..word.len());
                start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
            };
            lines(&content)
                .filter(starts)
                .last()
                .map_or(0, |line| line.start)
        }
        RecordEnd::At(complete) => complete(&content),
    };
    match content {
        Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[..length]),
        Cow::Owned(mut bytes) => {
            bytes.truncate(length);
            Cow::Owned(bytes)
        }
    }
}

/// Byte ranges of the lines that end in a line feed.
pub(super) fn lines(content: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut end = 0;
    let lines = content.split_inclusive(|&byte| byte == b'\n');
    let lines = lines.filter(|line| line.ends_with(b"\n"));
    lines.map(move |line| {
        let start = end;
        end += line.len();
        start..end
    })
}

/// Adds a note about truncation to the last configuration.
///
/// # Errors
/// If nothing was read; the error mentions the truncation.
pub(super) fn with_note(
    read: Result<Vec<Configuration>, ParseError>,
    truncation: &Truncation,
) -> Result<Vec<Configuration>, ParseError> {
    let mut read = read.map_err(|error| with_truncation(error, truncation))?;
    if let Some(last) = read.last_mut() {
        note(last, truncation);
    }
    Ok(read)
}

fn note(last: &mut Configuration, truncation: &Truncation) {
    if let Some(compression) = truncation.truncated() {
        let kind = compression.title();
        let text = format!("the {kind} file is cut short or damaged: what follows is missing");
        last.notes.whole(text);
    }
}

/// The error of a reader, extended by the truncation if the file is truncated.
pub(super) fn with_truncation(error: ParseError, truncation: &Truncation) -> ParseError {
    let Some(compression) = truncation.truncated() else {
        return error;
    };
    let line = error
        .line
        .map_or(String::new(), |line| format!("line {line}: "));
    let ParseError {
        expected, found, ..
    } = error;
    ParseError::whole(
        format!("a whole {} file", compression.title()),
        format!("one that is cut short or damaged ({line}expected {expected}, found {found})"),
    )
}

/// A reader of complete lines: of a truncated compressed file, the last partial line is omitted.
pub(super) fn complete_lines(
    content: Box<dyn BufRead>,
    truncation: &Truncation,
) -> Box<dyn BufRead> {
    match truncation.compression() {
        None => content,
        Some(_) => Box::new(CompleteLines {
            content,
            truncation: truncation.clone(),
            buffer: Vec::new(),
            consumed: 0,
            released: 0,
        }),
    }
}

/// Reader that releases a line once its end was read.
struct CompleteLines {
    content: Box<dyn BufRead>,
    truncation: Truncation,
    buffer: Vec<u8>,
    /// Number of consumed bytes in the buffer.
    consumed: usize,
    /// Number of bytes that may be read, consumed ones included.
    released: usize,
}

impl CompleteLines {
    /// Longer lines are released in parts, bytes.
    const MAX_LINE: usize = 1 << 20;

    fn advance(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.consumed);
        (self.consumed, self.released) = (0, 0);
        while self.released == 0 {
            let available = self.content.fill_buf()?;
            let (start, length) = (self.buffer.len(), available.len());
            self.buffer.extend_from_slice(available);
            self.content.consume(length);
            if length == 0 {
                if self.truncation.truncated().is_some() {
                    self.buffer.clear();
                }
                self.released = self.buffer.len();
                return Ok(());
            }
            let end = self.buffer[start..].iter().rposition(|&byte| byte == b'\n');
            self.released = match end {
                Some(end) => start + end + 1,
                None if self.buffer.len() > Self::MAX_LINE => self.buffer.len(),
                None => 0,
            };
        }
        Ok(())
    }
}

impl BufRead for CompleteLines {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.consumed == self.released {
            self.advance()?;
        }
        Ok(&self.buffer[self.consumed..self.released])
    }

    fn consume(&mut self, length: usize) {
        self.consumed += length;
    }
}

impl Read for CompleteLines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

/// Iterator over frames that adds a note about truncation to the last one.
pub(super) struct NotedFrames<I: Iterator> {
    pub(super) frames: Peekable<I>,
    pub(super) truncation: Truncation,
}

impl<I: Iterator<Item = Result<Configuration, ParseError>>> Iterator for NotedFrames<I> {
    type Item = Result<Configuration, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut next = self
            .frames
            .next()?
            .map_err(|error| with_truncation(error, &self.truncation));
        if self.frames.peek().is_none()
            && let Ok(last) = &mut next
        {
            note(last, &self.truncation);
        }
        Some(next)
    }
}
