//! A WebSocket with at most one message on its way out.

use std::error::Error;
use std::future::poll_fn;
use std::iter::successors;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::{Sink, Stream};
use tokio::time::timeout;
use tungstenite::Error as WebSocketError;
use tungstenite::error::{CapacityError, ProtocolError};

use super::house::House;
use crate::session::message::{Body, Closing, Notice, ServerMessage};
use crate::session::wire;

/// So long a client may take to hear the end of a conversation and to say goodbye itself.
const GOODBYE: Duration = Duration::from_secs(3);

/// The other side does not speak WebSocket (RFC 6455, 7.4.1).
const PROTOCOL_ERROR: u16 = 1002;

/// A text is not in UTF-8 (RFC 6455, 7.4.1).
const INVALID_DATA: u16 = 1007;

/// Longer reasons do not fit in a close frame (RFC 6455, 5.5).
const LONGEST_REASON: usize = 123;

/// What happens at a socket.
#[derive(Debug)]
pub(super) enum Occurrence {
    /// What was on its way has gone.
    Sent,
    /// A binary message has come.
    Message(Bytes),
    /// A text message has come.
    #[cfg_attr(
        not(test),
        expect(
            dead_code,
            reason = "only the echo of the conformance test repeats the text"
        )
    )]
    Text(Utf8Bytes),
    /// What has come cannot be read, nor anything behind it: it is larger than allowed, or not of the
    /// form of a WebSocket. How the conversation is to end.
    Unreadable(Closing),
    /// The other side has gone.
    Gone,
}

/// One end of a conversation.
pub(super) struct Socket {
    inner: WebSocket,
    house: Arc<House>,
    sending: bool,
    /// Whether the other side has sent a close frame; then all that is sent is the answer to it.
    closed: bool,
    /// When the other side gave a sign of life, and when it was last asked for one.
    heard: Duration,
    asked: Duration,
    /// The number of the last message that was sent.
    sent: u64,
}

impl Socket {
    pub(super) fn new(inner: WebSocket, house: Arc<House>) -> Socket {
        let now = house.clock.now();
        Socket {
            inner,
            house,
            sending: false,
            closed: false,
            heard: now,
            asked: now,
            sent: 0,
        }
    }

    /// Whether a message is on its way; then no other can be sent.
    pub(super) fn is_sending(&self) -> bool {
        self.sending
    }

    /// What happens next; messages are only taken if `listens`. May be dropped at any time.
    pub(super) async fn next(&mut self, listens: bool) -> Occurrence {
        poll_fn(|context| self.poll(context, listens)).await
    }

    fn poll(&mut self, context: &mut Context<'_>, listens: bool) -> Poll<Occurrence> {
        loop {
            if self.sending {
                match Pin::new(&mut self.inner).poll_flush(context) {
                    Poll::Ready(Ok(())) if !self.closed => {
                        self.sending = false;
                        return Poll::Ready(Occurrence::Sent);
                    }
                    Poll::Ready(_) => return Poll::Ready(Occurrence::Gone),
                    Poll::Pending => {}
                }
            }
            if !listens {
                return Poll::Pending;
            }
            let Poll::Ready(message) = Pin::new(&mut self.inner).poll_next(context) else {
                return Poll::Pending;
            };
            self.heard = self.house.clock.now();
            let occurrence = match message {
                Some(Ok(Message::Binary(bytes))) => {
                    self.house.telemetry.received(bytes.len());
                    Occurrence::Message(bytes)
                }
                Some(Ok(Message::Text(text))) => {
                    self.house.telemetry.received(text.len());
                    Occurrence::Text(text)
                }
                // The answer to a ping waits to be flushed.
                Some(Ok(Message::Ping(_))) => {
                    self.sending = true;
                    continue;
                }
                // So does the answer to a close frame. [32]
                Some(Ok(Message::Close(_))) => {
                    (self.sending, self.closed) = (true, true);
                    continue;
                }
                Some(Ok(Message::Pong(_))) => continue,
                Some(Err(error)) => self.unreadable(&error),
                None => Occurrence::Gone,
            };
            return Poll::Ready(occurrence);
        }
    }

