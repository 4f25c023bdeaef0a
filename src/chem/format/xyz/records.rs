//! Frames as they lie in a file: cut out by counting lines, not yet understood.

use std::io::{self, BufRead};

use memchr::memchr_iter;

use super::super::ParseError;
use super::super::stream::unreadable;

/// The bytes of one frame.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// The line of the number of atoms, counted from 1.
    pub(super) line: usize,
    /// Number of atoms.
    pub(super) atoms: usize,
    /// The comment line, a row for each atom, and up to three lines of cell vectors.
    pub(super) content: Vec<u8>,
}

/// Reads one frame after another, keeping none.
pub(super) struct Records<R> {
    reader: R,
    /// A line that was read in search of cell vectors and belongs to the next frame.
    pending: Vec<u8>,
    /// Lines read so far, without the pending one.
    lines: usize,
    /// Frames read or skipped so far.
    frames: usize,
}

/// The most bytes of one frame: a file on the wire need not have an end.
const LARGEST_FRAME: usize = 4 << 30;

impl<R: BufRead> Records<R> {
    pub(super) fn new(reader: R) -> Records<R> {
        Records {
            reader,
            pending: Vec::new(),
            lines: 0,
            frames: 0,
        }
    }

    /// Frames read or skipped so far.
    pub(super) fn frames(&self) -> usize {
        self.frames
    }

    /// The next frame; `None` at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Record>, ParseError> {
        let mut content = Vec::new();
        let header = self.advance(Some(&mut content))?;
        Ok(header.map(|(line, atoms)| Record {
            line,
            atoms,
            content,
        }))
    }

    /// Passes over a frame by counting its lines; false at the end of the file.
    pub(super) fn skip(&mut self) -> Result<bool, ParseError> {
        Ok(self.advance(None)?.is_some())
    }

    fn advance(
        &mut self,
        mut content: Option<&mut Vec<u8>>,
    ) -> Result<Option<(usize, usize)>, ParseError> {
        let Some(atoms) = self.header()? else {
            return Ok(None);
        };
        let line = self.lines;
        let rows = atoms.saturating_add(1);
        let found = self.take_lines(rows, content.as_deref_mut())?;
        // A frame of no atoms may end with its first line.
        if found < rows && atoms > 0 {
            let expected = format!("{atoms} rows of atoms after line {}", line + 1);
            let found = match found {
                0 => "the end of the file before the comment line".to_owned(),
                _ => format!("the end of the file after {}", found - 1),
            };
            return Err(ParseError::at(self.lines + 1, expected, found));
        }
        self.take_cell_vectors(content)?;
        self.frames += 1;
        Ok(Some((line, atoms)))
    }

    /// The number of atoms in the next line that is not blank.
    fn header(&mut self) -> Result<Option<usize>, ParseError> {
        loop {
            if self.pending.is_empty() && !self.read_pending()? {
                return Ok(None);
            }
            self.lines += 1;
            let line = std::mem::take(&mut self.pending);
            let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
            let word = line.trim_ascii();
            if word.is_empty() {
                continue;
            }
            let number = std::str::from_utf8(word)
                .ok()
                .and_then(|word| word.parse().ok());
            return number.map(Some).ok_or_else(|| {
                ParseError::at(self.lines, "the number of atoms", super::row::shown(word))
            });
        }
    }

    /// Lines `VEC1 x y z` to `VEC3`, in which ADF gives the cell.
    fn take_cell_vectors(&mut self, mut content: Option<&mut Vec<u8>>) -> Result<(), ParseError> {
        while self.read_pending()? && self.pending.trim_ascii_start().starts_with(b"VEC") {
            self.lines += 1;
            if let Some(content) = content.as_deref_mut() {
                content.append(&mut self.pending);
            }
            self.pending.clear();
        }
        Ok(())
    }

    /// Reads a line ahead; false at the end of the file.
    fn read_pending(&mut self) -> Result<bool, ParseError> {
        let limit = LARGEST_FRAME as u64;
        let mut limited = io::Read::take(&mut self.reader, limit);
        let read = limited.read_until(b'\n', &mut self.pending);
        Ok(read.map_err(|error| unreadable(&error))? > 0)
    }

    /// Reads up to `count` lines and says how many there were.
    fn take_lines(
        &mut self,
        count: usize,
        mut content: Option<&mut Vec<u8>>,
    ) -> Result<usize, ParseError> {
        let mut found = 0;
        let mut begun = false;
        while found < count {
            let chunk = self.reader.fill_buf().map_err(|error| unreadable(&error))?;
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
                if content.len() + used > LARGEST_FRAME {
                    let expected = format!("a frame of at most {LARGEST_FRAME} bytes");
                    return Err(ParseError::at(self.lines, expected, "more"));
                }
                content.extend_from_slice(&chunk[..used]);
            }
            self.reader.consume(used);
        }
        self.lines += found;
        Ok(found)
    }
}
