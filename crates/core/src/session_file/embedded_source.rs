//! Frames of a session as a source of the timeline.

use std::sync::Arc;

use glam::DMat3;

use super::structure_record::vectors;
use super::{EmbeddedFrame, EmbeddedFrames, FrameKind, Session, SessionError, check};
use crate::chem::Structure;
use crate::chem::format::Configuration;
use crate::sim::Frame;
use crate::sim::playback::FrameAddress;
use crate::sim::timeline::{FrameSource, FrameSourceError, Mark, MarkKind};

/// The frames of a session; the timeline shows them as it shows those of a trajectory file.
#[derive(Debug)]
pub struct EmbeddedSource {
    name: String,
    session: Arc<Structure>,
    structures: Vec<Arc<Structure>>,
    frames: EmbeddedFrames,
}

impl EmbeddedSource {
    /// The frames of a session, under a name for display; `None` if the session has none in it.
    ///
    /// # Errors
    /// If a frame is not valid.
    pub fn new(name: &str, session: &Session) -> Result<Option<EmbeddedSource>, SessionError> {
        let Some(frames) = session.timeline.contents.embedded() else {
            return Ok(None);
        };
        check::embedded(frames, &session.structure)?;
        let structure = |record: &super::StructureRecord| record.structure().map(Arc::new);
        let structures: Result<Vec<_>, _> = frames.structures.iter().map(structure).collect();
        Ok(Some(EmbeddedSource {
            name: name.to_owned(),
            session: structure(&session.structure)?,
            structures: structures?,
            frames: frames.clone(),
        }))
    }

    /// Kind of the run that the first frame belongs to.
    pub(super) fn start(&self) -> Option<MarkKind> {
        match self.frames.frames.first()?.kind {
            FrameKind::Dynamics => Some(MarkKind::Dynamics),
            FrameKind::Relaxation => Some(MarkKind::Relaxation),
            FrameKind::Idle => None,
        }
    }

    fn frame(&self, index: u64) -> Result<&EmbeddedFrame, FrameSourceError> {
        let frame = usize::try_from(index).ok();
        let frame = frame.and_then(|index| self.frames.frames.get(index));
        frame.ok_or_else(|| FrameSourceError::NoSuchFrame {
            name: self.name.clone(),
            index,
            len: self.len(),
        })
    }
}

impl FrameSource for EmbeddedSource {
    fn name(&self) -> &str {
        &self.name
    }

    fn len(&self) -> u64 {
        self.frames.frames.len() as u64
    }

    fn searched(&self) -> f64 {
        1.0
    }

    fn search_error(&self) -> Option<String> {
        None
    }

    fn read(&self, index: u64) -> Result<Arc<Frame>, FrameSourceError> {
        let frame = self.frame(index)?;
        let unreadable = |reason: String| FrameSourceError::Unreadable {
            name: self.name.clone(),
            index,
            reason,
        };
        let identity = match frame.structure {
            Some(structure) => self.structures.get(structure),
            None => Some(&self.session),
        };
        let identity = identity.ok_or_else(|| unreadable("its structure is missing".to_owned()))?;
        let configuration = frame
            .configuration(identity)
            .map_err(|error| unreadable(error.to_string()))?;
        let read = Frame::of_configuration(configuration, Some(Arc::clone(identity)), index);
        Ok(Arc::new(Frame {
            step: frame.step,
            time: frame.time,
            temperature: frame.temperature.unwrap_or(read.temperature),
            ..read
        }))
    }

    fn energy(&self, index: u64) -> Option<f64> {
        self.frame(index).ok()?.energy
    }

    fn marks(&self) -> Vec<Mark> {
        let pairs = self.frames.frames.windows(2).enumerate();
        let mark = |(index, pair): (usize, &[EmbeddedFrame])| {
            let kind = match (pair[0].kind, pair[1].kind) {
                _ if pair[0].structure != pair[1].structure => MarkKind::Edit,
                (before, after) if before == after => return None,
                (_, FrameKind::Dynamics) => MarkKind::Dynamics,
                (_, FrameKind::Relaxation) => MarkKind::Relaxation,
                (_, FrameKind::Idle) => return None,
            };
            let address = FrameAddress::File(index as u64 + 1);
            Some(Mark { address, kind })
        };
        pairs.filter_map(mark).collect()
    }
}

impl EmbeddedFrame {
    /// The frame as a record of a file, for the atoms of a structure.
    ///
    /// # Errors
    /// If it has another number of atoms, or an invalid cell.
    pub fn configuration(&self, identity: &Structure) -> Result<Configuration, SessionError> {
        check::frame(self, identity.len(), "frame")?;
        let mut structure = identity.clone();
        structure
            .positions_mut()
            .copy_from_slice(&vectors(&self.positions));
        if let Some(cell) = &self.cell {
            structure.cell = Some(cell.cell("frame.cell")?);
        }
        let stress = self.stress.map(|rows| DMat3::from_cols_array_2d(&rows));
        Ok(Configuration {
            structure,
            velocities: self.velocities.as_deref().map(vectors),
            energy: self.energy,
            forces: self.forces.as_deref().map(vectors),
            stress: stress.map(|stress| stress.transpose()),
            ..Configuration::default()
        })
    }
}
