//! Messages of a client and the answers to them.

use mlipview_telemetry::{Callback, ClientLimits, EventKind, MAX_ANSWERS, Outgoing, Published};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::client::Client;
use super::fixtures::{Training, at, log, progress};

fn published() -> Published {
    Published::new(Some("ethanol"))
}

/// The code of the error that a text is answered with.
fn error_of(text: &str) -> String {
    let published = published();
    let mut client = Client::new(&published);
    client.connection.on_text(text, &published, at(0.0));
    let error = client.next().unwrap();
    assert_eq!(error["type"], "error", "{text}: {error}");
    assert!(
        error["message"]
            .as_str()
            .is_some_and(|text| !text.is_empty())
    );
    assert!(error["timestamp"].as_str().unwrap().ends_with('Z'));
    // The connection goes on.
    assert_eq!(
        client.ask(&json!({"type": "ping"}), &published)["type"],
        "pong"
    );
    error["error_code"].as_str().unwrap().to_owned()
}

/// [1] [4]
#[test]
fn the_first_message_names_the_client_with_type_and_time() {
    let published = published();
    let limits = ClientLimits::default();
    let mut connection =
        mlipview_telemetry::Connection::new("client_7_42", false, &published, limits, at(0.0));
    let Some(Outgoing::Answer(text)) = connection.next_outgoing() else {
        panic!()
    };
    let message: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(message["type"], "connection_established");
    assert_eq!(message["client_id"], "client_7_42");
    assert_eq!(message["timestamp"], "2023-12-31T23:59:59.000Z");
    assert!(connection.next_outgoing().is_none());
}

/// [2]
#[test]
fn a_new_client_is_subscribed_to_nothing() {
    let mut training = Training::new();
    let mut client = Client::new(&training.published);
    for callback in [Callback::Progress(progress(1)), log("text")] {
        let events = training.report(callback, 0.0);
        client.receive(&events);
    }
    assert_eq!(client.next(), None);
}

/// [5]
#[test]
fn subscriptions_add_up_and_unknown_names_are_accepted_and_said() {
    let published = published();
    let mut client = Client::new(&published);
    let first = client.ask(&json!({"type": "subscribe", "events": ["log"]}), &published);
    assert_eq!(first["type"], "subscribed");
    assert_eq!(first["events"], json!(["log"]));
    assert_eq!(first["all_subscriptions"], json!(["log"]));
    assert_eq!(first.get("unknown"), None);
    let message =
        json!({"type": "subscribe", "events": ["training_status", "weather", "system_info"]});
    let second = client.ask(&message, &published);
    assert_eq!(second["events"], message["events"]);
    let all = json!(["log", "system_info", "training_status", "weather"]);
    assert_eq!(second["all_subscriptions"], all);
    assert_eq!(second["unknown"], json!(["weather"]));
}

/// [6]
#[test]
fn an_unsubscription_ends_at_once_and_may_be_empty() {
    let mut training = Training::new();
    let mut client = Client::new(&training.published);
    client.subscribe_to_all(&training.published);
    let waiting = training.report(log("waits"), 0.0);
    client.receive(&waiting);
    let message = json!({"type": "unsubscribe", "events": ["log", "never subscribed"]});
    let answer = client.ask(&message, &training.published);
    assert_eq!(answer["type"], "unsubscribed");
    assert_eq!(answer["events"], message["events"]);
    let remaining = answer["remaining_subscriptions"].as_array().unwrap();
    assert_eq!(remaining.len(), EventKind::ALL.len() - 1);
    assert_eq!(client.next(), None);
    let message = json!({"type": "unsubscribe", "events": []});
    let answer = client.ask(&message, &training.published);
    assert_eq!(
        answer["remaining_subscriptions"].as_array(),
        Some(remaining)
    );
}

/// [7]
#[test]
fn a_pong_returns_the_time_of_the_ping_in_any_form() {
    let published = published();
    let mut client = Client::new(&published);
    for time in [json!(1.25), json!("now"), json!({"a": [1]}), Value::Null] {
        let pong = client.ask(&json!({"type": "ping", "timestamp": time}), &published);
        assert_eq!(pong["type"], "pong");
        assert_eq!(pong["client_timestamp"], time);
        assert_eq!(pong["server_timestamp"], "2023-12-31T23:59:59.000Z");
    }
    let pong = client.ask(&json!({"type": "ping"}), &published);
    assert_eq!(pong["client_timestamp"], Value::Null);
}

