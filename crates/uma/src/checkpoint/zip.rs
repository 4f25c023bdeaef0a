//! The zip container of a PyTorch checkpoint: uncompressed entries, found by the central directory,
//! with 64-bit sizes in large files.
//!
//! Layout: PKWARE, *.ZIP File Format Specification*, APPNOTE.TXT 6.3, sections 4.3 and 4.5.3.

use std::collections::HashMap;
use std::ops::Range;

use super::error::CheckpointError;

const LOCAL_HEADER: &[u8; 4] = b"PK\x03\x04";
const DIRECTORY_ENTRY: &[u8; 4] = b"PK\x01\x02";
const END: &[u8; 4] = b"PK\x05\x06";
const END_64: &[u8; 4] = b"PK\x06\x06";
const LOCATOR_64: &[u8; 4] = b"PK\x06\x07";

/// Length of the end record, before a comment of up to 64 KiB, bytes.
const END_LENGTH: usize = 22;
const MAX_COMMENT_LENGTH: usize = 0xffff;
/// Lengths of a directory entry and of a local header, before the name, bytes.
const ENTRY_LENGTH: usize = 46;
const LOCAL_LENGTH: usize = 30;
/// The 32-bit value that refers to the 64-bit field.
const SEE_64: u64 = 0xffff_ffff;
/// The identifier of the extra field with the 64-bit values.
const EXTRA_64: u64 = 1;
/// Maximum number of entries; the largest known checkpoint has some thousands.
const MAX_ENTRIES: u64 = 1 << 18;

/// The entries of a zip file by name.
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    entries: HashMap<&'a str, ZipEntry>,
}

/// An entry of the central directory.
#[derive(Clone, Copy)]
struct ZipEntry {
    /// Offset of its local header.
    header: u64,
    /// Size of its content, bytes.
    size: u64,
    /// CRC-32 of its content.
    checksum: u32,
    /// Why its content cannot be read, if so.
    obstacle: Option<&'static str>,
}

impl<'a> Archive<'a> {
    /// Whether bytes look like a zip file.
    pub(super) fn recognizes(bytes: &[u8]) -> bool {
        bytes.starts_with(LOCAL_HEADER) || bytes.starts_with(END)
    }

    pub(super) fn open(bytes: &'a [u8]) -> Result<Archive<'a>, CheckpointError> {
        let (count, start) = directory(bytes)?;
        if count > MAX_ENTRIES {
            return Err(damaged(&format!("its directory claims {count} entries")));
        }
        let mut entries = HashMap::new();
        let mut at = usize::try_from(start).map_err(|_| truncated())?;
        for _ in 0..count {
            let (name, entry, next) = entry(bytes, at)?;
            if entries.insert(name, entry).is_some() {
                return Err(damaged(&format!("two entries have the name {name:?}")));
            }
            at = next;
        }
        Ok(Archive { bytes, entries })
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.entries.keys().copied()
    }

    /// The range of an entry's content; `None` without such an entry.
    ///
    /// # Errors
    /// If it is encrypted, compressed, or outside the file.
    pub(super) fn find(&self, name: &str) -> Result<Option<Range<usize>>, CheckpointError> {
        let Some(entry) = self.entries.get(name) else {
            return Ok(None);
        };
        if let Some(obstacle) = entry.obstacle {
            return Err(damaged(&format!("the entry {name:?} is {obstacle}")));
        }
        let range = || {
            let at = usize::try_from(entry.header).ok()?;
            let header = self.bytes.get(at..at.checked_add(LOCAL_LENGTH)?)?;
            let skipped = number(header, 26, 2)?.checked_add(number(header, 28, 2)?)?;
            let start = (at + LOCAL_LENGTH).checked_add(usize::try_from(skipped).ok()?)?;
            let end = start.checked_add(usize::try_from(entry.size).ok()?)?;
            (header.starts_with(LOCAL_HEADER) && end <= self.bytes.len()).then_some(start..end)
        };
        let found = range();
        found
            .map(Some)
            .ok_or_else(|| damaged(&format!("the entry {name:?} is outside the file")))
    }

    /// The content of an entry; `None` without such an entry.
    ///
    /// # Errors
    /// As [`find`](Archive::find), and if the checksum does not match.
    pub(super) fn read(&self, name: &str) -> Result<Option<&'a [u8]>, CheckpointError> {
        let Some(range) = self.find(name)? else {
            return Ok(None);
        };
        let content = &self.bytes[range];
        match crc32fast::hash(content) == self.entries[name].checksum {
            true => Ok(Some(content)),
            false => Err(damaged(&format!(
                "the entry {name:?} does not match its checksum"
            ))),
        }
    }
}

