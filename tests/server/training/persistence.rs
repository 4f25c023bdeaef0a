//! Event logs, old runs and samples.

use std::fs;

use mlipview_server::OpenTrainingError;
use mlipview_telemetry::{Callbacks, FILE_NAME, Sample, Status};
use serde_json::{Value, json};

use super::fixtures::{Client, get_json, log, request, server, server_with, status};
use crate::test_server::DRIVER;

/// The numbers of the lines of an event log.
fn ids(text: &str) -> Vec<u64> {
    let events = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    events
        .map(|event| event["event_id"].as_u64().unwrap())
        .collect()
}

/// [29] [26]
#[tokio::test]
async fn a_training_that_is_opened_again_continues_its_event_log() {
    let folder = tempfile::tempdir().unwrap();
    let server = server();
    for run in 1..=3_u64 {
        let training = server
            .open_training("ethanol", Some(folder.path()))
            .unwrap();
        training.on_callback(status(Status::Running));
        log(&training, "text");
        drop(training);
        let mut client = Client::connect(&server, "").await;
        client
            .send(&json!({"type": "subscribe", "events": ["log"], "after": 0}))
            .await;
        while client.until("log").await["event_id"] != 3 * run {}
    }
    server.stop();
    let text = fs::read_to_string(folder.path().join(FILE_NAME)).unwrap();
    assert_eq!(ids(&text), (1..=9).collect::<Vec<u64>>());
}

/// [29] [26]
#[tokio::test]
async fn everything_on_disk_is_replayed_over_a_socket() {
    let folder = tempfile::tempdir().unwrap();
    let server = server();
    let training = server
        .open_training("ethanol", Some(folder.path()))
        .unwrap();
    let mut client = Client::connect(&server, "").await;
    client.subscribe(&["log"]).await;
    for number in 1..=2500 {
        log(&training, &number.to_string());
        if number % 200 == 0 {
            // The queue between the trainer and its thread is bounded.
            let text = number.to_string();
            while client.until("log").await["message"] != text {}
        }
    }
    let mut other = Client::connect(&server, "?name=ethanol").await;
    other
        .send(&json!({"type": "subscribe", "events": ["log"], "replay": 2400}))
        .await;
    other.until("subscribed").await;
    for id in 101..=2500 {
        assert_eq!(other.event().await["event_id"], id);
    }
}

/// [29] [27]
#[tokio::test]
async fn old_runs_are_opened_for_replay() {
    let runs = tempfile::tempdir().unwrap();
    let start = || {
        let folder = runs.path().to_owned();
        server_with(|settings| settings.runs = Some(folder))
    };
    let before = start();
    let post = format!("POST /api/ws/feed?name=old-run&token={DRIVER}");
    let line = r#"{"callback":"status","text":"completed"}"#;
    request(&before, &post, line).await;
    before.stop();
    let server = start();
    let list = get_json(&server, "/api/ws/trainings").await;
    let old = json!({"name": "old-run", "is_open": false, "status": null, "newest_event_id": null});
    assert_eq!(list["trainings"], json!([old]));
    let state = get_json(&server, "/api/ws/status?name=old-run").await;
    assert_eq!(state["training_state"]["status"], "completed");
    let mut client = Client::connect(&server, &format!("?name=old-run&token={DRIVER}")).await;
    client
        .send(&json!({"type": "subscribe", "events": ["training_status"], "replay": 9}))
        .await;
    client.until("subscribed").await;
    assert_eq!(client.event().await["status"], "completed");
    client
        .send(&json!({"type": "command", "command": "stop"}))
        .await;
    assert_eq!(client.until("command_received").await["status"], "rejected");
    // Without a name there is no training.
    let state = get_json(&server, "/api/ws/status").await;
    assert_eq!(state["training_state"]["status"], "idle");
}

/// [29]
#[tokio::test]
async fn an_event_log_that_is_damaged_is_an_error_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE_NAME), "nonsense\n").unwrap();
    let server = server();
    let error = server
        .open_training("ethanol", Some(folder.path()))
        .err()
        .unwrap();
    assert!(matches!(error, OpenTrainingError::Log(_)), "{error}");
    assert!(error.to_string().contains("events.jsonl:1"), "{error}");
}

/// [12]
#[tokio::test]
async fn a_picture_of_a_sample_is_an_image_that_may_not_run_scripts() {
    let folder = tempfile::tempdir().unwrap();
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    fs::write(folder.path().join("1.svg"), picture).unwrap();
    let server = server();
    let training = server
        .open_training("ethanol", Some(folder.path()))
        .unwrap();
    let mut client = Client::connect(&server, "").await;
    client.subscribe(&["sample_generated"]).await;
    training.on_sample(Sample {
        path: Some("1.xyz".to_owned()),
        thumbnail_path: Some("1.svg".to_owned()),
        ..Sample::default()
    });
    let event = client.until("sample_generated").await;
    assert_eq!(event["thumbnail_path"], "1.svg");
    let (head, body) = request(&server, "GET /api/ws/samples/1.svg", "").await;
    assert_eq!(body, picture);
    assert!(head.contains("content-type: image/svg+xml"), "{head}");
    let policies = head
        .lines()
        .filter(|line| line.starts_with("content-security-policy: "));
    let policies: Vec<&str> = policies.collect();
    assert_eq!(policies.len(), 1, "{head}");
    // No source is allowed for scripts, and the sandbox allows none at all.
    assert!(policies[0].contains("default-src 'none'"), "{head}");
    assert!(policies[0].ends_with("sandbox"), "{head}");
    assert!(!policies[0].contains("script"), "{head}");
    assert!(head.contains("x-content-type-options: nosniff"), "{head}");
}

/// [12]
#[tokio::test]
async fn samples_are_served_to_those_who_may_watch() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("a b.png");
    fs::write(&picture, "picture").unwrap();
    fs::write(folder.path().join("secret"), "secret").unwrap();
    let server = server();
    let training = server
        .open_training("ethanol", Some(folder.path()))
        .unwrap();
    let mut client = Client::connect(&server, "").await;
    client.subscribe(&["sample_generated"]).await;
    let absolute = picture.to_str().unwrap();
    for path in ["a b.png", absolute] {
        training.on_sample(Sample {
            path: Some(path.to_owned()),
            ..Sample::default()
        });
        let event = client.until("sample_generated").await;
        assert_eq!(event["path"], path);
        let path = path.replace(' ', "%20");
        for address in [path.clone(), format!("{path}?name=ethanol")] {
            let get = format!("GET /api/ws/samples/{}", address.trim_start_matches('/'));
            let (head, body) = request(&server, &get, "").await;
            assert!(head.starts_with("http/1.1 200"), "{head}");
            assert!(head.contains("content-type: image/png"), "{head}");
            assert_eq!(body, "picture");
        }
    }
    for (path, code) in [
        ("secret", "404"),
        ("..%2Fsecret", "404"),
        ("events.jsonl", "404"),
        ("a%20b.png?name=unknown", "404"),
        ("a%20b.png?token=wrong", "403"),
    ] {
        let (head, _) = request(&server, &format!("GET /api/ws/samples/{path}"), "").await;
        assert!(
            head.starts_with(&format!("http/1.1 {code}")),
            "{path}: {head}"
        );
    }
}
