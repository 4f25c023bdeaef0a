//! Reader of xz files (<https://tukaani.org/xz/xz-file-format.txt>) with a memory limit.

use std::io::{self, Read};

use lzma_rust2::XzReader;

/// Maximum dictionary size, bytes; `xz -9` uses 64 MiB, and blocks can request up to 4 GiB.
const MAX_DICTIONARY: u64 = 1 << 30;

/// Decompressing reader of all streams of a file. A block with a larger dictionary is an error.
pub(super) fn reader<R: Read>(source: R) -> XzReader<HeaderCheck<R>> {
    let source = HeaderCheck { source, last: None };
    XzReader::new(source, true)
}

/// Checks the header of each block before the decoder receives it. The decoder reads the size byte of a
/// block header alone and the rest at once; it reads nothing else in this way.
pub(super) struct HeaderCheck<R> {
    source: R,
    /// The last byte read, if it was read alone.
    last: Option<u8>,
}

impl<R: Read> Read for HeaderCheck<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        // An index, and not a block, starts with 0.
        if let Some(size) = self.last.filter(|&size| size != 0)
            && buffer.len() == 4 * (usize::from(size) + 1) - 1
        {
            let size = dictionary(&buffer[..read]).unwrap_or(0);
            if size > MAX_DICTIONARY {
                let reason = format!("a dictionary of {size} bytes, more than {MAX_DICTIONARY}");
                return Err(io::Error::other(reason));
            }
        }
        self.last = match buffer[..read] {
            [byte] => Some(byte),
            _ => None,
        };
        Ok(read)
    }
}

/// Dictionary size in a block header after its first byte, bytes (sections 3.1 and 5.3.1), if stated.
fn dictionary(header: &[u8]) -> Option<u64> {
    const LZMA2: u64 = 0x21;
    let mut header = header.iter().copied();
    let flags = header.next()?;
    // The compressed and the decompressed size, where they are stated.
    for _ in 0..(flags & 0xc0).count_ones() {
        integer(&mut header)?;
    }
    for _ in 0..=(flags & 3) {
        let filter = integer(&mut header)?;
        let properties = integer(&mut header)?;
        if filter == LZMA2 {
            let bits = header.next().filter(|&bits| bits <= 40)?;
            return Some((2 | u64::from(bits & 1)) << (bits / 2 + 11));
        }
        for _ in 0..properties {
            header.next()?;
        }
    }
    None
}

/// Variable-length integer with seven bits per byte, lowest first (section 1.2).
fn integer(bytes: &mut impl Iterator<Item = u8>) -> Option<u64> {
    let mut number = 0;
    for shift in (0..63).step_by(7) {
        let byte = bytes.next()?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::num::NonZeroU64;

    use lzma_rust2::{XzOptions, XzWriter};

    use super::*;

    /// A file of several blocks; the header of the second one asks for 4 GiB.
    #[test]
    fn the_dictionary_of_every_block_is_bounded() {
        let mut options = XzOptions::with_preset(0);
        options.set_block_size(NonZeroU64::new(1));
        let mut writer = XzWriter::new(Vec::new(), options).unwrap();
        let content: Vec<u8> = (0..1_000_000_u32)
            .map(|x| (x.wrapping_mul(x) >> 7) as u8)
            .collect();
        writer.write_all(&content).unwrap();
        let mut file = writer.finish().unwrap();

        let mut read = Vec::new();
        reader(&*file).read_to_end(&mut read).unwrap();
        assert_eq!(read, content);

        // Size and flags of the header, the filter and the size of its properties.
        let header = file[12..16].to_vec();
        let blocks: Vec<usize> = (12..file.len() - 4)
            .filter(|&offset| file[offset..offset + 4] == header)
            .collect();
        assert!(blocks.len() > 1);
        file[blocks[1] + 4] = 40;
        let error = reader(&*file).read_to_end(&mut Vec::new()).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("a dictionary of 4294967296 bytes"),
            "{error}"
        );
    }
}
