//! Replays from memory.

use mlipview_telemetry::{Callback, MAX_HISTORY, MAX_REPLAYS, Status};
use serde_json::{Value, json};

use super::client::{Client, ids};
use super::fixtures::{Training, log, progress, status};

fn subscribe(events: &[&str], key: &str, number: u64) -> Value {
    let mut message = json!({"type": "subscribe", "events": events});
    message[key] = number.into();
    message
}

/// A training with this number of log events.
fn logged(count: u64) -> Training {
    let mut training = Training::new();
    for _ in 0..count {
        training.report(log("text"), 0.0);
    }
    training
}

/// [26]
#[test]
fn a_subscription_first_sends_the_last_events_of_its_types() {
    let mut training = logged(100);
    training.report(status(Status::Running), 0.0); // 101 and its log 102
    training.report(log("text"), 0.0); // 103
    let published = &training.published;
    let mut client = Client::new(published);
    client.send(&subscribe(&["log"], "replay", 3), published);
    let messages = client.all(published);
    assert_eq!(messages[0]["type"], "subscribed");
    assert_eq!(messages[0]["newest_event_id"], 103);
    assert_eq!(ids(&messages), [100, 102, 103]);
    client.send(
        &subscribe(&["training_status", "log"], "replay", 2),
        published,
    );
    assert_eq!(ids(&client.all(published)), [102, 103]);
    client.send(&subscribe(&["training_status"], "replay", 2), published);
    assert_eq!(ids(&client.all(published)), [101]);
    client.send(&subscribe(&["log"], "replay", 0), published);
    assert_eq!(ids(&client.all(published)), [0_u64; 0]);
}

/// [26]
#[test]
fn past_events_come_before_new_ones_and_none_twice() {
    let mut training = logged(200);
    let mut client = Client::new(&training.published);
    client.send(&subscribe(&["log"], "replay", 150), &training.published);
    let events = training.report(log("new"), 1.0);
    client.receive(&events);
    let ids = ids(&client.all(&training.published));
    assert_eq!(ids, (51..=201).collect::<Vec<u64>>());
}

/// [26]
#[test]
fn a_client_that_reconnects_resumes_after_its_last_event() {
    let training = logged(500);
    let published = &training.published;
    let mut client = Client::new(published);
    client.send(&subscribe(&["log"], "after", 420), published);
    let messages = client.all(published);
    assert_eq!(messages[0]["missed"], 0);
    assert_eq!(ids(&messages), (421..=500).collect::<Vec<u64>>());
    for after in [500, 501, u64::MAX] {
        let mut client = Client::new(published);
        client.send(&subscribe(&["log"], "after", after), published);
        let messages = client.all(published);
        assert_eq!((messages.len(), &messages[0]["missed"]), (1, &json!(0)));
    }
}

/// [26]
#[test]
fn a_gap_that_cannot_be_filled_is_said() {
    let count = MAX_HISTORY as u64 + 250;
    let training = logged(count);
    let published = &training.published;
    let mut client = Client::new(published);
    client.send(&subscribe(&["log"], "after", 100), published);
    let messages = client.all(published);
    assert_eq!(messages[0]["missed"], 150);
    assert_eq!(ids(&messages), (251..=count).collect::<Vec<u64>>());
    client.send(&subscribe(&["log"], "replay", 5000), published);
    assert_eq!(ids(&client.all(published)).len(), MAX_HISTORY);
}

/// [26] [6]
#[test]
fn an_unsubscription_ends_a_replay() {
    let training = logged(500);
    let published = &training.published;
    let mut client = Client::new(published);
    client.send(&subscribe(&["log"], "replay", 500), published);
    assert_eq!(client.next().unwrap()["type"], "subscribed");
    client.send(
        &json!({"type": "unsubscribe", "events": ["log"]}),
        published,
    );
    assert_eq!(ids(&client.all(published)), [0_u64; 0]);
}

/// [26]
#[test]
fn replays_are_limited() {
    let training = logged(5);
    let published = &training.published;
    let mut client = Client::new(published);
    let message = subscribe(&["log"], "replay", 5);
    for _ in 0..MAX_REPLAYS {
        assert_eq!(client.ask(&message, published)["type"], "subscribed");
    }
    assert_eq!(
        client.ask(&message, published)["error_code"],
        "PROCESSING_ERROR"
    );
    assert_eq!(client.all(published).len(), 5 * MAX_REPLAYS);
}

/// [26] [27]
#[test]
fn a_page_of_the_training_before_is_not_sent_after_a_move() {
    let (training, other) = (logged(100), Training::new());
    let mut client = Client::new(&training.published);
    client.send(&subscribe(&["log"], "replay", 100), &training.published);
    client.next();
    let replay = client.connection.wanted_replay().unwrap();
    client
        .connection
        .move_to(&other.published, super::fixtures::at(0.0));
    let mlipview_telemetry::ReplaySource::Memory(page) = training.published.replay(replay) else {
        panic!()
    };
    client.connection.on_page(page);
    assert_eq!(ids(&client.all(&other.published)), [0_u64; 0]);
}

/// [3] [26]
#[test]
fn the_same_event_reaches_all_its_subscribers() {
    let mut training = Training::new();
    let mut clients: Vec<Client> = (0..3).map(|_| Client::new(&training.published)).collect();
    for client in &mut clients {
        client.subscribe_to_all(&training.published);
    }
    let events = training.report(Callback::Progress(progress(1)), 0.0);
    drop(clients.pop());
    for mut client in clients {
        client.receive(&events);
        assert_eq!(client.next().unwrap()["event_id"], 1);
    }
}
