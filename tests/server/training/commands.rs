//! Commands and roles.

use std::time::Duration;

use mlipview_telemetry::{Callbacks, Command, Status};
use serde_json::json;

use super::fixtures::{Client, server, status};

/// [8] [28]
#[tokio::test]
async fn drivers_command_and_spectators_do_not() {
    let server = server();
    let training = server.open_training("ethanol", None).unwrap();
    let commands = training.commands();
    let mut driver = Client::driver(&server).await;
    let mut spectator = Client::connect(&server, "").await;
    driver.subscribe(&["training_status"]).await;
    training.on_callback(status(Status::Running));
    driver.until("training_status").await;
    let pause = json!({"type": "command", "command": "pause", "args": {}});
    spectator.send(&pause).await;
    let answer = spectator.until("command_received").await;
    assert_eq!(answer["status"], "rejected");
    assert!(answer["message"].as_str().unwrap().starts_with("FORBIDDEN"));
    driver.send(&pause).await;
    let answer = driver.until("command_received").await;
    assert_eq!(
        (&answer["command"], &answer["status"]),
        (&json!("pause"), &json!("acknowledged"))
    );
    let received = commands.next_within(Duration::from_secs(10));
    assert_eq!(received, Some(Command::Pause));
    assert_eq!(commands.try_next(), None);
    drop(training);
    driver.send(&pause).await;
    assert_eq!(driver.until("command_received").await["status"], "rejected");
}

/// [28]
#[tokio::test]
async fn a_wrong_token_is_refused() {
    let server = server();
    let mut client = Client::open(&server, "?token=wrong").await;
    let (code, reason, error) = client.end().await;
    assert_eq!(code, 1008);
    assert!(reason.starts_with("FORBIDDEN"), "{reason}");
    assert_eq!(
        (&error["type"], &error["error_code"]),
        (&json!("error"), &json!("FORBIDDEN"))
    );
}

/// [8]
#[tokio::test]
async fn a_trainer_that_takes_no_commands_rejects_them() {
    let server = server();
    let training = server.open_training("ethanol", None).unwrap();
    training.on_callback(status(Status::Running));
    let mut driver = Client::driver(&server).await;
    driver
        .send(&json!({"type": "command", "command": "stop"}))
        .await;
    assert_eq!(driver.until("command_received").await["status"], "rejected");
}
