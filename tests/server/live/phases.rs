//! Phases of a connection.

use serde_json::json;

use super::fixtures::{Client, configure, ground, object, start, with};
use crate::test_server::{DRIVER, test_server};

/// [8]
#[tokio::test]
async fn a_timestep_must_be_positive() {
    let server = test_server();
    for timestep in [0.0, -16.0] {
        let messages = [configure(&[ground()]), start(timestep, 1.0)];
        let end = Client::end_of(&server, &messages).await;
        assert_eq!(end.error(), ("'timestep_ms' must be positive", 1008));
    }
    let messages = [
        configure(&[ground()]),
        with(start(1.0, 1.0), "timestep_ms", json!("fast")),
    ];
    let end = Client::end_of(&server, &messages).await;
    assert_eq!(
        end.error().0,
        "'timestep_ms': expected a finite number, got \"fast\""
    );
}

/// [8]
#[tokio::test]
async fn after_configure_comes_start_or_stop() {
    let server = test_server();
    for kind in ["configure", "grab", "pause", ""] {
        let end = Client::end_of(&server, &[configure(&[ground()]), json!({"type": kind})]).await;
        assert_eq!(
            end.error(),
            (
                format!("Expected 'start' or 'stop', got '{kind}'").as_str(),
                1008
            )
        );
        assert_eq!(end.messages.len(), 2);
    }
}

/// [8]
#[tokio::test]
async fn the_defaults_are_16_ms_and_30_s() {
    let server = test_server();
    let (mut client, _) = Client::configured(&server, &[ground()]).await;
    client.send(&json!({"type": "start"})).await;
    let frame = client.frame_where(|frame| frame["frame_id"] == 2).await;
    assert_eq!(frame["simulation_time"], 0.032);
    client.send(&json!({"type": "stop"})).await;
    client.until("complete").await;
}

/// [9]
#[tokio::test]
async fn stop_before_start_completes_without_frames() {
    let server = test_server();
    let end = Client::end_of(&server, &[configure(&[ground()]), json!({"type": "stop"})]).await;
    let complete = json!({"type": "complete", "total_frames": 0, "elapsed_s": 0.0});
    assert_eq!(end.messages.last(), Some(&complete));
    assert_eq!((end.messages.len(), end.code), (2, 1000));
}

/// [13]
#[tokio::test]
async fn stop_ends_a_run() {
    let server = test_server();
    let (mut client, _) =
        Client::configured(&server, &[ground(), object("cube", "inertial", 3.0)]).await;
    client.start(10.0, 60.0).await;
    client.frame_where(|frame| frame["frame_id"] == 20).await;
    client.send(&json!({"type": "stop"})).await;
    let end = client.end().await;
    let complete = end.messages.last().unwrap();
    assert_eq!((&complete["type"], end.code), (&json!("complete"), 1000));
    let last = end
        .frames()
        .last()
        .map_or(20, |frame| frame["frame_id"].as_u64().unwrap());
    assert_eq!(complete["total_frames"], last + 1);
    assert!(last < 200, "{last}");
    let elapsed = complete["elapsed_s"].as_f64().unwrap();
    assert!((0.2..30.0).contains(&elapsed), "{elapsed}");
    assert_eq!(elapsed, (elapsed * 1000.0).round() / 1000.0);
}

/// [13]
#[tokio::test]
async fn other_messages_do_not_disturb_a_run() {
    let server = test_server();
    let (mut client, _) = Client::configured(&server, &[object("cube", "inertial", 3.0)]).await;
    client.start(10.0, 0.3).await;
    for text in [
        "no JSON",
        "[]",
        "7",
        r#"{"type":"configure"}"#,
        r#"{"type":"start"}"#,
        r#"{"kind":1}"#,
    ] {
        client.send_text(text).await;
    }
    let end = client.end().await;
    assert_eq!(end.frames().len(), 31);
    assert!(
        end.messages
            .iter()
            .all(|message| message["type"] != "error")
    );
    assert_eq!(end.code, 1000);
}

/// [16]
#[tokio::test]
async fn nothing_is_kept_across_connections() {
    let server = test_server();
    let mut first = None;
    for _ in 0..2 {
        let (mut client, metadata) =
            Client::configured(&server, &[ground(), object("cube", "inertial", 0.7)]).await;
        client.start(10.0, 0.2).await;
        let end = client.end().await;
        let frames: Vec<_> = end.frames().into_iter().cloned().collect();
        let found = (metadata, frames);
        assert_eq!(*first.get_or_insert(found.clone()), found);
    }
}

/// [18]
#[tokio::test]
async fn a_wrong_token_is_refused_and_none_is_needed() {
    let server = test_server();
    let end = Client::connect(&server.server, "?token=wrong")
        .await
        .end()
        .await;
    let (error, code) = end.error();
    assert!(
        error.starts_with("FORBIDDEN") && code == 1008,
        "{error} {code}"
    );
    assert!(end.reason.starts_with("FORBIDDEN"));
    let mut driver = Client::connect(&server.server, &format!("?token={DRIVER}")).await;
    driver.send(&configure(&[ground()])).await;
    driver.until("metadata").await;
}
