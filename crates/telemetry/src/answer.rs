//! Messages of the server to one client, besides events.

use serde::Serialize;
use serde_json::Value;

use crate::timestamp::Moment;

/// A message of the server to one client.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Answer<'a> {
    /// The first message. \[1\]
    ConnectionEstablished {
        /// Name of the client.
        client_id: &'a str,
        /// The training; `None` while there is none.
        training: Option<&'a str>,
    },
    /// The client, which named no training, now receives the newest. \[27\]
    TrainingChanged {
        /// The training.
        training: Option<&'a str>,
    },
    /// Number of clients. \[16\]
    SystemInfo {
        /// Number of clients of all trainings.
        active_connections: usize,
    },
    /// Answer to a subscription. \[5\] \[26\]
    Subscribed {
        /// The names as requested.
        events: &'a [String],
        /// All subscriptions.
        all_subscriptions: Vec<&'a str>,
        /// Names that are no type of event.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        unknown: Vec<&'a str>,
        /// Number of requested past events that are lost.
        #[serde(skip_serializing_if = "Option::is_none")]
        missed: Option<u64>,
        /// Number of the newest event.
        newest_event_id: u64,
    },
    /// Answer to the end of a subscription. \[6\]
    Unsubscribed {
        /// The names as requested.
        events: &'a [String],
        /// All subscriptions.
        remaining_subscriptions: Vec<&'a str>,
    },
    /// Answer to a ping. \[7\]
    Pong {
        /// The time of the client, as it has sent it.
        client_timestamp: &'a Value,
        /// The time of the server.
        server_timestamp: String,
    },
    /// Answer to a command. \[8\]
    CommandReceived {
        /// The name of the command.
        command: &'a str,
        /// `acknowledged` or `rejected`.
        status: &'static str,
        /// The reason.
        message: String,
    },
    /// A message that is not understood. \[9\]
    Error {
        /// Code of the error.
        error_code: &'static str,
        /// The reason.
        message: String,
    },
}

impl Answer<'_> {
    /// The message as JSON, with its time. \[4\]
    ///
    /// # Errors
    /// Never: all keys are texts and all numbers whole.
    pub fn to_json(&self, now: Moment) -> Result<String, serde_json::Error> {
        #[derive(Serialize)]
        struct WithTime<'a> {
            #[serde(flatten)]
            answer: &'a Answer<'a>,
            timestamp: String,
        }
        serde_json::to_string(&WithTime {
            answer: self,
            timestamp: now.timestamp(),
        })
    }
}
