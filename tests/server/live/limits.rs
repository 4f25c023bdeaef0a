//! Limits of live runs.

use std::time::Duration;

use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use super::fixtures::{Client, configure, ground, object, spaced, start, with};
use crate::test_server::{TestServer, test_server};
use crate::websocket_client::connect_refused;

/// [18]
#[tokio::test]
async fn the_number_of_bodies_is_limited() {
    let server = TestServer::limited(|limits| limits.live.bodies = 3);
    let objects = |count: usize| spaced("cube", count, 2.0);
    let (_, metadata) = Client::configured(&server, &objects(3)).await;
    assert_eq!(metadata["bodies"].as_array().unwrap().len(), 3);
    let end = Client::end_of(&server, &[configure(&objects(4))]).await;
    let (error, code) = end.error();
    assert!(
        error.starts_with("LIMIT: 3 bodies at most") && code == 1008,
        "{error} {code}"
    );
}

/// [18]
#[tokio::test]
async fn duration_and_timestep_are_limited() {
    let server = TestServer::limited(|limits| limits.live.duration_s = 10.0);
    for (start, expected) in [
        (start(16.0, 10.5), "LIMIT: 'duration_s' must be at most 10"),
        (start(0.5, 1.0), "LIMIT: 'timestep_ms' must be at least 1"),
        (
            start(2000.0, 1.0),
            "LIMIT: 'timestep_ms' must be at most 1000",
        ),
        (start(16.0, -1.0), "'duration_s' must not be negative"),
    ] {
        let end = Client::end_of(&server, &[configure(&[ground()]), start]).await;
        assert_eq!(end.error(), (expected, 1008));
    }
}

/// [18]
#[tokio::test]
async fn the_number_of_connections_is_limited() {
    let server = TestServer::limited(|limits| limits.live.connections = 1);
    let (first, _) = Client::configured(&server, &[ground()]).await;
    let end = Client::connect(&server.server, "").await.end().await;
    let (error, code) = end.error();
    assert!(
        error.starts_with("LIMIT: 1 live connections at most") && code == 1008,
        "{error} {code}"
    );
    drop(first);
    loop {
        let mut client = Client::connect(&server.server, "").await;
        client.send(&configure(&[ground()])).await;
        if client.next().await["type"] == "metadata" {
            break;
        }
    }
}

/// [18]
#[tokio::test]
async fn the_size_of_messages_is_limited() {
    let server = TestServer::limited(|limits| limits.live.message_bytes = 2048);
    let long = json!({"type": "configure", "objects": [ground()], "comment": "x".repeat(4096)});
    let end = Client::end_of(&server, &[long]).await;
    assert_eq!(
        end.error(),
        ("LIMIT: a message has 2048 bytes at most", 1009)
    );
}

/// [18]
#[tokio::test]
async fn a_page_of_another_origin_may_not_connect() {
    let server = test_server();
    let mut request = server.url("/api/v1/live").into_client_request().unwrap();
    let origin = "http://evil.example".parse().unwrap();
    request.headers_mut().insert("origin", origin);
    assert_eq!(connect_refused(request).await.status(), 403);
}

/// [14]
#[tokio::test]
async fn a_server_that_stops_says_so() {
    let server = test_server();
    let (mut client, _) = Client::configured(&server, &[ground()]).await;
    client.start(16.0, 60.0).await;
    client.until("frame").await;
    let stopped = tokio::task::spawn_blocking(move || server.server.stop());
    let end = client.end().await;
    let (error, code) = end.error();
    assert!(
        error.starts_with("SERVER_STOPPING") && code == 1001,
        "{error} {code}"
    );
    stopped.await.unwrap();
}

/// [7]
#[tokio::test]
async fn a_configuration_of_many_molecules_has_a_bounded_answer() {
    let server = test_server();
    let objects = spaced("molecule:water-box", 500, 10.0);
    let (_, metadata) = Client::configured(&server, &objects).await;
    assert_eq!(metadata["bodies"].as_array().unwrap().len(), 500);
    let assets = metadata["assets"].as_array().map(Vec::as_slice);
    assert!(matches!(assets, Some([asset]) if asset["vertex_count"].as_u64() < Some(30_000)));
    assert!(
        metadata["bodies"]
            .as_array()
            .unwrap()
            .iter()
            .all(|body: &Value| body["mass"] == 10.0)
    );
}

/// [18]
#[tokio::test]
async fn bodies_at_one_place_are_refused() {
    let server = test_server();
    let heap = |asset: &str, count: usize| vec![object(asset, "inertial", 1.0); count];
    for objects in [heap("molecule:water-box", 40), heap("cube", 700)] {
        let end = Client::end_of(&server, &[configure(&objects)]).await;
        let (error, code) = end.error();
        assert!(
            error.starts_with("LIMIT: too many bodies overlap") && code == 1008,
            "{error} {code}"
        );
    }
    // Some may overlap, as bodies that are dropped by hand do.
    let (mut client, _) = Client::configured(&server, &heap("cube", 20)).await;
    client.start(16.0, 0.1).await;
    assert_eq!(
        client.end().await.messages.last().unwrap()["type"],
        "complete"
    );
}

/// [18]
#[tokio::test]
async fn the_rate_of_messages_is_limited() {
    let server = TestServer::limited(|limits| limits.session.messages_per_second = 5);
    let (mut client, _) = Client::configured(&server, &[ground()]).await;
    client.start(16.0, 60.0).await;
    for _ in 0..200 {
        client.send(&json!({"type": "release"})).await;
    }
    let end = client.end().await;
    let (error, code) = end.error();
    assert!(error.contains("5") && code == 1008, "{error} {code}");
}

/// [18]
#[tokio::test]
async fn a_client_that_configures_nothing_is_disconnected() {
    let server =
        TestServer::limited(|limits| limits.handshake_timeout = Duration::from_millis(200));
    let end = Client::connect(&server.server, "").await.end().await;
    let (error, code) = end.error();
    assert!(
        error.starts_with("LIMIT: the run did not begin in time") && code == 1008,
        "{error} {code}"
    );
}

/// [14] [18]
#[tokio::test]
async fn a_run_that_cannot_go_on_ends_with_an_error() {
    let server = test_server();
    // Cubes that fly to one place within 8 ms, a substep of so many.
    let cube = |index: i32| {
        let (x, y) = (100 * (index % 20) - 950, 100 * (index / 20) - 950);
        let cube = with(
            object("cube", "inertial", 0.0),
            "position",
            json!([x, y, 0]),
        );
        with(cube, "velocity", json!([-125 * x, -125 * y, 0]))
    };
    let objects: Vec<Value> = (0..400).map(cube).collect();
    let (mut client, _) = Client::configured(&server, &objects).await;
    client.start(16.0, 10.0).await;
    let end = client.end().await;
    let (error, code) = end.error();
    assert!(
        error.starts_with("LIMIT: too many bodies overlap") && code == 1008,
        "{error} {code}"
    );
}
