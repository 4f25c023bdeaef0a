//! Clients that read too slowly.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::fixtures::{Client, configure, object, start};
use crate::test_server::test_server;

/// Frames of about 300 kB.
fn many_bodies() -> Vec<Value> {
    (0..1000)
        .map(|index| object("sphere", "inertial", 2.0 * f64::from(index)))
        .collect()
}

/// [21]
#[tokio::test(flavor = "multi_thread")]
async fn a_slow_reader_misses_frames_and_gets_the_newest() {
    let server = test_server();
    let mut client = Client::with_small_buffer(&server.server, "").await;
    client.send(&configure(&many_bodies())).await;
    client.until("metadata").await;
    client.start(20.0, 60.0).await;
    client.until("frame").await;
    sleep(Duration::from_secs(5)).await;
    client.send(&json!({"type": "stop"})).await;
    let end = client.end().await;
    let ids: Vec<u64> = end
        .frames()
        .iter()
        .map(|frame| frame["frame_id"].as_u64().unwrap())
        .collect();
    let total = end.messages.last().unwrap()["total_frames"]
        .as_u64()
        .unwrap();
    assert!(
        ids.is_sorted() && (ids.len() as u64) < total - 1,
        "{ids:?} of {total}"
    );
    assert_eq!(ids.last(), Some(&(total - 1)), "the newest frame is sent");
    assert_eq!(end.code, 1000);
}

/// [21]
#[tokio::test(flavor = "multi_thread")]
async fn a_client_of_every_frame_that_reads_too_slowly_is_closed() {
    let server = test_server();
    let mut client = Client::with_small_buffer(&server.server, "?every_frame=true").await;
    client.send(&configure(&many_bodies())).await;
    client.until("metadata").await;
    client.send(&start(1.0, 300.0)).await;
    // 256 frames, or 64 MiB.
    sleep(Duration::from_secs(20)).await;
    let end = client.end().await;
    let (error, code) = end.error();
    assert!(
        error.starts_with("LIMIT: ") && error.contains("frames wait"),
        "{error}"
    );
    assert_eq!(code, 1013);
}

/// [21]
#[tokio::test(flavor = "multi_thread")]
async fn a_client_of_every_frame_that_reads_gets_all() {
    let server = test_server();
    let mut client = Client::connect(&server.server, "?every_frame=true").await;
    client
        .send(&configure(&[object("sphere", "inertial", 2.0)]))
        .await;
    client.start(2.0, 1.0).await;
    let end = client.end().await;
    let ids: Vec<u64> = end
        .frames()
        .iter()
        .map(|frame| frame["frame_id"].as_u64().unwrap())
        .collect();
    assert_eq!(ids, (0..501).collect::<Vec<u64>>());
}
