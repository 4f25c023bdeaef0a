//! Index of an XYZ file: where each frame begins, found without parsing rows.

use std::io::{BufRead, Seek};

use memchr::memmem;

use super::super::{Configuration, ParseError};
use super::comment::RawValue;
use super::frames::is_truncated_in_row;
use super::info::CommentInfo;
use super::records::{Record, Records};
use super::{comment, frame, value};

/// A frame of an XYZ file that has not been parsed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IndexedFrame {
    /// Byte offset of its first line.
    pub start: u64,
    /// Byte offset of the next frame.
    pub end: u64,
    /// Number of lines before it.
    pub line: usize,
    /// Energy in its comment line, eV.
    pub energy: Option<f64>,
}

/// Finds the frames of an XYZ file one after another, as [`XyzFrames`](super::XyzFrames) would read them.
///
/// Memory is bounded by the length of a line, at most 64 MiB, and by the last frame of a file without a
/// final line end. A damaged frame, whose rows do not agree with its number of atoms, counts as one frame
/// up to the next line that looks like the start of a frame; reading it gives the error.
///
/// ```
/// use std::io::Cursor;
/// use mlipview_core::chem::format::xyz::{XyzIndexer, read_frame};
///
/// let file = b"1\nenergy=-1.5\nAr 0 0 0\n1\n\nAr 0 0 1\n";
/// let mut frames = XyzIndexer::new(Cursor::new(file));
/// assert_eq!(frames.next_frame()?.unwrap().energy, Some(-1.5));
/// let second = frames.next_frame()?.unwrap();
/// let second = read_frame(&file[second.start as usize..], second.line)?;
/// assert_eq!(second.structure.positions()[0].z, 1.0);
/// assert_eq!(frames.next_frame()?, None);
/// # Ok::<(), mlipview_core::chem::format::ParseError>(())
/// ```
pub struct XyzIndexer<R> {
    /// `None` after the end.
    records: Option<Records<R>>,
    /// Bytes that were read again after damaged frames.
    read_again: u64,
    /// The frame after which the last one was cut short.
    truncation: Option<ParseError>,
}

/// Maximum length of a line that is not a row of an atom, bytes.
const MAX_LINE: usize = 64 << 20;

/// Maximum number of bytes that are read again after damaged frames, in multiples of those read.
const MAX_READ_AGAIN: u64 = 4;

impl<R: BufRead + Seek> XyzIndexer<R> {
    /// The frames of a file, from its start.
    pub fn new(reader: R) -> XyzIndexer<R> {
        XyzIndexer {
            records: Some(Records::new(reader).with_max_line(MAX_LINE)),
            read_again: 0,
            truncation: None,
        }
    }

    /// The error of a last frame that is cut short, which is left out; known at the end of the file.
    pub fn truncation(&self) -> Option<&ParseError> {
        self.truncation.as_ref()
    }

    /// The next frame; `None` at the end of the file, and after an error.
    ///
    /// # Errors
    /// If the file cannot be read, or damaged so that no further frame is found.
    pub fn next_frame(&mut self) -> Result<Option<IndexedFrame>, ParseError> {
        let Some(mut records) = self.records.take() else {
            return Ok(None);
        };
        let (line, start) = records.position();
        let (error, is_truncated) = match records.next_comment() {
            Ok(Some(record)) if record.ends_in_row => {
                return self.last_frame(records, line, start, &record);
            }
            Ok(Some(record)) => {
                let (_, end) = records.position();
                let energy = energy(&record.content);
                self.records = Some(records);
                return Ok(Some(IndexedFrame {
                    start,
                    end,
                    line,
                    energy,
                }));
            }
            Ok(None) => match records.truncation() {
                Some(truncation) => (truncation.clone(), true),
                None => return Ok(None),
            },
            Err(error) => (error, false),
        };
        let (_, furthest) = records.position();
        // A file that begins with other content is none of XYZ; do not search it.
        let may_go_on = start > 0 || is_truncated;
        let found = match may_go_on {
            true => self.after_damaged(records, line, start, furthest)?,
            false => None,
        };
        if found.is_none() && is_truncated {
            self.truncation = Some(error);
            return Ok(None);
        }
        found.map(Some).ok_or(error)
    }

