//! Event logs in files.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use mlipview_telemetry::{
    Bridge, Callback, EventLog, EventLogError, FILE_NAME, MAX_HISTORY, Published, SharedEvent,
    Status, scan,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::client::{Client, ids};
use super::fixtures::{at, log, share, status};

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// A training that writes its events to a folder.
struct Logged {
    bridge: Bridge,
    log: EventLog,
    published: Published,
}

impl Logged {
    fn open(folder: &Path) -> Logged {
        let (log, logged) = EventLog::open(folder).unwrap();
        Logged {
            bridge: Bridge::new(logged.newest_id + 1),
            log,
            published: Published::with_log("ethanol", folder, logged),
        }
    }

    fn report(&mut self, callback: Callback) -> Vec<Arc<SharedEvent>> {
        let events = self.bridge.on_callback(callback, at(0.0));
        let events: Vec<_> = events.into_iter().map(share).collect();
        let offsets = self.log.append(&events).unwrap();
        for (event, offset) in events.iter().zip(offsets) {
            self.published.push(event, Some(offset));
        }
        events
    }
}

fn subscribe(client: &mut Client, published: &Published, past: (&str, u64)) -> Vec<Value> {
    let mut message = json!({"type": "subscribe", "events": ["log", "training_status"]});
    message[past.0] = past.1.into();
    client.send(&message, published);
    client.all(published)
}

/// [29]
#[test]
fn each_event_is_a_line_of_the_file_as_it_is_sent() {
    let folder = folder();
    let mut training = Logged::open(&folder.path().join("new/run"));
    let mut expected = String::new();
    for callback in [status(Status::Running), log("a\nb \"c\" ä")] {
        for event in training.report(callback) {
            expected += event.json();
            expected.push('\n');
        }
    }
    training.log.sync().unwrap();
    let text = fs::read_to_string(folder.path().join("new/run").join(FILE_NAME)).unwrap();
    assert_eq!(text, expected);
}

/// [29] [26]
#[test]
fn a_reopened_log_continues_the_numbers() {
    let folder = folder();
    let mut training = Logged::open(folder.path());
    training.report(status(Status::Running));
    drop(training);
    let mut training = Logged::open(folder.path());
    assert_eq!(training.published.newest_id(), 2);
    assert_eq!(training.published.state().status, Status::Running);
    assert_eq!(training.report(log("next"))[0].id(), 3);
}

/// [29]
#[test]
fn a_log_that_was_cut_at_any_byte_opens_with_its_complete_lines() {
    let folder = folder();
    let mut training = Logged::open(folder.path());
    training.report(status(Status::Running));
    training.report(log("last"));
    drop(training);
    let path = folder.path().join(FILE_NAME);
    let whole = fs::read(&path).unwrap();
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        let complete = whole[..length]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count() as u64;
        assert_eq!(scan(folder.path()).unwrap().newest_id, complete);
        let mut training = Logged::open(folder.path());
        assert_eq!(training.report(log("after"))[0].id(), complete + 1);
        drop(training);
        assert_eq!(scan(folder.path()).unwrap().newest_id, complete + 1);
    }
}

/// [29]
#[test]
fn a_line_that_is_no_event_is_an_error_with_its_place() {
    let event =
        r#"{"event_id":2,"timestamp":"","type":"log","level":"info","message":"","source":""}"#;
    for (text, line) in [
        ("{}\n".to_owned(), 1),
        (format!("{event}\nnonsense\n"), 2),
        (format!("{event}\n{event}\n"), 2),
        (format!("{event}\n\u{0}\u{0}\n"), 2),
        (format!("{}\n", "x".repeat(300 << 10)), 1),
    ] {
        let folder = folder();
        fs::write(folder.path().join(FILE_NAME), text).unwrap();
        let error = scan(folder.path()).unwrap_err();
        let EventLogError::Line { line: found, .. } = &error else {
            panic!("{error}")
        };
        assert_eq!(*found, line, "{error}");
        assert!(EventLog::open(folder.path()).is_err());
    }
}

/// [29]
#[cfg(unix)]
#[test]
fn a_log_is_written_by_one_program_at_a_time_and_read_by_any() {
    let folder = folder();
    let mut training = Logged::open(folder.path());
    training.report(log("text"));
    let error = EventLog::open(folder.path()).unwrap_err();
    assert!(matches!(error, EventLogError::InUse { .. }), "{error}");
    assert_eq!(scan(folder.path()).unwrap().newest_id, 1);
}

/// [26]
#[test]
fn all_events_on_disk_can_be_replayed() {
    let folder = folder();
    let mut training = Logged::open(folder.path());
    for number in 0..3000_u64 {
        match number % 100 {
            0 => training.report(status(Status::Running)),
            _ => training.report(log("text")),
        };
    }
    let newest = training.published.newest_id();
    assert_eq!(newest, 3030);
    assert!(newest > 3 * MAX_HISTORY as u64);
    let last = |count: u64| (newest - count + 1..=newest).collect::<Vec<u64>>();
    let reopened = Published::with_log("ethanol", folder.path(), scan(folder.path()).unwrap());
    for published in [&training.published, &reopened] {
        for count in [1, 999, 1000, 1001, 1300, 2999, 3030] {
            let mut client = Client::new(published);
            let messages = subscribe(&mut client, published, ("replay", count));
            assert_eq!(ids(&messages), last(count), "{count}");
        }
        for after in [0, 1, 255, 256, 257, 1500, 2029, 2030, 3029] {
            let mut client = Client::new(published);
            let messages = subscribe(&mut client, published, ("after", after));
            assert_eq!(messages[0]["missed"], 0);
            assert_eq!(ids(&messages), last(newest - after), "{after}");
        }
        let mut client = Client::new(published);
        client.send(
            &json!({"type": "subscribe", "events": ["training_status"], "replay": 25}),
            published,
        );
        let messages = client.all(published);
        let statuses: Vec<u64> = (5..30).map(|number| number * 101 + 1).collect();
        assert_eq!(ids(&messages), statuses);
    }
}

/// [26]
#[test]
fn events_that_a_failed_log_lacks_are_missed() {
    let folder = folder();
    let mut training = Logged::open(folder.path());
    training.report(log("logged"));
    for _ in 0..1500 {
        let events = training.bridge.on_callback(log("lost"), at(0.0));
        for event in events.into_iter().map(share) {
            training.published.push(&event, None);
        }
    }
    let published = &training.published;
    let mut client = Client::new(published);
    let messages = subscribe(&mut client, published, ("after", 0));
    assert_eq!(messages[0]["missed"], 500);
    let expected: Vec<u64> = [1].into_iter().chain(502..=1501).collect();
    assert_eq!(ids(&messages), expected);
}
