//! Compressed files, whatever is in them.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read, Write};

use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;

use super::ParseError;

/// The most bytes that a compressed file may unfold to. A kilobyte can unfold to a megabyte, so a
/// small file could otherwise fill the memory; larger ones are to be decompressed first.
pub const LARGEST_UNFOLDED: u64 = 4 << 30;

/// Whether the bytes begin as a gzip file does (RFC 1952).
pub(super) fn is_compressed(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// The content: what the bytes unfold to, or the bytes themselves where they are not compressed.
pub(super) fn unfolded(bytes: &[u8], largest: u64) -> Result<Cow<'_, [u8]>, ParseError> {
    if !is_compressed(bytes) {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut content = Vec::new();
    MultiGzDecoder::new(bytes)
        .take(largest.saturating_add(1))
        .read_to_end(&mut content)
        .map_err(|error| ParseError::whole("a whole gzip file", error.to_string()))?;
    if content.len() as u64 > largest {
        return Err(ParseError::whole(
            format!("a gzip file that unfolds to at most {largest} bytes"),
            "more: decompress it first",
        ));
    }
    Ok(Cow::Owned(content))
}

/// The content of a file as a stream.
pub(super) fn reader<R: BufRead + 'static>(mut file: R) -> io::Result<Box<dyn BufRead>> {
    if is_compressed(file.fill_buf()?) {
        return Ok(Box::new(BufReader::new(MultiGzDecoder::new(file))));
    }
    Ok(Box::new(file))
}

/// The bytes, compressed.
pub(super) fn folded(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let written = encoder.write_all(content).and_then(|()| encoder.finish());
    written.expect("writing to memory does not fail")
}
