//! Arguments of `mlipview serve`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{NetworkArgs, RecordArgs, SimulationArgs};

/// Lowest level of the log messages that are written.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum LogLevel {
    /// Errors.
    Error,
    /// Also rejected requests.
    Warn,
    /// Also connections.
    Info,
    /// Also debug messages.
    Debug,
}

/// Format of the log.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum LogFormat {
    /// Plain text.
    Text,
    /// One JSON object per line.
    Json,
}

/// Arguments of `mlipview serve`.
#[derive(Args, Clone)]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    pub(crate) simulation: SimulationArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
    #[cfg(feature = "imd")]
    #[command(flatten)]
    pub(crate) imd: super::ImdArgs,
    /// Record the simulation to new files in this folder.
    #[arg(long, value_name = "FOLDER", help_heading = "Recording")]
    pub(crate) record: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) recording: RecordArgs,
    /// Level of the log on the standard error output.
    #[arg(long, value_enum, default_value = "info", help_heading = "Log")]
    pub(crate) log: LogLevel,
    /// Format of the log.
    #[arg(long, value_enum, default_value = "text", help_heading = "Log")]
    pub(crate) log_format: LogFormat,
}
