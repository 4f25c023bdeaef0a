//! Content of a trajectory file: the file itself, or its decompressed copy.

use std::fs::File;
use std::io::{self, BufRead, Read, Seek, SeekFrom};
use std::sync::Arc;

use super::decompressed_copy::DecompressedCopy;
use super::positioned;
use super::progress::Progress;
use crate::files::BUFFER;

/// Content that is read at byte offsets.
pub(super) enum Content {
    /// A part of a file, from its start.
    File {
        file: Arc<File>,
        /// Number of bytes.
        bytes: u64,
    },
    /// A copy, decompressed as far as it is read.
    Copy(DecompressedCopy),
}

impl Content {
    /// The smaller of the number of bytes and `bytes`, or a larger number that is known.
    pub(super) fn available(&mut self, at_least: u64) -> io::Result<u64> {
        match self {
            Content::File { bytes, .. } => Ok(*bytes),
            Content::Copy(copy) => copy.extend_to(at_least),
        }
    }

    /// Reads bytes at an offset; returns their number, less than the buffer holds at the end only.
    pub(super) fn read_at(&mut self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let bytes = self.available(offset.saturating_add(buffer.len() as u64))?;
        let length = bytes.saturating_sub(offset).min(buffer.len() as u64) as usize;
        let file = match self {
            Content::File { file, .. } => file,
            Content::Copy(copy) => copy.file(),
        };
        positioned::read_full_at(file, &mut buffer[..length], offset)
    }
}

/// Buffered reader of a content; seeks from the start only.
pub(super) struct ContentLines {
    content: Content,
    /// Byte offset of the buffer.
    offset: u64,
    buffer: Vec<u8>,
    /// Number of filled and of consumed bytes of the buffer.
    filled: usize,
    consumed: usize,
    /// For a search: its progress, and whether it reads the file itself.
    progress: Option<(Arc<Progress>, bool)>,
}

impl ContentLines {
    /// A reader from an offset to another.
    pub(super) fn between(file: Arc<File>, start: u64, end: u64) -> ContentLines {
        let length = end.saturating_sub(start).clamp(1, BUFFER as u64);
        ContentLines {
            content: Content::File { file, bytes: end },
            offset: start,
            buffer: vec![0; length as usize],
            filled: 0,
            consumed: 0,
            progress: None,
        }
    }

    /// A reader for a search, from the start, that ends with an error when the search is stopped.
    pub(super) fn search(content: Content, progress: Arc<Progress>) -> ContentLines {
        let is_file = matches!(content, Content::File { .. });
        ContentLines {
            content,
            offset: 0,
            buffer: vec![0; BUFFER],
            filled: 0,
            consumed: 0,
            progress: Some((progress, is_file)),
        }
    }
}

impl BufRead for ContentLines {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.consumed == self.filled {
            self.offset += self.filled as u64;
            (self.filled, self.consumed) = (0, 0);
            if let Some((progress, is_file)) = &self.progress {
                progress.check()?;
                if *is_file {
                    progress.reach(self.offset);
                }
            }
            self.filled = self.content.read_at(&mut self.buffer, self.offset)?;
        }
        Ok(&self.buffer[self.consumed..self.filled])
    }

    fn consume(&mut self, length: usize) {
        self.consumed = (self.consumed + length).min(self.filled);
    }
}

impl Read for ContentLines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(buffer)?;
        self.consume(length);
        Ok(length)
    }
}

impl Seek for ContentLines {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        match position {
            SeekFrom::Start(offset) => {
                self.offset = offset;
                (self.filled, self.consumed) = (0, 0);
                Ok(offset)
            }
            SeekFrom::End(_) | SeekFrom::Current(_) => Err(io::ErrorKind::Unsupported.into()),
        }
    }
}
