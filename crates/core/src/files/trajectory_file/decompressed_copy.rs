//! Decompressed copy of a file in an unnamed temporary file, since frames of a compressed file cannot be
//! found by their offset.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use super::positioned;
use super::progress::Progress;
use crate::chem::format::ContentReader;
use crate::files::BUFFER;

/// Maximum size of the copy, bytes.
const MAX_BYTES: u64 = 64 << 30;

/// Why there is no complete copy.
#[derive(Debug, thiserror::Error)]
enum CopyError {
    #[error("more than {MAX_BYTES} bytes after decompression: decompress the file first")]
    TooLarge,
    #[error("no room for its decompressed copy ({0}): free space or decompress the file first")]
    Write(io::Error),
}

/// Copy that grows while the file is decompressed.
pub(super) struct DecompressedCopy {
    content: ContentReader,
    copy: Arc<File>,
    /// Number of bytes in the copy.
    bytes: u64,
    has_ended: bool,
    progress: Arc<Progress>,
    buffer: Vec<u8>,
}

/// Creates the file of a copy, which vanishes when it is closed: in the folder of the original, which has
/// room for large files, or else in the folder of temporary files.
pub(super) fn create_file(original: &str) -> io::Result<File> {
    let folder = Path::new(original).parent();
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
    tempfile::tempfile_in(folder.unwrap_or(Path::new("."))).or_else(|_| tempfile::tempfile())
}

impl DecompressedCopy {
    /// Starts to decompress a file into the file of a copy.
    pub(super) fn begin(
        original: Arc<File>,
        copy: Arc<File>,
        is_text: bool,
        progress: Arc<Progress>,
    ) -> io::Result<DecompressedCopy> {
        let counting = CountingReader {
            file: original,
            offset: 0,
            progress: Arc::clone(&progress),
        };
        let file = BufReader::with_capacity(BUFFER, counting);
        let content = match is_text {
            true => ContentReader::text(file),
            false => ContentReader::binary(file),
        };
        Ok(DecompressedCopy {
            content: content?,
            copy,
            bytes: 0,
            has_ended: false,
            progress,
            buffer: vec![0; BUFFER],
        })
    }

    /// The copy.
    pub(super) fn file(&self) -> &File {
        &self.copy
    }

    /// Decompresses until the copy has at least so many bytes, or the file ends; returns their number.
    pub(super) fn extend_to(&mut self, bytes: u64) -> io::Result<u64> {
        while self.bytes < bytes && !self.has_ended {
            self.progress.check()?;
            let length = self.content.read(&mut self.buffer)?;
            if length == 0 {
                self.has_ended = true;
                if let Some(compression) = self.content.truncated() {
                    self.progress.set_truncated(compression);
                }
                break;
            }
            if self.bytes + length as u64 > MAX_BYTES {
                return Err(io::Error::other(CopyError::TooLarge));
            }
            let written = positioned::write_all_at(&self.copy, &self.buffer[..length], self.bytes);
            written.map_err(|error| io::Error::new(error.kind(), CopyError::Write(error)))?;
            self.bytes += length as u64;
        }
        Ok(self.bytes)
    }
}

/// Reader of the compressed bytes that reports its progress.
struct CountingReader {
    file: Arc<File>,
    offset: u64,
    progress: Arc<Progress>,
}

impl Read for CountingReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = positioned::read_at(&self.file, buffer, self.offset)?;
        self.offset += length as u64;
        self.progress.add(length as u64);
        Ok(length)
    }
}
