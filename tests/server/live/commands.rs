//! Commands while a run goes on.

use serde_json::{Value, json};

use super::fixtures::{Client, ground, object, with};
use crate::test_server::{TestServer, test_server};

/// [20]
#[tokio::test]
async fn a_hand_lifts_a_body_and_lets_it_fall() {
    let server = test_server();
    let (mut client, metadata) =
        Client::configured(&server, &[ground(), object("sphere", "inertial", 0.5)]).await;
    let body = &metadata["bodies"][1]["body_id"];
    let height = |frame: &Value| frame["states"][1]["position"]["z"].as_f64().unwrap();
    client.start(16.0, 60.0).await;
    client
        .send(&json!({"type": "grab", "body_id": body, "point": [0, 0, 0.5]}))
        .await;
    client.send(&json!({"type": "move", "to": [0, 0, 3]})).await;
    client
        .frame_where(|frame| (height(frame) - 3.0).abs() < 0.05)
        .await;
    client.send(&json!({"type": "release"})).await;
    client.frame_where(|frame| height(frame) < 1.0).await;
}

/// [20]
#[tokio::test]
async fn bodies_are_spawned_while_a_run_goes_on() {
    let server = test_server();
    let (mut client, first) = Client::configured(&server, &[ground()]).await;
    client.start(16.0, 60.0).await;
    client.until("frame").await;
    let spawn = |asset: &str| json!({"type": "spawn", "objects": [object(asset, "inertial", 2.0), object(asset, "inertial", 4.0)]});
    client.send(&spawn("cylinder")).await;
    let metadata = client.until("metadata").await;
    let bodies = metadata["bodies"].as_array().unwrap();
    assert_eq!(bodies.len(), 2);
    assert_eq!(metadata["assets"].as_array().unwrap().len(), 1);
    assert!(
        bodies
            .iter()
            .all(|body| body["body_id"] != first["bodies"][0]["body_id"])
    );
    let frame = client
        .frame_where(|frame| frame["states"].as_array().unwrap().len() == 3)
        .await;
    assert_eq!(frame["states"][2]["body_id"], bodies[1]["body_id"]);
    // Its mesh is known now.
    client.send(&spawn("cylinder")).await;
    let again = client.until("metadata").await;
    assert_eq!(again["bodies"].as_array().unwrap().len(), 2);
    assert_eq!(again["assets"], json!([]));
    // None of the objects is spawned if one is invalid, and the run goes on.
    let mut invalid = spawn("cube");
    invalid["objects"][1]["mass"] = json!(-1);
    client.send(&invalid).await;
    let error = client.until("error").await;
    assert_eq!(
        error["message"],
        "objects[1]: 'mass' must be positive; got -1"
    );
    // (The frame after a command may show the state before it.)
    client.until("frame").await;
    let frame = client.until("frame").await;
    assert_eq!(frame["data"]["states"].as_array().unwrap().len(), 5);
}

/// [20]
#[tokio::test]
async fn a_command_that_cannot_be_executed_is_answered_and_the_run_goes_on() {
    let server = test_server();
    let (mut client, metadata) = Client::configured(&server, &[ground()]).await;
    client.start(10.0, 1.0).await;
    let environment = &metadata["bodies"][0]["body_id"];
    for (command, expected) in [
        (
            json!({"type": "grab", "body_id": environment, "point": [0, 0, 0]}),
            "'body_id' ",
        ),
        (
            json!({"type": "grab", "body_id": 4_294_967_296_u64, "point": [0, 0, 0]}),
            "'body_id' ",
        ),
        (
            json!({"type": "grab", "body_id": -1, "point": [0, 0, 0]}),
            "'body_id': expected an integer",
        ),
        (
            json!({"type": "grab", "body_id": 0}),
            "'point': expected an array of 3",
        ),
        (
            json!({"type": "move", "to": [0, 0]}),
            "'to': expected an array of 3",
        ),
        (
            json!({"type": "spawn", "objects": [object("teapot", "inertial", 0.0)]}),
            "Asset 'teapot' not found",
        ),
        (
            json!({"type": "spawn", "objects": 7}),
            "'objects': expected an array",
        ),
    ] {
        client.send(&command).await;
        let error = client.until("error").await;
        let message = error["message"].as_str().unwrap();
        assert!(
            message.starts_with(expected),
            "{message:?}, not {expected:?}"
        );
    }
    let end = client.end().await;
    assert_eq!(end.messages.last().unwrap()["total_frames"], 101);
}

/// [18] [20]
#[tokio::test]
async fn spawned_bodies_count_for_the_limit() {
    let server = TestServer::limited(|limits| limits.live.bodies = 2);
    let (mut client, _) = Client::configured(&server, &[ground()]).await;
    client.start(16.0, 60.0).await;
    let objects = json!([
        object("cube", "inertial", 1.0),
        object("cube", "inertial", 3.0)
    ]);
    client
        .send(&json!({"type": "spawn", "objects": objects}))
        .await;
    let error = client.until("error").await;
    let message = error["message"].as_str().unwrap();
    assert!(message.starts_with("LIMIT: 2 bodies at most"), "{message}");
    let one = with(
        json!({"type": "spawn"}),
        "objects",
        json!([object("cube", "inertial", 1.0)]),
    );
    client.send(&one).await;
    client.until("metadata").await;
}
