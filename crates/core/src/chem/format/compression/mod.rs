//! Compression of files: gzip, bzip2, xz and zstd.

mod encoder;
mod kind;
mod truncation;
mod xz;
mod zstd;

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;

use super::ParseError;

pub(super) use encoder::Encoder;
pub use kind::Compression;
pub(super) use truncation::Truncation;

use truncation::{CompressedReader, DecodedReader};

/// Maximum decompressed size of a file, bytes, since a small file can decompress to a size beyond memory.
pub const MAX_DECOMPRESSED: u64 = 4 << 30;

impl Compression {
    /// Compresses a content.
    ///
    /// ```
    /// use mlipview_core::chem::format::{Compression, FrameSelection, read};
    ///
    /// let file = Compression::Zstd.compress(b"1\nargon\nAr 0 0 0\n");
    /// assert_eq!(read(&file, "argon.xyz.zst", FrameSelection::ALL)?.len(), 1);
    /// # Ok::<(), mlipview_core::chem::format::ParseError>(())
    /// ```
    pub fn compress(self, content: &[u8]) -> Vec<u8> {
        let compressed = || {
            let mut encoder = Encoder::new(Vec::new(), Some(self))?;
            encoder.write(content)?;
            encoder.finish()
        };
        compressed().expect("writing to memory does not fail")
    }

    /// Detects the compression from the first bytes of a file.
    pub(super) fn of_content(bytes: &[u8]) -> Option<Compression> {
        Self::ALL.into_iter().find(|compression| match compression {
            Compression::Gzip => bytes.starts_with(&[0x1f, 0x8b]),
            // "BZh", the block size, then a block or the end of an empty file.
            Compression::Bzip2 => {
                let magic = bytes.get(4..10).unwrap_or_default();
                bytes.starts_with(b"BZh")
                    && (magic == b"1AY&SY" || magic == [0x17, 0x72, 0x45, 0x38, 0x50, 0x90])
            }
            Compression::Xz => bytes.starts_with(&[0xfd, b'7', b'z', b'X', b'Z', 0]),
            Compression::Zstd => zstd::is_frame(bytes),
        })
    }

    /// Decompressing reader; truncation is recorded in `truncation`.
    fn decoder<'a, R: BufRead + 'a>(self, file: R, truncation: Truncation) -> Box<dyn Read + 'a> {
        truncation.set_compression(self);
        let source = CompressedReader::new(file);
        let has_ended = source.has_ended();
        let decoder: Box<dyn Read + 'a> = match self {
            Compression::Gzip => Box::new(MultiGzDecoder::new(source)),
            Compression::Bzip2 => Box::new(MultiBzDecoder::new(source)),
            Compression::Xz => Box::new(xz::reader(source)),
            Compression::Zstd => Box::new(zstd::FrameReader::new(source)),
        };
        Box::new(DecodedReader::new(decoder, has_ended, truncation))
    }
}

/// Decompresses a file, if it is compressed. Of a truncated file, recorded in `truncation`, the result is
/// the decodable part.
pub(super) fn decompressed<'a>(
    bytes: &'a [u8],
    max: u64,
    truncation: &Truncation,
) -> Result<Cow<'a, [u8]>, ParseError> {
    let Some(compression) = Compression::of_content(bytes) else {
        return Ok(Cow::Borrowed(bytes));
    };
    let kind = compression.title();
    let mut content = Vec::new();
    let decoder = compression.decoder(bytes, truncation.clone());
    let read = decoder
        .take(max.saturating_add(1))
        .read_to_end(&mut content);
    read.map_err(|error| ParseError::whole(format!("a whole {kind} file"), error.to_string()))?;
    if content.len() as u64 > max {
        return Err(ParseError::whole(
            format!("a {kind} file that holds at most {max} bytes"),
            "more: decompress it first",
        ));
    }
    Ok(Cow::Owned(content))
}

/// Decompressing reader of a stream; truncation is recorded in `truncation`.
pub(super) fn reader<R: BufRead + 'static>(
    mut file: R,
    truncation: &Truncation,
) -> io::Result<Box<dyn BufRead>> {
    match Compression::of_content(file.fill_buf()?) {
        Some(compression) => {
            let decoder = compression.decoder(file, truncation.clone());
            Ok(Box::new(BufReader::new(decoder)))
        }
        None => Ok(Box::new(file)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A few hundred bytes that decompress to megabytes.
    #[test]
    fn content_above_the_maximum_size_is_an_error() {
        let content = vec![b'0'; 3_000_000];
        for compression in Compression::ALL {
            let file = compression.compress(&content);
            assert!(file.len() < content.len() / 100, "{}", compression.title());
            assert_eq!(
                decompressed(&file, 3_000_000, &Truncation::default()).unwrap(),
                content
            );
            let error = decompressed(&file, 2_999_999, &Truncation::default());
            let error = error.unwrap_err().to_string();
            assert!(error.contains("holds at most 2999999 bytes"), "{error}");
        }
    }
}
