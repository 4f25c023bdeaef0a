//! Events from a trainer to its clients.

use std::time::Duration;

use futures_util::SinkExt;
use mlipview_telemetry::{Callback, Callbacks, Sample, Status, Validation};
use prost::Message as _;
use serde_json::{Value, json};
use tokio::time::sleep;
use tokio_tungstenite::tungstenite::Message;

use super::fixtures::{
    ALL, Client, get_json, log, progress, request, seconds_between, server, status,
};

/// Start of a message `Event` of `proto/training.proto`.
#[derive(Clone, PartialEq, prost::Message)]
struct EventHead {
    #[prost(uint64, tag = "1")]
    event_id: u64,
    #[prost(string, tag = "2")]
    timestamp: String,
}

/// [1]
#[tokio::test]
async fn clients_are_numbered_in_the_order_of_their_connections() {
    let server = server();
    for number in 1..=3 {
        let mut client = Client::open(&server, "").await;
        let first = client.next().await;
        assert_eq!(first["type"], "connection_established");
        let id = first["client_id"].as_str().unwrap().to_owned();
        let rest = id.strip_prefix(&format!("client_{number}_")).expect(&id);
        assert!(rest.parse::<u64>().unwrap() > 1_700_000_000, "{id}");
    }
}

/// [2] [5] [6]
#[tokio::test]
async fn a_client_receives_the_types_that_it_has_subscribed_to() {
    let server = server();
    let training = server.open_training("ethanol", None).unwrap();
    let mut client = Client::connect(&server, "").await;
    log(&training, "unseen");
    assert!(client.is_silent(200).await);
    let answer = client.subscribe(&["log", "weather"]).await;
    assert_eq!(answer["unknown"], json!(["weather"]));
    training.on_callback(progress(1));
    log(&training, "seen");
    assert_eq!(client.event().await["message"], "seen");
    client
        .send(&json!({"type": "unsubscribe", "events": ["log"]}))
        .await;
    assert_eq!(client.event().await["type"], "unsubscribed");
    log(&training, "unseen");
    assert!(client.is_silent(200).await);
}

/// [10] [11] [12] [13] [15] [20] [26]
#[tokio::test]
async fn all_reports_of_a_trainer_arrive_in_order_with_rising_numbers() {
    let server = server();
    let training = server.open_training("ethanol", None).unwrap();
    let mut client = Client::connect(&server, "").await;
    client.subscribe(&ALL[..4]).await;
    client.subscribe(&["validation_result"]).await;
    training.on_callback(status(Status::Running));
    training.on_callback(progress(13));
    training.on_validation(Validation {
        step: 13,
        epoch: 1,
        validation_loss: Some(0.25),
        force_rmse: Some(0.03),
        energy_rmse: Some(1.5),
    });
    training.on_sample(Sample {
        path: Some("a.png".to_owned()),
        ..Sample::default()
    });
    training.on_sample(Sample::default());
    let mut events = Vec::new();
    for id in 1..=7 {
        let event = client.event().await;
        assert_eq!(event["event_id"], id);
        events.push(event);
    }
    let kinds: Vec<&str> = events
        .iter()
        .map(|event| event["type"].as_str().unwrap())
        .collect();
    let expected = [
        "training_status",
        "log",
        "training_progress",
        "validation_result",
        "sample_generated",
        "log",
        "log",
    ];
    assert_eq!(kinds, expected);
    assert_eq!(events[2]["loss"], 0.5);
    assert_eq!(events[2]["learning_rate"], 1e-4);
    assert_eq!(events[3]["force_rmse"], 0.03);
    assert_eq!(
        (&events[4]["step"], &events[4]["epoch"]),
        (&json!(3), &json!(1))
    );
    assert_eq!(events[6]["level"], "warning");
}

