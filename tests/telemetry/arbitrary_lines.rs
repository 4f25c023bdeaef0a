//! Lines that are almost messages, reports or events: the properties of the fuzz target `telemetry`.

use proptest::prelude::*;

use super::fixtures::{Training, at, log, progress, status};
use mlipview_telemetry::{Callback, Status};

#[expect(
    unreachable_pub,
    reason = "the fuzz targets call it from another crate"
)]
#[path = "../../fuzz/src/telemetry.rs"]
mod checks;

use checks::check_telemetry;

/// The seeds of the fuzz target, and the lines of an event log.
fn seeds() -> Vec<String> {
    let seeds = include_str!("../data/fuzz/telemetry.jsonl");
    let mut training = Training::new();
    let mut lines: Vec<String> = seeds.lines().map(str::to_owned).collect();
    let callbacks = [
        status(Status::Running),
        Callback::Progress(progress(3)),
        log("a"),
    ];
    for (second, callback) in callbacks.into_iter().enumerate() {
        let events = training.bridge.on_callback(callback, at(second as f64));
        let json = events
            .iter()
            .map(|event| serde_json::to_string(event).unwrap());
        lines.extend(json);
    }
    lines
}

/// A change of a text: a piece of it gives way to another.
#[derive(Clone, Debug)]
struct Change {
    start: prop::sample::Index,
    removed: usize,
    inserted: &'static str,
}

const PIECES: [&str; 14] = [
    "",
    "\n",
    "\r",
    "\u{0}",
    "{",
    "}",
    "\"",
    "-",
    "1e999",
    "18446744073709551615",
    "null",
    "[]",
    "ä",
    "\"event_id\":",
];

fn change() -> impl Strategy<Value = Change> {
    let piece = prop::sample::select(PIECES.to_vec());
    (any::<prop::sample::Index>(), 0..6_usize, piece).prop_map(|(start, removed, inserted)| {
        Change {
            start,
            removed,
            inserted,
        }
    })
}

proptest! {
    /// [9] [26] [29]
    #[test]
    fn readers_keep_their_properties_on_any_lines(
        lines in prop::collection::vec(prop::sample::select(seeds()), 0..8),
        changes in prop::collection::vec(change(), 0..4),
        bytes in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut text: Vec<u8> = lines.iter().flat_map(|line| [line.as_bytes(), b"\n"].concat()).collect();
        for change in changes {
            let start = change.start.index(text.len() + 1);
            let end = (start + change.removed).min(text.len());
            text.splice(start..end, change.inserted.bytes());
        }
        check_telemetry(&text);
        check_telemetry(&bytes);
    }
}

/// [29] An event log that this program cannot have written.
#[test]
fn a_log_with_the_largest_number_of_an_event_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let mut training = Training::new();
    let events = training.bridge.on_callback(log("a"), at(0.0));
    let mut event = events[0].clone();
    event.event_id = u64::MAX;
    let line = format!("{}\n", serde_json::to_string(&event).unwrap());
    check_telemetry(line.as_bytes());
    std::fs::write(folder.path().join(mlipview_telemetry::FILE_NAME), line).unwrap();
    let error = mlipview_telemetry::scan(folder.path())
        .unwrap_err()
        .to_string();
    assert!(error.contains("events.jsonl:1"), "{error}");
}
