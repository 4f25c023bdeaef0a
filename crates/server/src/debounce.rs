//! Debouncing of interactions.

use std::time::Duration;

use crate::session::message::{ClientMessage, ClientRequest};

/// Maximum time that an interaction waits for later ones.
const MAX_WAIT: Duration = Duration::from_millis(10);

/// Decides whether an interaction waits for later ones: while the last answer is not acknowledged, the
/// client cannot have seen it, and one answer to several interactions is sufficient. \[19\]
#[derive(Default)]
pub(super) struct Debounce {
    /// Sequence number of the last message to the client.
    sent: u64,
    /// The highest sequence number that the client has acknowledged.
    acknowledged: u64,
    /// Time of the first interaction without an answer.
    unanswered_since: Option<Duration>,
}

impl Debounce {
    pub(super) fn on_message(&mut self, message: &ClientMessage, now: Duration) {
        // An acknowledgement of a future message proves nothing about those that were sent.
        let ack = message.ack.filter(|ack| *ack <= self.sent).unwrap_or(0);
        self.acknowledged = self.acknowledged.max(ack);
        if matches!(message.request, Ok(Some(ClientRequest::Interact(_)))) {
            self.unanswered_since.get_or_insert(now);
        }
    }

    pub(super) fn on_sent(&mut self, seq: u64) {
        self.sent = seq;
    }

    /// A step answers all interactions before it.
    pub(super) fn on_step(&mut self) {
        self.unanswered_since = None;
    }

    /// Whether the engine should wait for further interactions.
    pub(super) fn waits(&self, now: Duration) -> bool {
        let since = self.unanswered_since;
        self.acknowledged < self.sent && since.is_some_and(|since| now < since + MAX_WAIT)
    }
}
