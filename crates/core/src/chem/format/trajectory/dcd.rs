//! Reader of DCD, the trajectory of CHARMM, NAMD and X-PLOR: Fortran records of 32-bit reals in Å
//! (<https://www.ks.uiuc.edu/Research/vmd/plugins/molfile/dcdplugin.html>).
//!
//! The length of the first record determines the byte order and the size of record lengths (32 or 64
//! bits). Fixed atoms are stored in the first frame only. A fourth dimension is ignored.

use glam::DVec3;

use super::super::{Notes, ParseError};
use super::cursor::Cursor;
use super::dcd_cell;
use super::frame::{DecodedFrame, expect_atoms};
use crate::chem::Cell;

/// Bytes of the first record.
const HEADER: u32 = 84;

/// Time unit of CHARMM, √(amu·Å²/(kcal/mol)), fs.
const CHARMM_TIME: f64 = 48.888_21;

/// Frames of a file in memory.
pub(super) struct DcdFrames<'a> {
    bytes: &'a [u8],
    layout: DcdLayout,
}

/// Layout of the frames of a file, from its header.
pub(super) struct DcdLayout {
    big_endian: bool,
    marker: LengthMarker,
    atoms: usize,
    /// Indices of the moving atoms; `None` if all move.
    free: Option<Vec<usize>>,
    has_cell: bool,
    /// Version of CHARMM or a compatible program; 0 for X-PLOR.
    version: i32,
    has_fourth_dimension: bool,
    /// Byte offset of the first frame.
    start: usize,
    /// Time of the first frame and between frames, fs.
    times: [f64; 2],
    notes: Notes,
}

impl<'a> DcdFrames<'a> {
    pub(super) fn find(bytes: &'a [u8], atoms: usize) -> Result<Self, ParseError> {
        let layout = DcdLayout::read(bytes, atoms)?;
        Ok(DcdFrames { bytes, layout })
    }

    /// Notes about the header.
    pub(super) fn notes(&self) -> &Notes {
        self.layout.notes()
    }

    /// Whether the last frame is truncated.
    pub(super) fn is_truncated(&self) -> bool {
        let frames = self.len();
        frames > 0 && self.layout.start_of(frames) > self.bytes.len()
    }

    /// Number of frames in the file, including a truncated last one; not every program updates the
    /// number in the header.
    pub(super) fn len(&self) -> usize {
        let rest = self.bytes.len() - self.layout.start;
        match rest.checked_sub(self.layout.length(0)) {
            _ if rest == 0 => 0,
            None => 1,
            Some(behind_first) => 1 + behind_first.div_ceil(self.layout.length(1)),
        }
    }

    pub(super) fn decode(&self, index: usize) -> Result<DecodedFrame, ParseError> {
        if index >= self.len() {
            return Err(ParseError::whole("a frame", format!("no frame {index}")));
        }
        let at = |index: usize| (self.bytes, self.layout.start_of(index));
        self.layout.decode(index, at(index), at(0))
    }
}

/// Bytes, and the offset of a frame in them.
type FrameBytes<'a> = (&'a [u8], usize);

