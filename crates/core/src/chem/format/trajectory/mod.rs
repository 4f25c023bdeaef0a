//! Trajectories of positions alone, whose atoms are those of a structure from another file.

mod dcd;
mod dcd_cell;
mod xtc;
mod xtc_coordinates;

use glam::DVec3;

use super::beginning::Beginning;
use super::compression::CutMark;
use super::{
    Configuration, Format, MAX_DECOMPRESSED, Notes, ParseError, Selection, compression, cut_file,
    cut_frame, virtual_sites,
};
use crate::chem::properties::Value;
use crate::chem::{Cell, Structure};

/// An XTC or DCD file over the atoms of a structure. Frames are found when it is opened and decoded
/// when they are asked for.
pub struct Trajectory<'a> {
    topology: &'a Structure,
    /// Positions of a frame that are of no atom of the topology, in ascending order.
    virtual_sites: Vec<usize>,
    frames: Frames<'a>,
}

enum Frames<'a> {
    Xtc(xtc::Frames<'a>),
    Dcd(dcd::Frames<'a>),
}

impl<'a> Frames<'a> {
    /// The frames of a content, with so many positions each.
    fn find(content: &'a [u8], positions: usize) -> Result<Frames<'a>, ParseError> {
        match Format::of_content(content) {
            Some(Format::Dcd) => dcd::Frames::find(content, positions).map(Frames::Dcd),
            Some(Format::Xtc) => xtc::Frames::find(content, positions).map(Frames::Xtc),
            _ => Err(ParseError::whole("an XTC or DCD trajectory", "neither")),
        }
    }
}

/// What one frame says.
struct Frame {
    /// Å.
    positions: Vec<DVec3>,
    cell: Option<Cell>,
    /// fs.
    time: f64,
}

impl<'a> Trajectory<'a> {
    /// Opens the content of a file; its format is seen from it.
    ///
    /// # Errors
    /// If it is neither XTC nor DCD, does not have the topology's number of atoms, or is damaged in a
    /// way that hides where frames start. A last frame that was not written to its end counts; it is
    /// an error to ask for it.
    pub fn open(content: &'a [u8], topology: &'a Structure) -> Result<Trajectory<'a>, ParseError> {
        let with_sites = |virtual_sites: Vec<usize>| {
            Ok(Trajectory {
                topology,
                frames: Frames::find(content, topology.len() + virtual_sites.len())?,
                virtual_sites,
            })
        };
        // A trajectory may have the virtual sites that the topology's reader left out, or not.
        let virtual_sites = virtual_sites::rows(topology);
        with_sites(virtual_sites).or_else(|error| with_sites(Vec::new()).map_err(|_| error))
    }

    /// Number of frames.
    pub fn len(&self) -> usize {
        match &self.frames {
            Frames::Xtc(frames) => frames.len(),
            Frames::Dcd(frames) => frames.len(),
        }
    }

    /// Whether there are no frames.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The topology with the positions and the cell of a frame, counted from 0, and its `time` (fs)
    /// in the info.
    ///
    /// # Errors
    /// If there is no such frame or it is damaged.
    pub fn frame(&self, index: usize) -> Result<Configuration, ParseError> {
        let mut frame = match &self.frames {
            Frames::Xtc(frames) => frames.decode(index),
            Frames::Dcd(frames) => frames.decode(index),
        }?;
        let mut row = 0..;
        frame.positions.retain(|_| {
            let row = row.next().unwrap_or(usize::MAX);
            self.virtual_sites.binary_search(&row).is_err()
        });
        if let Some(atom) = frame
            .positions
            .iter()
            .position(|position| !position.is_finite())
        {
            let expected = format!("a finite position of atom {} in frame {index}", atom + 1);
            return Err(ParseError::whole(
                expected,
                frame.positions[atom].to_string(),
            ));
        }
        let mut structure = self.topology.clone();
        structure.positions_mut().copy_from_slice(&frame.positions);
        structure.cell = frame.cell;
        structure
            .info
            .insert("time".into(), Value::real(frame.time));
        let notes = match &self.frames {
            Frames::Xtc(_) => Notes::default(),
            Frames::Dcd(frames) => frames.notes().clone(),
        };
        Ok(Configuration {
            notes,
            ..structure.into()
        })
    }

    /// What is missing of the last frame, if it was not written to its end.
    fn cut(&self) -> Option<ParseError> {
        let is_cut = match &self.frames {
            Frames::Xtc(frames) => frames.is_cut(),
            Frames::Dcd(frames) => frames.is_cut(),
        };
        is_cut.then(|| self.frame(self.len() - 1).err())?
    }
}

/// The selected frames of a trajectory, over the atoms of a topology. The others are not decoded. A
/// last frame that was not written to its end is left out, with a note.
///
/// # Errors
/// As [`Trajectory::open`] and [`Trajectory::frame`], and if nothing is selected, or the frame that is
/// cut short is, alone and by its number.
pub fn read_trajectory(
    bytes: &[u8],
    name: &str,
    topology: &Structure,
    selection: Selection,
) -> Result<Vec<Configuration>, ParseError> {
    let mark = CutMark::default();
    let read = || {
        let content = compression::decompressed(bytes, MAX_DECOMPRESSED, &mark)?;
        let trajectory = Trajectory::open(&content, topology)?;
        let cut = trajectory.cut();
        let whole = trajectory.len() - usize::from(cut.is_some());
        let frames = cut_frame::selected(selection, whole, cut.as_ref())?;
        let frames = frames.into_iter().map(|frame| trajectory.frame(frame));
        let mut frames = frames.collect::<Result<Vec<Configuration>, ParseError>>()?;
        if let (Some(last), Some(cut)) = (frames.last_mut(), &cut) {
            cut_frame::note(&mut last.notes, cut);
        }
        Ok(frames)
    };
    cut_file::noted(read(), &mark).map_err(|error| error.in_file(name))
}

/// Whether a content looks like XTC: it starts with one of two numbers, of which the second is for
/// frames too large for 32-bit lengths.
pub(super) fn sniff_xtc(beginning: &Beginning<'_>) -> bool {
    let mut magic = [1995u32, 2023].map(u32::to_be_bytes).into_iter();
    magic.any(|magic| beginning.content.starts_with(&magic))
}

/// Whether a content looks like DCD: its first record, after a length of four or eight bytes.
pub(super) fn sniff_dcd(beginning: &Beginning<'_>) -> bool {
    let word = |at: usize| beginning.content.get(at..at + 4) == Some(b"CORD");
    word(4) || word(8)
}

/// The trajectory must be of the topology's atoms.
fn expect_atoms(found: u64, topology: usize) -> Result<(), ParseError> {
    if usize::try_from(found) == Ok(topology) {
        return Ok(());
    }
    let expected = format!("the {topology} atoms of the topology");
    Err(ParseError::whole(
        expected,
        format!("{found} atoms in the trajectory"),
    ))
}

/// A cell of vectors in Å that repeats along all that are not zero; none if they are all zero.
fn cell_of(vectors: [DVec3; 3], frame: usize) -> Result<Option<Cell>, ParseError> {
    if vectors == [DVec3::ZERO; 3] {
        return Ok(None);
    }
    let periodic = vectors.map(|vector| vector != DVec3::ZERO);
    Cell::completed(vectors, periodic)
        .map(Some)
        .map_err(|error| ParseError::whole(format!("a cell in frame {frame}"), error.to_string()))
}

/// Bytes that are read one number after another.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    big_endian: bool,
}

