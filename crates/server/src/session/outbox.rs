//! Outgoing messages of one session: sequence numbers, acknowledgements and the send queue.

use std::collections::VecDeque;
use std::time::Duration;

use super::close::CloseFrame;
use super::limits::UNACKNOWLEDGED;
use super::message::{Body, ClientMessage, Notice, Outgoing, ServerMessage};
use super::violation::Violation;

/// Maximum number of queued messages; a client that lets more wait does not read and is disconnected.
const MAX_QUEUED: usize = 256;

/// Minimum interval between two reports of invalid messages. \[2\]
const REJECTION_INTERVAL: Duration = Duration::from_secs(1);

/// Statistics of the connection to a client.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LinkStatistics {
    /// Frames sent.
    pub frames: u64,
    /// Time from sending a message to its acknowledgement, for the last acknowledged message.
    pub latency: Option<Duration>,
}

/// The outgoing messages of one session, with the counters that they carry.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    seq: u64,
    client_seq: Option<u64>,
    ack: u64,
    /// Numbers and times of the messages that are not acknowledged, the oldest first.
    unacknowledged: VecDeque<(u64, Duration)>,
    /// The number of the message at which the stream paused, while it is paused.
    paused_at: Option<u64>,
    /// The client's highest interaction count.
    pub(super) interaction_count: u64,
    /// The simulation step.
    pub(super) sim_step: u64,
    last_rejection: Option<Duration>,
    queue: VecDeque<Outgoing>,
    closed: bool,
    statistics: LinkStatistics,
}

impl Outbox {
    /// Takes over the counters of a client's message. \[4, 7, 8\]
    pub(super) fn on_message(&mut self, message: &ClientMessage, now: Duration) {
        self.client_seq = self.client_seq.max(Some(message.seq));
        self.interaction_count = self.interaction_count.max(message.interaction_count);
        if let Some(ack) = message.ack {
            self.acknowledge(ack, now);
        }
    }

    /// An acknowledgement above the last number stays valid until that number is exceeded. \[8\]
    fn acknowledge(&mut self, ack: u64, now: Duration) {
        self.ack = self.ack.max(ack);
        while let Some((seq, sent)) = self.unacknowledged.front().copied()
            && seq <= self.ack
        {
            self.statistics.latency = Some(now.saturating_sub(sent));
            self.unacknowledged.pop_front();
        }
        if self.paused_at.is_some_and(|seq| self.ack >= seq) {
            self.paused_at = None;
            self.notify("ACK_CLEARED"); // [31]
        }
    }

    /// Whether a frame of a stream may be sent. Sends one notice when the stream pauses. \[30\]
    pub(super) fn may_stream(&mut self) -> bool {
        if self.paused_at.is_none() && self.seq.saturating_sub(self.ack) >= UNACKNOWLEDGED {
            self.paused_at = Some(self.seq);
            // This notice repeats the number of the message whose acknowledgement is due. [6]
            let body = Body::Notice(Notice {
                message: "WAITING_FOR_ACK".to_owned(),
                ..Notice::default()
            });
            let message = self.message(body, self.interaction_count);
            self.enqueue(Outgoing::Message(message));
        }
        self.paused_at.is_none()
    }

    /// Whether a stream waits for an acknowledgement.
    pub(super) fn is_paused(&self) -> bool {
        self.paused_at.is_some()
    }

    /// The number of the last message.
    pub(super) fn seq(&self) -> u64 {
        self.seq
    }

    /// Queues a message under the next number, as the answer to the interaction of this count. \[6\]
    ///
    /// `now` starts the measurement of its latency.
    pub(super) fn push(&mut self, body: Body, interaction_count: u64, now: Option<Duration>) {
        self.seq += 1;
        if body.frame().is_some() {
            self.statistics.frames += 1;
        }
        if let Some(now) = now {
            self.unacknowledged.push_back((self.seq, now));
            // Bounded: a client that acknowledges nothing has no latency.
            if self.unacknowledged.len() > MAX_QUEUED {
                self.unacknowledged.pop_front();
            }
        }
        let message = self.message(body, interaction_count);
        self.enqueue(Outgoing::Message(message));
    }

    fn message(&self, body: Body, interaction_count: u64) -> ServerMessage {
        ServerMessage {
            seq: self.seq,
            client_seq: self.client_seq,
            interaction_count,
            sim_step: self.sim_step,
            body,
        }
    }

    fn enqueue(&mut self, outgoing: Outgoing) {
        if self.closed {
            return;
        }
        self.queue.push_back(outgoing);
        if self.queue.len() > MAX_QUEUED {
            self.queue.clear();
            let reason =
                format!("LIMIT: {MAX_QUEUED} messages wait unread at most; read them sooner");
            self.close(CloseFrame::POLICY_VIOLATION, &reason);
        }
    }

    /// Queues a text notice with the current counters. \[12\]
    pub(super) fn notify(&mut self, message: impl Into<String>) {
        self.push_notice(Notice {
            message: message.into(),
            ..Notice::default()
        });
    }

    /// Queues a text notice that also reports the end of the simulation.
    pub(super) fn notify_stopped(&mut self, message: impl Into<String>) {
        self.push_notice(Notice {
            message: message.into(),
            stopped: true,
            ..Notice::default()
        });
    }

    pub(super) fn push_notice(&mut self, notice: Notice) {
        self.push(Body::Notice(notice), self.interaction_count, None);
    }

    /// Reports a message that violates the protocol.
    pub(super) fn refuse(&mut self, violation: &Violation) {
        self.notify(format!("PROTO_VIOLATION: {violation}"));
    }

    /// Reports data that cannot be decoded, at most once per second. \[2\]
    pub(super) fn reject(&mut self, violation: &Violation, now: Duration) {
        let due = self.last_rejection.map(|last| last + REJECTION_INTERVAL);
        if due.is_none_or(|due| now >= due) {
            self.last_rejection = Some(now);
            self.refuse(violation);
        }
    }

    /// Queues a notice with the reason and then the close frame; nothing follows it.
    pub(super) fn close(&mut self, code: u16, reason: &str) {
        if !self.closed {
            self.notify(reason);
            let reason = reason.to_owned();
            self.enqueue(Outgoing::Close(CloseFrame { code, reason }));
            self.closed = true;
        }
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    pub(super) fn pop(&mut self) -> Option<Outgoing> {
        self.queue.pop_front()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }

    pub(super) fn statistics(&self) -> LinkStatistics {
        self.statistics
    }
}
