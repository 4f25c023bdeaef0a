//! What every conversation has: numbered messages, acknowledgements, counters, and things to say.

use std::collections::VecDeque;
use std::time::Duration;

use super::message::{Body, ClientMessage, Closing, Notice, Outgoing, ServerMessage};
use super::refusal::Violation;

/// So many messages of the server may be without acknowledgement; then it waits. \[30\]
pub const UNACKNOWLEDGED: u64 = 10;

/// Messages that may wait to be sent; see [`Conversation::say`].
const MOST_WAITING: usize = 256;

/// The least time between two complaints about messages that cannot be read. \[2\]
const BETWEEN_COMPLAINTS: Duration = Duration::from_secs(1);

/// What a server allows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Atoms in a private session.
    pub atoms: usize,
    /// Size of a message, bytes.
    pub message_bytes: usize,
    /// Messages per second of one client, besides acknowledgements of what was sent to it.
    pub messages_per_second: u32,
    /// Frames per second to one reader of a room, and of a structure that has converged.
    pub max_rate: f64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            atoms: 10_000,
            message_bytes: 16 << 20,
            messages_per_second: 200,
            max_rate: 60.0,
        }
    }
}

/// How well a client is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Link {
    /// Frames sent.
    pub frames: u64,
    /// From sending the last acknowledged message to its acknowledgement.
    pub latency: Option<Duration>,
}

/// Numbers, acknowledgements and counters of one connection, and what waits to be said.
#[derive(Debug, Default)]
pub(super) struct Conversation {
    seq: u64,
    client_seq: Option<u64>,
    ack: u64,
    /// When messages were sent that are not acknowledged, the oldest first.
    sent: VecDeque<(u64, Duration)>,
    /// The message at which the stream paused, while it does.
    waiting_at: Option<u64>,
    /// The highest count of interactions that was heard.
    pub(super) interactions: u64,
    /// The simulation step.
    pub(super) sim_step: u64,
    complained: Option<Duration>,
    outgoing: VecDeque<Outgoing>,
    closed: bool,
    link: Link,
}

impl Conversation {
    /// Takes note of a message: its number, its acknowledgement, its counters. \[4, 7, 8\]
    pub(super) fn hear(&mut self, message: &ClientMessage, now: Duration) {
        self.client_seq = self.client_seq.max(Some(message.seq));
        self.interactions = self.interactions.max(message.interaction_count);
        if let Some(ack) = message.ack {
            self.acknowledge(ack, now);
        }
    }

    /// An acknowledgement above the last number is valid until that has come past it. \[8\]
    fn acknowledge(&mut self, ack: u64, now: Duration) {
        self.ack = self.ack.max(ack);
        while let Some((seq, time)) = self.sent.front().copied()
            && seq <= self.ack
        {
            self.link.latency = Some(now.saturating_sub(time));
            self.sent.pop_front();
        }
        if self.waiting_at.is_some_and(|seq| self.ack >= seq) {
            self.waiting_at = None;
            self.notify("ACK_CLEARED"); // [31]
        }
    }

    /// Whether a frame of a stream may be sent; where not, says so once. \[30\]
    pub(super) fn is_open(&mut self) -> bool {
        if self.waiting_at.is_none() && self.seq.saturating_sub(self.ack) >= UNACKNOWLEDGED {
            self.waiting_at = Some(self.seq);
            // This notice repeats the number of the message that it waits for. [6]
            let body = Body::Notice(Notice {
                message: "WAITING_FOR_ACK".to_owned(),
                ..Notice::default()
            });
            let message = self.message(body, self.interactions);
            self.put(Outgoing::Message(message));
        }
        self.waiting_at.is_none()
    }

    /// Whether a stream waits for an acknowledgement.
    pub(super) fn is_waiting(&self) -> bool {
        self.waiting_at.is_some()
    }

    /// The number of the last message.
    pub(super) fn seq(&self) -> u64 {
        self.seq
    }

    /// Says something that answers so many interactions, under the next number. \[6\]
    ///
    /// At most [`MOST_WAITING`] messages wait to be sent. Whoever lets more wait does not read, and what
    /// it has missed cannot be made up for: the conversation ends.
    pub(super) fn say(&mut self, body: Body, interactions: u64, now: Option<Duration>) {
        self.seq += 1;
        if let Body::Frame(..) = body {
            self.link.frames += 1;
        }
        if let Some(now) = now {
            self.sent.push_back((self.seq, now));
            // What is not acknowledged for so long says nothing of latency any more.
            if self.sent.len() > MOST_WAITING {
                self.sent.pop_front();
            }
        }
        let message = self.message(body, interactions);
        self.put(Outgoing::Message(message));
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

    fn put(&mut self, outgoing: Outgoing) {
        if self.closed {
            return;
        }
        self.outgoing.push_back(outgoing);
        if self.outgoing.len() > MOST_WAITING {
            self.outgoing.clear();
            self.close(Closing::POLICY, "LIMIT: messages wait unread");
        }
    }

    /// Says something in words, with the counters as they are. \[12\]
    pub(super) fn notify(&mut self, message: impl Into<String>) {
        self.notice(Notice {
            message: message.into(),
            ..Notice::default()
        });
    }

    /// Says in words that the simulation has stopped.
    pub(super) fn notify_stopped(&mut self, message: impl Into<String>) {
        self.notice(Notice {
            message: message.into(),
            stopped: true,
            ..Notice::default()
        });
    }

    pub(super) fn notice(&mut self, notice: Notice) {
        self.say(Body::Notice(notice), self.interactions, None);
    }

    /// Says that a message broke the protocol.
    pub(super) fn refuse(&mut self, violation: &Violation) {
        self.notify(format!("PROTO_VIOLATION: {violation}"));
    }

    /// As [`Conversation::refuse`], of what cannot even be read: once per second at most. \[2\]
    pub(super) fn complain(&mut self, violation: &Violation, now: Duration) {
        let due = self.complained.map(|last| last + BETWEEN_COMPLAINTS);
        if due.is_none_or(|due| now >= due) {
            self.complained = Some(now);
            self.refuse(violation);
        }
    }

    /// Names the rule or the limit in a notice, then ends the conversation; nothing is said after it.
    pub(super) fn close(&mut self, code: u16, reason: &str) {
        if !self.closed {
            self.notify(reason);
            let reason = reason.to_owned();
            self.put(Outgoing::Close(Closing { code, reason }));
            self.closed = true;
        }
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    pub(super) fn poll(&mut self) -> Option<Outgoing> {
        self.outgoing.pop_front()
    }

    pub(super) fn has_nothing_to_say(&self) -> bool {
        self.outgoing.is_empty()
    }

    pub(super) fn link(&self) -> Link {
        self.link
    }
}

/// The time between frames of so many per second; at most a quarter of an hour.
pub(super) fn interval_of(rate: f64) -> Duration {
    Duration::from_secs_f64(1.0 / rate.clamp(1e-3, 1e6))
}