/// [9]
#[test]
fn each_mistake_has_its_code_and_the_connection_goes_on() {
    for (text, code) in [
        ("{\"type\":", "INVALID_JSON"),
        ("", "INVALID_JSON"),
        ("[1]", "INVALID_MESSAGE_TYPE"),
        ("null", "INVALID_MESSAGE_TYPE"),
        ("{}", "MISSING_TYPE"),
        (r#"{"type":7}"#, "MISSING_TYPE"),
        (r#"{"type":"shout"}"#, "UNKNOWN_MESSAGE_TYPE"),
        (r#"{"type":"subscribe","events":"log"}"#, "INVALID_EVENTS"),
        (r#"{"type":"subscribe","events":[1]}"#, "INVALID_EVENTS"),
        (r#"{"type":"unsubscribe","events":{}}"#, "INVALID_EVENTS"),
        (r#"{"type":"subscribe","events":[]}"#, "EMPTY_EVENTS"),
        (r#"{"type":"subscribe"}"#, "EMPTY_EVENTS"),
        (r#"{"type":"command"}"#, "MISSING_COMMAND"),
        (r#"{"type":"command","command":3}"#, "MISSING_COMMAND"),
        (
            r#"{"type":"subscribe","events":["log"],"replay":-1}"#,
            "PROCESSING_ERROR",
        ),
        (
            r#"{"type":"subscribe","events":["log"],"replay":1,"after":1}"#,
            "PROCESSING_ERROR",
        ),
    ] {
        assert_eq!(error_of(text), code, "{text}");
    }
    let many: Vec<String> = (0..65).map(|name| name.to_string()).collect();
    let many = json!({"type": "subscribe", "events": many}).to_string();
    assert_eq!(error_of(&many), "INVALID_EVENTS");
}

/// [9] [25]
#[test]
fn a_large_message_is_left_out_and_said() {
    let large = json!({"type": "ping", "timestamp": "x".repeat(64 << 10)});
    assert_eq!(error_of(&large.to_string()), "MESSAGE_TOO_LARGE");
}

/// [9] [25]
#[test]
fn a_flood_of_messages_is_answered_by_one_error_a_second() {
    let published = published();
    let limits = ClientLimits {
        messages_per_second: 5,
        ..ClientLimits::default()
    };
    let mut client = Client::with(&published, true, limits);
    let mut codes = Vec::new();
    for _ in 0..100 {
        client.send(&json!({"type": "ping"}), &published);
        codes.extend(std::iter::from_fn(|| client.next()));
    }
    let pongs = codes.iter().filter(|answer| answer["type"] == "pong");
    assert_eq!(pongs.count(), 10);
    let errors: Vec<_> = codes
        .iter()
        .filter(|answer| answer["type"] == "error")
        .collect();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0]["error_code"], "TOO_MANY_MESSAGES");
    client.now = 1.0;
    let pong = client.ask(&json!({"type": "ping"}), &published);
    assert_eq!(pong["type"], "pong");
}

/// [9]
#[test]
fn a_binary_frame_is_an_error() {
    let published = published();
    let mut client = Client::new(&published);
    client.connection.on_binary(at(0.0));
    assert_eq!(client.next().unwrap()["error_code"], "INVALID_JSON");
}

/// [23]
#[test]
fn a_client_that_reads_no_answers_is_not_read() {
    let published = published();
    let mut client = Client::new(&published);
    for _ in 0..MAX_ANSWERS {
        assert!(client.connection.reads());
        client.send(&json!({"type": "ping"}), &published);
    }
    assert!(!client.connection.reads());
    client.next();
    assert!(client.connection.reads());
}

/// [16]
#[test]
fn the_number_of_clients_goes_to_all() {
    let published = published();
    let mut client = Client::new(&published);
    client.connection.on_active_connections(3, at(0.0));
    let info = client.next().unwrap();
    assert_eq!(info["type"], "system_info");
    assert_eq!(info["active_connections"], 3);
    assert!(info["timestamp"].is_string());
}

/// [27]
#[test]
fn a_client_that_is_moved_keeps_its_subscriptions() {
    let none = Published::new(None);
    let mut client = Client::new(&none);
    client.subscribe_to_all(&none);
    let mut training = Training::new();
    client.connection.move_to(&training.published, at(0.0));
    let moved = client.next().unwrap();
    assert_eq!(moved["type"], "training_changed");
    assert_eq!(moved["training"], "ethanol");
    let events = training.report(log("text"), 0.0);
    client.receive(&events);
    assert_eq!(client.next().unwrap()["message"], "text");
}

/// A JSON value, mostly an object of the keys that messages have.
fn message() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        prop::sample::select(vec![
            "subscribe",
            "unsubscribe",
            "ping",
            "command",
            "pause",
            "log"
        ])
        .prop_map(str::to_owned),
        ".{0,20}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    let keys = vec![
        "type",
        "events",
        "replay",
        "after",
        "timestamp",
        "command",
        "args",
    ];
    leaf.prop_recursive(3, 24, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map(
                prop::sample::select(keys.clone()).prop_map(str::to_owned),
                inner,
                0..6
            )
            .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    /// [9]
    #[test]
    fn every_message_gets_one_answer(message in message(), text in ".{0,40}") {
        let published = published();
        let mut client = Client::new(&published);
        for text in [message.to_string(), text] {
            client.connection.on_text(&text, &published, at(0.0));
            let answer = client.next().unwrap();
            prop_assert!(answer["type"].is_string() && answer["timestamp"].is_string());
            prop_assert_eq!(client.next(), None);
        }
    }
}
