//! WebSocket connection of a client of a training.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::Message;
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval, sleep_until, timeout};

use super::now::now;
use super::query::Format;
use super::state::TrainingClient;
use crate::connection::becomes_true;
use crate::session::CloseFrame;
use crate::socket::{CLOSE_TIMEOUT, Socket, SocketEvent};
use crate::state::AppState;
use mlipview_telemetry::{Outgoing, Page, ReplaySource};

/// Minimum interval between two numbers of clients. \[16\]
const INFO_INTERVAL: Duration = Duration::from_secs(1);

/// WebSocket connection of a client of a training.
pub(super) struct TrainingConnection {
    state: Arc<AppState>,
    socket: Socket,
    client: Arc<TrainingClient>,
    format: Format,
    /// Number of clients.
    active: watch::Receiver<usize>,
    /// The number that was sent last, and when the next may be sent.
    info: (usize, Instant),
    /// Time from which the client has taken nothing, while a message is being sent.
    blocked_since: Option<Instant>,
    second: Interval,
    stopping: watch::Receiver<bool>,
}

/// An event of a connection.
enum Next {
    Socket(SocketEvent),
    /// The client has something to send, or a page of its replay has been read.
    Changed,
    Info(usize),
    Second,
    /// The client has taken nothing for too long.
    Blocked,
    Stopping,
}

impl TrainingConnection {
    pub(super) fn new(
        socket: Socket,
        client: Arc<TrainingClient>,
        format: Format,
        state: Arc<AppState>,
    ) -> TrainingConnection {
        let mut second = interval(Duration::from_secs(1));
        second.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut active = state.trainings.active.subscribe();
        // The client itself has changed the number.
        active.mark_changed();
        TrainingConnection {
            active,
            info: (0, Instant::now()),
            blocked_since: None,
            second,
            stopping: state.stopping(),
            state,
            socket,
            client,
            format,
        }
    }

    /// Runs the connection until one side closes it.
    pub(super) async fn run(mut self) {
        let closing = self.run_until_closed().await;
        self.state.trainings.remove_client(&self.client);
        if let Some((code, reason)) = closing {
            self.state.metrics.count_refusal(&reason);
            self.socket.close(CloseFrame { code, reason }).await;
        }
    }

    /// Runs the connection; returns the code and the reason to close it, `None` if the client has left.
    async fn run_until_closed(&mut self) -> Option<(u16, String)> {
        loop {
            self.send_ready();
            match self.next().await {
                Next::Changed => {}
                Next::Socket(SocketEvent::Sent) => self.blocked_since = None,
                Next::Socket(SocketEvent::Text(text)) => {
                    self.state.trainings.on_text(&self.client, &text);
                }
                Next::Socket(SocketEvent::Message(_)) => {
                    self.client.connection().on_binary(now(self.state.clock));
                }
                Next::Socket(SocketEvent::Unreadable(frame)) => {
                    return Some((frame.code, frame.reason));
                }
                Next::Socket(SocketEvent::Disconnected) => return None,
                Next::Info(count) => self.send_info(count),
                Next::Second if self.socket.is_alive() => {}
                Next::Second => return None,
                Next::Blocked => {
                    let reason = "LIMIT: nothing was read for too long; connect again, and subscribe with \
                                  \"after\"";
                    return Some((CloseFrame::TRY_AGAIN_LATER, reason.to_owned()));
                }
                Next::Stopping => {
                    // A client that does not take the last events in time is closed without them.
                    let _ = timeout(CLOSE_TIMEOUT, self.send_rest()).await;
                    let reason = "SERVER_STOPPING: the server is being shut down";
                    return Some((CloseFrame::GOING_AWAY, reason.to_owned()));
                }
            }
        }
    }

    async fn next(&mut self) -> Next {
        let reads = self.client.connection().reads();
        let is_sending = self.socket.is_sending();
        let blocked = self
            .blocked_since
            .map(|since| since + self.state.limits.write_timeout);
        tokio::select! {
            event = self.socket.next(reads) => Next::Socket(event),
            () = self.client.changed.notified(), if !is_sending => Next::Changed,
            count = next_count(&mut self.active, self.info.1) => Next::Info(count),
            _ = self.second.tick() => Next::Second,
            () = until(blocked) => Next::Blocked,
            () = becomes_true(&mut self.stopping) => Next::Stopping,
        }
    }

    /// Sends all that waits.
    async fn send_rest(&mut self) {
        loop {
            self.send_ready();
            if !self.socket.is_sending() {
                return;
            }
            match self.socket.next(false).await {
                SocketEvent::Disconnected => return,
                _ => self.blocked_since = None,
            }
        }
    }

    /// Sends what is ready, until the socket takes no more.
    fn send_ready(&mut self) {
        while !self.socket.is_sending() {
            let next = self.client.connection().next_outgoing();
            let Some(outgoing) = next else {
                return self.read_replay();
            };
            let message = message(outgoing, self.format);
            self.state.metrics.count_sent(size(&message));
            self.socket.start(message);
        }
        self.blocked_since.get_or_insert_with(Instant::now);
    }

    /// Reads the next page of a replay on another thread, if one is wanted.
    fn read_replay(&self) {
        let Some(replay) = self.client.connection().wanted_replay() else {
            return;
        };
        let source = self.client.training().shared().published.replay(replay);
        match source {
            ReplaySource::Memory(page) => {
                self.client.connection().on_page(page);
                self.client.changed.notify_one();
            }
            ReplaySource::Log(range) => {
                let client = Arc::clone(&self.client);
                spawn_blocking(move || {
                    let page = range.read().unwrap_or_else(|error| {
                        tracing::warn!("a replay is incomplete: {error}");
                        let rest = range.without_log();
                        Page {
                            number: rest.number,
                            events: Vec::new(),
                            rest: Some(rest),
                        }
                    });
                    client.connection().on_page(page);
                    client.changed.notify_one();
                });
            }
        }
    }

    fn send_info(&mut self, count: usize) {
        let (last, _) = self.info;
        if count != last {
            self.info = (count, Instant::now() + INFO_INTERVAL);
            let now = now(self.state.clock);
            self.client.connection().on_active_connections(count, now);
        }
    }
}

/// The WebSocket message of an answer or an event.
fn message(outgoing: Outgoing, format: Format) -> Message {
    match (outgoing, format) {
        (Outgoing::Answer(json), _) => Message::Text(json.into()),
        (Outgoing::Event(event, 0), Format::Json) => Message::Text(event.json().into()),
        (Outgoing::Event(event, dropped), Format::Json) => {
            Message::Text(event.json_after(dropped).into())
        }
        (Outgoing::Event(event, dropped), Format::Protobuf) => {
            Message::Binary(event.protobuf_after(dropped))
        }
    }
}

/// Size of a message, bytes.
fn size(message: &Message) -> usize {
    match message {
        Message::Text(text) => text.len(),
        Message::Binary(bytes) => bytes.len(),
        _ => 0,
    }
}

/// Waits for a change of the number of clients, not before a time. Cancel safe.
async fn next_count(active: &mut watch::Receiver<usize>, not_before: Instant) -> usize {
    sleep_until(not_before).await;
    if active.changed().await.is_err() {
        pending::<()>().await; // The server has ended.
    }
    *active.borrow_and_update()
}

/// Waits until a time; forever without one.
async fn until(time: Option<Instant>) {
    match time {
        Some(time) => sleep_until(time).await,
        None => pending().await,
    }
}
