//! Records of a file, found one after another without reading their content.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use mcap::MAGIC;
use mcap::records::{ChunkHeader, MessageIndex, Record, op};

use super::content::{ChunkContent, ChunkError, PREFIX};
use super::{MAX_READ_CHUNK, PROFILE};

/// Maximum length of a header record, bytes.
const MAX_HEADER: u64 = 1 << 16;

/// A file of records.
#[derive(Debug)]
pub(crate) struct RecordFile {
    file: File,
}

/// Place and kind of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RecordHeader {
    /// Kind.
    pub(crate) kind: RecordKind,
    /// Offset in the file, bytes.
    pub(crate) offset: u64,
    /// Offset of the next record, bytes.
    pub(crate) end: u64,
}

/// Kinds of records that matter here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RecordKind {
    /// A chunk of messages.
    Chunk,
    /// Index of the messages of the chunk before.
    MessageIndex,
    /// End of the data: DataEnd or Footer.
    End,
    /// Another known record.
    Other,
    /// No record of the format: the file is damaged.
    Invalid,
}

/// A chunk record.
pub(crate) struct ChunkRecord {
    /// Its header.
    pub(crate) header: ChunkHeader,
    body: Vec<u8>,
    data: usize,
}

impl ChunkRecord {
    /// Its decompressed content.
    pub(crate) fn content(&self) -> Result<ChunkContent, ChunkError> {
        let compressed = self.body.get(self.data..).unwrap_or_default();
        let length = usize::try_from(self.header.compressed_size).unwrap_or(usize::MAX);
        ChunkContent::new(&self.header, &compressed[..length.min(compressed.len())])
    }
}

impl RecordFile {
    /// The records of an open file.
    pub(crate) fn new(file: File) -> RecordFile {
        RecordFile { file }
    }

    /// Present length of the file, bytes.
    pub(crate) fn len(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    /// Offset of the first record after the header, or a description of a beginning that is not of a
    /// recording.
    pub(crate) fn start(&mut self) -> io::Result<Result<u64, &'static str>> {
        let mut magic = [0; MAGIC.len()];
        let length = self.len()?;
        if length < magic.len() as u64 {
            return Ok(Err("a shorter file"));
        }
        self.file.rewind()?;
        self.file.read_exact(&mut magic)?;
        if magic != MAGIC {
            return Ok(Err("another kind of file"));
        }
        let offset = magic.len() as u64;
        let Some(record) = self.record(offset, length)? else {
            return Ok(Err("an incomplete header"));
        };
        if record.end - offset > MAX_HEADER {
            return Ok(Err("a header of invalid length"));
        }
        let body = self.body(&record)?;
        Ok(match mcap::parse_record(op::HEADER, &body) {
            Ok(Record::Header(header)) if header.profile == PROFILE => Ok(record.end),
            _ => Err("an MCAP file of another program"),
        })
    }

    /// The record at an offset; `None` if it does not end within `length` bytes of the file.
    pub(crate) fn record(&mut self, offset: u64, length: u64) -> io::Result<Option<RecordHeader>> {
        let start = offset.saturating_add(PREFIX as u64);
        if start > length {
            return Ok(None);
        }
        let mut prefix = [0; PREFIX];
        self.file.seek(SeekFrom::Start(offset))?;
        self.file.read_exact(&mut prefix)?;
        let mut size = [0; 8];
        size.copy_from_slice(&prefix[1..]);
        let end = start.saturating_add(u64::from_le_bytes(size));
        let kind = match prefix[0] {
            op::CHUNK => RecordKind::Chunk,
            op::MESSAGE_INDEX => RecordKind::MessageIndex,
            op::DATA_END | op::FOOTER => RecordKind::End,
            0 => RecordKind::Invalid,
            _ => RecordKind::Other,
        };
        Ok((end <= length).then_some(RecordHeader { kind, offset, end }))
    }

    /// Reads a chunk; `None` if its header is invalid.
    pub(crate) fn chunk(&mut self, record: &RecordHeader) -> io::Result<Option<ChunkRecord>> {
        let body = self.body(record)?;
        let Ok(Record::Chunk { header, .. }) = mcap::parse_record(op::CHUNK, &body) else {
            return Ok(None);
        };
        // Times, size, checksum, name of the compression, size.
        let data = 8 + 8 + 8 + 4 + 4 + header.compression.len() + 8;
        Ok(Some(ChunkRecord { header, body, data }))
    }

    /// Reads the header of a chunk; `None` if it is invalid.
    pub(crate) fn chunk_header(
        &mut self,
        record: &RecordHeader,
    ) -> io::Result<Option<ChunkHeader>> {
        /// Length of a header with a name of compression of up to 24 bytes.
        const LENGTH: u64 = 64;
        let body = record.offset + PREFIX as u64;
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(body))?;
        let length = LENGTH.min(record.end - body);
        (&mut self.file).take(length).read_to_end(&mut bytes)?;
        let parsed = binrw::BinReaderExt::read_le(&mut io::Cursor::new(&bytes));
        let header: Option<ChunkHeader> = parsed.ok();
        let space = record.end - body;
        Ok(header.filter(|header| header.compressed_size <= space))
    }

    /// Reads an index of messages; `None` if it is invalid.
    pub(crate) fn message_index(
        &mut self,
        record: &RecordHeader,
    ) -> io::Result<Option<MessageIndex>> {
        let body = self.body(record)?;
        Ok(match mcap::parse_record(op::MESSAGE_INDEX, &body) {
            Ok(Record::MessageIndex(index)) => Some(index),
            _ => None,
        })
    }

    /// Reads the body of a record, which lies within the file.
    fn body(&mut self, record: &RecordHeader) -> io::Result<Vec<u8>> {
        let start = record.offset + PREFIX as u64;
        let length = record.end - start;
        if length > MAX_READ_CHUNK {
            return Err(io::Error::other(format!(
                "the record at byte {start} has {length} bytes, more than {MAX_READ_CHUNK}"
            )));
        }
        let mut body = Vec::new();
        self.file.seek(SeekFrom::Start(start))?;
        (&mut self.file).take(length).read_to_end(&mut body)?;
        if body.len() as u64 != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(body)
    }
}
