//! Output with optional compression.

use std::io::{self, Write};

use bzip2::write::BzEncoder;
use flate2::write::GzEncoder;
use lzma_rust2::{XzOptions, XzWriter};

use super::kind::Compression;
use super::zstd;

/// Default level of the program xz.
const XZ_PRESET: u32 = 6;

/// Compressing output.
pub(in super::super) enum Encoder<W: Write> {
    Plain(W),
    Gzip(GzEncoder<W>),
    Bzip2(BzEncoder<W>),
    Xz(Box<XzWriter<W>>),
    Zstd(zstd::FrameWriter<W>),
}

impl<W: Write> Encoder<W> {
    pub(in super::super) fn new(
        output: W,
        compression: Option<Compression>,
    ) -> io::Result<Encoder<W>> {
        Ok(match compression {
            None => Encoder::Plain(output),
            Some(Compression::Gzip) => {
                Encoder::Gzip(GzEncoder::new(output, flate2::Compression::default()))
            }
            Some(Compression::Bzip2) => {
                Encoder::Bzip2(BzEncoder::new(output, bzip2::Compression::default()))
            }
            Some(Compression::Xz) => {
                let options = XzOptions::with_preset(XZ_PRESET);
                Encoder::Xz(Box::new(XzWriter::new(output, options)?))
            }
            Some(Compression::Zstd) => Encoder::Zstd(zstd::FrameWriter::new(output)),
        })
    }

    pub(in super::super) fn write(&mut self, content: &[u8]) -> io::Result<()> {
        match self {
            Encoder::Plain(output) => output.write_all(content),
            Encoder::Gzip(encoder) => encoder.write_all(content),
            Encoder::Bzip2(encoder) => encoder.write_all(content),
            Encoder::Xz(encoder) => encoder.write_all(content),
            Encoder::Zstd(encoder) => encoder.write_all(content),
        }
    }

    /// Writes the remaining bytes and returns the output.
    pub(in super::super) fn finish(self) -> io::Result<W> {
        match self {
            Encoder::Plain(output) => Ok(output),
            Encoder::Gzip(encoder) => encoder.finish(),
            Encoder::Bzip2(encoder) => encoder.finish(),
            Encoder::Xz(encoder) => encoder.finish(),
            Encoder::Zstd(encoder) => encoder.finish(),
        }
    }
}
