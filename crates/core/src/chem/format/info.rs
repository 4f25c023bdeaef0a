//! What is known of a format: names, content, reader, writer, and what it can hold.

use std::io::{self, BufRead};

use super::beginning::Beginning;
use super::cut_file::RecordEnd;
use super::{Configuration, Format, ParseError, Selection, Stream, WriteError};

/// The row of a format in the table of formats, which everything that depends on the format asks.
pub struct FormatInfo {
    /// The format.
    pub format: Format,
    /// Its usual name.
    pub title: &'static str,
    /// Extensions of file names in lower case, without the dot; the usual one first.
    pub extensions: &'static [&'static str],
    /// Words in lower case that mark a file name of another or no extension, such as `poscar`.
    pub words: &'static [&'static str],
    /// Such words of files that hold more than this format and are never written.
    pub only_read_words: &'static [&'static str],
    /// Whether a file can hold several structures.
    pub many_frames: bool,
    /// Whether files written one after another are one file, so that frames are written as they
    /// come.
    pub appends: bool,
    /// Along which axes a file can say that its cell repeats.
    pub periodicity: Periodicity,
    /// Where records end in a file that is cut short.
    pub(super) record_end: RecordEnd,
    /// Whether a content looks like this format.
    pub(super) sniff: fn(&Beginning<'_>) -> bool,
    pub(super) read: Reader,
    /// `None` for a format that is only read.
    pub(super) write: Option<Writer>,
}

/// Along which axes a file can say that its cell repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Periodicity {
    /// Along all three: a cell without a word about its axes.
    Three,
    /// Along any of the three.
    Any,
    /// There are no cells.
    None,
}

/// Makes the content of a file.
pub(super) type Writer = fn(&[Configuration]) -> Result<Vec<u8>, WriteError>;

/// How a format is read.
#[derive(Clone, Copy)]
pub(super) enum Reader {
    /// All frames at once.
    Whole(fn(&[u8]) -> Result<Vec<Configuration>, ParseError>),
    /// Frame by frame; what is not selected is not parsed.
    ByFrame {
        /// The selected frames of a file in memory.
        read: fn(&[u8], Selection) -> Result<Vec<Configuration>, ParseError>,
        /// The selected frames of a file that can be opened as often as needed.
        stream: fn(Open<'_>, Selection) -> Result<Stream, ParseError>,
    },
    /// Positions only, over the atoms of another file.
    OverTopology,
}

/// Opens the content of a file, decompressed, from its start.
pub(super) type Open<'a> = &'a dyn Fn() -> io::Result<Box<dyn BufRead>>;

impl FormatInfo {
    /// Whether the format is written.
    pub fn is_written(&self) -> bool {
        self.write.is_some()
    }

    /// All words that mark a file name.
    pub(super) fn all_words(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().chain(self.only_read_words).copied()
    }

    /// The word in the name of a file that says that it is never written.
    pub(super) fn only_read_word(&self, name: &str) -> Option<&'static str> {
        let words = match self.write {
            Some(_) => self.only_read_words,
            None => self.words,
        };
        words.iter().copied().find(|word| name.contains(word))
    }

    /// Whether another file must name the atoms.
    pub fn needs_topology(&self) -> bool {
        matches!(self.read, Reader::OverTopology)
    }
}
