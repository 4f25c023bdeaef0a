//! Line reader of a stream, with lookahead and line numbers.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use memchr::memchr_iter;

use super::super::ParseError;

/// Reader of single lines or blocks of lines.
pub(super) struct LineReader<R> {
    reader: R,
    /// Peeked lines, with line ends.
    ahead: VecDeque<Vec<u8>>,
    /// Number of lines read.
    read: usize,
    /// Number of bytes read, without peeked lines.
    offset: u64,
    /// Maximum length of a single line, bytes.
    max_line: usize,
    /// Whether the last bytes lack a line end.
    ends_in_line: bool,
}

/// Maximum size of a frame, bytes, since a stream may be endless.
const MAX_FRAME_BYTES: usize = 4 << 30;

impl<R: BufRead> LineReader<R> {
    pub(super) fn new(reader: R) -> LineReader<R> {
        LineReader {
            reader,
            ahead: VecDeque::new(),
            read: 0,
            offset: 0,
            max_line: MAX_FRAME_BYTES,
            ends_in_line: false,
        }
    }

    /// Sets the line number and byte offset of a reader that does not start at the beginning.
    pub(super) fn starting_at(self, read: usize, offset: u64) -> LineReader<R> {
        LineReader {
            read,
            offset,
            ..self
        }
    }

    /// Limits the length of a single line, bytes.
    pub(super) fn with_max_line(self, max_line: usize) -> LineReader<R> {
        LineReader { max_line, ..self }
    }

    /// Maximum length of a single line, bytes.
    pub(super) fn max_line(&self) -> usize {
        self.max_line
    }

    /// The reader, which may be ahead of the lines read.
    pub(super) fn into_inner(self) -> R {
        self.reader
    }

    /// Number of bytes read, which is the offset of the next line.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Number of lines read, which is the number of the last.
    pub(super) fn read(&self) -> usize {
        self.read
    }

    /// Whether the stream has ended without a line end.
    pub(super) fn ends_in_line(&self) -> bool {
        self.ends_in_line && self.ahead.is_empty()
    }

    /// The next line with its line end; `None` at the end of the stream.
    pub(super) fn next(&mut self) -> Result<Option<Vec<u8>>, ParseError> {
        self.peek(0)?;
        let line = self.ahead.pop_front();
        self.read += usize::from(line.is_some());
        self.offset += line.as_ref().map_or(0, Vec::len) as u64;
        Ok(line)
    }

    /// The line after `index` others, without consuming it; `None` past the end.
    pub(super) fn peek(&mut self, index: usize) -> Result<Option<&[u8]>, ParseError> {
        while self.ahead.len() <= index {
            let mut line = Vec::new();
            let mut limited = io::Read::take(&mut self.reader, self.max_line as u64);
            let length = limited.read_until(b'\n', &mut line);
            if length.map_err(|error| ParseError::unreadable(&error))? == 0 {
                return Ok(None);
            }
            self.ends_in_line = line.last() != Some(&b'\n');
            if self.ends_in_line && line.len() == self.max_line {
                let number = self.read + self.ahead.len() + 1;
                let expected = format!("a line of at most {} bytes", self.max_line);
                return Err(ParseError::at(number, expected, "more"));
            }
            self.ahead.push_back(line);
        }
        Ok(self.ahead.get(index).map(Vec::as_slice))
    }

    /// Reads up to `count` lines, into `content` if given; returns their number.
    pub(super) fn take(
        &mut self,
        count: usize,
        mut content: Option<&mut Vec<u8>>,
    ) -> Result<usize, ParseError> {
        let mut found = self.take_peeked(count, content.as_deref_mut());
        let mut begun = false;
        while found < count {
            let chunk = self
                .reader
                .fill_buf()
                .map_err(|error| ParseError::unreadable(&error))?;
            if chunk.is_empty() {
                found += usize::from(begun);
                break;
            }
            let mut used = chunk.len();
            begun = chunk.last() != Some(&b'\n');
            for end in memchr_iter(b'\n', chunk) {
                found += 1;
                if found == count {
                    (used, begun) = (end + 1, false);
                    break;
                }
            }
            if let Some(content) = content.as_deref_mut() {
                if content.len() + used > MAX_FRAME_BYTES {
                    let expected = format!("a frame of at most {MAX_FRAME_BYTES} bytes");
                    return Err(ParseError::at(self.read, expected, "more"));
                }
                content.extend_from_slice(&chunk[..used]);
            }
            self.reader.consume(used);
            self.offset += used as u64;
            self.ends_in_line = begun;
        }
        self.read += found;
        Ok(found)
    }

    /// Takes up to `count` of the peeked lines, into `content` if given; returns their number.
    fn take_peeked(&mut self, count: usize, mut content: Option<&mut Vec<u8>>) -> usize {
        let found = count.min(self.ahead.len());
        for line in self.ahead.drain(..found) {
            self.offset += line.len() as u64;
            if let Some(content) = content.as_deref_mut() {
                content.extend(line);
            }
        }
        found
    }
}
