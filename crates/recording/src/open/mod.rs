//! Files with many frames, opened as the source of a timeline: recordings and trajectories.

mod session;

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use mlipview_core::chem::Structure;
use mlipview_core::chem::format::Format;
use mlipview_core::files::FileError;
use mlipview_core::sim::timeline::FrameSource;
use mlipview_core::trajectory::TrajectoryTimeline;

use crate::{Recording, RecordingError};

pub use session::{OpenSessionError, OpenedSession, SESSION_EXTENSION, is_session, open_session};

/// Why a file cannot be opened as a timeline.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The recording cannot be opened.
    #[error(transparent)]
    Recording(#[from] RecordingError),
    /// The trajectory cannot be opened.
    #[error(transparent)]
    Trajectory(#[from] FileError),
    /// There are no frames.
    #[error("{0} contains no frame: the recording ended before its first chunk was written")]
    Empty(String),
}

/// The first bytes of MCAP files.
const MCAP: &[u8] = b"\x89MCAP0\r\n";

/// Whether a file is a recording, by its first bytes, or by its name if it cannot be read.
pub fn is_recording(path: &Path) -> bool {
    let mut start = [0; MCAP.len()];
    match File::open(path).and_then(|mut file| file.read_exact(&mut start)) {
        Ok(()) => start == *MCAP,
        Err(_) => path
            .extension()
            .is_some_and(|extension| extension == "mcap"),
    }
}

/// Opens the frames of a file, which are read as they are shown; `None` for formats and files of a single
/// structure, which are read at once. Returns when it is known whether there are two frames. `topology`
/// provides the atoms of a trajectory without elements (XTC, DCD).
///
/// # Errors
/// If the file cannot be read, or has no frame.
pub fn open_timeline(
    path: &Path,
    topology: Option<Arc<Structure>>,
) -> Result<Option<Arc<dyn FrameSource>>, OpenError> {
    if is_recording(path) {
        let recording = Recording::open(path)?;
        wait_for_frames(&recording, 1);
        if recording.is_empty() {
            return Err(OpenError::Empty(path.display().to_string()));
        }
        return Ok(Some(Arc::new(recording)));
    }
    let name = path.to_string_lossy();
    if !has_many_frames(&name) {
        return Ok(None);
    }
    let timeline = TrajectoryTimeline::open(&name, topology)?;
    // The search runs in a thread: a short file may not have been searched to its end yet.
    wait_for_frames(timeline.as_ref(), 2);
    let is_single = timeline.len() < 2;
    Ok((!is_single).then_some(timeline as Arc<dyn FrameSource>))
}

/// Waits until this number of frames is found, or the whole file is searched.
fn wait_for_frames(source: &dyn FrameSource, count: u64) {
    while source.len() < count && source.searched() < 1.0 {
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Whether the format of a file may have many frames.
fn has_many_frames(path: &str) -> bool {
    let format = Format::of_name(path).or_else(|| {
        let mut start = Vec::new();
        let file = File::open(path).ok()?;
        let length = Format::SNIFF_LENGTH as u64;
        file.take(length).read_to_end(&mut start).ok()?;
        Format::of_content(&start)
    });
    format.is_some_and(|format| format.info().many_frames)
}
