//! Cursor over the bytes of a binary file.

use super::super::ParseError;

/// Cursor that reads numbers from bytes.
pub(super) struct Cursor<'a> {
    pub(super) bytes: &'a [u8],
    /// Byte offset of the next number.
    pub(super) offset: usize,
    pub(super) big_endian: bool,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8], offset: usize, big_endian: bool) -> Self {
        Cursor {
            bytes,
            offset,
            big_endian,
        }
    }

    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8], ParseError> {
        let end = self.offset.checked_add(length);
        let taken = end.and_then(|end| self.bytes.get(self.offset..end));
        let taken = taken.ok_or_else(|| {
            let left = self.bytes.len().saturating_sub(self.offset);
            let expected = format!(
                "{length} bytes at byte {} (a frame cut short?)",
                self.offset
            );
            ParseError::whole(expected, format!("{left} to the end of the file"))
        })?;
        self.offset += length;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], ParseError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        if !self.big_endian {
            array.reverse();
        }
        Ok(array)
    }

    pub(super) fn i32(&mut self) -> Result<i32, ParseError> {
        Ok(i32::from_be_bytes(self.array()?))
    }

    pub(super) fn u32(&mut self) -> Result<u32, ParseError> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    pub(super) fn u64(&mut self) -> Result<u64, ParseError> {
        Ok(u64::from_be_bytes(self.array()?))
    }

    pub(super) fn f32(&mut self) -> Result<f64, ParseError> {
        Ok(f64::from(f32::from_be_bytes(self.array()?)))
    }

    pub(super) fn f64(&mut self) -> Result<f64, ParseError> {
        Ok(f64::from_be_bytes(self.array()?))
    }
}
