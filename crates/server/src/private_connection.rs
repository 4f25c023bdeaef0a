//! Connection of a private session: its socket and its engine in one task.
//!
//! A message is read, the engine executes the request, and the answer is sent before another task would
//! have been woken. A slow calculation moves the other tasks of its thread away first. No message is read
//! while the engine calculates, and nothing is calculated while an answer cannot be sent.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures_util::FutureExt;
use tokio::task::{block_in_place, yield_now};
use tokio::time::{sleep, timeout};

use super::connection::{Connection, ConnectionEvent};
use super::debounce::Debounce;
use super::potentials;
use super::socket::{Socket, SocketEvent};
use super::state::AppState;
use crate::session::message::Outgoing;
use crate::session::{CloseFrame, EngineRequest, PrivateSession, Session, wire};
use mlipview_core::chem::Structure;
use mlipview_core::sim::timeline::Timeline;
use mlipview_core::sim::undo::UndoHistory;
use mlipview_core::sim::{Command, Engine};

/// Maximum pause between two interactions that are answered together.
const DEBOUNCE_PAUSE: Duration = Duration::from_micros(500);

/// Maximum duration of a step that runs without moving other tasks away, which takes as long.
const QUICK_STEP: Duration = Duration::from_micros(300);

/// Time after an answer in which the socket is polled without sleeping: a client that reacts at once
/// would otherwise wait longer for this task to wake than for its answer.
const BUSY_POLL: Duration = Duration::from_micros(200);

/// Maximum memory of the engine's undo history, bytes.
const HISTORY_BYTES: usize = 16 << 20;

/// Maximum memory of the engine's timeline, which these clients cannot look at, bytes.
const TIMELINE_BYTES: usize = 1 << 20;

/// Runs a private session until one side closes it.
pub(super) async fn run(socket: Socket, origin: &str, state: Arc<AppState>) {
    state.metrics.count_session("private");
    tracing::info!(origin, "private session started");
    PrivateConnection::new(socket, state).run().await;
    tracing::info!(origin, "private session ended");
}

/// A connection and its engine.
struct PrivateConnection {
    connection: Connection<PrivateSession>,
    engine: Engine,
    debounce: Debounce,
    /// Duration of the last step with the current potential.
    step_duration: Option<Duration>,
    /// Time of the last answer, while busy polling.
    last_answer: Option<Duration>,
}

/// Whether to continue; a break has the close frame to send, unless the client has disconnected.
type Flow = ControlFlow<Option<CloseFrame>>;

impl PrivateConnection {
    fn new(socket: Socket, state: Arc<AppState>) -> PrivateConnection {
        /// A seed for each session, so that their random numbers differ.
        static SEED: AtomicU64 = AtomicU64::new(0);
        let timeline = Timeline::new(TIMELINE_BYTES);
        let seed = SEED.fetch_add(1, Ordering::Relaxed);
        let mut engine = Engine::new(Structure::empty(), None, seed)
            .with_memory_limits(timeline, UndoHistory::new(HISTORY_BYTES))
            .without_edit_relaxation();
        // Events of the empty structure are of no interest to the client.
        let _ = engine.take_events();
        let session = PrivateSession::new(state.limits.session);
        PrivateConnection {
            connection: Connection::new(socket, session, state),
            engine,
            debounce: Debounce::default(),
            step_duration: None,
            last_answer: None,
        }
    }

    async fn run(mut self) {
        let frame = loop {
            if let ControlFlow::Break(frame) = self.run_once().await {
                break frame;
            }
        };
        if let Some(frame) = frame {
            self.connection.socket.close(frame).await;
        }
    }

    /// Reads all messages that have arrived, executes one request, sends all answers.
    async fn run_once(&mut self) -> Flow {
        self.debounce().await?;
        while !self.connection.is_closing()
            && let Some(event) = self.connection.socket.next(true).now_or_never()
        {
            self.on_socket_event(event)?;
        }
        self.connection.close_if_stopping();
        let now = self.connection.now();
        let Some(request) = self.connection.session.next_request(now) else {
            self.send_all().await?;
            return self.wait().await;
        };
        let quick = self.step_duration.is_some_and(|step| step < QUICK_STEP);
        // A panic in a potential ends only this session.
        let work = AssertUnwindSafe(|| match quick {
            true => self.execute(request),
            false => block_in_place(|| self.execute(request)),
        });
        if catch_unwind(work).is_err() {
            let reason = "COMPUTE_ERROR: the calculation has failed inside the server; reconnect";
            self.connection.close(CloseFrame::INTERNAL_ERROR, reason);
        }
        if self.engine.is_running() {
            yield_now().await;
        }
        self.send_all().await
    }

