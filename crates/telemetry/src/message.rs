//! Messages of clients: JSON objects with the key `type`.

use serde_json::{Map, Value};

/// Maximum number of names of events in a message, and of all subscriptions of a client.
pub const MAX_NAMES: usize = 64;

/// Maximum length of the name of an event, bytes.
const MAX_NAME: usize = 64;

/// A message of a client.
#[derive(Clone, Debug, PartialEq)]
pub enum ClientMessage {
    /// Subscribes to events of these types. \[5\]
    Subscribe {
        /// Names of types.
        events: Vec<String>,
        /// Past events that are sent first.
        past: Past,
    },
    /// Unsubscribes from events of these types. \[6\]
    Unsubscribe {
        /// Names of types.
        events: Vec<String>,
    },
    /// Requests a pong. \[7\]
    Ping {
        /// The time of the client, in any form.
        timestamp: Value,
    },
    /// A command to the trainer. \[8\]
    Command {
        /// Its name.
        command: String,
        /// Its arguments.
        args: Value,
    },
}

/// Past events that a subscription begins with. \[26\]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Past {
    /// None.
    #[default]
    None,
    /// The last events of the types.
    Last(u64),
    /// The events after the one with this number.
    After(u64),
}

/// A message that is not understood, or that exceeds a limit. \[9\]
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// Text that is no JSON.
    #[error("invalid JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A binary frame.
    #[error("messages are JSON in text frames; this was a binary frame")]
    Binary,
    /// JSON that is no object.
    #[error("a message is a JSON object, as in {{\"type\":\"ping\"}}")]
    NoObject,
    /// No type.
    #[error("a message needs `type`, a string: subscribe, unsubscribe, ping or command")]
    NoType,
    /// An unknown type.
    #[error("unknown type {0:?}: expected subscribe, unsubscribe, ping or command")]
    UnknownType(String),
    /// Names that are no array of strings.
    #[error("`events` is an array of at most {MAX_NAMES} names of at most {MAX_NAME} bytes")]
    Events,
    /// An empty array.
    #[error("`events` names no event: name at least one, as in [\"training_progress\"]")]
    NoEvents,
    /// No name of a command.
    #[error("a command needs `command`, a string such as pause")]
    NoCommand,
    /// Other content that cannot be processed.
    #[error("{0}")]
    Processing(String),
    /// Too many messages.
    #[error("{0} messages per second at most; this one was left out")]
    TooMany(u32),
    /// A large message.
    #[error("a message has {0} bytes at most; this one was left out")]
    TooLarge(usize),
    /// A role or token that does not allow it.
    #[error("{0}")]
    Forbidden(String),
}

impl MessageError {
    /// The code in messages.
    pub fn code(&self) -> &'static str {
        match self {
            MessageError::Json(_) | MessageError::Binary => "INVALID_JSON",
            MessageError::NoObject => "INVALID_MESSAGE_TYPE",
            MessageError::NoType => "MISSING_TYPE",
            MessageError::UnknownType(_) => "UNKNOWN_MESSAGE_TYPE",
            MessageError::Events => "INVALID_EVENTS",
            MessageError::NoEvents => "EMPTY_EVENTS",
            MessageError::NoCommand => "MISSING_COMMAND",
            MessageError::Processing(_) => "PROCESSING_ERROR",
            MessageError::TooMany(_) => "TOO_MANY_MESSAGES",
            MessageError::TooLarge(_) => "MESSAGE_TOO_LARGE",
            MessageError::Forbidden(_) => "FORBIDDEN",
        }
    }
}

impl ClientMessage {
    /// Reads a message.
    ///
    /// # Errors
    /// If it is not understood.
    pub fn parse(text: &str) -> Result<ClientMessage, MessageError> {
        let Value::Object(mut fields) = serde_json::from_str(text)? else {
            return Err(MessageError::NoObject);
        };
        let kind = fields.get("type").and_then(Value::as_str);
        match kind.ok_or(MessageError::NoType)? {
            "subscribe" => {
                let events = names(&fields)?;
                if events.is_empty() {
                    return Err(MessageError::NoEvents);
                }
                let past = past(&fields)?;
                Ok(ClientMessage::Subscribe { events, past })
            }
            "unsubscribe" => Ok(ClientMessage::Unsubscribe {
                events: names(&fields)?,
            }),
            "ping" => Ok(ClientMessage::Ping {
                timestamp: fields.remove("timestamp").unwrap_or_default(),
            }),
            "command" => {
                let command = fields.get("command").and_then(Value::as_str);
                let command = command.filter(|command| !command.is_empty());
                Ok(ClientMessage::Command {
                    command: command.ok_or(MessageError::NoCommand)?.to_owned(),
                    args: fields.remove("args").unwrap_or_default(),
                })
            }
            other => Err(MessageError::UnknownType(other.chars().take(64).collect())),
        }
    }
}

/// The names in `events`; none if it is absent.
fn names(fields: &Map<String, Value>) -> Result<Vec<String>, MessageError> {
    let names = match fields.get("events") {
        None => return Ok(Vec::new()),
        Some(Value::Array(names)) if names.len() <= MAX_NAMES => names,
        Some(_) => return Err(MessageError::Events),
    };
    let name = |value: &Value| {
        let name = value.as_str().filter(|name| name.len() <= MAX_NAME);
        name.map(str::to_owned).ok_or(MessageError::Events)
    };
    names.iter().map(name).collect()
}

fn past(fields: &Map<String, Value>) -> Result<Past, MessageError> {
    let number = |key: &str| match fields.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match value.as_u64() {
            Some(number) => Ok(Some(number)),
            None => {
                let text = format!("`{key}` is a whole number from 0");
                Err(MessageError::Processing(text))
            }
        },
    };
    match (number("replay")?, number("after")?) {
        (None, None) => Ok(Past::None),
        (Some(count), None) => Ok(Past::Last(count)),
        (None, Some(after)) => Ok(Past::After(after)),
        (Some(_), Some(_)) => {
            let text = "`replay` and `after` exclude each other: give one of them";
            Err(MessageError::Processing(text.to_owned()))
        }
    }
}
