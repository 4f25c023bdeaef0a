//! Arguments of `mlipview telemetry`.

use std::path::PathBuf;

use clap::Args;

use super::{LogFormat, LogLevel, NetworkArgs};

/// Arguments of `mlipview telemetry`.
#[derive(Args, Clone)]
pub(crate) struct TelemetryArgs {
    /// Read the reports of a trainer from this file, one JSON object per line; - is the standard input. The
    /// server ends with the file.
    #[arg(long, value_name = "FILE")]
    pub(crate) feed: Option<PathBuf>,
    /// Name of the training that is fed.
    #[arg(long, value_name = "NAME", default_value = "training")]
    pub(crate) name: String,
    /// Folder of the training: its events are written to events.jsonl there, and samples in it are served.
    #[arg(long, value_name = "FOLDER", requires = "feed")]
    pub(crate) run: Option<PathBuf>,
    /// Folder of runs, each a folder with events.jsonl: old ones are served for replay, and those that are fed
    /// over HTTP are written there.
    #[arg(long, value_name = "FOLDER")]
    pub(crate) runs: Option<PathBuf>,
    /// Write the commands of drivers to the standard output, one JSON object per line; without this they are
    /// rejected.
    #[arg(long, requires = "feed")]
    pub(crate) commands: bool,
    /// Serve on after the end of the file, until Ctrl-C.
    #[arg(long, requires = "feed")]
    pub(crate) keep_serving: bool,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
    /// Level of the log on the standard error output.
    #[arg(long, value_enum, default_value = "info", help_heading = "Log")]
    pub(crate) log: LogLevel,
    /// Format of the log.
    #[arg(long, value_enum, default_value = "text", help_heading = "Log")]
    pub(crate) log_format: LogFormat,
}
