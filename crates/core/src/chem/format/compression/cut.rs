//! A compressed file that is cut short: its content ends where decoding must.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::kind::Compression;

/// What is known of a file while it is read: its compression, and whether it is cut short. Copies
/// share it.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct CutMark {
    compression: Rc<Cell<Option<Compression>>>,
    is_cut: Rc<Cell<bool>>,
}

impl CutMark {
    pub(super) fn set_compression(&self, compression: Compression) {
        self.compression.set(Some(compression));
    }

    /// How the file is compressed; `None` for plain files and before it is opened.
    pub(in super::super) fn compression(&self) -> Option<Compression> {
        self.compression.get()
    }

    /// The compression of the file if it was found to be cut short.
    pub(in super::super) fn cut(&self) -> Option<Compression> {
        self.compression().filter(|_| self.is_cut.get())
    }
}

/// The compressed bytes, with a mark once their end was met.
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
    /// Fills the buffer unless the file ends: the decoder of xz takes less for an error.
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

/// The decoded bytes. An error of the decoder after the compressed bytes have ended says that they
/// are cut short; the content ends there.
pub(super) struct Content<D> {
    decoder: D,
    /// Whether the compressed bytes have ended.
    has_ended: Rc<Cell<bool>>,
    mark: CutMark,
    is_cut: bool,
}

impl<D> Content<D> {
    /// The content that a decoder gives of a source with this end.
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
        // What a decoder has put into the buffer before it fails is lost, so that is to be little.
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