/// [17]
#[tokio::test]
async fn progress_arrives_ten_times_a_second_and_the_last_one_always() {
    let server = server();
    let training = server.open_training("ethanol", None).unwrap();
    let mut client = Client::connect(&server, "").await;
    client.subscribe(&["training_progress"]).await;
    for step in 1..=200 {
        training.on_callback(progress(step));
        sleep(Duration::from_millis(2)).await;
    }
    let mut events = vec![client.event().await];
    while events.last().unwrap()["global_step"] != 200 {
        events.push(client.event().await);
    }
    assert!(events.len() >= 2);
    let seconds = seconds_between(&events[0], events.last().unwrap());
    let most = 2.5 + seconds / 0.1;
    assert!(
        events.len() as f64 <= most,
        "{} in {seconds} s",
        events.len()
    );
    assert!(client.is_silent(300).await);
}

/// [16]
#[tokio::test]
async fn everybody_is_told_the_number_of_clients() {
    let server = server();
    let mut first = Client::connect(&server, "").await;
    let mut infos = vec![first.until("system_info").await];
    assert_eq!(infos[0]["active_connections"], 1);
    let mut others = Vec::new();
    for _ in 0..5 {
        others.push(Client::connect(&server, "").await);
    }
    while infos.last().unwrap()["active_connections"] != 6 {
        infos.push(first.until("system_info").await);
    }
    while others[4].until("system_info").await["active_connections"] != 6 {}
    drop(others);
    while infos.last().unwrap()["active_connections"] != 1 {
        infos.push(first.until("system_info").await);
    }
    for pair in infos.windows(2) {
        let seconds = seconds_between(&pair[0], &pair[1]);
        assert!(
            seconds >= 0.7,
            "at most once a second, not after {seconds} s"
        );
    }
}

/// [14] [26]
#[tokio::test]
async fn the_load_of_the_machine_arrives_each_two_seconds_also_without_a_training() {
    let server = server();
    let mut client = Client::connect(&server, "").await;
    client.subscribe(&["system_stats"]).await;
    let first = client.until("system_stats").await;
    let second = client.until("system_stats").await;
    let seconds = seconds_between(&first, &second);
    assert!(seconds >= 1.5, "{seconds}");
    assert_eq!(
        (&first["event_id"], &second["event_id"]),
        (&json!(1), &json!(2))
    );
    for key in ["cpu_percent", "ram_used_gb", "ram_total_gb"] {
        assert!(
            second[key].as_f64().is_some_and(|value| value >= 0.0),
            "{key}: {second}"
        );
    }
    let total = second["ram_total_gb"].as_f64().unwrap();
    assert!(total > 0.1 && ((total * 100.0).round() / 100.0 - total).abs() < 1e-9);
    let _training = server.open_training("ethanol", None).unwrap();
    let later = client.until("system_stats").await;
    assert_eq!(later["event_id"], 1, "of the training that was opened");
}