    fn unreadable(&self, error: &axum::Error) -> Occurrence {
        let mut causes = successors(Some(error as &(dyn Error + 'static)), |error| {
            (*error).source()
        });
        let (code, reason) = match causes.find_map(|cause| cause.downcast_ref()) {
            Some(
                WebSocketError::Io(_)
                | WebSocketError::Protocol(ProtocolError::ResetWithoutClosingHandshake),
            ) => return Occurrence::Gone,
            Some(WebSocketError::Capacity(CapacityError::MessageTooLong { .. })) => {
                let most = self.house.limits.conversation.message_bytes;
                let words = format!("LIMIT: a message has {most} bytes at most");
                (Closing::TOO_BIG, words)
            }
            Some(WebSocketError::Utf8(_)) => (INVALID_DATA, violation(error)),
            _ => (PROTOCOL_ERROR, violation(error)),
        };
        Occurrence::Unreadable(Closing { code, reason })
    }

    /// Sends a message on its way. Not to be called while another one is.
    pub(super) fn send(&mut self, seq: u64, bytes: Bytes) {
        self.sent = self.sent.max(seq);
        self.house.telemetry.sent(bytes.len());
        self.start(Message::Binary(bytes));
    }

    /// Where it fails, the next occurrence says so. Mostly it has gone before anybody could wait for it.
    pub(super) fn start(&mut self, message: Message) {
        let mut nobody = Context::from_waker(Waker::noop());
        let started = Pin::new(&mut self.inner).start_send(message);
        let gone = Pin::new(&mut self.inner).poll_flush(&mut nobody);
        self.sending = started.is_err() || !matches!(gone, Poll::Ready(Ok(())));
    }

    /// Asks for a sign of life where there was none for a while; says whether there is hope, which ends
    /// when one was asked for and does not come. To be called about once a second.
    pub(super) fn is_alive(&mut self) -> bool {
        let (now, interval) = (self.house.clock.now(), self.house.limits.ping);
        if now.saturating_sub(self.heard) < interval {
            return true;
        }
        if self.asked > self.heard {
            return now.saturating_sub(self.asked) < interval;
        }
        self.asked = now;
        if !self.sending {
            self.start(Message::Ping(Bytes::new()));
        }
        true
    }

    /// Says something in words, which is counted among the messages.
    pub(super) async fn notify(&mut self, words: &str) {
        self.flush().await;
        let notice = Notice {
            message: words.to_owned(),
            ..Notice::default()
        };
        let message = ServerMessage {
            seq: self.sent + 1,
            client_seq: None,
            interaction_count: 0,
            sim_step: 0,
            body: Body::Notice(notice),
        };
        self.send(message.seq, wire::encode(&message));
    }

    /// Says why, then ends: the other side has time to hear it.
    pub(super) async fn refuse(mut self, code: u16, words: &str) {
        self.house.telemetry.refused(words);
        self.notify(words).await;
        let reason = words.to_owned();
        self.close(Closing { code, reason }).await;
    }

    /// Ends the conversation behind what was said.
    pub(super) async fn close(mut self, closing: Closing) {
        let ending = async {
            self.flush().await;
            self.start(Message::Close(Some(CloseFrame {
                code: closing.code,
                reason: shortened(&closing.reason).into(),
            })));
            self.flush().await;
            while let Some(Ok(_)) =
                poll_fn(|context| Pin::new(&mut self.inner).poll_next(context)).await
            {}
        };
        let _ = timeout(GOODBYE, ending).await;
    }

    async fn flush(&mut self) {
        if self.sending {
            let _ = poll_fn(|context| Pin::new(&mut self.inner).poll_flush(context)).await;
            self.sending = false;
        }
    }
}

fn violation(error: &axum::Error) -> String {
    format!("PROTO_VIOLATION: {error}")
}

/// As much of a reason as travels.
fn shortened(reason: &str) -> &str {
    let mut end = reason.len().min(LONGEST_REASON);
    while !reason.is_char_boundary(end) {
        end -= 1;
    }
    &reason[..end]
}