/// The number of entries of the central directory, and its offset.
fn directory(bytes: &[u8]) -> Result<(u64, u64), CheckpointError> {
    let last = bytes.len().checked_sub(END_LENGTH).ok_or_else(truncated)?;
    let first = last.saturating_sub(MAX_COMMENT_LENGTH);
    let is_end = |at: &usize| {
        let comment = number(bytes, at + 20, 2);
        bytes[*at..].starts_with(END) && comment == Some((last - at) as u64)
    };
    let end = (first..=last).rev().find(is_end).ok_or_else(truncated)?;
    let field = |at, width| number(bytes, at, width).ok_or_else(truncated);
    let (count, start) = (field(end + 10, 2)?, field(end + 16, 4)?);
    if count != 0xffff && start != SEE_64 {
        return Ok((count, start));
    }
    let locator = end.checked_sub(20).ok_or_else(truncated)?;
    if !bytes[locator..].starts_with(LOCATOR_64) {
        return Ok((count, start));
    }
    let end_64 = usize::try_from(field(locator + 8, 8)?).map_err(|_| truncated())?;
    if !bytes
        .get(end_64..)
        .is_some_and(|rest| rest.starts_with(END_64))
    {
        return Err(damaged("its 64-bit directory record is missing"));
    }
    Ok((field(end_64 + 32, 8)?, field(end_64 + 48, 8)?))
}

/// The name and the entry at an offset of the directory, and the offset of the next.
fn entry(bytes: &[u8], at: usize) -> Result<(&str, ZipEntry, usize), CheckpointError> {
    let rest = bytes.get(at..).ok_or_else(truncated)?;
    if !rest.starts_with(DIRECTORY_ENTRY) {
        return Err(damaged("its directory is truncated"));
    }
    let field = |at, width| number(rest, at, width).ok_or_else(truncated);
    let length = |at| field(at, 2).map(|length| length as usize);
    let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
    let extra_at = ENTRY_LENGTH + name;
    let name = rest.get(ENTRY_LENGTH..extra_at).ok_or_else(truncated)?;
    let name = std::str::from_utf8(name).map_err(|_| damaged("an entry's name is not text"))?;
    let extra_field = rest.get(extra_at..extra_at + extra).ok_or_else(truncated)?;
    let (mut size, mut header) = (field(24, 4)?, field(42, 4)?);
    let mut packed = field(20, 4)?;
    read_64_bit(extra_field, [&mut size, &mut packed, &mut header])?;
    let (flags, method) = (field(8, 2)?, field(10, 2)?);
    let entry = ZipEntry {
        header,
        size,
        checksum: field(16, 4)? as u32,
        obstacle: match (flags & 1, method) {
            (1, _) => Some("encrypted"),
            (_, 0) if packed == size => None,
            (_, 0) => Some("of inconsistent length"),
            _ => Some("compressed, which PyTorch never does"),
        },
    };
    Ok((name, entry, at + extra_at + extra + comment))
}

/// Replaces values that do not fit 32 bits by those of the 64-bit extra field.
fn read_64_bit(mut extra: &[u8], values: [&mut u64; 3]) -> Result<(), CheckpointError> {
    let field = |bytes, at, width| number(bytes, at, width).ok_or_else(truncated);
    while extra.len() >= 4 {
        let (id, length) = (field(extra, 0, 2)?, field(extra, 2, 2)? as usize);
        let content = extra.get(4..4 + length).ok_or_else(truncated)?;
        if id == EXTRA_64 {
            let mut at = 0;
            for value in values.into_iter().filter(|value| **value == SEE_64) {
                *value = field(content, at, 8)?;
                at += 8;
            }
            return Ok(());
        }
        extra = &extra[4 + length..];
    }
    Ok(())
}

/// A little-endian number of up to 8 bytes.
fn number(bytes: &[u8], at: usize, width: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(width)?)?;
    let digits = bytes.iter().rev();
    Some(digits.fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

fn damaged(what: &str) -> CheckpointError {
    CheckpointError::damaged(what)
}

fn truncated() -> CheckpointError {
    damaged("it is truncated before the end of its directory")
}
