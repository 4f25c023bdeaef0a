//! Properties of the readers of telemetry: messages of clients, reports of trainers, event logs.
//!
//! `tests/telemetry` checks them on random lines, too.

use std::time::{Duration, UNIX_EPOCH};

use mlipview_telemetry::{
    Bridge, Callback, ClientLimits, Connection, Event, EventKind, EventLog, FILE_NAME, Moment,
    Outgoing, Published, ReplaySource, SharedEvent, scan,
};
use serde_json::{Value, json};

/// A moment, s after the start.
fn at(seconds: usize) -> Moment {
    let elapsed = Duration::from_secs(seconds as u64);
    Moment {
        elapsed,
        date: UNIX_EPOCH + elapsed,
    }
}

/// Reading never panics, whatever the lines are. Each message of a client gets an answer; the events of a
/// report are read as they were written; a log that was read can be continued, and its events are replayed.
pub fn check_telemetry(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let published = check_reports(&text);
    check_messages(&text, &published);
    check_log(bytes);
}

/// Publishes the reports of a trainer.
fn check_reports(text: &str) -> Published {
    let mut published = Published::new(Some("fuzzed"));
    let mut bridge = Bridge::new(1);
    for (second, line) in text.lines().enumerate() {
        let mut events: Vec<Event> = bridge.on_time(at(second)).into_iter().collect();
        if let Ok(callback) = line.parse::<Callback>() {
            events.extend(bridge.on_callback(callback, at(second)));
        }
        for event in events {
            let event = SharedEvent::new(event).expect("the numbers of an event are finite");
            assert_eq!(event.id(), published.newest_id() + 1);
            let read: Event = serde_json::from_str(event.json()).expect("an event is read again");
            assert_eq!(&read, event.event());
            assert!(!event.protobuf_after(1).is_empty());
            published.push(&event, None);
        }
        published.set_state(bridge.state());
    }
    published
}

/// Sends each line as a message, one per second.
fn check_messages(text: &str, published: &Published) {
    let limits = ClientLimits::default();
    let mut connection = Connection::new("client_1_0", true, published, limits, at(0));
    assert_eq!(answers(&mut connection, published), 1);
    for (second, line) in text.lines().enumerate() {
        connection.on_text(line, published, at(second));
        assert_eq!(answers(&mut connection, published), 1, "{line}");
    }
}

/// Takes all messages that wait, with their replays; returns the number of answers.
fn answers(connection: &mut Connection, published: &Published) -> usize {
    let mut answers = 0;
    loop {
        while let Some(outgoing) = connection.next_outgoing() {
            let json = match outgoing {
                Outgoing::Answer(json) => {
                    answers += 1;
                    json
                }
                Outgoing::Event(event, dropped) => event.json_after(dropped),
            };
            let message: Value = serde_json::from_str(&json).expect("messages are JSON");
            assert!(message["type"].is_string() && message["timestamp"].is_string());
        }
        let Some(replay) = connection.wanted_replay() else {
            return answers;
        };
        connection.on_page(match published.replay(replay) {
            ReplaySource::Memory(page) => page,
            ReplaySource::Log(range) => range.read().expect("a log that was read is read again"),
        });
    }
}

/// Opens an event log with this content, continues it and replays it.
fn check_log(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join(FILE_NAME), bytes).expect("a file in it");
    let Ok(found) = scan(folder.path()) else {
        return;
    };
    let (mut log, opened) = EventLog::open(folder.path()).expect("a log that was read");
    assert_eq!(opened.newest_id, found.newest_id);
    let mut published = Published::with_log("fuzzed", folder.path(), opened);
    let mut bridge = Bridge::new(published.newest_id() + 1);
    for event in bridge.on_callback(Callback::Status(Default::default()), at(0)) {
        let event = SharedEvent::new(event).expect("the numbers of an event are finite");
        let offsets = log
            .append(std::slice::from_ref(&event))
            .expect("a file can be written");
        published.push(&event, offsets.first().copied());
    }
    let again = scan(folder.path()).expect("a log that was continued");
    assert_eq!(again.newest_id, published.newest_id());
    let mut connection = Connection::new(
        "client_1_0",
        false,
        &published,
        ClientLimits::default(),
        at(0),
    );
    let names: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.name()).collect();
    for past in ["after", "replay"] {
        let message = json!({"type": "subscribe", "events": names, past: 3});
        connection.on_text(&message.to_string(), &published, at(1));
        assert!(answers(&mut connection, &published) > 0);
    }
}
