//! A WebSocket connection and its session: the part that private sessions and rooms share.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use tokio::sync::watch;
use tokio::task::block_in_place;
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::rate_limiter::RateLimiter;
use super::socket::{Socket, SocketEvent};
use super::state::AppState;
use crate::session::message::ClientMessage;
use crate::session::{CloseFrame, Session, Violation, wire};

/// Size from which on decoding a message would delay other tasks, bytes.
const LARGE_MESSAGE: usize = 64 << 10;

/// A WebSocket connection and its session.
pub(super) struct Connection<S> {
    pub(super) state: Arc<AppState>,
    pub(super) socket: Socket,
    pub(super) session: S,
    rate_limiter: RateLimiter,
    second: Interval,
    stopping: watch::Receiver<bool>,
    closing: bool,
}

/// An event of a connection.
pub(super) enum ConnectionEvent {
    /// A message for the session, within the limits.
    Message(Box<ClientMessage>),
    /// An event that the connection has handled.
    Handled,
    /// A second has passed.
    Second,
    /// The client has disconnected.
    Disconnected,
}

impl<S: Session> Connection<S> {
    pub(super) fn new(socket: Socket, session: S, state: Arc<AppState>) -> Connection<S> {
        let mut second = interval(Duration::from_secs(1));
        second.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let rate = state.limits.session.messages_per_second;
        Connection {
            socket,
            session,
            rate_limiter: RateLimiter::new(rate, state.clock.now()),
            second,
            stopping: state.stopping(),
            state,
            closing: false,
        }
    }

    pub(super) fn now(&self) -> Duration {
        self.state.clock.now()
    }

    /// Whether the session is closed. Its last messages may not have been sent.
    pub(super) fn is_closing(&self) -> bool {
        self.closing
    }

    /// The next event. Cancel safe.
    pub(super) async fn next(&mut self) -> ConnectionEvent {
        tokio::select! {
            event = self.socket.next(!self.closing) => self.on_socket_event(event),
            _ = self.second.tick() => match self.socket.is_alive() {
                true => ConnectionEvent::Second,
                false => ConnectionEvent::Disconnected,
            },
            () = becomes_true(&mut self.stopping), if !self.closing => {
                self.close_if_stopping();
                ConnectionEvent::Handled
            }
        }
    }

    /// Handles an event of the socket: decodes messages and limits their rate.
    pub(super) fn on_socket_event(&mut self, event: SocketEvent) -> ConnectionEvent {
        match event {
            SocketEvent::Sent => ConnectionEvent::Handled,
            SocketEvent::Message(bytes) => self.on_bytes(&bytes),
            SocketEvent::Text(_) => self.admit(Err(Violation::Text), 0),
            SocketEvent::Unreadable(frame) => {
                self.close(frame.code, &frame.reason);
                ConnectionEvent::Handled
            }
            SocketEvent::Disconnected => ConnectionEvent::Disconnected,
        }
    }

    fn on_bytes(&mut self, bytes: &Bytes) -> ConnectionEvent {
        let decoded = match bytes.len() {
            LARGE_MESSAGE.. => block_in_place(|| wire::decode(bytes)),
            _ => wire::decode(bytes),
        };
        self.admit(decoded, bytes.len())
    }

    fn admit(
        &mut self,
        decoded: Result<ClientMessage, Violation>,
        bytes: usize,
    ) -> ConnectionEvent {
        let now = self.now();
        if !self.rate_limiter.admits(decoded.as_ref().ok(), bytes, now) {
            let reason = self.rate_limiter.reason();
            self.close(CloseFrame::POLICY_VIOLATION, &reason);
            return ConnectionEvent::Handled;
        }
        match decoded {
            Ok(message) => ConnectionEvent::Message(Box::new(message)),
            Err(violation) => {
                self.session.on_invalid(&violation, now);
                ConnectionEvent::Handled
            }
        }
    }

    /// Starts to send a message of the session.
    pub(super) fn send(&mut self, seq: u64, bytes: Bytes) {
        self.rate_limiter.on_sent(seq);
        self.socket.send(seq, bytes);
    }

    /// Closes the session if the server stops.
    pub(super) fn close_if_stopping(&mut self) {
        if *self.stopping.borrow() {
            let reason = "SERVER_STOPPING: the server is being shut down";
            self.close(CloseFrame::GOING_AWAY, reason);
        }
    }

    /// Closes the session, unless it is closed already.
    pub(super) fn close(&mut self, code: u16, reason: &str) {
        if !self.closing {
            self.closing = true;
            self.state.metrics.count_refusal(reason);
            self.session.close(code, reason);
        }
    }
}

/// Waits until a flag is true.
pub(super) async fn becomes_true(flag: &mut watch::Receiver<bool>) {
    let _ = flag.wait_for(|value| *value).await;
}
