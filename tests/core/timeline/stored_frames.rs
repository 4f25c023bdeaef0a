//! A source of stored frames, as trajectory files are.

use std::sync::Arc;

use mlipview_core::sim::Frame;
use mlipview_core::sim::timeline::{FrameSource, FrameSourceError, Mark};

/// Frames in memory; one of them may be unreadable.
#[derive(Debug)]
pub(super) struct StoredFrames {
    pub(super) frames: Vec<Arc<Frame>>,
    pub(super) damaged: Option<u64>,
}

impl FrameSource for StoredFrames {
    fn name(&self) -> &str {
        "stored.xyz"
    }

    fn len(&self) -> u64 {
        self.frames.len() as u64
    }

    fn searched(&self) -> f64 {
        1.0
    }

    fn search_error(&self) -> Option<String> {
        None
    }

    fn read(&self, index: u64) -> Result<Arc<Frame>, FrameSourceError> {
        let name = self.name().to_owned();
        if self.damaged == Some(index) {
            return Err(FrameSourceError::Unreadable {
                name,
                index,
                reason: "damaged".to_owned(),
            });
        }
        let len = self.len();
        let frame = self.frames.get(index as usize);
        frame
            .cloned()
            .ok_or(FrameSourceError::NoSuchFrame { name, index, len })
    }

    fn energy(&self, index: u64) -> Option<f64> {
        let frame = self.frames.get(index as usize)?;
        Some(frame.evaluation.as_ref()?.energy)
    }

    fn marks(&self) -> Vec<Mark> {
        Vec::new()
    }
}
