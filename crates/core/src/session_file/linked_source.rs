//! Frames of a file, continued by those of a session, as a source of the timeline.

use std::sync::Arc;

use super::EmbeddedSource;
use crate::sim::Frame;
use crate::sim::playback::FrameAddress;
use crate::sim::timeline::{FrameSource, FrameSourceError, FramesOfFile, Mark};

/// The first frames of a file, continued by frames of a session.
#[derive(Debug)]
pub struct LinkedSource {
    file: Arc<dyn FrameSource>,
    count: u64,
    continued: EmbeddedSource,
}

impl LinkedSource {
    /// The first `count` frames of a file, which has been searched that far, and the frames after them. Of a
    /// file that has become shorter, all frames.
    pub fn new(file: Arc<dyn FrameSource>, count: u64, continued: EmbeddedSource) -> LinkedSource {
        let count = count.min(file.len());
        LinkedSource {
            file,
            count,
            continued,
        }
    }
}

impl FrameSource for LinkedSource {
    fn name(&self) -> &str {
        self.continued.name()
    }

    fn file(&self) -> Option<FramesOfFile> {
        Some(FramesOfFile {
            count: self.count,
            is_whole: false,
            ..self.file.file()?
        })
    }

    fn len(&self) -> u64 {
        self.count + self.continued.len()
    }

    fn searched(&self) -> f64 {
        1.0
    }

    fn search_error(&self) -> Option<String> {
        self.file.search_error()
    }

    fn read(&self, index: u64) -> Result<Arc<Frame>, FrameSourceError> {
        match index.checked_sub(self.count) {
            None => self.file.read(index),
            Some(index) => self.continued.read(index),
        }
    }

    fn energy(&self, index: u64) -> Option<f64> {
        match index.checked_sub(self.count) {
            None => self.file.energy(index),
            Some(index) => self.continued.energy(index),
        }
    }

    fn marks(&self) -> Vec<Mark> {
        let end = FrameAddress::File(self.count);
        let of_file = self.file.marks().into_iter();
        let mut marks: Vec<Mark> = of_file.filter(|mark| mark.address < end).collect();
        let start = self.continued.start();
        marks.extend(start.map(|kind| Mark { address: end, kind }));
        let shifted = |mark: Mark| match mark.address {
            FrameAddress::File(index) => Mark {
                address: FrameAddress::File(self.count + index),
                ..mark
            },
            FrameAddress::Memory(_) => mark,
        };
        marks.extend(self.continued.marks().into_iter().map(shifted));
        marks
    }
}
