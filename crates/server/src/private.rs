//! A client with a simulation of its own: a [`PrivateSession`] between its socket and its engine.
//!
//! One task has all three: a message is heard, the engine does what is to be done, and the answer is on
//! its way before anybody else would have woken up. What takes longer is calculated aside, so that no
//! other conversation waits for it. While the engine calculates nothing is read, and while an answer
//! cannot be sent nothing is calculated.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::body::Bytes;
use futures_util::FutureExt;
use tokio::sync::watch;
use tokio::task::{block_in_place, yield_now};
use tokio::time::{Interval, MissedTickBehavior, interval, sleep, timeout};

use super::calculators;
use super::guest::{GOING_AWAY, STOPPING, raised};
use super::house::House;
use super::limits::Allowance;
use super::socket::{Occurrence, Socket};
use crate::session::message::{Closing, Outgoing, Request};
use crate::session::{Ask, PrivateSession, wire};
use mlipview_core::chem::Structure;
use mlipview_core::sim::timeline::Timeline;
use mlipview_core::sim::undo::UndoHistory;
use mlipview_core::sim::{Command, Engine};

/// Where the last answer is not acknowledged, an interaction waits until nothing more has come for so
/// long, so that interactions which come faster than anybody can look at their answers are answered
/// together. \[19\]
const QUIET: Duration = Duration::from_micros(500);

/// But no longer than this.
const LONGEST_WAIT: Duration = Duration::from_millis(10);

/// What took no longer the last time is calculated where others wait: to hand it over would take as
/// long.
const QUICK: Duration = Duration::from_micros(300);

/// So long after an answer its connection is watched without sleeping: a program that reacts at once
/// would wait longer for this side to wake up than for the answer.
const ALERT: Duration = Duration::from_micros(200);

/// What an engine remembers for one client: the last frames and what takes back the last changes, bytes.
const REMEMBERED_FRAMES: usize = 16;
const REMEMBERED_BYTES: usize = 16 << 20;

/// Something has gone wrong on this side (RFC 6455, 7.4.1).
const INTERNAL_ERROR: u16 = 1011;

/// Holds the conversation until one side ends it.
pub(super) async fn attend(socket: Socket, origin: &str, house: Arc<House>) {
    house.telemetry.begun("private");
    tracing::info!(origin, "private session");
    Talk::new(socket, house).hold().await;
    tracing::info!(origin, "private session ended");
}

/// A conversation, its socket and its engine.
struct Talk {
    session: PrivateSession,
    socket: Socket,
    engine: Engine,
    house: Arc<House>,
    allowance: Allowance,
    second: Interval,
    stopping: watch::Receiver<bool>,
    /// The numbers of the last message that was said and the last that was acknowledged.
    said: u64,
    acknowledged: u64,
    /// When the first interaction came that has no answer yet.
    unanswered: Option<Duration>,
    /// How long the last step took, with this potential.
    took: Option<Duration>,
    /// When the last answer was given, while the client may react to it at once.
    answered: Option<Duration>,
    /// Whether the last words are said.
    ending: bool,
}

/// Whether to go on; if not, how to close the connection, unless it is gone.
type Onward = ControlFlow<Option<Closing>>;

const ONWARD: Onward = ControlFlow::Continue(());

impl Talk {
    fn new(socket: Socket, house: Arc<House>) -> Talk {
        /// So that two clients do not see the same random numbers.
        static SEED: AtomicU64 = AtomicU64::new(0);
        let limits = house.limits.conversation;
        let timeline = Timeline::new(REMEMBERED_FRAMES, REMEMBERED_BYTES);
        let seed = SEED.fetch_add(1, Ordering::Relaxed);
        let mut engine = Engine::new(Structure::empty(), None, seed)
            .with_memory_limits(timeline, UndoHistory::new(REMEMBERED_BYTES))
            .without_settling();
        // What it has to say of an empty structure is of no interest.
        let _ = engine.take_events();
        let mut second = interval(Duration::from_secs(1));
        second.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let now = house.clock.now();
        Talk {
            session: PrivateSession::new(limits),
            socket,
            engine,
            allowance: Allowance::new(limits.messages_per_second, now),
            second,
            stopping: house.stopping(),
            house,
            said: 0,
            acknowledged: 0,
            unanswered: None,
            took: None,
            answered: None,
            ending: false,
        }
    }

    /// Until one side ends it.
    async fn hold(mut self) {
        let closing = loop {
            if let ControlFlow::Break(closing) = self.turn().await {
                break closing;
            }
        };
        if let Some(closing) = closing {
            self.socket.close(closing).await;
        }
    }

    /// Hears all there is to hear, does one thing, says all there is to say.
    async fn turn(&mut self) -> Onward {
        self.linger().await?;
        while !self.ending
            && let Some(occurrence) = self.socket.next(true).now_or_never()
        {
            self.heed(occurrence)?;
        }
        if *self.stopping.borrow() {
            self.end(GOING_AWAY, STOPPING);
        }
        let Some(ask) = self.session.next_ask(self.house.clock.now()) else {
            self.speak().await?;
            return self.wait().await;
        };
        let quick = self.took.is_some_and(|took| took < QUICK);
        // An error in a potential ends this conversation, and no other.
        let work = AssertUnwindSafe(|| match quick {
            true => self.carry_out(ask),
            false => block_in_place(|| self.carry_out(ask)),
        });
        if catch_unwind(work).is_err() {
            let words = "COMPUTE_ERROR: the calculation has failed inside the server; begin anew";
            self.end(INTERNAL_ERROR, words);
        }
        if self.engine.is_running() {
            yield_now().await;
        }
        self.speak().await
    }

