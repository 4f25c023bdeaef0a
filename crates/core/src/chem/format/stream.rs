//! Streaming of files frame by frame.

use std::io::{self, BufRead, Read, Write};

use super::compression::{self, Compression, Encoder, Truncation};
use super::info::FormatReader;
use super::truncated_file::{self, NotedFrames};
use super::{
    Configuration, Format, FrameSelection, ParseError, Stream, WriteError, encoding, read, write_as,
};

/// Streams the selected frames of a file. `open` opens it from the start; it is called again where a
/// selection from the end needs the number of frames.
///
/// Only XYZ is streamed; other formats are read at once.
///
/// # Errors
/// If the format is unknown, the content does not follow it, or the selection is empty. The stream ends
/// after its first error.
pub fn stream<R: BufRead + 'static>(
    open: impl Fn() -> io::Result<R>,
    name: &str,
    selection: FrameSelection,
) -> Result<Stream, ParseError> {
    let named = |error: ParseError| error.in_file(name);
    let truncation = Truncation::default();
    let content = || {
        let content = encoding::reader(compression::reader(open()?, &truncation)?)?;
        Ok(truncated_file::complete_lines(content, &truncation))
    };
    let format = match Format::of_name(name) {
        Some(format) => Some(format),
        None => detect(content).map_err(named)?,
    };
    let reader = format.map(|format| format.info().read);
    if let Some(FormatReader::ByFrame { stream, .. }) = reader
        && !selection.is_backward()
    {
        let frames = stream(&content, selection);
        let frames =
            frames.map_err(|error| named(truncated_file::with_truncation(error, &truncation)))?;
        let frames = NotedFrames {
            frames: frames.peekable(),
            truncation,
        };
        let name = name.to_owned();
        let named = move |error: ParseError| error.in_file(name.as_str());
        return Ok(Box::new(frames.map(move |frame| frame.map_err(&named))));
    }
    let mut bytes = Vec::new();
    let whole = open().and_then(|mut file| file.read_to_end(&mut bytes));
    whole.map_err(|error| named(ParseError::unreadable(&error)))?;
    Ok(Box::new(read(&bytes, name, selection)?.into_iter().map(Ok)))
}

fn detect(
    content: impl Fn() -> io::Result<Box<dyn BufRead>>,
) -> Result<Option<Format>, ParseError> {
    let mut head = Vec::new();
    let read = content().and_then(|content| {
        content
            .take(Format::SNIFF_LENGTH as u64)
            .read_to_end(&mut head)
    });
    read.map_err(|error| ParseError::unreadable(&error))?;
    Ok(Format::of_content(&head))
}

/// Writes frame by frame. Formats that can be appended are written immediately, others at the end.
pub struct FrameWriter<W: Write> {
    output: Encoder<W>,
    format: Format,
    waiting: Vec<Configuration>,
}

impl<W: Write> FrameWriter<W> {
    /// A writer to `output`.
    ///
    /// # Errors
    /// If writing fails.
    pub fn new(
        output: W,
        format: Format,
        compression: Option<Compression>,
    ) -> io::Result<FrameWriter<W>> {
        Ok(FrameWriter {
            output: Encoder::new(output, compression)?,
            format,
            waiting: Vec::new(),
        })
    }

    /// Appends a frame.
    ///
    /// # Errors
    /// If the format cannot hold it; the inner result if writing fails.
    pub fn push(&mut self, configuration: &Configuration) -> Result<io::Result<()>, WriteError> {
        let info = self.format.info();
        if !info.many_frames && !self.waiting.is_empty() {
            return Err(WriteError::not_one(self.format, "several"));
        }
        if !info.appends {
            self.waiting.push(configuration.clone());
            return Ok(Ok(()));
        }
        let content = write_as(std::slice::from_ref(configuration), self.format)?;
        Ok(self.output.write(&content))
    }

    /// Writes the remaining frames and returns the output.
    ///
    /// # Errors
    /// If the format cannot hold the frames together; the inner result if writing fails.
    pub fn finish(mut self) -> Result<io::Result<W>, WriteError> {
        if !self.format.info().appends {
            let content = write_as(&self.waiting, self.format)?;
            if let Err(error) = self.output.write(&content) {
                return Ok(Err(error));
            }
        }
        Ok(self.output.finish())
    }
}
