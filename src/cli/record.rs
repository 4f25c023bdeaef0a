//! Arguments of recordings.

use clap::Args;
use mlipview_recording::RecordingOptions;

/// Contents of a recording beside positions.
#[derive(Args, Clone, Copy)]
pub(crate) struct RecordArgs {
    /// Record velocities too, so that replays show temperatures.
    #[arg(long, requires = "record", help_heading = "Recording")]
    pub(crate) record_velocities: bool,
    /// Record forces too.
    #[arg(long, requires = "record", help_heading = "Recording")]
    pub(crate) record_forces: bool,
}

impl RecordArgs {
    /// Positions alone.
    pub(crate) fn none() -> RecordArgs {
        RecordArgs {
            record_velocities: false,
            record_forces: false,
        }
    }

    /// Options of the recording of each `every`-th step.
    pub(crate) fn options(self, every: u64) -> RecordingOptions {
        RecordingOptions {
            velocities: self.record_velocities,
            forces: self.record_forces,
            every,
            ..RecordingOptions::default()
        }
    }
}
