//! Frames of a trajectory file for the timeline of a simulation: found by a thread, read on demand.

mod recent_frames;
mod shared_atoms;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::chem::Structure;
use crate::files::{FileError, TrajectoryFile};
use crate::sim::Frame;
use crate::sim::timeline::{FrameSource, FrameSourceError, FramesOfFile, Mark};
use recent_frames::RecentFrames;
use shared_atoms::SharedAtoms;

/// A trajectory file as a source of frames.
///
/// A thread finds the frames from the start of the file to its end, and ends when the source is dropped.
/// The last few frames that were read are kept. The structure that frames with the same atoms share has no
/// [info](Structure::info) and no numeric [arrays](Structure::arrays), which may differ between frames.
/// Files have no marks.
///
/// ```
/// use mlipview_core::sim::timeline::FrameSource;
/// use mlipview_core::trajectory::TrajectoryTimeline;
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("run.xyz");
/// # let path = path.to_str().unwrap();
/// std::fs::write(path, "1\n\nAr 0 0 0\n1\n\nAr 0 0 9\n")?;
/// let frames = TrajectoryTimeline::open(path, None)?;
/// assert_eq!(frames.read(0)?.positions[0].z, 0.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct TrajectoryTimeline {
    file: Arc<TrajectoryFile>,
    path: PathBuf,
    cache: Mutex<Cache>,
}

/// Structures that frames share, and the last frames.
#[derive(Debug, Default)]
struct Cache {
    frames: RecentFrames,
    atoms: SharedAtoms,
}

impl TrajectoryTimeline {
    /// Opens a file, which may be compressed, and reads its first frame; returns while others are searched.
    /// `topology` provides the atoms of a trajectory without elements (XTC, DCD).
    ///
    /// # Errors
    /// If the file or its first frame cannot be read, or the operating system cannot start a thread.
    pub fn open(
        path: &str,
        topology: Option<Arc<Structure>>,
    ) -> Result<Arc<TrajectoryTimeline>, FileError> {
        let file = Arc::new(TrajectoryFile::open(path, topology)?);
        let searched = Arc::clone(&file);
        let thread = std::thread::Builder::new()
            .name("trajectory search".to_owned())
            .spawn(move || searched.search());
        thread.map_err(|reason| FileError::Read {
            path: path.to_owned(),
            reason,
        })?;
        // Stops the thread if there is no first frame.
        let timeline = Arc::new(TrajectoryTimeline {
            path: PathBuf::from(path),
            file,
            cache: Mutex::default(),
        });
        timeline.file.wait_for_first()?;
        timeline.read_file(0)?;
        Ok(timeline)
    }

    /// Reads a frame, from the file unless it was read recently; `None` if it has not been found.
    fn read_file(&self, index: u64) -> Result<Option<Arc<Frame>>, FileError> {
        if let Some(frame) = self.lock().frames.get(index) {
            return Ok(Some(frame));
        }
        let Some(configuration) = self.file.read(index)? else {
            return Ok(None);
        };
        let info = &configuration.structure.info;
        let time = info.get("time").and_then(|time| time.as_real());
        let topology = self.file.topology();
        let identity = match topology {
            Some(topology) => Arc::clone(topology),
            None => self.lock().atoms.of(&configuration.structure),
        };
        let mut frame = Frame::of_configuration(configuration, Some(identity), index);
        if let Some(time) = time.filter(|_| topology.is_some()) {
            frame.time = time;
        }
        let frame = Arc::new(frame);
        self.lock().frames.push(index, &frame);
        Ok(Some(frame))
    }

    fn lock(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FrameSource for TrajectoryTimeline {
    fn name(&self) -> &str {
        self.file.name()
    }

    fn file(&self) -> Option<FramesOfFile> {
        Some(FramesOfFile {
            path: self.path.clone(),
            count: self.len(),
            is_whole: true,
        })
    }

    fn len(&self) -> u64 {
        self.file.len()
    }

    fn searched(&self) -> f64 {
        self.file.searched()
    }

    fn search_error(&self) -> Option<String> {
        self.file.search_error()
    }

    fn read(&self, index: u64) -> Result<Arc<Frame>, FrameSourceError> {
        let name = || self.name().to_owned();
        match self.read_file(index) {
            Ok(Some(frame)) => Ok(frame),
            Ok(None) => Err(FrameSourceError::NoSuchFrame {
                name: name(),
                index,
                len: self.len(),
            }),
            Err(error) => Err(FrameSourceError::Unreadable {
                name: name(),
                index,
                reason: error.to_string(),
            }),
        }
    }

    fn energy(&self, index: u64) -> Option<f64> {
        self.file.energy(index)
    }

    fn marks(&self) -> Vec<Mark> {
        Vec::new()
    }
}

impl Drop for TrajectoryTimeline {
    fn drop(&mut self) {
        self.file.stop();
    }
}
