//! Truncation of compressed files: the content ends where decoding fails.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::kind::Compression;

/// Compression of a file and whether it is truncated, updated while it is read. Clones share the state.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Truncation {
    compression: Rc<Cell<Option<Compression>>>,
    is_truncated: Rc<Cell<bool>>,
}

impl Truncation {
    pub(super) fn set_compression(&self, compression: Compression) {
        self.compression.set(Some(compression));
    }

    /// Compression of the file; `None` for plain files and before it is opened.
    pub(in super::super) fn compression(&self) -> Option<Compression> {
        self.compression.get()
    }

    /// Compression of the file if it is truncated.
    pub(in super::super) fn truncated(&self) -> Option<Compression> {
        self.compression().filter(|_| self.is_truncated.get())
    }
}

/// Reader of the compressed bytes that records their end.
pub(super) struct CompressedReader<R> {
    bytes: R,
    has_ended: Rc<Cell<bool>>,
}

impl<R: BufRead> CompressedReader<R> {
    pub(super) fn new(bytes: R) -> CompressedReader<R> {
        let has_ended = Rc::default();
        CompressedReader { bytes, has_ended }
    }

    pub(super) fn has_ended(&self) -> Rc<Cell<bool>> {
        Rc::clone(&self.has_ended)
    }
}

impl<R: BufRead> Read for CompressedReader<R> {
    /// Fills the buffer unless the file ends; the xz decoder treats short reads as errors.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            let available = self.fill_buf()?;
            let length = available.len().min(buffer.len() - filled);
            if length == 0 {
                break;
            }
            buffer[filled..filled + length].copy_from_slice(&available[..length]);
            self.consume(length);
            filled += length;
        }
        Ok(filled)
    }
}

impl<R: BufRead> BufRead for CompressedReader<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let available = self.bytes.fill_buf()?;
        if available.is_empty() {
            self.has_ended.set(true);
        }
        Ok(available)
    }

    fn consume(&mut self, length: usize) {
        self.bytes.consume(length);
    }
}

/// Reader of the decoded bytes. A decoder error after the end of the compressed bytes means truncation
/// and ends the content.
pub(super) struct DecodedReader<D> {
    decoder: D,
    /// Whether the compressed bytes have ended.
    has_ended: Rc<Cell<bool>>,
    truncation: Truncation,
    is_truncated: bool,
}

impl<D> DecodedReader<D> {
    /// The content of a decoder; `has_ended` is that of its compressed bytes.
    pub(super) fn new(
        decoder: D,
        has_ended: Rc<Cell<bool>>,
        truncation: Truncation,
    ) -> DecodedReader<D> {
        DecodedReader {
            decoder,
            has_ended,
            truncation,
            is_truncated: false,
        }
    }
}

impl<D: Read> Read for DecodedReader<D> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Bytes decoded before a failure are lost, so reads are small.
        const MAX_READ: usize = 8 << 10;
        if self.is_truncated {
            return Ok(0);
        }
        let length = buffer.len().min(MAX_READ);
        match self.decoder.read(&mut buffer[..length]) {
            Err(error) if self.has_ended.get() && error.kind() != io::ErrorKind::Interrupted => {
                self.is_truncated = true;
                self.truncation.is_truncated.set(true);
                Ok(0)
            }
            read => read,
        }
    }
}