    /// Waits for further interactions while the last answer is not acknowledged.
    async fn debounce(&mut self) -> Flow {
        while !self.connection.is_closing()
            && !self.engine.is_running()
            && self.debounce.waits(self.connection.now())
        {
            match timeout(DEBOUNCE_PAUSE, self.connection.socket.next(true)).await {
                Ok(event) => self.on_socket_event(event)?,
                Err(_) => break,
            }
        }
        ControlFlow::Continue(())
    }

    /// Waits for the next event, or until the run's next step is due.
    async fn wait(&mut self) -> Flow {
        if let Some(event) = self.busy_poll().await {
            return self.on_socket_event(event);
        }
        let due = self.connection.session.wait(self.connection.now());
        tokio::select! {
            event = self.connection.next() => return self.on_event(event),
            () = sleep(due.unwrap_or_default()), if due.is_some() => {}
        }
        ControlFlow::Continue(())
    }

    /// Polls the socket without sleeping for a short time after an answer.
    async fn busy_poll(&mut self) -> Option<SocketEvent> {
        let until = self.last_answer? + BUSY_POLL;
        while self.connection.now() < until {
            yield_now().await;
            if let Some(event) = self.connection.socket.next(true).now_or_never() {
                return Some(event);
            }
        }
        self.last_answer = None;
        None
    }

    fn on_socket_event(&mut self, event: SocketEvent) -> Flow {
        let event = self.connection.on_socket_event(event);
        self.on_event(event)
    }

    fn on_event(&mut self, event: ConnectionEvent) -> Flow {
        match event {
            ConnectionEvent::Message(message) => {
                let now = self.connection.now();
                self.debounce.on_message(&message, now);
                self.connection.session.on_message(*message, now);
            }
            ConnectionEvent::Handled | ConnectionEvent::Second => {}
            ConnectionEvent::Disconnected => return ControlFlow::Break(None),
        }
        ControlFlow::Continue(())
    }

    fn execute(&mut self, request: EngineRequest) {
        let state = Arc::clone(&self.connection.state);
        let start = state.clock.now();
        let mut frame = None;
        match request {
            EngineRequest::Apply(ticket, command) => self.engine.apply(ticket, *command),
            EngineRequest::SelectPotential {
                calculator,
                structure,
            } => {
                let selected = potentials::select(&state, &calculator, &structure);
                let outcome = selected.map(|selected| {
                    let command = Command::SetPotential(selected.potential);
                    self.engine.apply(0, command);
                    selected.caution
                });
                self.connection.session.on_potential(outcome);
                self.step_duration = None;
            }
            EngineRequest::Step => {
                self.debounce.on_step();
                frame = self.engine.step();
                if frame.is_some() {
                    state.metrics.count_private_step();
                }
                self.step_duration = Some(state.clock.now() - start);
            }
        }
        let (events, now) = (self.engine.take_events(), state.clock.now());
        self.connection.session.on_events(frame, events, now);
    }

    /// Sends all messages of the session, one after the other.
    async fn send_all(&mut self) -> Flow {
        while let Some(outgoing) = self.connection.session.poll() {
            let message = match outgoing {
                Outgoing::Message(message) => message,
                Outgoing::Close(frame) => return ControlFlow::Break(Some(frame)),
            };
            self.debounce.on_sent(message.seq);
            self.last_answer = Some(self.connection.now());
            self.connection.send(message.seq, wire::encode(&message));
            while self.connection.socket.is_sending() {
                if let SocketEvent::Disconnected = self.connection.socket.next(false).await {
                    return ControlFlow::Break(None);
                }
            }
        }
        ControlFlow::Continue(())
    }
}
