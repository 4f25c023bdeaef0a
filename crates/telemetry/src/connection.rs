//! Connection of one client: its subscriptions, its answers and its events, without a socket.

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::Value;

use crate::answer::Answer;
use crate::command::{Command, CommandError};
use crate::event_kind::EventKind;
use crate::message::{ClientMessage, MessageError, Past};
use crate::published::Published;
use crate::queue::Queue;
use crate::rate_limit::RateLimit;
use crate::replay::{Page, Replay};
use crate::shared_event::SharedEvent;
use crate::subscriptions::{Subscriptions, kinds_of, unknown};
use crate::timestamp::Moment;

/// Number of answers that wait for a client from which on its messages are not read.
pub const MAX_ANSWERS: usize = 64;

/// Maximum number of replays that wait for a client.
pub const MAX_REPLAYS: usize = 8;

/// Limits of one client. \[25\]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientLimits {
    /// Size of a message, bytes.
    pub message_bytes: usize,
    /// Messages per second.
    pub messages_per_second: u32,
}

impl Default for ClientLimits {
    fn default() -> ClientLimits {
        ClientLimits {
            message_bytes: 64 << 10,
            messages_per_second: 200,
        }
    }
}

/// Message that is to be sent to a client.
#[derive(Clone, Debug)]
pub enum Outgoing {
    /// An answer, as JSON.
    Answer(String),
    /// An event, and the number of events dropped before it.
    Event(Arc<SharedEvent>, u64),
}

/// Connection of one client. Answers are sent before past events, these before new ones.
///
/// Bounded: at most [`MAX_ANSWERS`] answers, [`MAX_REPLAYS`] replays of which one page is in memory, and the
/// events of a [`Queue`].
#[derive(Debug)]
pub struct Connection {
    limits: ClientLimits,
    rate: RateLimit,
    may_command: bool,
    subscriptions: Subscriptions,
    answers: VecDeque<String>,
    replays: VecDeque<Replay>,
    next_replay: u64,
    /// Number of the replay whose next page is being read.
    reading: Option<u64>,
    replayed: VecDeque<Arc<SharedEvent>>,
    queue: Queue,
}

impl Connection {
    /// A new client of a training; it is subscribed to nothing. \[1\] \[2\]
    pub fn new(
        client_id: &str,
        may_command: bool,
        published: &Published,
        limits: ClientLimits,
        now: Moment,
    ) -> Connection {
        let mut connection = Connection {
            limits,
            rate: RateLimit::new(limits.messages_per_second, now.elapsed),
            may_command,
            subscriptions: Subscriptions::default(),
            answers: VecDeque::new(),
            replays: VecDeque::new(),
            next_replay: 0,
            reading: None,
            replayed: VecDeque::new(),
            queue: Queue::default(),
        };
        let training = published.name();
        let established = Answer::ConnectionEstablished {
            client_id,
            training,
        };
        connection.answer(&established, now);
        connection
    }

    /// Whether the client receives events of this type.
    pub fn wants(&self, kind: EventKind) -> bool {
        self.subscriptions.kinds().contains(kind)
    }

    /// Whether messages of the client may be read: not while too many answers wait for it.
    pub fn reads(&self) -> bool {
        self.answers.len() < MAX_ANSWERS
    }

    /// Queues a new event, if the client has subscribed to its type.
    pub fn on_event(&mut self, event: &Arc<SharedEvent>) {
        if self.wants(event.kind()) {
            self.queue.push(Arc::clone(event));
        }
    }

    /// Queues the number of clients. \[16\]
    pub fn on_active_connections(&mut self, active_connections: usize, now: Moment) {
        if self.reads() {
            self.answer(&Answer::SystemInfo { active_connections }, now);
        }
    }

    /// Moves the client to another training: its subscriptions stay, its replays end. \[27\]
    pub fn move_to(&mut self, published: &Published, now: Moment) {
        self.replays.clear();
        self.replayed.clear();
        self.reading = None;
        if self.reads() {
            let training = published.name();
            self.answer(&Answer::TrainingChanged { training }, now);
        }
    }

    /// Handles a binary frame of the client.
    pub fn on_binary(&mut self, now: Moment) {
        if self.admits(now) {
            self.error(&MessageError::Binary, now);
        }
    }

    /// Handles a text frame of the client.
    pub fn on_text(&mut self, text: &str, published: &Published, now: Moment) {
        if !self.admits(now) {
            return;
        }
        let max_bytes = self.limits.message_bytes;
        let message = match text.len() <= max_bytes {
            true => ClientMessage::parse(text),
            false => Err(MessageError::TooLarge(max_bytes)),
        };
        let handled = message.and_then(|message| self.on_message(&message, published, now));
        if let Err(error) = handled {
            self.error(&error, now);
        }
    }

    /// Answers with an error. \[9\]
    pub fn error(&mut self, error: &MessageError, now: Moment) {
        let answer = Answer::Error {
            error_code: error.code(),
            message: error.to_string(),
        };
        self.answer(&answer, now);
    }

