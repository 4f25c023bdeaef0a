//! Frames of a run.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use super::fixtures::{Client, ground, object, spaced, with};
use crate::test_server::test_server;
use crate::training::fixtures::get_json;

/// [10] [11]
#[tokio::test]
async fn frames_have_all_states_at_multiples_of_the_timestep() {
    let server = test_server();
    let (mut client, metadata) =
        Client::configured(&server, &[ground(), object("cube", "inertial", 0.5)]).await;
    client.start(16.0, 0.4).await;
    let end = client.end().await;
    let frames = end.frames();
    assert_eq!(frames.len(), 26);
    let ids: Vec<&Value> = metadata["bodies"]
        .as_array()
        .unwrap()
        .iter()
        .map(|body| &body["body_id"])
        .collect();
    for (index, frame) in frames.iter().enumerate() {
        assert_eq!(frame["frame_id"], index);
        let time = frame["simulation_time"].as_f64().unwrap();
        assert!((time - 0.016 * index as f64).abs() < 1e-9, "{time}");
        let states = frame["states"].as_array().unwrap();
        let found: Vec<&Value> = states.iter().map(|state| &state["body_id"]).collect();
        assert_eq!(found, ids);
        assert_eq!(states[0]["is_environment"], true);
        for key in ["velocity", "angular_velocity"] {
            assert_eq!(states[0][key], json!({"x": 0.0, "y": 0.0, "z": 0.0}));
        }
        let length: f64 = ["w", "x", "y", "z"]
            .iter()
            .map(|key| states[1]["orientation"][*key].as_f64().unwrap().powi(2))
            .sum();
        assert!((length - 1.0).abs() < 1e-4);
    }
    let last = frames.last().unwrap();
    assert_eq!(last["simulation_time"], 0.4);
    assert_eq!(frames[0]["solver"], Value::Null);
    assert!(last["solver"]["iterations"].as_u64().unwrap() > 0);
    // The cube rests on four corners, which carry its weight.
    let contacts = last["collisions"].as_array().unwrap();
    assert_eq!(contacts.len(), 4);
    let impulse: f64 = contacts
        .iter()
        .map(|contact| contact["impulse"].as_f64().unwrap())
        .sum();
    assert!(
        (impulse / (10.0 * 9.81 * 0.016) - 1.0).abs() < 0.05,
        "{impulse}"
    );
    for contact in contacts {
        assert!(ids.contains(&&contact["body_a"]) && ids.contains(&&contact["body_b"]));
        assert!((contact["point"]["x"].as_f64().unwrap().abs() - 0.5).abs() < 0.01);
        assert!((contact["normal"]["z"].as_f64().unwrap().abs() - 1.0).abs() < 0.01);
        assert!(contact["depth"].is_number());
    }
    assert!(last["friction_constraints"].is_array());
    assert_eq!(end.messages.last().unwrap()["total_frames"], 26);
}

/// [10]
#[tokio::test]
async fn friction_is_in_the_frames() {
    let server = test_server();
    let sliding = with(
        object("cube", "inertial", 0.5),
        "velocity",
        json!([3, 0, 0]),
    );
    let (mut client, _) = Client::configured(&server, &[ground(), sliding]).await;
    client.start(16.0, 0.2).await;
    let end = client.end().await;
    let friction = &end.frames()[8]["friction_constraints"][0];
    let pull = friction["impulse"]["x"].as_f64().unwrap().abs();
    assert!(
        (pull / (0.5 * 10.0 * 9.81 * 0.016) - 1.0).abs() < 0.1,
        "{friction}"
    );
}

/// [10] [12]
#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes 30 s; scripts/test runs it"]
async fn thirty_seconds_take_thirty_seconds() {
    let server = test_server();
    let (mut client, _) =
        Client::configured(&server, &[ground(), object("cube", "inertial", 3.0)]).await;
    let begin = Instant::now();
    client.start(16.0, 30.0).await;
    let end = client.end().await;
    let took = begin.elapsed().as_secs_f64();
    let ids: Vec<u64> = end
        .frames()
        .iter()
        .map(|frame| frame["frame_id"].as_u64().unwrap())
        .collect();
    assert_eq!(ids, (0..1876).collect::<Vec<u64>>());
    let complete = end.messages.last().unwrap();
    assert_eq!(complete["total_frames"], 1876);
    let elapsed = complete["elapsed_s"].as_f64().unwrap();
    for seconds in [took, elapsed] {
        assert!((seconds / 30.0 - 1.0).abs() < 0.02, "{seconds} s");
    }
}

/// [12]
#[tokio::test]
async fn no_frame_comes_before_its_time() {
    let server = test_server();
    let (mut client, _) = Client::configured(&server, &[object("sphere", "inertial", 3.0)]).await;
    client.start(100.0, 0.5).await;
    let first = client.frame_where(|frame| frame["frame_id"] == 0).await;
    assert_eq!(first["simulation_time"], 0.0);
    let begin = Instant::now();
    client.frame_where(|frame| frame["frame_id"] == 5).await;
    // The first may have been late by a timestep.
    assert!(
        begin.elapsed() >= Duration::from_millis(390),
        "{:?}",
        begin.elapsed()
    );
}

/// [14]
#[tokio::test]
async fn a_disconnect_frees_the_engine_at_once() {
    let server = test_server();
    let (mut client, _) =
        Client::configured(&server, &[ground(), object("cube", "inertial", 3.0)]).await;
    client.start(1.0, 300.0).await;
    client.until("frame").await;
    assert_eq!(
        get_json(&server.server, "/health").await["live_connections"],
        1
    );
    drop(client);
    let freed = async {
        while get_json(&server.server, "/health").await["live_connections"] != 0 {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(10), freed).await.unwrap();
}

/// [15]
#[tokio::test(flavor = "multi_thread")]
async fn a_heavy_run_does_not_block_other_conversations() {
    let server = test_server();
    // A heap of molecules with steps that take much longer than they last.
    let mut heap = spaced("molecule:caffeine", 300, 0.1);
    heap.push(ground());
    let (mut heavy, _) = Client::configured(&server, &heap).await;
    heavy.start(100.0, 100.0).await;
    heavy.until("frame").await;
    for _ in 0..5 {
        let answer = timeout(Duration::from_secs(20), get_json(&server.server, "/health")).await;
        assert_eq!(answer.unwrap()["status"], "ok");
    }
    let (mut other, _) = Client::configured(&server, &[object("cube", "inertial", 1.0)]).await;
    other.start(10.0, 0.1).await;
    assert_eq!(other.end().await.frames().len(), 11);
}
