//! A recorder: a sink of a simulation that writes a recording on a thread of its own.

mod handle;
mod queue;
mod sink;
mod status;
mod thread;

use std::path::Path;

use mlipview_core::sim::FrameSink;

use crate::{RecordingError, RecordingOptions, RecordingWriter};

pub use handle::RecordingHandle;
pub use status::RecordingStatus;

/// Recorder of a simulation: its sink takes frames and events on the simulation's thread and returns at
/// once, and a thread of its own writes them.
///
/// Between both is a queue of at most 256 frames and 128 MiB. While it is full, frames are left out and
/// counted, and an event in the recording says so. After an error the recording ends, the file is valid up to
/// its last complete chunk, and the simulation goes on.
///
/// ```
/// use mlipview_core::chem::library;
/// use mlipview_core::sim::{Engine, FrameSink};
/// use mlipview_recording::{Recorder, Recording, RecordingOptions};
///
/// let folder = std::env::temp_dir().join(format!("recorder-{}", std::process::id()));
/// std::fs::create_dir_all(&folder)?;
/// let path = folder.join("water.mcap");
/// let (mut sink, handle) = Recorder::start(&path, RecordingOptions::default())?;
/// let water = library::find("water").unwrap().structure()?;
/// sink.frame(&Engine::new(water, None, 0).frame());
/// let status = handle.stop()?;
/// assert_eq!((status.frames, status.left_out), (1, 0));
/// Recording::open(&path)?;
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Recorder;

impl Recorder {
    /// Begins a recording in a new file.
    ///
    /// # Errors
    /// As [`RecordingWriter::create`], or if the thread cannot be started.
    pub fn start(
        path: &Path,
        options: RecordingOptions,
    ) -> Result<(Box<dyn FrameSink>, RecordingHandle), RecordingError> {
        Recorder::with_writer(RecordingWriter::create(path, options)?)
    }

    /// Continues a recording in the same file.
    ///
    /// # Errors
    /// As [`RecordingWriter::resume`], or if the thread cannot be started.
    pub fn resume(
        path: &Path,
        options: RecordingOptions,
    ) -> Result<(Box<dyn FrameSink>, RecordingHandle), RecordingError> {
        let writer = RecordingWriter::resume(path, options, thread::now())?;
        Recorder::with_writer(writer)
    }

    /// Records to a writer.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn with_writer(
        writer: RecordingWriter,
    ) -> Result<(Box<dyn FrameSink>, RecordingHandle), RecordingError> {
        let filter = writer.new_filter();
        let path = writer.path().to_owned();
        let (queue, receiver) = queue::queue();
        let done = thread::start(writer, receiver, &queue).map_err(|reason| {
            let path = path.clone();
            RecordingError::Thread { path, reason }
        })?;
        let sink = sink::Sink::new(queue.clone(), filter);
        Ok((Box::new(sink), RecordingHandle::new(queue, done, path)))
    }
}