    /// The next message to send.
    pub fn next_outgoing(&mut self) -> Option<Outgoing> {
        if let Some(answer) = self.answers.pop_front() {
            return Some(Outgoing::Answer(answer));
        }
        if let Some(event) = self.replayed.pop_front() {
            return Some(Outgoing::Event(event, 0));
        }
        if !self.replays.is_empty() {
            return None;
        }
        let (event, dropped) = self.queue.pop()?;
        Some(Outgoing::Event(event, dropped))
    }

    /// The replay whose next page is to be read, once. Its page goes to [`Connection::on_page`].
    pub fn wanted_replay(&mut self) -> Option<Replay> {
        if self.reading.is_some() || !self.replayed.is_empty() {
            return None;
        }
        let replay = *self.replays.front()?;
        self.reading = Some(replay.number);
        Some(replay)
    }

    /// Takes the next page of a replay.
    pub fn on_page(&mut self, page: Page) {
        if self.reading != Some(page.number) {
            return; // The client was moved meanwhile.
        }
        self.reading = None;
        let kinds = self.subscriptions.kinds();
        let events = page.events.into_iter();
        self.replayed
            .extend(events.filter(|event| kinds.contains(event.kind())));
        match (page.rest, self.replays.front_mut()) {
            (Some(rest), Some(replay)) => *replay = rest,
            _ => drop(self.replays.pop_front()),
        }
    }

    /// Whether a message may arrive now.
    fn admits(&mut self, now: Moment) -> bool {
        let is_admitted = self.rate.admits(now.elapsed);
        if !is_admitted && self.rate.is_error_due(now.elapsed) {
            self.error(&MessageError::TooMany(self.rate.per_second()), now);
        }
        is_admitted
    }

    fn on_message(
        &mut self,
        message: &ClientMessage,
        published: &Published,
        now: Moment,
    ) -> Result<(), MessageError> {
        match message {
            ClientMessage::Subscribe { events, past } => {
                self.subscribe(events, *past, published, now)?;
            }
            ClientMessage::Unsubscribe { events } => self.unsubscribe(events, now),
            ClientMessage::Ping { timestamp } => {
                let pong = Answer::Pong {
                    client_timestamp: timestamp,
                    server_timestamp: now.timestamp(),
                };
                self.answer(&pong, now);
            }
            ClientMessage::Command { command, args } => {
                let result = self.command(command, args, published);
                let (status, message) = match result {
                    Ok(()) => ("acknowledged", "the trainer gets it".to_owned()),
                    Err(error) => ("rejected", error.to_string()),
                };
                let answer = Answer::CommandReceived {
                    command,
                    status,
                    message,
                };
                self.answer(&answer, now);
            }
        }
        Ok(())
    }

    fn subscribe(
        &mut self,
        events: &[String],
        past: Past,
        published: &Published,
        now: Moment,
    ) -> Result<(), MessageError> {
        if past != Past::None && self.replays.len() >= MAX_REPLAYS {
            let text = format!("{MAX_REPLAYS} replays at most at a time; read these first");
            return Err(MessageError::Processing(text));
        }
        self.subscriptions.add(events)?;
        let (number, kinds) = (self.next_replay, kinds_of(events.iter()));
        let (replay, missed) = match past {
            Past::None => (None, None),
            Past::Last(count) => (Some(published.last(number, count, kinds)), None),
            Past::After(after) => {
                let (replay, missed) = published.since(number, after, kinds);
                (Some(replay), Some(missed))
            }
        };
        let is_empty = |replay: &Replay| replay.kinds.is_empty() || replay.after >= replay.until;
        if let Some(replay) = replay.filter(|replay| !is_empty(replay)) {
            self.next_replay += 1;
            self.replays.push_back(replay);
        }
        let answer = Answer::Subscribed {
            events,
            all_subscriptions: self.subscriptions.names(),
            unknown: unknown(events),
            missed,
            newest_event_id: published.newest_id(),
        };
        let json = answer.to_json(now);
        self.answers.extend(json.ok());
        Ok(())
    }

    fn unsubscribe(&mut self, events: &[String], now: Moment) {
        self.subscriptions.remove(events);
        let kinds = kinds_of(events.iter());
        self.queue.remove(kinds);
        self.replayed.retain(|event| !kinds.contains(event.kind()));
        let answer = Answer::Unsubscribed {
            events,
            remaining_subscriptions: self.subscriptions.names(),
        };
        let json = answer.to_json(now);
        self.answers.extend(json.ok());
    }

    fn command(&self, name: &str, args: &Value, published: &Published) -> Result<(), CommandError> {
        let command = Command::parse(name, args)?;
        if !self.may_command {
            return Err(CommandError::Forbidden);
        }
        published.command(command)
    }

    fn answer(&mut self, answer: &Answer<'_>, now: Moment) {
        // Answers have texts and whole numbers only, which JSON can express.
        self.answers.extend(answer.to_json(now).ok());
    }
}
