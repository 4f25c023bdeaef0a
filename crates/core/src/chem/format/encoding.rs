//! Conversion of UTF-16 text and of carriage-return line ends to UTF-8 with line feeds.

use std::borrow::Cow;
use std::io::{self, BufRead, Cursor, Read};

use super::Format;

/// Replacement of invalid bytes.
const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

/// The order of the two bytes of a UTF-16 unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ByteOrder {
    Little,
    Big,
}

/// Text encoding, detected from the beginning of a file.
#[derive(Clone, Copy)]
struct Encoding {
    utf16: Option<ByteOrder>,
    /// Lines end in CR without LF, as before Mac OS X.
    returns: bool,
}

impl Encoding {
    fn of(beginning: &[u8]) -> Encoding {
        let utf16 = ByteOrder::of(beginning);
        let text = match utf16 {
            Some(order) => Cow::Owned(order.decode(beginning, true).0.into_bytes()),
            None => Cow::Borrowed(beginning),
        };
        let has = |byte: u8| text.contains(&byte);
        Encoding {
            utf16,
            returns: has(b'\r') && !has(b'\n') && !has(0),
        }
    }
}

impl ByteOrder {
    /// Detects the byte order by its mark, or by zero bytes beside ASCII in at least eight units.
    fn of(beginning: &[u8]) -> Option<ByteOrder> {
        const MIN: usize = 8;
        const LOOKED_AT: usize = 64;
        match beginning {
            [0xff, 0xfe, ..] => return Some(ByteOrder::Little),
            [0xfe, 0xff, ..] => return Some(ByteOrder::Big),
            _ => {}
        }
        let units = || beginning.chunks_exact(2).take(LOOKED_AT);
        let is_text = |byte: u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
        let all = |order: ByteOrder| {
            units().all(|unit| match order {
                ByteOrder::Little => is_text(unit[0]) && unit[1] == 0,
                ByteOrder::Big => unit[0] == 0 && is_text(unit[1]),
            })
        };
        let orders = [ByteOrder::Little, ByteOrder::Big].into_iter();
        orders
            .filter(|_| units().len() >= MIN)
            .find(|&order| all(order))
    }

    /// Decodes bytes; returns the text and the number of bytes used. A partial unit or surrogate pair at
    /// the end is left unless `ends`.
    fn decode(self, bytes: &[u8], ends: bool) -> (String, usize) {
        let unit = |pair: &[u8]| match self {
            ByteOrder::Little => u16::from_le_bytes([pair[0], pair[1]]),
            ByteOrder::Big => u16::from_be_bytes([pair[0], pair[1]]),
        };
        let mut units: Vec<u16> = bytes.chunks_exact(2).map(unit).collect();
        if !ends
            && units
                .last()
                .is_some_and(|last| (0xd800..0xdc00).contains(last))
        {
            units.pop();
        }
        let mut used = 2 * units.len();
        let characters = char::decode_utf16(units).map(|decoded| decoded.unwrap_or(REPLACEMENT));
        let mut text: String = characters
            .filter(|&character| character != '\u{feff}')
            .collect();
        if ends && used < bytes.len() {
            text.push(REPLACEMENT);
            used = bytes.len();
        }
        (text, used)
    }
}

/// Converts a content to UTF-8 with LF or CR LF line ends; other content is unchanged.
pub(super) fn decoded(content: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    let encoding = Encoding::of(&content[..content.len().min(Format::SNIFF_LENGTH)]);
    let mut content = match encoding.utf16 {
        Some(order) => Cow::Owned(order.decode(&content, true).0.into_bytes()),
        None => content,
    };
    if encoding.returns {
        end_lines(content.to_mut());
    }
    content
}

/// Converting reader of a stream.
pub(super) fn reader(mut content: Box<dyn BufRead>) -> io::Result<Box<dyn BufRead>> {
    let mut beginning = Vec::new();
    let limit = Format::SNIFF_LENGTH as u64;
    (&mut content).take(limit).read_to_end(&mut beginning)?;
    let encoding = Encoding::of(&beginning);
    let source = Cursor::new(beginning).chain(content);
    if encoding.utf16.is_none() && !encoding.returns {
        return Ok(Box::new(source));
    }
    Ok(Box::new(Decoder {
        source,
        encoding,
        pending: Vec::new(),
        ready: Vec::new(),
        used: 0,
    }))
}

/// Whether content with this beginning is unchanged by [`reader`].
pub(super) fn is_unchanged(beginning: &[u8]) -> bool {
    let encoding = Encoding::of(beginning);
    encoding.utf16.is_none() && !encoding.returns
}

fn end_lines(text: &mut [u8]) {
    let returns = text.iter_mut().filter(|byte| **byte == b'\r');
    returns.for_each(|byte| *byte = b'\n');
}

/// Reader that decodes a stream.
struct Decoder<R> {
    source: R,
    encoding: Encoding,
    /// Trailing bytes that need more input to be decoded.
    pending: Vec<u8>,
    /// Decoded bytes.
    ready: Vec<u8>,
    /// Number of consumed decoded bytes.
    used: usize,
}

impl<R: BufRead> Decoder<R> {
    /// Decodes the next piece; `ready` stays empty at the end.
    fn advance(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.used = 0;
        loop {
            let piece = self.source.fill_buf()?;
            let (length, ends) = (piece.len(), piece.is_empty());
            match self.encoding.utf16 {
                Some(order) => {
                    self.pending.extend_from_slice(piece);
                    let (text, used) = order.decode(&self.pending, ends);
                    self.pending.drain(..used);
                    self.ready.extend_from_slice(text.as_bytes());
                }
                None => self.ready.extend_from_slice(piece),
            }
            self.source.consume(length);
            if !self.ready.is_empty() || ends {
                break;
            }
        }
        if self.encoding.returns {
            end_lines(&mut self.ready);
        }
        Ok(())
    }
}

impl<R: BufRead> BufRead for Decoder<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used == self.ready.len() {
            self.advance()?;
        }
        Ok(&self.ready[self.used..])
    }

    fn consume(&mut self, bytes: usize) {
        self.used += bytes;
    }
}

impl<R: BufRead> Read for Decoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}
