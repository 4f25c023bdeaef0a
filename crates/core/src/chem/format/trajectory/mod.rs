//! Trajectories of positions only (XTC, DCD), with the atoms of a topology from another file.

mod cursor;
mod dcd;
mod dcd_cell;
mod frame;
mod xtc;
mod xtc_coordinates;

use super::beginning::Beginning;
use super::compression::CutMark;
use super::{
    Configuration, Format, FrameSelection, MAX_DECOMPRESSED, Notes, ParseError, compression,
    cut_file, cut_frame, virtual_sites,
};
use crate::chem::Structure;
use crate::chem::properties::Value;

/// XTC or DCD file with the atoms of a structure. Frames are indexed on opening and decoded on access.
pub struct Trajectory<'a> {
    topology: &'a Structure,
    /// Indices of stored positions that belong to no atom of the topology, ascending.
    virtual_sites: Vec<usize>,
    frames: Frames<'a>,
}

enum Frames<'a> {
    Xtc(xtc::Frames<'a>),
    Dcd(dcd::Frames<'a>),
}

impl<'a> Frames<'a> {
    /// Frames of a file, by format.
    fn find(content: &'a [u8], positions: usize) -> Result<Frames<'a>, ParseError> {
        match Format::of_content(content) {
            Some(Format::Dcd) => dcd::Frames::find(content, positions).map(Frames::Dcd),
            Some(Format::Xtc) => xtc::Frames::find(content, positions).map(Frames::Xtc),
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
                frames: Frames::find(content, topology.len() + virtual_sites.len())?,
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
            Frames::Xtc(frames) => frames.len(),
            Frames::Dcd(frames) => frames.len(),
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

    /// Error of a truncated last frame.
    fn cut(&self) -> Option<ParseError> {
        let is_cut = match &self.frames {
            Frames::Xtc(frames) => frames.is_cut(),
            Frames::Dcd(frames) => frames.is_cut(),
        };
        is_cut.then(|| self.frame(self.len() - 1).err())?
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
    cut_file::with_note(read(), &mark).map_err(|error| error.in_file(name))
}

/// Whether the content looks like XTC: it starts with one of two magic numbers.
pub(super) fn sniff_xtc(beginning: &Beginning<'_>) -> bool {
    let mut magic = [1995u32, 2023].map(u32::to_be_bytes).into_iter();
    magic.any(|magic| beginning.content.starts_with(&magic))
}

/// Whether the content looks like DCD: its first record, after a length of four or eight bytes.
pub(super) fn sniff_dcd(beginning: &Beginning<'_>) -> bool {
    let word = |at: usize| beginning.content.get(at..at + 4) == Some(b"CORD");
    word(4) || word(8)
}
