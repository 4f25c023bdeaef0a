//! A WebSocket that sends one message at a time.

use std::error::Error;
use std::future::poll_fn;
use std::iter::successors;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::ws::{self, Message, Utf8Bytes, WebSocket};
use futures_util::{Sink, Stream};
use tokio::time::timeout;
use tungstenite::Error as WebSocketError;
use tungstenite::error::{CapacityError, ProtocolError};

use super::state::AppState;
use crate::session::message::{Body, Notice, ServerMessage};
use crate::session::{CloseFrame, wire};

/// Time that a client gets to answer a close frame.
pub(super) const CLOSE_TIMEOUT: Duration = Duration::from_secs(3);

/// Maximum length of the reason in a close frame (RFC 6455, 5.5), bytes.
const MAX_REASON: usize = 123;

/// An event of a socket.
#[derive(Debug)]
pub(super) enum SocketEvent {
    /// The last message was sent.
    Sent,
    /// A binary message has arrived.
    Message(Bytes),
    /// A text message has arrived.
    Text(Utf8Bytes),
    /// The input is too large or violates RFC 6455 and cannot be read on. The frame to close with.
    Unreadable(CloseFrame),
    /// The client has disconnected.
    Disconnected,
}

/// The server's end of a WebSocket.
pub(super) struct Socket {
    inner: WebSocket,
    state: Arc<AppState>,
    /// Whether a message is being sent.
    sending: bool,
    /// Whether the client has sent a close frame; then only the answer to it is sent.
    closed: bool,
    /// Time of the last input.
    last_received: Duration,
    /// Time of the last ping.
    last_ping: Duration,
    /// Sequence number of the last message.
    seq: u64,
}

impl Socket {
    pub(super) fn new(inner: WebSocket, state: Arc<AppState>) -> Socket {
        let now = state.clock.now();
        Socket {
            inner,
            state,
            sending: false,
            closed: false,
            last_received: now,
            last_ping: now,
            seq: 0,
        }
    }

    /// Whether a message is being sent; then no other can be.
    pub(super) fn is_sending(&self) -> bool {
        self.sending
    }

    /// The next event; input is only read if `reads`. Cancel safe.
    pub(super) async fn next(&mut self, reads: bool) -> SocketEvent {
        poll_fn(|context| self.poll(context, reads)).await
    }

    fn poll(&mut self, context: &mut Context<'_>, reads: bool) -> Poll<SocketEvent> {
        loop {
            if self.sending {
                match Pin::new(&mut self.inner).poll_flush(context) {
                    Poll::Ready(Ok(())) if !self.closed => {
                        self.sending = false;
                        return Poll::Ready(SocketEvent::Sent);
                    }
                    Poll::Ready(_) => return Poll::Ready(SocketEvent::Disconnected),
                    Poll::Pending => {}
                }
            }
            if !reads {
                return Poll::Pending;
            }
            let Poll::Ready(message) = Pin::new(&mut self.inner).poll_next(context) else {
                return Poll::Pending;
            };
            self.last_received = self.state.clock.now();
            let event = match message {
                Some(Ok(Message::Binary(bytes))) => {
                    self.state.metrics.count_received(bytes.len());
                    SocketEvent::Message(bytes)
                }
                Some(Ok(Message::Text(text))) => {
                    self.state.metrics.count_received(text.len());
                    SocketEvent::Text(text)
                }
                // tungstenite has queued the pong.
                Some(Ok(Message::Ping(_))) => {
                    self.sending = true;
                    continue;
                }
                // Likewise the answer to the close frame. [32]
                Some(Ok(Message::Close(_))) => {
                    (self.sending, self.closed) = (true, true);
                    continue;
                }
                Some(Ok(Message::Pong(_))) => continue,
                Some(Err(error)) => self.unreadable(&error),
                None => SocketEvent::Disconnected,
            };
            return Poll::Ready(event);
        }
    }