impl DcdLayout {
    /// Reads the header at the start of a file with this number of positions.
    pub(super) fn read(bytes: &[u8], atoms: usize) -> Result<DcdLayout, ParseError> {
        let (marker, big_endian) = LengthMarker::first(bytes)?;
        let mut cursor = Cursor::new(bytes, 0, big_endian);
        let header = marker.record(&mut cursor)?;
        if !header.bytes.starts_with(b"CORD") {
            let found = String::from_utf8_lossy(&header.bytes[..4]).into_owned();
            return Err(ParseError::whole(
                "CORD in the first record",
                format!("{found:?}"),
            ));
        }
        let control = |index: usize| {
            Cursor {
                offset: 4 + 4 * index,
                ..header
            }
            .i32()
        };
        let version = control(19)?;
        let is_charmm = version != 0;
        let timestep = if is_charmm {
            CHARMM_TIME
                * Cursor {
                    offset: 4 + 4 * 9,
                    ..header
                }
                .f32()?
        } else {
            CHARMM_TIME
                * Cursor {
                    offset: 4 + 4 * 9,
                    ..header
                }
                .f64()?
        };
        let (first_step, interval) = (control(1)?, control(2)?);
        let fixed = control(8)?;
        let mut notes = Notes::default();
        marker.skip_title(&mut cursor, &mut notes)?;
        expect_atoms(u64::from(marker.record(&mut cursor)?.u32()?), atoms)?;
        let free = match usize::try_from(fixed) {
            Ok(0) => None,
            Ok(fixed) if fixed <= atoms => {
                let numbers = marker.record(&mut cursor)?;
                Some(free_atoms(numbers, atoms, atoms - fixed)?)
            }
            _ => {
                let expected = format!("a number of fixed atoms from 0 to {atoms}");
                return Err(ParseError::whole(expected, fixed.to_string()));
            }
        };
        Ok(DcdLayout {
            big_endian,
            marker,
            atoms,
            free,
            has_cell: is_charmm && control(10)? != 0,
            version,
            has_fourth_dimension: is_charmm && control(11)? != 0,
            start: cursor.offset,
            times: [first_step, interval].map(|steps| timestep * f64::from(steps)),
            notes,
        })
    }

    /// Notes about the header.
    pub(super) fn notes(&self) -> &Notes {
        &self.notes
    }

    /// Whether frames after the first one lack the fixed atoms.
    pub(super) fn needs_first_frame(&self) -> bool {
        self.free.is_some()
    }

    /// Bytes of a frame.
    pub(super) fn length(&self, index: usize) -> usize {
        let markers = 2 * self.marker.bytes();
        let stored = match &self.free {
            Some(free) if index > 0 => free.len(),
            _ => self.atoms,
        };
        let cell = if self.has_cell { 48 + markers } else { 0 };
        let dimensions = if self.has_fourth_dimension { 4 } else { 3 };
        cell + dimensions * (4 * stored + markers)
    }

    /// Decodes a frame; the first one has the fixed atoms.
    pub(super) fn decode(
        &self,
        index: usize,
        frame: FrameBytes<'_>,
        first: FrameBytes<'_>,
    ) -> Result<DecodedFrame, ParseError> {
        let mut positions = self.coordinates(index, frame)?;
        if let Some(free) = self.free.as_ref().filter(|_| index > 0) {
            let moved = std::mem::replace(&mut positions, self.coordinates(0, first)?);
            for (&atom, position) in free.iter().zip(moved) {
                positions[atom] = position;
            }
        }
        let [start, interval] = self.times;
        Ok(DecodedFrame {
            positions,
            cell: self.cell(index, frame)?,
            time: start + interval * index as f64,
        })
    }

    /// Byte offset of a frame in the file.
    pub(super) fn start_of(&self, index: usize) -> usize {
        match index {
            0 => self.start,
            _ => self.start + self.length(0) + (index - 1) * self.length(1),
        }
    }

    fn cursor<'a>(&self, (bytes, offset): FrameBytes<'a>) -> Cursor<'a> {
        Cursor::new(bytes, offset, self.big_endian)
    }

    /// Stored positions of a frame, Å: of all atoms in the first, of moving ones in others.
    fn coordinates(&self, index: usize, frame: FrameBytes<'_>) -> Result<Vec<DVec3>, ParseError> {
        let mut cursor = self.cursor(frame);
        if self.has_cell {
            self.marker.record(&mut cursor)?;
        }
        let stored = match &self.free {
            Some(free) if index > 0 => free.len(),
            _ => self.atoms,
        };
        let mut axes = Vec::new();
        for axis in ["x", "y", "z"] {
            let values = self.marker.record(&mut cursor)?;
            if values.bytes.len() != 4 * stored {
                let expected = format!("{} bytes of {axis} in frame {index}", 4 * stored);
                return Err(ParseError::whole(expected, values.bytes.len().to_string()));
            }
            axes.push(values);
        }
        let mut positions = Vec::with_capacity(stored);
        for _ in 0..stored {
            let mut position = DVec3::ZERO;
            for (axis, values) in axes.iter_mut().enumerate() {
                position[axis] = values.f32()?;
            }
            positions.push(position);
        }
        Ok(positions)
    }

    fn cell(&self, index: usize, frame: FrameBytes<'_>) -> Result<Option<Cell>, ParseError> {
        if !self.has_cell {
            return Ok(None);
        }
        let mut values = self.marker.record(&mut self.cursor(frame))?;
        let mut numbers = [0.0; 6];
        for number in &mut numbers {
            *number = values.f64()?;
        }
        dcd_cell::cell(numbers, self.version, index)
    }
}

