//! The log on standard error.

use std::io::{IsTerminal, stderr};

use tracing::Level;
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// Logs this program's events up to a level on standard error, as text or as one JSON object per line. Has
/// no effect if the process has a subscriber already.
pub fn log_to_stderr(max_level: Level, json: bool) {
    // Events of other crates may contain addresses with tokens.
    let own = filter_fn(|metadata| metadata.target().starts_with("mlipview"));
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(stderr)
        .with_ansi(stderr().is_terminal());
    let lines = match json {
        true => lines.json().boxed(),
        false => lines.with_target(false).boxed(),
    };
    let lines = lines
        .with_filter(own)
        .with_filter(LevelFilter::from_level(max_level));
    let _ = tracing_subscriber::registry().with(lines).try_init();
}
