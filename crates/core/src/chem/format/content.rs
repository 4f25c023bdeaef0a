//! Content of a file as a stream: decompressed, and text as UTF-8.

use std::io::{self, BufRead, Read};

use super::compression::Truncation;
use super::{Compression, Format, compression, encoding, truncated_file};

/// Reader of the content of a file, decompressed; text is converted to UTF-8 with line feeds.
///
/// ```
/// use std::io::Read;
/// use mlipview_core::chem::format::{Compression, ContentReader};
///
/// let file = std::io::Cursor::new(Compression::Gzip.compress(b"1\n\nAr 0 0 0\n"));
/// let mut content = String::new();
/// ContentReader::text(file)?.read_to_string(&mut content)?;
/// assert_eq!(content, "1\n\nAr 0 0 0\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct ContentReader {
    reader: Box<dyn BufRead>,
    truncation: Truncation,
}

impl ContentReader {
    /// Whether the content of a text file with this beginning, of [`Format::SNIFF_LENGTH`] bytes or the
    /// whole file, is the file itself.
    pub fn is_plain(beginning: &[u8]) -> bool {
        Compression::of_content(beginning).is_none()
            && encoding::is_unchanged(&beginning[..beginning.len().min(Format::SNIFF_LENGTH)])
    }

    /// The content of a text file. The last line is left out if it is cut short because a compressed file
    /// is.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn text<R: BufRead + 'static>(file: R) -> io::Result<ContentReader> {
        let truncation = Truncation::default();
        let reader = encoding::reader(compression::reader(file, &truncation)?)?;
        Ok(ContentReader {
            reader: truncated_file::complete_lines(reader, &truncation),
            truncation,
        })
    }

    /// The content of a binary file.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn binary<R: BufRead + 'static>(file: R) -> io::Result<ContentReader> {
        let truncation = Truncation::default();
        let reader = compression::reader(file, &truncation)?;
        Ok(ContentReader { reader, truncation })
    }

    /// The compression of a file that was found to be cut short or damaged.
    pub fn truncated(&self) -> Option<Compression> {
        self.truncation.truncated()
    }
}

impl Read for ContentReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader.read(buffer)
    }
}
