//! Layout of an XTC or DCD file, for reading one frame at a time.

use std::sync::Arc;

use super::super::{Configuration, Format, Notes, ParseError, virtual_sites};
use super::cursor::Cursor;
use super::dcd::DcdLayout;
use super::xtc;
use crate::chem::Structure;

/// Positions of the frames in an XTC or DCD file, and the atoms of a topology.
///
/// Files are not read here: a caller passes the bytes at the offsets that this type states.
///
/// ```
/// use std::sync::Arc;
/// use mlipview_core::chem::format::{Trajectory, TrajectoryLayout};
/// # use mlipview_core::chem::{Element, Structure};
/// # let file = include_bytes!("../../../../../../tests/data/good/charmm.dcd");
/// # let topology = Structure::new(vec![Element::O; 15], vec![glam::DVec3::ZERO; 15])?;
///
/// let layout = TrajectoryLayout::read(file, Arc::new(topology.clone()))?;
/// let length = layout.fixed_length(0).unwrap(); // of a frame of DCD, bytes
/// let first = &file[layout.start() as usize..][..length as usize];
/// assert_eq!(layout.frame(0, first, &[])?, Trajectory::open(file, &topology)?.frame(0)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct TrajectoryLayout {
    topology: Arc<Structure>,
    /// Indices of stored positions that belong to no atom of the topology, ascending.
    virtual_sites: Vec<usize>,
    frames: FrameLayout,
}

/// Layout of the frames, by format.
enum FrameLayout {
    /// XTC, with its number of positions.
    Xtc(usize),
    Dcd(Box<DcdLayout>),
}

impl FrameLayout {
    fn read(beginning: &[u8], positions: usize) -> Result<FrameLayout, ParseError> {
        match Format::of_content(beginning) {
            Some(Format::Dcd) => {
                let layout = DcdLayout::read(beginning, positions)?;
                Ok(FrameLayout::Dcd(Box::new(layout)))
            }
            Some(Format::Xtc) => {
                // Checks the number of atoms.
                xtc::frame_length(beginning, positions)?;
                Ok(FrameLayout::Xtc(positions))
            }
            _ => Err(ParseError::whole("an XTC or DCD trajectory", "neither")),
        }
    }
}

impl TrajectoryLayout {
    /// Bytes at the start of a frame that state its length.
    pub const HEAD: usize = xtc::HEAD;

    /// Reads the header at the start of a file, which may be followed by frames.
    ///
    /// # Errors
    /// If it is neither XTC nor DCD, has another number of atoms than the topology, or the bytes end in the
    /// header.
    pub fn read(
        beginning: &[u8],
        topology: Arc<Structure>,
    ) -> Result<TrajectoryLayout, ParseError> {
        let with_sites = |virtual_sites: Vec<usize>| {
            Ok(TrajectoryLayout {
                frames: FrameLayout::read(beginning, topology.len() + virtual_sites.len())?,
                topology: Arc::clone(&topology),
                virtual_sites,
            })
        };
        // A trajectory may include the virtual sites that the topology's reader omitted.
        let virtual_sites = virtual_sites::rows(&topology);
        with_sites(virtual_sites).or_else(|error| with_sites(Vec::new()).map_err(|_| error))
    }

    /// Byte offset of the first frame.
    pub fn start(&self) -> u64 {
        match &self.frames {
            FrameLayout::Xtc(_) => 0,
            FrameLayout::Dcd(layout) => layout.start_of(0) as u64,
        }
    }

    /// Length of a frame of DCD, bytes: the same for all but the first. `None` for XTC.
    pub fn fixed_length(&self, index: u64) -> Option<u64> {
        match &self.frames {
            FrameLayout::Xtc(_) => None,
            FrameLayout::Dcd(layout) => Some(layout.length(usize::from(index > 0)) as u64),
        }
    }

    /// Length of a frame of XTC, bytes, from its first [`TrajectoryLayout::HEAD`] bytes, or fewer at the
    /// end of the file; `None` if the file ends in them.
    ///
    /// # Errors
    /// If they are not the start of a frame of as many atoms; `start` is its byte offset.
    pub fn length(&self, head: &[u8], start: u64) -> Result<Option<u64>, ParseError> {
        match &self.frames {
            FrameLayout::Xtc(atoms) => {
                let length = xtc::frame_length(head, *atoms);
                length.map_err(|error| xtc::at_byte(error, start))
            }
            FrameLayout::Dcd(layout) => Ok(Some(layout.length(1) as u64)),
        }
    }

    /// Whether decoding a frame after the first one needs the first, which has the fixed atoms of DCD.
    pub fn needs_first_frame(&self) -> bool {
        match &self.frames {
            FrameLayout::Xtc(_) => false,
            FrameLayout::Dcd(layout) => layout.needs_first_frame(),
        }
    }

    /// Decodes a frame from its bytes, and those of the first frame where
    /// [needed](TrajectoryLayout::needs_first_frame): the topology with its positions and cell, and its
    /// `time` (fs) in the info.
    ///
    /// # Errors
    /// If the frame is damaged.
    pub fn frame(
        &self,
        index: usize,
        bytes: &[u8],
        first: &[u8],
    ) -> Result<Configuration, ParseError> {
        let (frame, notes) = match &self.frames {
            FrameLayout::Xtc(atoms) => {
                let mut cursor = Cursor::new(bytes, 0, true);
                let frame = xtc::decode_frame(&mut cursor, *atoms, index)?;
                (frame, Notes::default())
            }
            FrameLayout::Dcd(layout) => {
                let frame = layout.decode(index, (bytes, 0), (first, 0))?;
                (frame, layout.notes().clone())
            }
        };
        let structure = frame.with_atoms(&self.topology, &self.virtual_sites, index)?;
        Ok(Configuration {
            notes,
            ..structure.into()
        })
    }
}