    fn unreadable(&self, error: &axum::Error) -> SocketEvent {
        let mut causes = successors(Some(error as &(dyn Error + 'static)), |error| {
            (*error).source()
        });
        let (code, reason) = match causes.find_map(|cause| cause.downcast_ref()) {
            Some(
                WebSocketError::Io(_)
                | WebSocketError::Protocol(ProtocolError::ResetWithoutClosingHandshake),
            ) => return SocketEvent::Disconnected,
            Some(WebSocketError::Capacity(CapacityError::MessageTooLong { .. })) => {
                let limit = self.state.limits.session.message_bytes;
                let reason =
                    format!("LIMIT: a message has {limit} bytes at most; send smaller ones");
                (CloseFrame::MESSAGE_TOO_BIG, reason)
            }
            Some(WebSocketError::Utf8(_)) => (CloseFrame::INVALID_PAYLOAD, violation(error)),
            _ => (CloseFrame::PROTOCOL_ERROR, violation(error)),
        };
        SocketEvent::Unreadable(CloseFrame { code, reason })
    }

    /// Starts to send a message of the session. Not allowed while another is being sent.
    pub(super) fn send(&mut self, seq: u64, bytes: Bytes) {
        self.seq = self.seq.max(seq);
        self.state.metrics.count_sent(bytes.len());
        self.start(Message::Binary(bytes));
    }

    /// Starts to send. Most messages are sent before this returns; an error is the next event.
    pub(super) fn start(&mut self, message: Message) {
        let mut context = Context::from_waker(Waker::noop());
        let started = Pin::new(&mut self.inner).start_send(message);
        let flushed = Pin::new(&mut self.inner).poll_flush(&mut context);
        self.sending = started.is_err() || !matches!(flushed, Poll::Ready(Ok(())));
    }

    /// Sends a ping after an interval without input, and returns false after a second one without input. Call
    /// it about once a second.
    pub(super) fn is_alive(&mut self) -> bool {
        let (now, interval) = (self.state.clock.now(), self.state.limits.ping_interval);
        if now.saturating_sub(self.last_received) < interval {
            return true;
        }
        if self.last_ping > self.last_received {
            return now.saturating_sub(self.last_ping) < interval;
        }
        self.last_ping = now;
        if !self.sending {
            self.start(Message::Ping(Bytes::new()));
        }
        true
    }

    /// Sends a notice outside of a session.
    async fn notify(&mut self, text: &str) {
        self.flush().await;
        let notice = Notice {
            message: text.to_owned(),
            ..Notice::default()
        };
        let message = ServerMessage {
            seq: self.seq + 1,
            client_seq: None,
            interaction_count: 0,
            sim_step: 0,
            body: Body::Notice(notice),
        };
        self.send(message.seq, wire::encode(&message));
    }

    /// Sends a notice with the reason, then closes the socket.
    pub(super) async fn refuse(mut self, code: u16, reason: &str) {
        self.state.metrics.count_refusal(reason);
        self.notify(reason).await;
        let reason = reason.to_owned();
        self.close(CloseFrame { code, reason }).await;
    }

    /// Sends a close frame after the last message, and waits for the answer.
    pub(super) async fn close(mut self, frame: CloseFrame) {
        let closing = async {
            self.flush().await;
            self.start(Message::Close(Some(ws::CloseFrame {
                code: frame.code,
                reason: truncated(&frame.reason).into(),
            })));
            self.flush().await;
            while let Some(Ok(_)) =
                poll_fn(|context| Pin::new(&mut self.inner).poll_next(context)).await
            {}
        };
        let _ = timeout(CLOSE_TIMEOUT, closing).await;
    }

    async fn flush(&mut self) {
        if self.sending {
            let _ = poll_fn(|context| Pin::new(&mut self.inner).poll_flush(context)).await;
            self.sending = false;
        }
    }
}

/// The reason to close after input that violates RFC 6455.
fn violation(error: &axum::Error) -> String {
    format!("PROTO_VIOLATION: {error}")
}

/// The part of a reason that fits in a close frame.
fn truncated(reason: &str) -> &str {
    let mut end = reason.len().min(MAX_REASON);
    while !reason.is_char_boundary(end) {
        end -= 1;
    }
    &reason[..end]
}
