//! Bytes that have arrived and are not decoded yet.

use crate::error::ProtocolError;
use crate::header::{HEADER_BYTES, Header};

/// Bytes that have arrived and are not decoded yet.
#[derive(Default)]
pub(super) struct Buffer {
    bytes: Vec<u8>,
    /// Bytes of `bytes` that are decoded.
    start: usize,
}

impl Buffer {
    /// Adds bytes that have arrived.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.bytes.drain(..self.start);
        self.start = 0;
        self.bytes.extend_from_slice(bytes);
    }

    /// The next header, which stays; `None` until it is complete.
    pub(super) fn header(&self) -> Result<Option<Header>, ProtocolError> {
        let bytes = self.raw_header();
        bytes.map(Header::of_bytes).transpose()
    }

    /// The bytes of the next header.
    pub(super) fn raw_header(&self) -> Option<[u8; HEADER_BYTES]> {
        self.bytes[self.start..].first_chunk().copied()
    }

    /// Takes a header and the body of this length behind it; `None` until both are complete.
    pub(super) fn take_body(&mut self, length: usize) -> Option<&[u8]> {
        let body = self.start + HEADER_BYTES;
        let end = body + length;
        let bytes = self.bytes.get(body..end)?;
        self.start = end;
        Some(bytes)
    }

    /// Takes a header and a body of fixed length behind it.
    pub(super) fn take_array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take_body(N)?.try_into().ok()
    }
}
