//! Trajectories of positions only (XTC, DCD), with the atoms of a topology from another file.

mod cursor;
mod dcd;
mod dcd_cell;
mod frame;
mod layout;
mod xtc;
mod xtc_coordinates;

use super::beginning::Beginning;
use super::compression::Truncation;
use super::{
    Configuration, Format, FrameSelection, MAX_DECOMPRESSED, Notes, ParseError, compression,
    truncated_file, truncated_frame, virtual_sites,
};
use crate::chem::Structure;
pub use layout::TrajectoryLayout;

/// XTC or DCD file with the atoms of a structure. Frames are indexed on opening and decoded on access.
pub struct Trajectory<'a> {
    topology: &'a Structure,
    /// Indices of stored positions that belong to no atom of the topology, ascending.
    virtual_sites: Vec<usize>,
    frames: TrajectoryFrames<'a>,
}

/// Frames of a trajectory, by format.
enum TrajectoryFrames<'a> {
    Xtc(xtc::XtcFrames<'a>),
    Dcd(dcd::DcdFrames<'a>),
}

impl<'a> TrajectoryFrames<'a> {
    /// Frames of a file, by format.
    fn find(content: &'a [u8], positions: usize) -> Result<TrajectoryFrames<'a>, ParseError> {
        match Format::of_content(content) {
            Some(Format::Dcd) => {
                dcd::DcdFrames::find(content, positions).map(TrajectoryFrames::Dcd)
            }
            Some(Format::Xtc) => {
                xtc::XtcFrames::find(content, positions).map(TrajectoryFrames::Xtc)
            }
            _ => Err(ParseError::whole("an XTC or DCD trajectory", "neither")),
        }
    }
}

impl<'a> Trajectory<'a> {
    /// Opens the content of a file and detects its format.
    ///
    /// # Errors
    /// If it is neither XTC nor DCD, has another number of atoms than the topology, or frames cannot be
    /// located. A truncated last frame counts; accessing it is an error.
    pub fn open(content: &'a [u8], topology: &'a Structure) -> Result<Trajectory<'a>, ParseError> {
        let with_sites = |virtual_sites: Vec<usize>| {
            Ok(Trajectory {
                topology,
                frames: TrajectoryFrames::find(content, topology.len() + virtual_sites.len())?,
                virtual_sites,
            })
        };
        // A trajectory may include the virtual sites that the topology's reader omitted.
        let virtual_sites = virtual_sites::rows(topology);
        with_sites(virtual_sites).or_else(|error| with_sites(Vec::new()).map_err(|_| error))
    }

    /// Number of frames.
    pub fn len(&self) -> usize {
        match &self.frames {
            TrajectoryFrames::Xtc(frames) => frames.len(),
            TrajectoryFrames::Dcd(frames) => frames.len(),
        }
    }

    /// Whether there are no frames.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Decodes a frame, counted from 0: the topology with its positions and cell, and its `time` (fs) in
    /// the info.
    ///
    /// # Errors
    /// If the frame is out of range or damaged.
    pub fn frame(&self, index: usize) -> Result<Configuration, ParseError> {
        let frame = match &self.frames {
            TrajectoryFrames::Xtc(frames) => frames.decode(index),
            TrajectoryFrames::Dcd(frames) => frames.decode(index),
        }?;
        let structure = frame.with_atoms(self.topology, &self.virtual_sites, index)?;
        let notes = match &self.frames {
            TrajectoryFrames::Xtc(_) => Notes::default(),
            TrajectoryFrames::Dcd(frames) => frames.notes().clone(),
        };
        Ok(Configuration {
            notes,
            ..structure.into()
        })
    }

    /// Error of a truncated last frame.
    fn truncation_error(&self) -> Option<ParseError> {
        let is_truncated = match &self.frames {
            TrajectoryFrames::Xtc(frames) => frames.is_truncated(),
            TrajectoryFrames::Dcd(frames) => frames.is_truncated(),
        };
        is_truncated.then(|| self.frame(self.len() - 1).err())?
    }
}

/// Reads the selected frames of a trajectory with the atoms of a topology; others are not decoded. A
/// truncated last frame is skipped with a note.
///
/// # Errors
/// As [`Trajectory::open`] and [`Trajectory::frame`], and if the selection is empty or only the truncated
/// frame by its number.
pub fn read_trajectory(
    bytes: &[u8],
    name: &str,
    topology: &Structure,
    selection: FrameSelection,
) -> Result<Vec<Configuration>, ParseError> {
    let truncation = Truncation::default();
    let read = || {
        let content = compression::decompressed(bytes, MAX_DECOMPRESSED, &truncation)?;
        let trajectory = Trajectory::open(&content, topology)?;
        let error = trajectory.truncation_error();
        let whole = trajectory.len() - usize::from(error.is_some());
        let frames = truncated_frame::selected(selection, whole, error.as_ref())?;
        let frames = frames.into_iter().map(|frame| trajectory.frame(frame));
        let mut frames = frames.collect::<Result<Vec<Configuration>, ParseError>>()?;
        if let (Some(last), Some(error)) = (frames.last_mut(), &error) {
            truncated_frame::note(&mut last.notes, error);
        }
        Ok(frames)
    };
    truncated_file::with_note(read(), &truncation).map_err(|error| error.in_file(name))
}

/// Whether the content looks like XTC: it starts with one of two magic numbers.
pub(super) fn sniff_xtc(beginning: &Beginning<'_>) -> bool {
    let mut magic = [1995u32, 2023].map(u32::to_be_bytes).into_iter();
    magic.any(|magic| beginning.content.starts_with(&magic))
}

/// Whether the content looks like DCD: its first record, after a length of four or eight bytes.
pub(super) fn sniff_dcd(beginning: &Beginning<'_>) -> bool {
    let word = |offset: usize| beginning.content.get(offset..offset + 4) == Some(b"CORD");
    word(4) || word(8)
}