/// [7] [9]
#[tokio::test]
async fn mistakes_are_answered_and_the_socket_stays_open() {
    let server = server();
    let mut client = Client::connect(&server, "").await;
    for (text, code) in [
        ("{", "INVALID_JSON"),
        ("3", "INVALID_MESSAGE_TYPE"),
        ("{}", "MISSING_TYPE"),
        (r#"{"type":"x"}"#, "UNKNOWN_MESSAGE_TYPE"),
        (r#"{"type":"subscribe","events":3}"#, "INVALID_EVENTS"),
        (r#"{"type":"subscribe","events":[]}"#, "EMPTY_EVENTS"),
        (r#"{"type":"command"}"#, "MISSING_COMMAND"),
    ] {
        client.send_text(text).await;
        assert_eq!(client.until("error").await["error_code"], code);
    }
    let large = json!({"type": "ping", "timestamp": "x".repeat(65 << 10)});
    client.send(&large).await;
    assert_eq!(
        client.until("error").await["error_code"],
        "MESSAGE_TOO_LARGE"
    );
    client
        .socket
        .send(Message::Binary(vec![1, 2].into()))
        .await
        .unwrap();
    assert_eq!(client.until("error").await["error_code"], "INVALID_JSON");
    client
        .send(&json!({"type": "ping", "timestamp": 12.5}))
        .await;
    let pong = client.until("pong").await;
    assert_eq!(pong["client_timestamp"], 12.5);
    assert!(pong["server_timestamp"].is_string());
}

/// [30]
#[tokio::test]
async fn events_are_binary_on_request_and_answers_stay_text() {
    let server = server();
    let training = server.open_training("ethanol", None).unwrap();
    let mut client = Client::connect(&server, "?format=protobuf").await;
    client.subscribe(&["log"]).await;
    log(&training, "text");
    let bytes = loop {
        if let Some(Message::Binary(bytes)) = client.frame().await {
            break bytes;
        }
    };
    let head = EventHead::decode(bytes).unwrap();
    assert_eq!(head.event_id, 1);
    assert!(head.timestamp.ends_with('Z'));
    let (head, schema) = request(&server, "GET /training.proto", "").await;
    assert!(head.starts_with("http/1.1 200"));
    assert!(schema.contains("message TrainingProgress"));
    let mut other = Client::open(&server, "?format=xml").await;
    let (code, reason, error) = other.end().await;
    assert_eq!((code, &error["type"]), (1008, &json!("error")));
    assert!(reason.contains("json or protobuf"));
}

/// [24]
#[tokio::test]
async fn the_status_is_that_of_the_newest_training() {
    let server = server();
    let idle = get_json(&server, "/api/ws/status").await;
    assert_eq!(
        idle,
        json!({
            "active_connections": 0,
            "training_state": {
                "status": "idle", "is_training": false, "current_step": null,
                "current_epoch": null, "last_loss": null, "last_lr": null,
            },
        })
    );
    let training = server.open_training("ethanol", None).unwrap();
    let mut client = Client::connect(&server, "").await;
    client.subscribe(&["log"]).await;
    training.on_callback(progress(13));
    training.on_callback(status(Status::Running));
    client.until("log").await;
    let state = get_json(&server, "/api/ws/status").await;
    assert_eq!(
        state,
        json!({
            "active_connections": 1,
            "training_state": {
                "status": "running", "is_training": true, "current_step": 3,
                "current_epoch": 1, "last_loss": 0.5, "last_lr": 1e-4,
            },
        })
    );
    drop(client);
    while get_json(&server, "/api/ws/status").await["active_connections"] != 0 {}
    let (head, _) = request(&server, "GET /api/ws/status?name=unknown", "").await;
    assert!(head.starts_with("http/1.1 404"), "{head}");
}

/// [26]
#[tokio::test]
async fn a_client_that_reconnects_gets_what_it_has_missed() {
    let server = server();
    let training = server.open_training("ethanol", None).unwrap();
    let mut client = Client::connect(&server, "").await;
    client.subscribe(&["log"]).await;
    log(&training, "1");
    assert_eq!(client.event().await["event_id"], 1);
    drop(client);
    (2..=300).for_each(|number| log(&training, &number.to_string()));
    let newest = async || {
        let list = get_json(&server, "/api/ws/trainings").await;
        list["trainings"][0]["newest_event_id"].clone()
    };
    while newest().await != 300 {}
    let mut client = Client::connect(&server, "").await;
    client
        .send(&json!({"type": "subscribe", "events": ["log"], "after": 1}))
        .await;
    assert_eq!(client.until("subscribed").await["missed"], 0);
    for id in 2..=300 {
        let event = client.event().await;
        assert_eq!(
            (&event["event_id"], &event["message"]),
            (&json!(id), &json!(id.to_string()))
        );
    }
    client
        .send(&json!({"type": "subscribe", "events": ["log"], "replay": 2}))
        .await;
    client.until("subscribed").await;
    assert_eq!(client.event().await["event_id"], 299);
}

/// [22]
#[tokio::test]
async fn a_reset_forgets_the_last_step() {
    let server = server();
    let training = server.open_training("ethanol", None).unwrap();
    let mut client = Client::connect(&server, "").await;
    client.subscribe(&["log"]).await;
    training.on_callback(progress(13));
    training.on_callback(Callback::Reset);
    log(&training, "done");
    client.until("log").await;
    let state = get_json(&server, "/api/ws/status").await;
    assert_eq!(state["training_state"]["current_step"], Value::Null);
}
