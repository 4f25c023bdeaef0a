//! Recordings of commands: of a run, and of a served simulation.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

#[cfg(feature = "server")]
use anyhow::Context;
use mlipview_core::sim::Frame;
#[cfg(feature = "server")]
use mlipview_core::sim::SimHandle;
#[cfg(feature = "server")]
use mlipview_recording::{Recorder, RecordingHandle};
use mlipview_recording::{RecordingOptions, RecordingWriter};

/// Recording of a run, written between its steps, so that no frame is left out. After an error the run goes
/// on without it.
pub(super) struct RunRecording {
    writer: RecordingWriter,
    path: PathBuf,
    has_failed: bool,
}

impl RunRecording {
    /// A recording in a new file.
    ///
    /// # Errors
    /// If the file exists or cannot be created.
    pub(super) fn create(path: &Path, options: RecordingOptions) -> anyhow::Result<RunRecording> {
        Ok(RunRecording {
            writer: RecordingWriter::create(path, options)?,
            path: path.to_path_buf(),
            has_failed: false,
        })
    }

    /// Records a frame.
    pub(super) fn append(&mut self, frame: &Arc<Frame>) {
        if self.has_failed {
            return;
        }
        if let Err(error) = self.writer.frame(frame, now()) {
            eprintln!("mlipview: the run continues without its recording: {error}");
            self.has_failed = true;
        }
    }

    /// Writes the rest; returns the end of a sentence about it.
    pub(super) fn finish(mut self) -> String {
        let path = self.path.display();
        if self.has_failed {
            return format!("; recorded in part as {path}");
        }
        match self.writer.finish() {
            Ok(()) => format!("; recorded as {path}"),
            Err(error) => format!("; recorded in part as {path}: {error}"),
        }
    }
}

/// Records a simulation to the next free file `run-N.mcap` of a folder.
///
/// # Errors
/// If the folder or the file cannot be created.
#[cfg(feature = "server")]
pub(super) fn record_to_folder(
    sim: &SimHandle,
    folder: &Path,
    options: RecordingOptions,
) -> anyhow::Result<RecordingHandle> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot create the folder {}", folder.display()))?;
    let mut names = (1_u64..).map(|number| folder.join(format!("run-{number}.mcap")));
    let path = names.find(|path| !path.exists());
    let path = path.context("the folder has no free name")?;
    let (sink, handle) = Recorder::start(&path, options)?;
    sim.add_sink(sink);
    Ok(handle)
}

/// The time of day, for the log time of a recording.
#[expect(
    clippy::disallowed_methods,
    reason = "the clock is read at the program's edge"
)]
fn now() -> SystemTime {
    SystemTime::now()
}
