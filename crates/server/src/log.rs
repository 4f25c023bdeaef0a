//! What happens, told line by line on the error output.

use std::io::{IsTerminal, stderr};

use tracing::Level;
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// How lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One object of JSON in each line, for programs.
    Json,
}

/// How much is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogLevel {
    /// What has failed.
    Error,
    /// What was refused, too.
    Warn,
    /// Who comes and goes, too.
    #[default]
    Info,
    /// Everything.
    Debug,
}

/// Tells what happens from now on. Where something else in this program listens already, it goes on
/// as it is.
pub fn log_to_stderr(level: LogLevel, format: LogFormat) {
    let level = match level {
        LogLevel::Error => Level::ERROR,
        LogLevel::Warn => Level::WARN,
        LogLevel::Info => Level::INFO,
        LogLevel::Debug => Level::DEBUG,
    };
    // What other crates say of addresses could have tokens in it.
    let ours = filter_fn(|metadata| metadata.target().starts_with("mlipview"));
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(stderr)
        .with_ansi(stderr().is_terminal());
    let lines = match format {
        LogFormat::Text => lines.with_target(false).boxed(),
        LogFormat::Json => lines.json().boxed(),
    };
    let lines = lines
        .with_filter(ours)
        .with_filter(LevelFilter::from_level(level));
    let _ = tracing_subscriber::registry().with(lines).try_init();
}