    /// The last frame of a file without a final line end, unless its last row is cut short.
    fn last_frame(
        &mut self,
        records: Records<R>,
        line: usize,
        start: u64,
        record: &Record,
    ) -> Result<Option<IndexedFrame>, ParseError> {
        let (_, end) = records.position();
        let mut records = records.go_to(line, start)?;
        if let Some(whole) = records.next()?
            && let Err(error) = frame::read(&whole)
            && is_truncated_in_row(&whole, &error)
        {
            self.truncation = Some(error);
            return Ok(None);
        }
        Ok(Some(IndexedFrame {
            start,
            end,
            line,
            energy: energy(&record.content),
        }))
    }

    /// A damaged frame, up to the next one that is found after its first two lines.
    fn after_damaged(
        &mut self,
        records: Records<R>,
        line: usize,
        start: u64,
        furthest: u64,
    ) -> Result<Option<IndexedFrame>, ParseError> {
        let mut records = records.go_to(line, start)?;
        if !records.skip_damaged()? {
            return Ok(None);
        }
        let (_, end) = records.position();
        self.read_again += furthest.saturating_sub(end);
        if self.read_again > MAX_READ_AGAIN * furthest.max(MAX_LINE as u64) {
            return Ok(None);
        }
        self.records = Some(records);
        Ok(Some(IndexedFrame {
            start,
            end,
            line,
            energy: None,
        }))
    }
}

/// The energy in a comment line, eV.
fn energy(line: &[u8]) -> Option<f64> {
    let start = memmem::find(line, KEY)?;
    match plain_number(line, start) {
        Some(number) => value::one_real(&value::parse("energy", &RawValue::bare(number)).ok()?),
        None => {
            let text = comment::decoded(line);
            CommentInfo::parse(text.trim(), 0).energy()
        }
    }
}

/// The key of the energy.
const KEY: &[u8] = b"energy";

/// The text of a number in `energy=NUMBER` at an offset of a comment line, without parsing the other pairs,
/// which takes longer than reading a small frame; `None` where the parser of pairs has to decide.
fn plain_number(line: &[u8], start: usize) -> Option<&str> {
    let (before, rest) = line.split_at(start);
    let rest = rest.strip_prefix(KEY)?.strip_prefix(b"=")?;
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let length = rest.iter().position(is_blank).unwrap_or(rest.len());
    let (number, behind) = rest.split_at(length);
    let is_number = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
    let is_quoting = |byte: &u8| b"'{}[]\\".contains(byte) || !byte.is_ascii();
    let quotes = before.iter().filter(|byte| **byte == b'"').count();
    let is_plain = number.iter().all(is_number)
        && !number.is_empty()
        // The key stands alone, outside quotes, and is not the value of another one.
        && before.last().is_none_or(is_blank)
        && before.trim_ascii_end().last() != Some(&b'=')
        && quotes.is_multiple_of(2)
        && !before.iter().any(is_quoting)
        // The value ends here, and no other pair may have the key.
        && behind.trim_ascii_start().first() != Some(&b'=')
        && memmem::find(behind, KEY).is_none();
    std::str::from_utf8(number).ok().filter(|_| is_plain)
}

/// Parses the frame at the start of a reader, which ends where the next frame starts; its first line is the
/// one after `line` others.
///
/// # Errors
/// If it does not follow the format.
pub fn read_frame(reader: impl BufRead, line: usize) -> Result<Configuration, ParseError> {
    let mut records = Records::starting_at(reader, line, 0).ending_at("the next frame");
    match records.next()? {
        Some(record) => frame::read(&record),
        None => {
            let missing = || ParseError::at(line + 1, "the number of atoms", "the end of the file");
            Err(records.truncation().cloned().unwrap_or_else(missing))
        }
    }
}
