//! Zstandard files (RFC 8878): frames in a row, of data or to be skipped.

use std::io::{self, BufRead, Read, Write};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

/// Bytes that are compressed together, and kept until then.
const FRAME: usize = 8 << 20;

/// Whether bytes begin as a frame does.
pub(super) fn is_frame(bytes: &[u8]) -> bool {
    let Some(magic) = bytes.first_chunk::<4>() else {
        return false;
    };
    let magic = u32::from_le_bytes(*magic);
    magic == 0xfd2f_b528 || (0x184d_2a50..=0x184d_2a5f).contains(&magic)
}

/// Reads the frames of a file one after another. A window beyond 100 MiB, which `zstd --long` can
/// make, is an error.
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

    /// Goes to the next frame of data; false at the end of the file.
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

    /// Compares the content of the frame with its checksum, where it has one.
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

    /// Writes what is left and gives the output back.
    pub(super) fn finish(mut self) -> io::Result<W> {
        // A file of no frames is no zstd file.
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
