//! Limits of the server.

use std::time::Duration;

use futures_util::StreamExt;
use serde_json::json;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use super::fixtures::{Client, server, server_with};
use crate::websocket_client::connect_refused;

/// [25]
#[tokio::test]
async fn a_page_of_another_origin_may_not_connect() {
    let server = server();
    let address = format!("ws://{}/ws/training", server.addresses()[0]);
    let mut request = address.into_client_request().unwrap();
    let origin = "http://evil.example".parse().unwrap();
    request.headers_mut().insert("origin", origin);
    assert_eq!(connect_refused(request).await.status(), 403);
}

/// [25]
#[tokio::test]
async fn the_number_of_connections_is_limited() {
    let server = server_with(|settings| settings.limits.connections = 2);
    let first = Client::connect(&server, "").await;
    let _second = Client::connect(&server, "").await;
    let (code, reason, _) = Client::open(&server, "").await.end().await;
    assert_eq!(code, 1013);
    assert!(reason.starts_with("LIMIT: 2 connections"), "{reason}");
    drop(first);
    while server.connections() > 1 {
        sleep(Duration::from_millis(5)).await;
    }
    Client::connect(&server, "").await;
}

/// [25] [9]
#[tokio::test]
async fn the_rate_of_messages_is_limited_and_the_socket_stays_open() {
    let server = server_with(|settings| settings.limits.training.messages_per_second = 10);
    let mut client = Client::connect(&server, "").await;
    for _ in 0..100 {
        client.send(&json!({"type": "ping"})).await;
    }
    let error = client.until("error").await;
    assert_eq!(error["error_code"], "TOO_MANY_MESSAGES");
    sleep(Duration::from_millis(1200)).await;
    client
        .send(&json!({"type": "ping", "timestamp": "again"}))
        .await;
    while client.until("pong").await["client_timestamp"] != "again" {}
}

/// [31]
#[tokio::test]
async fn a_client_that_answers_no_ping_is_disconnected() {
    let server = server_with(|settings| settings.limits.ping_interval = Duration::from_secs(1));
    let mut reading = Client::connect(&server, "").await;
    let _silent = Client::connect(&server, "").await;
    // The other answers pings, since it is read.
    let reads = async { while reading.frame().await.is_some() {} };
    let _ = timeout(Duration::from_millis(5500), reads).await;
    assert_eq!(server.connections(), 1);
}

/// [3]
#[tokio::test]
async fn a_server_that_stops_says_so() {
    let server = server();
    let training = server.open_training("ethanol", None).unwrap();
    let mut client = Client::connect(&server, "").await;
    let stopped = tokio::task::spawn_blocking(move || server.stop());
    let (code, reason, _) = client.end().await;
    assert_eq!(code, 1001);
    assert!(reason.starts_with("SERVER_STOPPING"), "{reason}");
    stopped.await.unwrap();
    assert!(training.has_ended());
    assert!(client.socket.next().await.is_none());
}
