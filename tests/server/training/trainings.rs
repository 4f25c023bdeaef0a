//! Several trainings.

use mlipview_server::OpenTrainingError;
use serde_json::{Value, json};

use super::fixtures::{Client, get_json, log, server};

/// [27]
#[tokio::test]
async fn a_client_gets_the_training_that_it_names() {
    let server = server();
    let first = server.open_training("first", None).unwrap();
    let second = server.open_training("second", None).unwrap();
    for (query, name) in [
        ("?name=first", "first"),
        ("?name=second", "second"),
        ("", "second"),
    ] {
        let mut client = Client::open(&server, query).await;
        assert_eq!(client.next().await["training"], name);
        client.subscribe(&["log"]).await;
        log(&first, "first");
        log(&second, "second");
        assert_eq!(client.event().await["message"], name);
    }
    let list = get_json(&server, "/api/ws/trainings").await;
    let names: Vec<&Value> = list["trainings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|training| &training["name"])
        .collect();
    assert_eq!(names, ["second", "first"]);
    assert_eq!(list["trainings"][0]["is_open"], true);
    drop(second);
    let list = get_json(&server, "/api/ws/trainings").await;
    assert_eq!(list["trainings"][0]["is_open"], false);
}

/// [27]
#[tokio::test]
async fn a_client_before_the_first_training_creates_none_and_follows_the_newest() {
    let server = server();
    let mut client = Client::open(&server, "").await;
    assert_eq!(client.next().await["training"], Value::Null);
    client.subscribe(&["log"]).await;
    assert_eq!(
        get_json(&server, "/api/ws/trainings").await,
        json!({"trainings": []})
    );
    let state = get_json(&server, "/api/ws/status").await;
    assert_eq!(state["training_state"]["status"], "idle");
    for name in ["first", "second"] {
        let training = server.open_training(name, None).unwrap();
        assert_eq!(client.event().await["training"], name);
        log(&training, name);
        assert_eq!(client.event().await["message"], name);
    }
}

/// [27]
#[tokio::test]
async fn an_unknown_training_is_refused() {
    let server = server();
    for name in ["unknown", "..", "a%2Fb"] {
        let mut client = Client::open(&server, &format!("?name={name}")).await;
        let (code, reason, error) = client.end().await;
        assert_eq!(code, 1008);
        assert!(reason.starts_with("NO_SUCH_TRAINING"), "{reason}");
        assert_eq!(error["type"], "error");
    }
}

/// [27]
#[tokio::test]
async fn an_open_name_is_taken_and_free_after_the_end() {
    let server = server();
    let training = server.open_training("ethanol", None).unwrap();
    let again = server.open_training("ethanol", None).err().unwrap();
    assert!(matches!(again, OpenTrainingError::Name(_)), "{again}");
    let mut client = Client::connect(&server, "?name=ethanol").await;
    client.subscribe(&["log"]).await;
    drop(training);
    let training = server.open_training("ethanol", None).unwrap();
    assert_eq!(client.event().await["type"], "training_changed");
    log(&training, "again");
    assert_eq!(client.event().await["message"], "again");
}
