//! Reader of XTC, the compressed trajectory of GROMACS: big-endian, nm and ps
//! (<https://manual.gromacs.org/current/reference-manual/file-formats.html#xtc>).

use glam::DVec3;

use super::super::ParseError;
use super::cursor::Cursor;
use super::frame::{DecodedFrame, cell_of, expect_atoms};
use super::xtc_coordinates::{Packing, decode};

const NM_IN_ANGSTROM: f64 = 10.0;
const PS_IN_FS: f64 = 1000.0;

/// Magic number of a frame, and of frames too large for 32-bit lengths.
const MAGIC: i32 = 1995;
const MAGIC_LARGE: i32 = 2023;

/// Maximum number of atoms with uncompressed coordinates.
const MAX_UNCOMPRESSED: usize = 9;

/// Byte offsets of the frames of a file.
pub(super) struct XtcFrames<'a> {
    bytes: &'a [u8],
    atoms: usize,
    starts: Vec<usize>,
    /// Whether the last frame is truncated.
    is_truncated: bool,
}

/// Header of a frame.
struct FrameHeader {
    large: bool,
    /// fs.
    time: f64,
    /// Å.
    vectors: [DVec3; 3],
}

impl<'a> XtcFrames<'a> {
    pub(super) fn find(bytes: &'a [u8], atoms: usize) -> Result<Self, ParseError> {
        let mut starts = Vec::new();
        let mut is_truncated = false;
        let mut cursor = Cursor::new(bytes, 0, true);
        while cursor.offset < bytes.len() {
            starts.push(cursor.offset);
            let whole = skip(&mut cursor, atoms);
            match whole {
                Ok(()) => {}
                Err(SkipError::Truncated) => {
                    is_truncated = true;
                    break;
                }
                Err(SkipError::Damaged(error)) => return Err(error),
            }
        }
        Ok(XtcFrames {
            bytes,
            atoms,
            starts,
            is_truncated,
        })
    }

    /// Whether the last frame is truncated.
    pub(super) fn is_truncated(&self) -> bool {
        self.is_truncated
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    pub(super) fn decode(&self, index: usize) -> Result<DecodedFrame, ParseError> {
        let start = self.starts.get(index).copied();
        let start =
            start.ok_or_else(|| ParseError::whole("a frame", format!("no frame {index}")))?;
        decode_frame(&mut Cursor::new(self.bytes, start, true), self.atoms, index)
    }
}

/// Decodes the frame at the cursor.
pub(super) fn decode_frame(
    cursor: &mut Cursor<'_>,
    atoms: usize,
    index: usize,
) -> Result<DecodedFrame, ParseError> {
    let header = header(cursor, atoms)?;
    let positions = if atoms <= MAX_UNCOMPRESSED {
        (0..atoms)
            .map(|_| point(cursor))
            .collect::<Result<Vec<DVec3>, ParseError>>()?
    } else {
        let packing = Packing::read(cursor)?;
        let length = data_length(cursor, header.large)?;
        let data = cursor.take(length)?;
        decode(data, &packing, atoms).ok_or_else(|| {
            let expected = format!("coordinates of {atoms} atoms in frame {index}");
            ParseError::whole(expected, "data that do not unpack to them")
        })?
    };
    let positions = positions
        .into_iter()
        .map(|position| NM_IN_ANGSTROM * position);
    Ok(DecodedFrame {
        positions: positions.collect(),
        cell: cell_of(header.vectors, index)?,
        time: header.time,
    })
}

/// Bytes at the start of a frame that state its length.
pub(super) const HEAD: usize = HEADER + PACKING + 8;

/// Magic number, atoms, step, time, cell and atoms again, bytes.
const HEADER: usize = 56;

/// Precision, six bounds and an index, bytes.
const PACKING: usize = 32;

/// Length of a frame, from its first bytes; `None` if these are too few.
pub(super) fn frame_length(head: &[u8], atoms: usize) -> Result<Option<u64>, ParseError> {
    if head.len() < HEADER {
        return Ok(None);
    }
    let mut cursor = Cursor::new(head, 0, true);
    let header = header(&mut cursor, atoms)?;
    if atoms <= MAX_UNCOMPRESSED {
        return Ok(Some((HEADER + 12 * atoms) as u64));
    }
    let length = cursor.take(PACKING);
    let Ok(length) = length.and_then(|_| data_length(&mut cursor, header.large)) else {
        return Ok(None);
    };
    // A length beyond the numbers is beyond the end of the file, too.
    let padded = length.checked_next_multiple_of(4).unwrap_or(usize::MAX);
    Ok(Some((cursor.offset as u64).saturating_add(padded as u64)))
}

/// Why a frame cannot be skipped.
enum SkipError {
    Truncated,
    Damaged(ParseError),
}

/// Advances to the next frame.
fn skip(cursor: &mut Cursor<'_>, atoms: usize) -> Result<(), SkipError> {
    let start = cursor.offset;
    let rest = &cursor.bytes[start..];
    let length = frame_length(&rest[..rest.len().min(HEAD)], atoms);
    let length = length.map_err(|error| SkipError::Damaged(at_byte(error, start as u64)))?;
    let length = length.and_then(|length| usize::try_from(length).ok());
    let length = length.filter(|length| *length <= rest.len());
    cursor.offset += length.ok_or(SkipError::Truncated)?;
    Ok(())
}

fn header(cursor: &mut Cursor<'_>, atoms: usize) -> Result<FrameHeader, ParseError> {
    let magic = cursor.i32()?;
    if magic != MAGIC && magic != MAGIC_LARGE {
        let expected = format!("{MAGIC} at the start of a frame");
        return Err(ParseError::whole(expected, magic.to_string()));
    }
    expect_atoms(u64::from(cursor.u32()?), atoms)?;
    let _step = cursor.i32()?;
    let time = PS_IN_FS * cursor.f32()?;
    let mut vectors = [DVec3::ZERO; 3];
    for vector in &mut vectors {
        *vector = NM_IN_ANGSTROM * point(cursor)?;
    }
    expect_atoms(u64::from(cursor.u32()?), atoms)?;
    Ok(FrameHeader {
        large: magic == MAGIC_LARGE,
        time,
        vectors,
    })
}

/// The error of a frame, with its byte offset unless it is the first.
pub(super) fn at_byte(error: ParseError, start: u64) -> ParseError {
    if start == 0 {
        return error;
    }
    let expected = format!("{} in the frame at byte {start}", error.expected);
    ParseError { expected, ..error }
}

fn point(cursor: &mut Cursor<'_>) -> Result<DVec3, ParseError> {
    Ok(DVec3::new(cursor.f32()?, cursor.f32()?, cursor.f32()?))
}

fn data_length(cursor: &mut Cursor<'_>, large: bool) -> Result<usize, ParseError> {
    let length = if large {
        cursor.u64()?
    } else {
        u64::from(cursor.u32()?)
    };
    usize::try_from(length).map_err(|_| ParseError::whole("a number of bytes", length.to_string()))
}
