//! Reader of xz files (<https://tukaani.org/xz/xz-file-format.txt>), with a bound on their memory.

use std::io::{self, BufRead};

use lzma_rust2::XzReader;

/// Maximum size of the dictionary, bytes; `xz -9` takes 64 MiB. The reader reserves what the file
/// asks for, up to 4 GiB.
const MAX_DICTIONARY: u64 = 1 << 30;

/// The content of all streams of a file. Blocks after the first are taken to have its dictionary.
pub(super) fn reader<R: BufRead>(mut file: R) -> io::Result<XzReader<R>> {
    let size = dictionary(file.fill_buf()?).unwrap_or(0);
    if size > MAX_DICTIONARY {
        let reason = format!("a dictionary of {size} bytes, more than {MAX_DICTIONARY}");
        return Err(io::Error::other(reason));
    }
    Ok(XzReader::new(file, true))
}

/// The size of the dictionary in the header of the first block, bytes (sections 3.1 and 5.3.1);
/// `None` where there is no such block.
fn dictionary(bytes: &[u8]) -> Option<u64> {
    const STREAM_HEADER: usize = 12;
    const LZMA2: u64 = 0x21;
    let mut header = bytes.get(STREAM_HEADER..)?.iter().copied();
    // An index, and not a block, starts with 0.
    header.next().filter(|&size| size != 0)?;
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

/// A number of seven bits in each byte, the lowest first (section 1.2).
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
