//! Zstandard files (RFC 8878): data frames and skippable frames.

use std::io::{self, BufRead, Read, Write};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

/// Size of a frame before compression, bytes.
const FRAME: usize = 8 << 20;

/// Whether the bytes begin with the magic number of a frame.
pub(super) fn is_frame(bytes: &[u8]) -> bool {
    let Some(magic) = bytes.first_chunk::<4>() else {
        return false;
    };
    let magic = u32::from_le_bytes(*magic);
    magic == 0xfd2f_b528 || (0x184d_2a50..=0x184d_2a5f).contains(&magic)
}

/// Decompressing reader of all frames. A window above 100 MiB, as of `zstd --long`, is an error.
pub(super) struct FrameReader<R> {
    source: R,
    decoder: FrameDecoder,
    in_frame: bool,
}

impl<R: BufRead> FrameReader<R> {
    pub(super) fn new(source: R) -> FrameReader<R> {
        FrameReader {
            source,
            decoder: FrameDecoder::new(),
            in_frame: false,
        }
    }

    /// Opens the next data frame; false at the end of the file.
    fn open_frame(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut skipped = (&mut self.source).take(u64::from(length));
                    if io::copy(&mut skipped, &mut io::sink())? < u64::from(length) {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }

    /// Verifies the checksum of the frame, if it has one.
    fn close_frame(&mut self) -> io::Result<()> {
        self.in_frame = false;
        let stated = self.decoder.get_checksum_from_data();
        if stated.is_some() && stated != self.decoder.get_calculated_checksum() {
            return Err(io::Error::other("a wrong checksum"));
        }
        Ok(())
    }
}

impl<R: BufRead> Read for FrameReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.in_frame {
                self.in_frame = self.open_frame()?;
                if !self.in_frame {
                    return Ok(0);
                }
            }
            while self.decoder.can_collect() < buffer.len() && !self.decoder.is_finished() {
                let missing = buffer.len() - self.decoder.can_collect();
                let some = BlockDecodingStrategy::UptoBytes(missing);
                let decoded = self.decoder.decode_blocks(&mut self.source, some);
                decoded.map_err(io::Error::other)?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.close_frame()?;
        }
    }
}

/// Writes frames of a few megabytes each.
pub(in super::super) struct FrameWriter<W> {
    output: W,
    waiting: Vec<u8>,
    empty: bool,
}

impl<W: Write> FrameWriter<W> {
    pub(super) fn new(output: W) -> FrameWriter<W> {
        FrameWriter {
            output,
            waiting: Vec::new(),
            empty: true,
        }
    }

    pub(super) fn write_all(&mut self, mut content: &[u8]) -> io::Result<()> {
        while self.waiting.len() + content.len() >= FRAME {
            let (now, later) = content.split_at(FRAME - self.waiting.len());
            self.waiting.extend_from_slice(now);
            self.write_frame()?;
            content = later;
        }
        self.waiting.extend_from_slice(content);
        Ok(())
    }

    /// Writes the remaining bytes and returns the output.
    pub(super) fn finish(mut self) -> io::Result<W> {
        // A zstd file needs at least one frame.
        if self.empty || !self.waiting.is_empty() {
            self.write_frame()?;
        }
        Ok(self.output)
    }

    fn write_frame(&mut self) -> io::Result<()> {
        let frame = compress_to_vec(&*self.waiting, CompressionLevel::Fastest);
        self.waiting.clear();
        self.empty = false;
        self.output.write_all(&frame)
    }
}