/// Length marker before and after each Fortran record; its size depends on the compiler.
#[derive(Clone, Copy)]
enum LengthMarker {
    Bits32,
    Bits64,
}

impl LengthMarker {
    /// Detects the marker before the first record, and whether numbers are big-endian.
    fn first(bytes: &[u8]) -> Result<(LengthMarker, bool), ParseError> {
        let long = u64::from(HEADER);
        // A long little-endian one begins as a short one does.
        if bytes.starts_with(&long.to_le_bytes()) {
            Ok((LengthMarker::Bits64, false))
        } else if bytes.starts_with(&long.to_be_bytes()) {
            Ok((LengthMarker::Bits64, true))
        } else if bytes.starts_with(&HEADER.to_le_bytes()) {
            Ok((LengthMarker::Bits32, false))
        } else if bytes.starts_with(&HEADER.to_be_bytes()) {
            Ok((LengthMarker::Bits32, true))
        } else {
            let expected = "a first record of 84 bytes, with its length in 32 or 64 bits before it";
            Err(ParseError::whole(expected, "another"))
        }
    }

    fn bytes(self) -> usize {
        match self {
            LengthMarker::Bits32 => 4,
            LengthMarker::Bits64 => 8,
        }
    }

    fn length(self, cursor: &mut Cursor<'_>) -> Result<u64, ParseError> {
        match self {
            LengthMarker::Bits32 => Ok(u64::from(cursor.u32()?)),
            LengthMarker::Bits64 => cursor.u64(),
        }
    }

    /// Reads the record at the cursor and advances it.
    fn record<'a>(self, cursor: &mut Cursor<'a>) -> Result<Cursor<'a>, ParseError> {
        let start = cursor.offset;
        let before = self.length(cursor)?;
        // A length beyond usize is beyond the end of the file, too.
        let content = cursor.take(usize::try_from(before).unwrap_or(usize::MAX))?;
        let after = self.length(cursor)?;
        if before != after {
            let expected =
                format!("the length {before} behind the record at byte {start} as before it");
            return Err(ParseError::whole(expected, after.to_string()));
        }
        Ok(Cursor::new(content, 0, cursor.big_endian))
    }

    /// Skips the record of the titles. Some programs write a wrong length; its end then follows from the
    /// number of titles of 80 bytes each.
    fn skip_title(self, cursor: &mut Cursor<'_>, notes: &mut Notes) -> Result<(), ParseError> {
        const TITLE: usize = 80;
        let start = cursor.offset;
        let Err(refused) = self.record(cursor) else {
            return Ok(());
        };
        cursor.offset = start;
        let stated = self.length(cursor)?;
        let length = 4 + TITLE.saturating_mul(cursor.u32()? as usize);
        cursor.offset = start + self.bytes();
        cursor.take(length).map_err(|_| refused.clone())?;
        let behind = self.length(cursor)?;
        if behind != stated && behind != length as u64 {
            return Err(refused);
        }
        notes.whole(format!(
            "the record of titles says that it has {stated} bytes and has {length}: read by the \
             number of titles"
        ));
        Ok(())
    }
}

/// Indices of the moving atoms, from the record of their numbers, which count from 1.
fn free_atoms(
    mut numbers: Cursor<'_>,
    atoms: usize,
    count: usize,
) -> Result<Vec<usize>, ParseError> {
    let mut free = Vec::with_capacity(count);
    for _ in 0..count {
        let number = numbers.u32()?;
        match usize::try_from(number) {
            Ok(number) if (1..=atoms).contains(&number) => free.push(number - 1),
            _ => {
                let expected = format!("the number of a moving atom, 1 to {atoms}");
                return Err(ParseError::whole(expected, number.to_string()));
            }
        }
    }
    Ok(free)
}
