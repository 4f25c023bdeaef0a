//! Long files, frame by frame, in and out.

use std::io::{self, BufRead, Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{Configuration, Format, ParseError, Selection, WriteError, gzip, read, write_as, xyz};

/// Frames as they are read.
pub type Stream = Box<dyn Iterator<Item = Result<Configuration, ParseError>>>;

/// The selected frames of a file, one after another. `open` opens it from the start, as often as
/// needed: where frames are counted from the end, they are counted first.
///
/// Only XYZ is read as the frames are asked for; the other formats are read at once.
///
/// # Errors
/// If the format is not known, the content is not in it, or nothing is selected. The stream itself
/// gives an error where it meets one, and nothing after it.
pub fn stream<R: BufRead + 'static>(
    open: impl Fn() -> io::Result<R>,
    name: &str,
    selection: Selection,
) -> Result<Stream, ParseError> {
    let named = |error: ParseError| error.in_file(name);
    let format = match Format::of_name(name) {
        Some(format) => Some(format),
        None => told_by_content(&open).map_err(named)?,
    };
    let is_xyz = matches!(format, Some(Format::ExtendedXyz | Format::PlainXyz));
    if !is_xyz || selection.is_backwards() {
        let mut bytes = Vec::new();
        let whole = open().and_then(|mut file| file.read_to_end(&mut bytes));
        whole.map_err(|error| named(unreadable(&error)))?;
        return Ok(Box::new(read(&bytes, name, selection)?.into_iter().map(Ok)));
    }
    let frames = xyz::Frames::open(|| gzip::reader(open()?), selection).map_err(named)?;
    let name = name.to_owned();
    let named = move |error: ParseError| error.in_file(name.as_str());
    Ok(Box::new(frames.map(move |frame| frame.map_err(&named))))
}

fn told_by_content<R: BufRead + 'static>(
    open: &impl Fn() -> io::Result<R>,
) -> Result<Option<Format>, ParseError> {
    let mut head = Vec::new();
    let read = open()
        .and_then(gzip::reader)
        .and_then(|file| file.take(Format::LOOKED_AT as u64).read_to_end(&mut head));
    read.map_err(|error| unreadable(&error))?;
    Ok(Format::of_content(&head))
}

/// A file that cannot be read to its end.
pub(super) fn unreadable(error: &io::Error) -> ParseError {
    ParseError::whole("a readable file", error.to_string())
}

/// Writes frame by frame. XYZ goes out as it comes; other formats wait for the last frame.
pub struct FrameWriter<W: Write> {
    output: Output<W>,
    format: Format,
    waiting: Vec<Configuration>,
}

enum Output<W: Write> {
    Plain(W),
    Compressed(GzEncoder<W>),
}

impl<W: Write> FrameWriter<W> {
    /// A file that goes to `output`.
    pub fn new(output: W, format: Format, compressed: bool) -> FrameWriter<W> {
        FrameWriter {
            output: if compressed {
                Output::Compressed(GzEncoder::new(output, Compression::default()))
            } else {
                Output::Plain(output)
            },
            format,
            waiting: Vec::new(),
        }
    }

    /// Adds a frame.
    ///
    /// # Errors
    /// If the format cannot hold it; within, if the output refuses.
    pub fn push(&mut self, configuration: &Configuration) -> Result<io::Result<()>, WriteError> {
        if !matches!(self.format, Format::ExtendedXyz | Format::PlainXyz) {
            self.waiting.push(configuration.clone());
            return Ok(Ok(()));
        }
        let content = write_as(std::slice::from_ref(configuration), self.format)?;
        Ok(self.output.write(&content))
    }

    /// Writes what is left and gives the output back.
    ///
    /// # Errors
    /// If the format cannot hold the frames together; within, if the output refuses.
    pub fn finish(mut self) -> Result<io::Result<W>, WriteError> {
        if !matches!(self.format, Format::ExtendedXyz | Format::PlainXyz) {
            let content = write_as(&self.waiting, self.format)?;
            if let Err(error) = self.output.write(&content) {
                return Ok(Err(error));
            }
        }
        Ok(match self.output {
            Output::Plain(output) => Ok(output),
            Output::Compressed(encoder) => encoder.finish(),
        })
    }
}

impl<W: Write> Output<W> {
    fn write(&mut self, content: &[u8]) -> io::Result<()> {
        match self {
            Output::Plain(output) => output.write_all(content),
            Output::Compressed(encoder) => encoder.write_all(content),
        }
    }
}
