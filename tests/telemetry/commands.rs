//! Commands of drivers.

use mlipview_telemetry::{
    ClientLimits, Command, CommandError, CommandReceiver, MAX_COMMANDS, Status, command_queue,
};
use serde_json::{Value, json};

use super::client::Client;
use super::fixtures::{Training, status};

/// A training with this status, and the receiver of its commands.
fn training_with(now: Status) -> (Training, CommandReceiver) {
    let mut training = Training::new();
    training.report(status(now), 0.0);
    let (sender, receiver) = command_queue();
    training.published.set_commands(Some(sender));
    (training, receiver)
}

fn command(name: &str, args: Value) -> Value {
    json!({"type": "command", "command": name, "args": args})
}

/// [8]
#[test]
fn a_possible_command_is_acknowledged_and_reaches_the_trainer() {
    for (name, args, status, expected) in [
        ("pause", json!({}), Status::Running, Command::Pause),
        ("pause", Value::Null, Status::Starting, Command::Pause),
        ("resume", json!({}), Status::Paused, Command::Resume),
        ("stop", json!({}), Status::Paused, Command::Stop),
        (
            "checkpoint",
            json!({}),
            Status::Running,
            Command::Checkpoint,
        ),
        (
            "sample",
            json!({"structure": "ethanol"}),
            Status::Running,
            Command::Sample(json!({"structure": "ethanol"}).as_object().unwrap().clone()),
        ),
        (
            "set_learning_rate",
            json!({"learning_rate": 1e-5}),
            Status::Running,
            Command::SetLearningRate(1e-5),
        ),
    ] {
        let (training, receiver) = training_with(status);
        let mut client = Client::new(&training.published);
        let answer = client.ask(&command(name, args), &training.published);
        assert_eq!(answer["type"], "command_received");
        assert_eq!(answer["command"], name);
        assert_eq!(answer["status"], "acknowledged", "{answer}");
        assert!(answer["message"].is_string());
        assert_eq!(receiver.try_next(), Some(expected));
    }
}

/// [8]
#[test]
fn a_command_that_cannot_be_now_is_rejected_with_the_reason() {
    for (name, args, status, reason) in [
        ("pause", json!({}), Status::Paused, "paused"),
        ("resume", json!({}), Status::Running, "expected paused"),
        ("stop", json!({}), Status::Completed, "completed"),
        ("sample", json!({}), Status::Idle, "idle"),
        ("checkpoint", json!({}), Status::Starting, "starting"),
        ("dance", json!({}), Status::Running, "unknown command"),
        (
            "set_learning_rate",
            json!({}),
            Status::Running,
            "learning_rate",
        ),
        (
            "set_learning_rate",
            json!({"learning_rate": -1}),
            Status::Running,
            "positive",
        ),
        ("pause", json!([1]), Status::Running, "JSON object"),
    ] {
        let (training, receiver) = training_with(status);
        let mut client = Client::new(&training.published);
        let answer = client.ask(&command(name, args), &training.published);
        assert_eq!(answer["type"], "command_received");
        assert_eq!(
            (&answer["command"], &answer["status"]),
            (&json!(name), &json!("rejected"))
        );
        let message = answer["message"].as_str().unwrap();
        assert!(message.contains(reason), "{name}: {message}");
        assert_eq!(receiver.try_next(), None);
    }
}

/// [28]
#[test]
fn spectators_subscribe_and_do_not_command() {
    let (mut training, receiver) = training_with(Status::Running);
    let mut client = Client::with(&training.published, false, ClientLimits::default());
    let answer = client.ask(&command("pause", json!({})), &training.published);
    assert_eq!(answer["status"], "rejected");
    assert!(answer["message"].as_str().unwrap().starts_with("FORBIDDEN"));
    assert_eq!(receiver.try_next(), None);
    client.subscribe_to_all(&training.published);
    let events = training.report(status(Status::Paused), 1.0);
    client.receive(&events);
    assert_eq!(client.next().unwrap()["status"], "paused");
}

/// [8]
#[test]
fn a_trainer_that_is_busy_or_gone_rejects() {
    let (training, receiver) = training_with(Status::Running);
    let mut client = Client::new(&training.published);
    let mut ask = || {
        let answer = client.ask(&command("checkpoint", json!({})), &training.published);
        answer["message"].as_str().unwrap().to_owned()
    };
    for _ in 0..MAX_COMMANDS {
        assert!(!ask().contains("wait"));
    }
    assert_eq!(ask(), CommandError::Busy.to_string());
    drop(receiver);
    assert_eq!(ask(), CommandError::NoTrainer.to_string());

    let mut only_reports = Training::new();
    only_reports.report(status(Status::Running), 0.0);
    let answer = client.ask(&command("pause", json!({})), &only_reports.published);
    assert_eq!(answer["message"], CommandError::NoTrainer.to_string());
}

/// [8]
#[test]
fn a_command_as_json_is_read_again_as_the_same() {
    let args = json!({"a": 1}).as_object().unwrap().clone();
    for command in [
        Command::Pause,
        Command::Resume,
        Command::Stop,
        Command::Checkpoint,
        Command::Sample(args),
        Command::SetLearningRate(0.125),
    ] {
        let json = command.to_json();
        let name = json["command"].as_str().unwrap();
        assert_eq!(Command::parse(name, &json["args"]), Ok(command));
    }
}