impl<'a> Cursor<'a> {
    fn new(bytes: &'a [u8], at: usize, big_endian: bool) -> Self {
        Cursor {
            bytes,
            at,
            big_endian,
        }
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], ParseError> {
        let end = self.at.checked_add(length);
        let taken = end.and_then(|end| self.bytes.get(self.at..end));
        let taken = taken.ok_or_else(|| {
            let left = self.bytes.len().saturating_sub(self.at);
            let expected = format!("{length} bytes at byte {} (a frame cut short?)", self.at);
            ParseError::whole(expected, format!("{left} to the end of the file"))
        })?;
        self.at += length;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ParseError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        if !self.big_endian {
            array.reverse();
        }
        Ok(array)
    }

    fn i32(&mut self) -> Result<i32, ParseError> {
        Ok(i32::from_be_bytes(self.array()?))
    }

    fn u32(&mut self) -> Result<u32, ParseError> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    fn u64(&mut self) -> Result<u64, ParseError> {
        Ok(u64::from_be_bytes(self.array()?))
    }

    fn f32(&mut self) -> Result<f64, ParseError> {
        Ok(f64::from(f32::from_be_bytes(self.array()?)))
    }

    fn f64(&mut self) -> Result<f64, ParseError> {
        Ok(f64::from_be_bytes(self.array()?))
    }
}
