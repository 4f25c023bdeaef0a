//! Records of frames: split from a file by counting lines, not yet parsed.

use std::io::{BufRead, Seek, SeekFrom};

use super::super::element_name::SiteKind;
use super::super::{Notes, ParseError};
use super::line_reader::LineReader;
use super::row::{self, Words};

/// Unparsed frame.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// Line number of the number of atoms, from 1.
    pub(super) line: usize,
    /// Number of atoms.
    pub(super) atoms: usize,
    /// The comment line, a row for each atom, and up to three lines of cell vectors.
    pub(super) content: Vec<u8>,
    /// Notes about lines that belong to no frame.
    pub(super) notes: Notes,
    /// Whether the file ends without a line end in the last row, which may be truncated.
    pub(super) ends_in_row: bool,
}

/// Lines of a frame to keep.
enum Keep<'a> {
    /// None.
    Nothing,
    /// The comment line.
    Comment(&'a mut Vec<u8>),
    /// All lines but the first.
    All(&'a mut Vec<u8>),
}

impl Keep<'_> {
    fn all(&mut self) -> Option<&mut Vec<u8>> {
        match self {
            Keep::All(content) => Some(content),
            Keep::Nothing | Keep::Comment(_) => None,
        }
    }
}

/// Reader of records.
pub(super) struct Records<R> {
    lines: LineReader<R>,
    /// Number of frames read or skipped.
    frames: usize,
    /// Error of a truncated last frame.
    truncation: Option<ParseError>,
    /// Name of the end of the content, for errors.
    end: &'static str,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(reader: R) -> Records<R> {
        Records::starting_at(reader, 0, 0)
    }

    /// Reader of records from a line, counted from 0, at a byte offset.
    pub(super) fn starting_at(reader: R, line: usize, offset: u64) -> Records<R> {
        Records {
            lines: LineReader::new(reader).starting_at(line, offset),
            frames: 0,
            truncation: None,
            end: "the end of the file",
        }
    }

    /// Names the end of the content, which is not the end of the file.
    pub(super) fn ending_at(self, end: &'static str) -> Records<R> {
        Records { end, ..self }
    }

    /// Limits the length of lines that are not rows of atoms, bytes.
    pub(super) fn with_max_line(self, max_line: usize) -> Records<R> {
        let lines = self.lines.with_max_line(max_line);
        Records { lines, ..self }
    }

    /// Number of frames read or skipped.
    pub(super) fn frames(&self) -> usize {
        self.frames
    }

    /// Error of a truncated last frame, which is not read.
    pub(super) fn truncation(&self) -> Option<&ParseError> {
        self.truncation.as_ref()
    }

    /// The next frame; `None` at the end of the file or before a truncated frame.
    pub(super) fn next(&mut self) -> Result<Option<Record>, ParseError> {
        let mut content = Vec::new();
        let record = self.advance(Keep::All(&mut content))?;
        Ok(record.map(|record| Record { content, ..record }))
    }

    /// Skips a frame by counting its lines; false at the end of the file or before a truncated frame.
    pub(super) fn skip(&mut self) -> Result<bool, ParseError> {
        Ok(self.advance(Keep::Nothing)?.is_some())
    }

    /// As [`Self::next`], with the comment line as the only content.
    pub(super) fn next_comment(&mut self) -> Result<Option<Record>, ParseError> {
        let mut content = Vec::new();
        let record = self.advance(Keep::Comment(&mut content))?;
        Ok(record.map(|record| Record { content, ..record }))
    }

    /// Number of lines read, and the byte offset of the next.
    pub(super) fn position(&self) -> (usize, u64) {
        (self.lines.read(), self.lines.offset())
    }

    /// Whether the file has ended without a line end.
    pub(super) fn ends_in_row(&self) -> bool {
        self.lines.ends_in_line()
    }

    /// Reads the lines of a frame and keeps some.
    fn advance(&mut self, mut keep: Keep<'_>) -> Result<Option<Record>, ParseError> {
        let Some(atoms) = self.header()? else {
            return Ok(None);
        };
        let mut record = Record {
            line: self.lines.read(),
            atoms,
            ..Record::default()
        };
        let rows = atoms.saturating_add(1);
        let mut found = 0;
        if let Keep::Comment(content) = &mut keep
            && let Some(comment) = self.lines.next()?
        {
            **content = comment;
            found = 1;
        }
        found += self.lines.take(rows - found, keep.all())?;
        // A frame of no atoms may end with its first line.
        if found < rows && atoms > 0 {
            let expected = format!("{atoms} rows of atoms after line {}", record.line + 1);
            let found = match found {
                0 => format!("{} before the comment line", self.end),
                _ => format!("{} after {}", self.end, found - 1),
            };
            self.truncation = Some(ParseError::at(self.lines.read() + 1, expected, found));
            return Ok(None);
        }
        record.ends_in_row = self.lines.ends_in_line();
        self.take_cell_vectors(keep.all())?;
        self.skip_text(&mut record.notes)?;
        self.frames += 1;
        Ok(Some(record))
    }

    /// The number of atoms in the next line that is not blank.
    fn header(&mut self) -> Result<Option<usize>, ParseError> {
        let Some(line) = self.header_line()? else {
            return Ok(None);
        };
        let word = without_mark(&line);
        let error = || ParseError::at(self.lines.read(), "the number of atoms", row::shown(word));
        count(word).map(Some).ok_or_else(error)
    }

    /// The next line that is not blank.
    fn header_line(&mut self) -> Result<Option<Vec<u8>>, ParseError> {
        while let Some(line) = self.lines.next()? {
            if !without_mark(&line).is_empty() {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }

    /// Lines `VEC1 x y z` to `VEC3`, in which ADF gives the cell.
    fn take_cell_vectors(&mut self, mut content: Option<&mut Vec<u8>>) -> Result<(), ParseError> {
        let is_vector = |line: &[u8]| line.trim_ascii_start().starts_with(b"VEC");
        while self.lines.peek(0)?.is_some_and(is_vector) {
            let line = self.lines.next()?.unwrap_or_default();
            if let Some(content) = content.as_deref_mut() {
                content.extend(line);
            }
        }
        Ok(())
    }

    /// Skips text between this frame and the next, such as the frequencies and names in the files of QM9,
    /// with a note. Another row of an atom is not such text.
    fn skip_text(&mut self, notes: &mut Notes) -> Result<(), ParseError> {
        let mut first = None;
        let mut count = 0;
        loop {
            let number = self.lines.read() + 1;
            let Some(line) = self.lines.peek(0)? else {
                break;
            };
            let text = line.trim_ascii();
            if is_row(text) {
                let expected = "the number of atoms of the next frame";
                return Err(ParseError::at(number, expected, row::shown(text)));
            }
            if !text.is_empty() {
                if self.starts_frame(count > 0)? {
                    break;
                }
                if first.is_none() {
                    let text = self.lines.peek(0)?.unwrap_or_default();
                    first = Some((number, row::shown(text.trim_ascii())));
                }
                count += 1;
            }
            self.lines.next()?;
        }
        if let Some((line, text)) = first {
            let lines = if count == 1 { "line" } else { "lines" };
            notes.at(
                line,
                format!("{count} {lines} after the atoms, not read: {text}"),
            );
        }
        Ok(())
    }

    /// Whether the next line starts a frame: it is a number and, after text outside frames, a row
    /// follows after the comment.
    fn starts_frame(&mut self, behind_text: bool) -> Result<bool, ParseError> {
        let line = self.lines.peek(0)?.unwrap_or_default();
        let Some(atoms) = count(line.trim_ascii()) else {
            return Ok(false);
        };
        if !behind_text || atoms == 0 {
            return Ok(true);
        }
        let row = self.lines.peek(2)?.unwrap_or_default();
        Ok(Words::new(row).count() >= 4)
    }
}

impl<R: BufRead + Seek> Records<R> {
    /// Goes to a line, counted from 0, at a byte offset.
    pub(super) fn go_to(self, line: usize, offset: u64) -> Result<Records<R>, ParseError> {
        let max_line = self.lines.max_line();
        let mut reader = self.lines.into_inner();
        let found = reader.seek(SeekFrom::Start(offset));
        found.map_err(|error| ParseError::unreadable(&error))?;
        Ok(Records::starting_at(reader, line, offset).with_max_line(max_line))
    }

    /// Goes on to the next line that looks like the start of a frame with atoms: a number, and a row after
    /// the comment. The first of the lines is the number of atoms of a damaged frame, the second its
    /// comment. Returns whether there is one.
    pub(super) fn skip_damaged(&mut self) -> Result<bool, ParseError> {
        self.header_line()?;
        self.lines.next()?;
        while let Some(line) = self.lines.peek(0)? {
            let atoms = count(line.trim_ascii());
            if atoms.is_some_and(|atoms| atoms > 0) && self.starts_frame(true)? {
                return Ok(true);
            }
            self.lines.next()?;
        }
        Ok(false)
    }
}

/// A line without a byte order mark and without blanks around.
fn without_mark(line: &[u8]) -> &[u8] {
    let text = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    text.trim_ascii()
}

/// A number of atoms.
fn count(word: &[u8]) -> Option<usize> {
    std::str::from_utf8(word).ok()?.parse().ok()
}

/// Whether a line looks like an atom: an element and three numbers.
fn is_row(line: &[u8]) -> bool {
    let mut words = Words::new(line);
    words
        .next()
        .is_some_and(|word| row::species(word).0 != SiteKind::Unknown)
        && (0..3).all(|_| words.number().is_ok())
}
