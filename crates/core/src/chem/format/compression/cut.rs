//! Truncated compressed files: the content ends where decoding fails.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::kind::Compression;

/// Compression of a file and whether it is truncated, updated while it is read. Clones share the state.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct CutMark {
    compression: Rc<Cell<Option<Compression>>>,
    is_cut: Rc<Cell<bool>>,
}

impl CutMark {
    pub(super) fn set_compression(&self, compression: Compression) {
        self.compression.set(Some(compression));
    }

    /// Compression of the file; `None` for plain files and before it is opened.
    pub(in super::super) fn compression(&self) -> Option<Compression> {
        self.compression.get()
    }

    /// Compression of the file if it is truncated.
    pub(in super::super) fn cut(&self) -> Option<Compression> {
        self.compression().filter(|_| self.is_cut.get())
    }
}

/// Reader of the compressed bytes that records their end.
pub(super) struct Source<R> {
    bytes: R,
    has_ended: Rc<Cell<bool>>,
}

impl<R: BufRead> Source<R> {
    pub(super) fn new(bytes: R) -> Source<R> {
        let has_ended = Rc::default();
        Source { bytes, has_ended }
    }

    pub(super) fn end(&self) -> Rc<Cell<bool>> {
        Rc::clone(&self.has_ended)
    }
}

impl<R: BufRead> Read for Source<R> {
    /// Fills the buffer unless the file ends; the xz decoder treats short reads as errors.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            let piece = self.fill_buf()?;
            let length = piece.len().min(buffer.len() - filled);
            if length == 0 {
                break;
            }
            buffer[filled..filled + length].copy_from_slice(&piece[..length]);
            self.consume(length);
            filled += length;
        }
        Ok(filled)
    }
}

impl<R: BufRead> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let piece = self.bytes.fill_buf()?;
        if piece.is_empty() {
            self.has_ended.set(true);
        }
        Ok(piece)
    }

    fn consume(&mut self, length: usize) {
        self.bytes.consume(length);
    }
}

/// Reader of the decoded bytes. A decoder error after the end of the compressed bytes means truncation
/// and ends the content.
pub(super) struct Content<D> {
    decoder: D,
    /// Whether the compressed bytes have ended.
    has_ended: Rc<Cell<bool>>,
    mark: CutMark,
    is_cut: bool,
}

impl<D> Content<D> {
    /// The content of a decoder whose source has this end.
    pub(super) fn new(decoder: D, has_ended: Rc<Cell<bool>>, mark: CutMark) -> Content<D> {
        Content {
            decoder,
            has_ended,
            mark,
            is_cut: false,
        }
    }
}

impl<D: Read> Read for Content<D> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // Bytes decoded before a failure are lost, so reads are small.
        const PIECE: usize = 8 << 10;
        if self.is_cut {
            return Ok(0);
        }
        let length = buffer.len().min(PIECE);
        match self.decoder.read(&mut buffer[..length]) {
            Err(error) if self.has_ended.get() && error.kind() != io::ErrorKind::Interrupted => {
                self.is_cut = true;
                self.mark.is_cut.set(true);
                Ok(0)
            }
            read => read,
        }
    }
}