    /// Gives more interactions the time to come, where the last answer has not been seen yet.
    async fn linger(&mut self) -> Onward {
        while let Some(since) = self.unanswered
            && !self.ending
            && !self.engine.is_running()
            && self.acknowledged < self.said
            && self.house.clock.now() < since + LONGEST_WAIT
        {
            match timeout(QUIET, self.socket.next(true)).await {
                Ok(occurrence) => self.heed(occurrence)?,
                Err(_) => break,
            }
        }
        ONWARD
    }

    /// Waits for what comes, or until the run goes on without.
    async fn wait(&mut self) -> Onward {
        if let Some(occurrence) = self.stay_awake().await {
            return self.heed(occurrence);
        }
        let due = self.session.wait(self.house.clock.now());
        tokio::select! {
            occurrence = self.socket.next(true) => return self.heed(occurrence),
            () = sleep(due.unwrap_or_default()), if due.is_some() => {}
            _ = self.second.tick() => if !self.socket.is_alive() {
                return ControlFlow::Break(None);
            },
            () = raised(&mut self.stopping) => {}
        }
        ONWARD
    }

    /// What comes at once after an answer.
    async fn stay_awake(&mut self) -> Option<Occurrence> {
        let until = self.answered? + ALERT;
        while self.house.clock.now() < until {
            yield_now().await;
            if let Some(occurrence) = self.socket.next(true).now_or_never() {
                return Some(occurrence);
            }
        }
        self.answered = None;
        None
    }

    fn heed(&mut self, occurrence: Occurrence) -> Onward {
        match occurrence {
            Occurrence::Sent => {}
            Occurrence::Message(bytes) => self.hear(&bytes),
            Occurrence::Text(_) => self.hear_text(),
            Occurrence::Unreadable(how) => self.end(how.code, &how.reason),
            Occurrence::Gone => return ControlFlow::Break(None),
        }
        ONWARD
    }

    fn hear(&mut self, bytes: &Bytes) {
        let now = self.house.clock.now();
        let decoded = wire::decode(bytes);
        let message = decoded.as_ref().ok();
        if !self.allowance.admits(message, bytes.len(), now) {
            return self.end_by_allowance();
        }
        match decoded {
            Ok(message) => {
                // One of the future says nothing about what has arrived.
                let ack = message.ack.filter(|ack| *ack <= self.said).unwrap_or(0);
                self.acknowledged = self.acknowledged.max(ack);
                if matches!(message.request, Ok(Some(Request::Interact(_)))) {
                    self.unanswered.get_or_insert(now);
                }
                self.session.hear(message, now);
            }
            // Heard once more, to be complained about.
            Err(_) => self.session.receive(bytes, now),
        }
    }

    fn hear_text(&mut self) {
        let now = self.house.clock.now();
        if self.allowance.admits(None, 0, now) {
            self.session.receive_text(now);
        } else {
            self.end_by_allowance();
        }
    }

    fn end_by_allowance(&mut self) {
        let words = self.allowance.exceeded();
        self.end(Closing::POLICY, &words);
    }

    fn end(&mut self, code: u16, words: &str) {
        if !self.ending {
            self.ending = true;
            self.house.telemetry.refused(words);
            self.session.close(code, words);
        }
    }

    fn carry_out(&mut self, ask: Ask) {
        let begun = self.house.clock.now();
        let mut frame = None;
        match ask {
            Ask::Apply(ticket, command) => self.engine.apply(ticket, *command),
            Ask::Choose {
                calculator,
                structure,
            } => {
                let chosen = calculators::provide(&self.house, &calculator, &structure);
                let outcome = chosen.map(|chosen| {
                    let potential = Command::SetPotential(chosen.potential);
                    self.engine.apply(0, potential);
                    chosen.caution
                });
                self.session.potential_chosen(outcome);
                self.took = None;
            }
            Ask::Step => {
                self.unanswered = None;
                frame = self.engine.step();
                if frame.is_some() {
                    self.house.telemetry.stepped();
                }
                self.took = Some(self.house.clock.now() - begun);
            }
        }
        let (events, now) = (self.engine.take_events(), self.house.clock.now());
        self.session.happened(frame, events, now);
    }

    /// Says all there is to say, one after the other.
    async fn speak(&mut self) -> Onward {
        while let Some(outgoing) = self.session.poll() {
            let message = match outgoing {
                Outgoing::Message(message) => message,
                Outgoing::Close(closing) => return ControlFlow::Break(Some(closing)),
            };
            self.said = message.seq;
            self.answered = Some(self.house.clock.now());
            self.allowance.sent(message.seq);
            self.socket.send(message.seq, wire::encode(&message));
            while self.socket.is_sending() {
                if let Occurrence::Gone = self.socket.next(false).await {
                    return ControlFlow::Break(None);
                }
            }
        }
        ONWARD
    }
}
