//! The message `configure`, and the metadata that answers it.

use serde_json::{Value, json};

use super::fixtures::{Client, configure, ground, object, with};
use crate::test_server::test_server;

/// [3] [7]
#[tokio::test]
async fn metadata_has_a_body_for_each_object_and_each_asset_once() {
    let server = test_server();
    let heavy = json!({
        "asset_name": "sphere", "position": [0, 0, 5], "orientation": [0.1, 0.2, 0.3],
        "object_type": "inertial", "mass": 2.5, "restitution": 0.0, "friction": 0.25,
    });
    let objects = [
        object("cube", "inertial", 1.0),
        ground(),
        heavy,
        object("cube", "environment", 9.0),
    ];
    let (_, metadata) = Client::configured(&server, &objects).await;
    let bodies = metadata["bodies"].as_array().unwrap();
    let names: Vec<&str> = bodies
        .iter()
        .map(|body| body["asset_name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["cube", "ground", "sphere", "cube"]);
    let environment: Vec<bool> = bodies
        .iter()
        .map(|body| body["is_environment"].as_bool().unwrap())
        .collect();
    assert_eq!(environment, [false, true, false, true]);
    let material =
        |body: &Value| ["mass", "restitution", "friction"].map(|key| body[key].as_f64().unwrap());
    assert_eq!(material(&bodies[0]), [10.0, 0.8, 0.5]);
    assert_eq!(material(&bodies[2]), [2.5, 0.0, 0.25]);
    let mut ids: Vec<u64> = bodies
        .iter()
        .map(|body| body["body_id"].as_u64().unwrap())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 4);
    let assets = metadata["assets"].as_array().unwrap();
    let names: Vec<&str> = assets
        .iter()
        .map(|asset| asset["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["cube", "ground", "sphere"]);
    for asset in assets {
        let positions = asset["positions"].as_array().unwrap();
        assert_eq!(
            positions.len() as u64,
            3 * asset["vertex_count"].as_u64().unwrap()
        );
        assert!(!positions.is_empty() && positions.len() % 9 == 0);
        assert!(positions.iter().all(Value::is_number));
        let body = bodies
            .iter()
            .find(|body| body["asset_name"] == asset["name"])
            .unwrap();
        assert_eq!(body["asset_id"], asset["asset_id"]);
    }
}

/// [4]
#[tokio::test]
async fn the_first_message_must_be_configure() {
    let server = test_server();
    for first in [
        json!({"type": "start"}),
        json!({"type": "stop"}),
        json!({}),
        json!([1]),
        json!("configure"),
    ] {
        let end = Client::end_of(&server, &[first]).await;
        assert_eq!(end.error(), ("Expected 'configure' message first", 1008));
        assert_eq!(end.messages.len(), 1);
    }
    let mut client = Client::connect(&server.server, "").await;
    client.send_text("hello").await;
    assert_eq!(
        client.end().await.error(),
        ("Expected 'configure' message first", 1008)
    );
}

/// [4]
#[tokio::test]
async fn there_must_be_an_object() {
    let server = test_server();
    for first in [
        configure(&[]),
        json!({"type": "configure"}),
        json!({"type": "configure", "objects": null}),
    ] {
        let end = Client::end_of(&server, &[first]).await;
        assert_eq!(
            end.error(),
            ("'configure' must include at least one object", 1008)
        );
    }
}

/// [5]
#[tokio::test]
async fn an_unknown_asset_is_refused_before_anything_is_spawned() {
    let server = test_server();
    for name in ["teapot", "molecule:unobtainium", "Cube", ""] {
        let objects = [
            object("cube", "inertial", 1.0),
            object(name, "inertial", 2.0),
        ];
        let end = Client::end_of(&server, &[configure(&objects)]).await;
        assert_eq!(
            end.error(),
            (format!("Asset '{name}' not found").as_str(), 1008)
        );
        assert_eq!(end.messages.len(), 1, "no metadata");
    }
}

/// [6]
#[tokio::test]
async fn an_invalid_object_is_refused_with_its_place() {
    let server = test_server();
    let cube = || object("cube", "inertial", 1.0);
    let cases = [
        (
            with(cube(), "object_type", json!("ghost")),
            "objects[1].object_type: expected \"inertial\" or",
        ),
        (
            with(cube(), "object_type", json!(null)),
            "objects[1].object_type",
        ),
        (
            with(cube(), "position", json!([0, 0])),
            "objects[1].position: expected an array of 3",
        ),
        (
            with(cube(), "position", json!([0, 0, 1, 0])),
            "objects[1].position",
        ),
        (
            with(cube(), "position", json!([0, "0", 1])),
            "objects[1].position",
        ),
        (
            with(cube(), "position", json!([0, 0, 1e7])),
            "objects[1].position",
        ),
        (
            with(cube(), "orientation", json!([0, 0])),
            "objects[1].orientation",
        ),
        (
            with(cube(), "orientation", json!(7)),
            "objects[1].orientation",
        ),
        (
            with(cube(), "mass", json!(0)),
            "objects[1]: 'mass' must be positive",
        ),
        (
            with(cube(), "mass", json!(-1)),
            "objects[1]: 'mass' must be positive",
        ),
        (
            with(cube(), "mass", json!(1e-60)),
            "objects[1].mass: expected a number from 1e-6 to 1e12, got 1e-60",
        ),
        (
            with(cube(), "mass", json!(1e60)),
            "objects[1].mass: expected a number from 1e-6 to 1e12, got 1e+60",
        ),
        (
            with(cube(), "mass", json!("heavy")),
            "objects[1].mass: expected a finite number",
        ),
        (
            with(cube(), "restitution", json!(1.01)),
            "objects[1]: 'restitution' must be from 0 to 1",
        ),
        (
            with(cube(), "restitution", json!(-0.01)),
            "objects[1]: 'restitution'",
        ),
        (
            with(cube(), "friction", json!(-1)),
            "objects[1]: 'friction' must be from 0 to 1e6",
        ),
        (
            with(cube(), "asset_name", json!(3)),
            "objects[1].asset_name",
        ),
        (
            object("ground", "inertial", 0.0),
            "objects[1]: 'object_type' of 'ground'",
        ),
        (json!(5), "objects[1]: expected an object"),
    ];
    for (invalid, expected) in cases {
        let objects = [object("sphere", "inertial", 5.0), invalid];
        let end = Client::end_of(&server, &[configure(&objects)]).await;
        let (error, code) = end.error();
        assert!(error.starts_with(expected), "{error:?}, not {expected:?}");
        assert_eq!((code, end.messages.len()), (1008, 1));
    }
}

/// [6]
#[tokio::test]
async fn numbers_that_are_not_finite_are_no_json() {
    let server = test_server();
    for number in ["NaN", "Infinity", "1e999"] {
        let mut client = Client::connect(&server.server, "").await;
        let text = configure(&[object("cube", "inertial", 1.0)]).to_string();
        client.send_text(&text.replacen("1.0", number, 1)).await;
        let end = client.end().await;
        let (error, code) = end.error();
        assert!(
            error.starts_with("invalid JSON: ") && error.contains("line 1 column"),
            "{error}"
        );
        assert_eq!(code, 1008);
    }
}

/// [3]
#[tokio::test]
async fn mass_restitution_and_friction_of_the_environment_do_not_count() {
    let server = test_server();
    let wall = with(
        with(object("cube", "environment", 0.0), "mass", json!(0)),
        "friction",
        json!(-1),
    );
    let (_, metadata) = Client::configured(&server, &[wall]).await;
    assert_eq!(metadata["bodies"][0]["is_environment"], true);
}

/// [19]
#[tokio::test]
async fn worlds_have_gravity_cells_seeds_and_units() {
    let server = test_server();
    let cube = [object("sphere", "inertial", 1.0)];
    for (key, value, expected) in [
        (
            "gravity",
            json!([0, 0]),
            "'gravity': expected an array of 3",
        ),
        ("gravity", json!("earth"), "'gravity': expected"),
        (
            "cell",
            json!([5, 0, 5]),
            "'cell': expected 3 positive edges",
        ),
        (
            "cell",
            json!([0.5, 5, 5]),
            "objects[0]: 'cell' is too small",
        ),
        ("seed", json!(-1), "'seed': expected an integer from 0"),
        (
            "units",
            json!("furlong"),
            "'units': expected \"m\" or \"Å\"",
        ),
    ] {
        let end = Client::end_of(&server, &[with(configure(&cube), key, value)]).await;
        let (error, code) = end.error();
        assert!(error.starts_with(expected), "{error:?}, not {expected:?}");
        assert_eq!(code, 1008);
    }
    for (key, value, velocity) in [
        ("gravity", json!([0, 0, 2]), 2.0),
        ("units", json!("Å"), 0.0),
        ("units", json!("m"), -9.81),
        ("seed", json!(7), -9.81),
    ] {
        let mut client = Client::connect(&server.server, "").await;
        client.send(&with(configure(&cube), key, value)).await;
        client.start(100.0, 0.1).await;
        let frame = client.frame_where(|frame| frame["frame_id"] == 1).await;
        let found = frame["states"][0]["velocity"]["z"].as_f64().unwrap();
        assert!((found - 0.1 * velocity).abs() < 1e-3, "{key}: {found}");
    }
}

/// [19]
#[tokio::test]
async fn bodies_cross_the_faces_of_a_cell() {
    let server = test_server();
    let ball = with(
        object("sphere", "inertial", 1.9),
        "velocity",
        json!([0, 0, 5]),
    );
    let mut client = Client::connect(&server.server, "").await;
    let message = with(configure(&[ball]), "cell", json!([2, 2, 2]));
    client
        .send(&with(message, "gravity", json!([0, 0, 0])))
        .await;
    client.start(100.0, 0.1).await;
    let frame = client.frame_where(|frame| frame["frame_id"] == 1).await;
    let z = frame["states"][0]["position"]["z"].as_f64().unwrap();
    assert!((z - 0.4).abs() < 1e-3, "{z}");
}

/// [19]
#[tokio::test]
async fn in_angstroms_molecules_have_the_masses_of_their_atoms() {
    let server = test_server();
    let mut client = Client::connect(&server.server, "").await;
    let water = [object("molecule:water", "inertial", 0.0)];
    client
        .send(&with(configure(&water), "units", json!("Å")))
        .await;
    let mass = client.next().await["bodies"][0]["mass"].as_f64().unwrap();
    assert!((mass - 18.015).abs() < 0.01, "{mass}");
    let (_, metadata) = Client::configured(&server, &water).await;
    assert_eq!(metadata["bodies"][0]["mass"], 10.0);
}
