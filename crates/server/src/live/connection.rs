//! WebSocket connection of a live run.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::Message;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::task::block_in_place;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval, sleep_until};

use super::control::Control;
use super::error::LiveError;
use super::message;
use super::outbox::{Outbox, Outgoing};
use super::pack::Packing;
use super::run::Run;
use super::session::{Action, LiveSession};
use crate::connection::becomes_true;
use crate::rate_limiter::RateLimiter;
use crate::session::CloseFrame;
use crate::socket::{Socket, SocketEvent};
use crate::state::AppState;

/// Longer texts take long to read, bytes.
const LONG_TEXT: usize = 16 << 10;

/// Time from the metadata to the start of a run.
const START_TIMEOUT: Duration = Duration::from_secs(600);

/// WebSocket connection of a live run.
pub(super) struct LiveConnection {
    state: Arc<AppState>,
    socket: Socket,
    session: LiveSession,
    control: Arc<Control>,
    outbox: Arc<Outbox>,
    rate_limiter: RateLimiter,
    permit: Arc<OwnedSemaphorePermit>,
    /// Time by which the run is to begin.
    deadline: Option<Instant>,
    /// Time from which the client has taken nothing, while a message is being sent.
    blocked_since: Option<Instant>,
    second: Interval,
    stopping: watch::Receiver<bool>,
}

/// End of a connection.
enum End {
    /// The last message has been sent.
    Complete,
    /// An error is to be sent.
    Fail(LiveError),
    /// The client has left.
    Disconnected,
}

/// An event of a connection.
enum Next {
    Socket(SocketEvent),
    /// Something may be sent or read.
    Changed,
    Second,
    Blocked,
    /// The run should have begun.
    Late,
    Stopping,
}

impl LiveConnection {
    pub(super) fn new(
        socket: Socket,
        every_frame: bool,
        permit: OwnedSemaphorePermit,
        state: Arc<AppState>,
    ) -> LiveConnection {
        let rate = state.limits.session.messages_per_second;
        let mut second = interval(Duration::from_secs(1));
        second.set_missed_tick_behavior(MissedTickBehavior::Delay);
        LiveConnection {
            session: LiveSession::new(state.limits.live),
            control: Arc::default(),
            outbox: Arc::new(Outbox::new(every_frame)),
            rate_limiter: RateLimiter::new(rate, state.clock.now()),
            permit: Arc::new(permit),
            deadline: Some(Instant::now() + state.limits.handshake_timeout),
            blocked_since: None,
            second,
            stopping: state.stopping(),
            state,
            socket,
        }
    }

    /// Runs the connection until one side closes it.
    pub(super) async fn run(mut self) {
        let end = self.run_until_end().await;
        // The engine ends at once, whoever ends the connection. [14]
        self.control.stop();
        match end {
            End::Disconnected => {}
            End::Complete => {
                let (code, reason) = (CloseFrame::NORMAL, String::new());
                self.socket.close(CloseFrame { code, reason }).await;
            }
            End::Fail(error) => refuse(self.socket, &self.state, &error).await,
        }
    }

    async fn run_until_end(&mut self) -> End {
        loop {
            if let Some(end) = self.send_ready() {
                return end;
            }
            match self.next().await {
                Next::Changed => {}
                Next::Second if self.socket.is_alive() => {}
                Next::Second => return End::Disconnected,
                Next::Blocked => return End::Fail(LiveError::Blocked),
                Next::Late => return End::Fail(LiveError::Late),
                Next::Stopping => return End::Fail(LiveError::Stopping),
                Next::Socket(event) => {
                    if let Some(end) = self.on_event(event) {
                        return end;
                    }
                }
            }
        }
    }

    async fn next(&mut self) -> Next {
        let is_sending = self.socket.is_sending();
        let reads = !self.outbox.is_full();
        let blocked = self
            .blocked_since
            .map(|since| since + self.state.limits.write_timeout);
        tokio::select! {
            event = self.socket.next(reads) => Next::Socket(event),
            () = self.outbox.filled.notified(), if !is_sending => Next::Changed,
            _ = self.second.tick() => Next::Second,
            () = until(blocked) => Next::Blocked,
            () = until(self.deadline) => Next::Late,
            () = becomes_true(&mut self.stopping) => Next::Stopping,
        }
    }

