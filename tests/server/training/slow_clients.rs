//! Clients that do not read.

use std::time::Duration;

use mlipview_telemetry::{Callbacks, Validation};
use serde_json::json;
use tokio::time::sleep;

use super::fixtures::{Client, log, progress, server_with};

/// A text of several kilobytes, so that the buffers of sockets fill.
fn large(number: usize) -> String {
    format!("{number} {}", "x".repeat(8000))
}

/// [3] [23]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_two_hundred_clients_that_never_reads_delays_neither_the_others_nor_the_trainer() {
    const LOGS: usize = 2000;
    let server = server_with(|settings| {
        settings.limits.connections = 256;
        settings.limits.write_timeout = Duration::from_secs(600);
    });
    let training = server.open_training("ethanol", None).unwrap();
    let mut blocked = Client::with_small_buffer(&server).await;
    blocked.subscribe(&["log", "training_progress"]).await;
    let mut readers = Vec::new();
    for _ in 1..200 {
        let mut client = Client::connect(&server, "").await;
        client
            .subscribe(&["validation_result", "training_progress"])
            .await;
        readers.push(tokio::spawn(async move {
            let mut count = 0;
            loop {
                let event = client.event().await;
                if event["global_step"] == 19 {
                    return count;
                }
                assert_eq!(event.get("dropped"), None);
                count += 1;
            }
        }));
    }
    for number in 0..LOGS {
        log(&training, &large(number));
        if number % 20 == 0 {
            training.on_validation(Validation::default());
        }
        sleep(Duration::from_millis(1)).await;
    }
    training.on_callback(progress(19));
    for reader in readers {
        assert_eq!(reader.await.unwrap(), LOGS / 20);
    }
    // The blocked one finds the newest messages, and how many are missing.
    let (mut received, mut dropped) = (0, 0);
    loop {
        let event = blocked.event().await;
        dropped += event["dropped"].as_u64().unwrap_or(0) as usize;
        if event["global_step"] == 19 {
            break;
        }
        received += 1;
    }
    assert!(dropped > 0, "the buffers of the socket took all");
    assert_eq!(received + dropped, LOGS);
}

/// [23]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_takes_nothing_is_closed_with_try_again_later() {
    let server = server_with(|settings| settings.limits.write_timeout = Duration::from_secs(1));
    let training = server.open_training("ethanol", None).unwrap();
    let mut reading = Client::connect(&server, "").await;
    reading.subscribe(&["log"]).await;
    let mut blocked = Client::with_small_buffer(&server).await;
    blocked.subscribe(&["log"]).await;
    while reading.until("system_info").await["active_connections"] != 2 {}
    let mut number = 0;
    loop {
        log(&training, &large(number));
        number += 1;
        let message = reading.next().await;
        if message["active_connections"] == 1 {
            break;
        }
    }
    let (code, reason, _) = blocked.end().await;
    assert_eq!(code, 1013, "{reason}");
    assert!(reason.starts_with("LIMIT: nothing was read"), "{reason}");
    reading.send(&json!({"type": "ping"})).await;
    reading.until("pong").await;
}
