//! Compressed files, whatever format is in them.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read, Write};

use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;

use super::ParseError;

/// Maximum number of bytes that a compressed file may hold. A kilobyte can decompress to a megabyte,
/// so a small file could otherwise fill the memory; larger ones are to be decompressed first.
pub const MAX_DECOMPRESSED: u64 = 4 << 30;

/// A way of compressing files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compression {
    /// gzip (RFC 1952).
    Gzip,
}

impl Compression {
    /// All of them.
    pub const ALL: [Compression; 1] = [Compression::Gzip];

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Compression::Gzip => "gzip",
        }
    }

    /// The extension that is added to the name of a compressed file, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Compression::Gzip => "gz",
        }
    }

    /// A file's name without the extension of its compression, and which that is.
    ///
    /// ```
    /// use mlipview::chem::format::Compression;
    ///
    /// assert_eq!(Compression::split("run.xyz.gz"), ("run.xyz", Some(Compression::Gzip)));
    /// assert_eq!(Compression::split("run.xyz"), ("run.xyz", None));
    /// ```
    pub fn split(name: &str) -> (&str, Option<Compression>) {
        let Some((stem, extension)) = name.rsplit_once('.') else {
            return (name, None);
        };
        let mut all = Self::ALL.into_iter();
        match all.find(|compression| extension.eq_ignore_ascii_case(compression.extension())) {
            Some(compression) => (stem, Some(compression)),
            None => (name, None),
        }
    }

    /// The compression that a file's first bytes tell.
    fn of_content(bytes: &[u8]) -> Option<Compression> {
        let mut all = Self::ALL.into_iter();
        all.find(|compression| bytes.starts_with(compression.magic()))
    }

    /// The bytes that every such file starts with.
    fn magic(self) -> &'static [u8] {
        match self {
            Compression::Gzip => &[0x1f, 0x8b],
        }
    }

    /// The content of a compressed stream.
    fn decoder<'a, R: BufRead + 'a>(self, file: R) -> Box<dyn Read + 'a> {
        match self {
            Compression::Gzip => Box::new(MultiGzDecoder::new(file)),
        }
    }
}

/// The content of a file: decompressed, or the bytes themselves where they are not compressed.
pub(super) fn decompressed(bytes: &[u8], max: u64) -> Result<Cow<'_, [u8]>, ParseError> {
    let Some(compression) = Compression::of_content(bytes) else {
        return Ok(Cow::Borrowed(bytes));
    };
    let kind = compression.title();
    let mut content = Vec::new();
    let decoder = compression.decoder(bytes);
    decoder
        .take(max.saturating_add(1))
        .read_to_end(&mut content)
        .map_err(|error| ParseError::whole(format!("a whole {kind} file"), error.to_string()))?;
    if content.len() as u64 > max {
        return Err(ParseError::whole(
            format!("a {kind} file that holds at most {max} bytes"),
            "more: decompress it first",
        ));
    }
    Ok(Cow::Owned(content))
}

/// The content of a file as a stream.
pub(super) fn reader<R: BufRead + 'static>(mut file: R) -> io::Result<Box<dyn BufRead>> {
    match Compression::of_content(file.fill_buf()?) {
        Some(compression) => Ok(Box::new(BufReader::new(compression.decoder(file)))),
        None => Ok(Box::new(file)),
    }
}

/// Bytes on their way to a file, compressed or not.
pub(super) enum Encoder<W: Write> {
    Plain(W),
    Gzip(GzEncoder<W>),
}

impl<W: Write> Encoder<W> {
    pub(super) fn new(output: W, compression: Option<Compression>) -> Encoder<W> {
        match compression {
            None => Encoder::Plain(output),
            Some(Compression::Gzip) => {
                Encoder::Gzip(GzEncoder::new(output, flate2::Compression::default()))
            }
        }
    }

    pub(super) fn write(&mut self, content: &[u8]) -> io::Result<()> {
        match self {
            Encoder::Plain(output) => output.write_all(content),
            Encoder::Gzip(encoder) => encoder.write_all(content),
        }
    }

    /// Writes what is left and gives the output back.
    pub(super) fn finish(self) -> io::Result<W> {
        match self {
            Encoder::Plain(output) => Ok(output),
            Encoder::Gzip(encoder) => encoder.finish(),
        }
    }
}
