//! Commands from clients to a trainer, and the bounded queue of them.

use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use serde_json::{Map, Value, json};

use crate::status::Status;

/// Maximum number of commands that wait for the trainer; more are rejected.
pub const MAX_COMMANDS: usize = 16;

/// A command to a trainer. \[8\]
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Wait after the present step.
    Pause,
    /// Continue.
    Resume,
    /// End after the present step.
    Stop,
    /// Make a sample, with the arguments of the client.
    Sample(Map<String, Value>),
    /// Write a checkpoint.
    Checkpoint,
    /// Change the learning rate; it is finite and positive.
    SetLearningRate(f64),
}

/// Names of all commands.
const NAMES: &str = "pause, resume, stop, sample, checkpoint, set_learning_rate";

/// A command that is rejected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// An unknown name.
    #[error("unknown command {0:?}: expected one of {NAMES}")]
    Unknown(String),
    /// Arguments that the command does not take.
    #[error("invalid arguments: expected {0}")]
    Arguments(&'static str),
    /// A role that only watches.
    #[error("FORBIDDEN: your role is spectator, commands require driver; connect with its token")]
    Forbidden,
    /// A command that does not fit the status.
    #[error("cannot {command} while the training is {status}; expected {expected}")]
    Status {
        /// Name of the command.
        command: &'static str,
        /// Name of the status.
        status: &'static str,
        /// The statuses in which it is possible.
        expected: &'static str,
    },
    /// Too many commands wait.
    #[error("{MAX_COMMANDS} commands wait for the trainer already; try again later")]
    Busy,
    /// Nobody executes commands.
    #[error("this training takes no commands: its trainer has ended, or only reports")]
    NoTrainer,
}

impl Command {
    /// The command with this name and these arguments.
    ///
    /// # Errors
    /// If the name is unknown, or the arguments do not fit it.
    pub fn parse(name: &str, args: &Value) -> Result<Command, CommandError> {
        let empty = Map::new();
        let args = match args {
            Value::Null => &empty,
            Value::Object(args) => args,
            _ => return Err(CommandError::Arguments("a JSON object")),
        };
        let rate = || {
            let rate = args.get("learning_rate").and_then(Value::as_f64);
            rate.filter(|rate| rate.is_finite() && *rate > 0.0)
        };
        match name {
            "pause" => Ok(Command::Pause),
            "resume" => Ok(Command::Resume),
            "stop" => Ok(Command::Stop),
            "sample" => Ok(Command::Sample(args.clone())),
            "checkpoint" => Ok(Command::Checkpoint),
            "set_learning_rate" => {
                let expected = "{\"learning_rate\": a positive number}";
                let rate = rate().ok_or(CommandError::Arguments(expected))?;
                Ok(Command::SetLearningRate(rate))
            }
            _ => Err(CommandError::Unknown(name.chars().take(64).collect())),
        }
    }

    /// The name in messages.
    pub fn name(&self) -> &'static str {
        match self {
            Command::Pause => "pause",
            Command::Resume => "resume",
            Command::Stop => "stop",
            Command::Sample(_) => "sample",
            Command::Checkpoint => "checkpoint",
            Command::SetLearningRate(_) => "set_learning_rate",
        }
    }

    /// The command as a JSON object, for trainers that read lines:
    /// `{"command":"set_learning_rate","args":{"learning_rate":0.001}}`.
    pub fn to_json(&self) -> Value {
        let args = match self {
            Command::Sample(args) => Value::Object(args.clone()),
            Command::SetLearningRate(rate) => json!({ "learning_rate": rate }),
            _ => json!({}),
        };
        json!({ "command": self.name(), "args": args })
    }

    /// Checks that the command is possible in a status.
    ///
    /// # Errors
    /// If it is not.
    pub fn check(&self, status: Status) -> Result<(), CommandError> {
        let (is_possible, expected) = match self {
            Command::Pause => (
                matches!(status, Status::Starting | Status::Running),
                "starting or running",
            ),
            Command::Resume => (status == Status::Paused, "paused"),
            Command::Stop | Command::SetLearningRate(_) => (
                matches!(status, Status::Starting | Status::Running | Status::Paused),
                "starting, running or paused",
            ),
            Command::Sample(_) | Command::Checkpoint => (
                matches!(status, Status::Running | Status::Paused),
                "running or paused",
            ),
        };
        if is_possible {
            return Ok(());
        }
        Err(CommandError::Status {
            command: self.name(),
            status: status.name(),
            expected,
        })
    }
}

/// Sending side of the commands to a trainer.
#[derive(Clone, Debug)]
pub struct CommandSender(Sender<Command>);

/// Receiving side of the commands, for the trainer.
#[derive(Clone, Debug)]
pub struct CommandReceiver(Receiver<Command>);

/// A queue of at most [`MAX_COMMANDS`] commands.
pub fn command_queue() -> (CommandSender, CommandReceiver) {
    let (sender, receiver) = bounded(MAX_COMMANDS);
    (CommandSender(sender), CommandReceiver(receiver))
}

impl CommandSender {
    /// Sends a command to the trainer, without waiting.
    ///
    /// # Errors
    /// If the queue is full, or the trainer has dropped its receiver.
    pub fn send(&self, command: Command) -> Result<(), CommandError> {
        self.0.try_send(command).map_err(|error| match error {
            TrySendError::Full(_) => CommandError::Busy,
            TrySendError::Disconnected(_) => CommandError::NoTrainer,
        })
    }
}

impl CommandReceiver {
    /// The next command, without waiting: for a trainer between two steps.
    pub fn try_next(&self) -> Option<Command> {
        self.0.try_recv().ok()
    }

    /// The next command; waits for it up to a time: for a trainer that is paused.
    pub fn next_within(&self, timeout: Duration) -> Option<Command> {
        self.0.recv_timeout(timeout).ok()
    }
}