    fn on_event(&mut self, event: SocketEvent) -> Option<End> {
        let action = match event {
            SocketEvent::Sent => {
                self.blocked_since = None;
                return None;
            }
            SocketEvent::Text(text) => self.on_text(&text),
            SocketEvent::Message(_) => self.session.on_binary(),
            SocketEvent::Unreadable(frame) if frame.code == CloseFrame::MESSAGE_TOO_BIG => {
                let limit = self.state.limits.live.message_bytes;
                Action::Fail(LiveError::MessageBytes(limit))
            }
            SocketEvent::Unreadable(CloseFrame { code, reason }) => {
                Action::Fail(LiveError::Protocol { code, reason })
            }
            SocketEvent::Disconnected => return Some(End::Disconnected),
        };
        self.execute(action)
    }

    /// Handles a text within the rate limit; one that may take long, beside the other tasks of the thread.
    fn on_text(&mut self, text: &str) -> Action {
        let now = self.state.clock.now();
        if !self.rate_limiter.admits(None, text.len(), now) {
            return Action::Fail(LiveError::Rate(self.rate_limiter.reason()));
        }
        if self.session.has_started() && text.len() < LONG_TEXT {
            return self.session.on_text(text);
        }
        let action = block_in_place(|| self.session.on_text(text));
        self.deadline = match &action {
            Action::Send(_) => Some(Instant::now() + START_TIMEOUT),
            _ if self.session.has_started() => None,
            _ => self.deadline,
        };
        action
    }

    fn execute(&mut self, action: Action) -> Option<End> {
        match action {
            Action::Send(text) => self.outbox.push(Outgoing::Message(text)),
            Action::Complete(text) => self.outbox.push(Outgoing::Complete(text)),
            Action::Command(command) => {
                if let Err(error) = self.control.send(command) {
                    self.warn(&error);
                }
            }
            Action::Stop => self.control.stop(),
            Action::Ignore => {}
            Action::Warn(error) => self.warn(&error),
            Action::Fail(error) => return Some(End::Fail(error)),
            Action::Pack(request) => {
                let packing = Packing {
                    request,
                    control: Arc::clone(&self.control),
                    outbox: Arc::clone(&self.outbox),
                    state: Arc::clone(&self.state),
                    _permit: Arc::clone(&self.permit),
                };
                return packing.spawn().err().map(End::Fail);
            }
            Action::Start(world, start) => {
                let run = Run {
                    world,
                    start,
                    control: Arc::clone(&self.control),
                    outbox: Arc::clone(&self.outbox),
                    state: Arc::clone(&self.state),
                    _permit: Arc::clone(&self.permit),
                };
                return run.spawn().err().map(End::Fail);
            }
        }
        None
    }

    /// Sends an error that the run outlives.
    fn warn(&self, error: &LiveError) {
        let message = message::error(&error.to_string());
        self.outbox.push(Outgoing::Message(message));
    }

    /// Sends what is ready, until the socket takes no more.
    fn send_ready(&mut self) -> Option<End> {
        while !self.socket.is_sending() {
            let outgoing = self.outbox.pop()?;
            match outgoing {
                Outgoing::Frame(text) | Outgoing::Message(text) => self.start(text),
                Outgoing::Complete(text) => {
                    self.start(text);
                    return Some(End::Complete);
                }
                Outgoing::Fail(error) => return Some(End::Fail(error)),
            }
        }
        self.blocked_since.get_or_insert_with(Instant::now);
        None
    }

    fn start(&mut self, text: String) {
        self.state.metrics.count_sent(text.len());
        self.socket.start(Message::Text(text.into()));
    }
}

/// Sends an error, then closes the socket. [18]
pub(super) async fn refuse(mut socket: Socket, state: &AppState, error: &LiveError) {
    state.metrics.count_refusal(error.keyword());
    let reason = error.to_string();
    while socket.is_sending() {
        match tokio::time::timeout(crate::socket::CLOSE_TIMEOUT, socket.next(false)).await {
            Ok(SocketEvent::Sent) => {}
            _ => return,
        }
    }
    socket.start(Message::Text(message::error(&reason).into()));
    let code = error.code();
    socket.close(CloseFrame { code, reason }).await;
}

/// Waits until a time; forever without one.
async fn until(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => pending().await,
    }
}
