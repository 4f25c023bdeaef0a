//! Format metadata: names, detection, reader, writer and capabilities.

use std::io::{self, BufRead};

use super::beginning::Beginning;
use super::truncated_file::RecordEnd;
use super::{Configuration, Format, FrameSelection, ParseError, Stream, WriteError};

/// Metadata of a file format: the row in the table of formats.
pub struct FormatInfo {
    /// The format.
    pub format: Format,
    /// Common name.
    pub title: &'static str,
    /// File extensions in lower case, without the dot; the preferred one first.
    pub extensions: &'static [&'static str],
    /// Lower-case words that identify a file name without a known extension, such as `poscar`.
    pub words: &'static [&'static str],
    /// Such words of files with more content than this format, which have no writer.
    pub only_read_words: &'static [&'static str],
    /// Whether a file can hold several structures.
    pub many_frames: bool,
    /// Whether concatenated files are a valid file, so that frames can be appended.
    pub appends: bool,
    /// Periodic axes that a file can state.
    pub periodicity: Periodicity,
    /// End of the records, for truncated files.
    pub(super) record_end: RecordEnd,
    /// Detects the format from the content.
    pub(super) sniff: fn(&Beginning<'_>) -> bool,
    pub(super) read: FormatReader,
    /// `None` for a format without a writer.
    pub(super) write: Option<WriteFn>,
}

/// Periodic axes that a format can state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Periodicity {
    /// All three: a cell is always fully periodic.
    Three,
    /// Any subset.
    Any,
    /// No cells.
    None,
}

/// Writer: returns the content of a file.
pub(super) type WriteFn = fn(&[Configuration]) -> Result<Vec<u8>, WriteError>;

/// Reader of a format.
#[derive(Clone, Copy)]
pub(super) enum FormatReader {
    /// All frames at once.
    Whole(fn(&[u8]) -> Result<Vec<Configuration>, ParseError>),
    /// Frame by frame; only selected frames are parsed.
    ByFrame {
        /// Reads the selected frames of a file in memory.
        read: fn(&[u8], FrameSelection) -> Result<Vec<Configuration>, ParseError>,
        /// Streams the selected frames of a file that can be opened several times.
        stream: fn(OpenFn<'_>, FrameSelection) -> Result<Stream, ParseError>,
    },
    /// Positions only; a topology file provides the atoms.
    WithTopology,
}

/// Opens the content of a file, decompressed, from its start.
pub(super) type OpenFn<'a> = &'a dyn Fn() -> io::Result<Box<dyn BufRead>>;

impl FormatInfo {
    /// Whether the format has a writer.
    pub fn is_written(&self) -> bool {
        self.write.is_some()
    }

    /// All words that identify a file name.
    pub(super) fn all_words(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().chain(self.only_read_words).copied()
    }

    /// The word in a file name that identifies a file without a writer.
    pub(super) fn only_read_word(&self, name: &str) -> Option<&'static str> {
        let words = match self.write {
            Some(_) => self.only_read_words,
            None => self.words,
        };
        words.iter().copied().find(|word| name.contains(word))
    }

    /// Whether another file must provide the atoms.
    pub fn needs_topology(&self) -> bool {
        matches!(self.read, FormatReader::WithTopology)
    }
}
