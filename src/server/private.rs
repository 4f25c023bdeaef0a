//! A client with a simulation of its own: the socket of a [`PrivateSession`], and its engine.
//!
//! The engine has a thread to itself, on which the conversation is held, too; the socket only carries
//! messages. Between them are two short queues. Where the one to the engine is full, nothing more is
//! read from the client; where the one to the client is full, the engine waits.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::body::Bytes;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::task::spawn_blocking;
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::calculators;
use super::guest::{GOING_AWAY, STOPPING, raised};
use super::house::House;
use super::limits::Allowance;
use super::socket::{Occurrence, Socket};
use crate::chem::Structure;
use crate::session::message::{Closing, Outgoing, Request};
use crate::session::{Ask, PrivateSession, wire};
use crate::sim::history::History;
use crate::sim::timeline::Timeline;
use crate::sim::{Command, Engine};

/// Messages that may wait for the engine.
const HEARD_CAPACITY: usize = 64;

/// Messages that may wait for the client.
const SAID_CAPACITY: usize = 16;

/// Where the last answer is not acknowledged, an interaction waits until nothing more has come for so
/// long, so that interactions which come faster than anybody can look at their answers are answered
/// together. \[19\]
const QUIET: Duration = Duration::from_micros(500);

/// But no longer than this.
const LONGEST_WAIT: Duration = Duration::from_millis(10);

/// What an engine remembers for one client: the last frames and what takes back the last changes, bytes.
const REMEMBERED_FRAMES: usize = 16;
const REMEMBERED_BYTES: usize = 16 << 20;

/// Something has gone wrong on this side (RFC 6455, 7.4.1).
const INTERNAL_ERROR: u16 = 1011;

/// What the socket passes on.
enum Heard {
    Message(Bytes),
    Text,
    /// That the conversation is to end like this.
    End(Closing),
}

/// What the conversation passes on.
enum Said {
    Message(u64, Bytes),
    Close(Closing),
}

/// Holds the conversation until one side ends it.
pub(super) async fn attend(mut socket: Socket, origin: &str, house: Arc<House>) {
    house.telemetry.begun("private");
    tracing::info!(origin, "private session");
    let (hear, heard) = mpsc::channel(HEARD_CAPACITY);
    let (say, said) = mpsc::channel(SAID_CAPACITY);
    let talk = Talk::new(Arc::clone(&house), say);
    let runtime = Handle::current();
    let talk = spawn_blocking(move || talk.hold(heard, &runtime));
    let closing = carry(&mut socket, hear, said, &house).await;
    // Both queues are gone: the engine stops after its step.
    if let Some(closing) = closing {
        socket.close(closing).await;
    }
    let _ = talk.await;
    tracing::info!(origin, "private session ended");
}

/// Carries messages to and fro.
async fn carry(
    socket: &mut Socket,
    hear: Sender<Heard>,
    mut said: Receiver<Said>,
    house: &House,
) -> Option<Closing> {
    let mut stopping = house.stopping();
    let mut second = interval(Duration::from_secs(1));
    second.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut waiting: Option<Heard> = None;
    let mut ending = false;
    loop {
        let listens = waiting.is_none() && !ending;
        tokio::select! {
            occurrence = socket.next(listens) => match occurrence {
                Occurrence::Sent => {}
                Occurrence::Message(bytes) => waiting = Some(Heard::Message(bytes)),
                Occurrence::Text => waiting = Some(Heard::Text),
                Occurrence::Unreadable(how) => {
                    ending = true;
                    waiting = Some(Heard::End(how));
                }
                Occurrence::Gone => return None,
            },
            place = hear.reserve(), if waiting.is_some() => match (place, waiting.take()) {
                (Ok(place), Some(heard)) => place.send(heard),
                // The conversation has ended; what it has said last is still to be carried.
                _ => ending = true,
            },
            said = said.recv(), if !socket.is_sending() => match said {
                Some(Said::Message(seq, bytes)) => socket.send(seq, bytes),
                Some(Said::Close(closing)) => return Some(closing),
                None => return None,
            },
            // Who is not listened to cannot give a sign of life.
            _ = second.tick() => if listens && !socket.is_alive() {
                return None;
            },
            () = raised(&mut stopping), if !ending => {
                ending = true;
                waiting = Some(Heard::End(Closing {
                    code: GOING_AWAY,
                    reason: STOPPING.to_owned(),
                }));
            }
        }
    }
}

/// A conversation and its engine.
struct Talk {
    session: PrivateSession,
    engine: Engine,
    house: Arc<House>,
    allowance: Allowance,
    say: Sender<Said>,
    /// The numbers of the last message that was said and the last that was acknowledged.
    said: u64,
    acknowledged: u64,
    /// When the first interaction came that has no answer yet.
    unanswered: Option<Duration>,
}

/// The other side is gone.
struct Gone;

impl Talk {
    fn new(house: Arc<House>, say: Sender<Said>) -> Talk {
        /// So that two clients do not see the same random numbers.
        static SEED: AtomicU64 = AtomicU64::new(0);
        let limits = house.limits.conversation;
        let timeline = Timeline::new(REMEMBERED_FRAMES, REMEMBERED_BYTES);
        let seed = SEED.fetch_add(1, Ordering::Relaxed);
        let engine = Engine::new(Structure::empty(), None, seed)
            .remembering(timeline, History::new(REMEMBERED_BYTES))
            .without_easing();
        let now = house.clock.now();
        Talk {
            session: PrivateSession::new(limits),
            engine,
            allowance: Allowance::new(limits.messages_per_second, now),
            house,
            say,
            said: 0,
            acknowledged: 0,
            unanswered: None,
        }
    }

    /// Until one side ends it.
    fn hold(mut self, mut heard: Receiver<Heard>, runtime: &Handle) {
        // What the engine of an empty structure has to say is of no interest.
        let _ = self.engine.take_events();
        while let Ok(()) = self.turn(&mut heard, runtime) {}
    }

    /// Hears all there is to hear, does one thing, says all there is to say.
    fn turn(&mut self, heard: &mut Receiver<Heard>, runtime: &Handle) -> Result<(), Gone> {
        self.linger(heard, runtime)?;
        while let Ok(heard) = heard.try_recv() {
            self.hear(heard);
        }
        let ask = self.session.next_ask();
        let idle = ask.is_none();
        if let Some(ask) = ask {
            // An error in a potential ends this conversation, and no other.
            let done = catch_unwind(AssertUnwindSafe(|| self.answer(ask)));
            if done.is_err() {
                let words =
                    "COMPUTE_ERROR: the calculation has failed inside the server; begin anew";
                self.end(INTERNAL_ERROR, words);
            }
        }
        self.speak()?;
        if idle {
            let next = heard.blocking_recv().ok_or(Gone)?;
            self.hear(next);
        }
        Ok(())
    }

    /// Gives more interactions the time to come, where the last answer has not been seen yet.
    fn linger(&mut self, heard: &mut Receiver<Heard>, runtime: &Handle) -> Result<(), Gone> {
        while let Some(since) = self.unanswered
            && !self.engine.is_running()
            && self.acknowledged < self.said
            && self.house.clock.now() < since + LONGEST_WAIT
        {
            match runtime.block_on(async { timeout(QUIET, heard.recv()).await }) {
                Ok(Some(next)) => self.hear(next),
                Ok(None) => return Err(Gone),
                Err(_) => break,
            }
        }
        Ok(())
    }

    fn hear(&mut self, heard: Heard) {
        let now = self.house.clock.now();
        let bytes = match heard {
            Heard::Message(bytes) => bytes,
            Heard::Text if self.allowance.admits(None, 0, now) => {
                return self.session.receive_text(now);
            }
            Heard::Text => return self.end_by_allowance(),
            Heard::End(how) => return self.end(how.code, &how.reason),
        };
        let decoded = wire::decode(&bytes);
        let message = decoded.as_ref().ok();
        if !self.allowance.admits(message, bytes.len(), now) {
            return self.end_by_allowance();
        }
        match decoded {
            Ok(message) => {
                let ack = message.ack.unwrap_or(0);
                self.acknowledged = self.acknowledged.max(ack);
                if matches!(message.request, Ok(Some(Request::Interact(_)))) {
                    self.unanswered.get_or_insert(now);
                }
                self.session.hear(message, now);
            }
            // Heard once more, to be complained about.
            Err(_) => self.session.receive(&bytes, now),
        }
    }

    fn end_by_allowance(&mut self) {
        let words = self.allowance.exceeded();
        self.end(Closing::POLICY, &words);
    }

    fn end(&mut self, code: u16, words: &str) {
        self.house.telemetry.refused(words);
        self.session.close(code, words);
    }

    fn answer(&mut self, ask: Ask) {
        let mut frame = None;
        match ask {
            Ask::Apply(ticket, command) => self.engine.apply(ticket, *command),
            Ask::Choose {
                calculator,
                structure,
            } => {
                let potential = calculators::provide(&self.house, &calculator, &structure);
                let outcome = potential.map(|potential| {
                    self.engine.apply(0, Command::SetPotential(potential));
                });
                self.session.potential_chosen(outcome);
            }
            Ask::Step => {
                self.unanswered = None;
                frame = self.engine.step();
            }
        }
        let (events, now) = (self.engine.take_events(), self.house.clock.now());
        self.session.happened(frame, events, now);
    }

    fn speak(&mut self) -> Result<(), Gone> {
        while let Some(outgoing) = self.session.poll() {
            let said = match outgoing {
                Outgoing::Message(message) => {
                    self.said = message.seq;
                    self.allowance.sent(message.seq);
                    Said::Message(message.seq, wire::encode(&message))
                }
                Outgoing::Close(closing) => {
                    let _ = self.say.blocking_send(Said::Close(closing));
                    return Err(Gone);
                }
            };
            self.say.blocking_send(said).map_err(|_| Gone)?;
        }
        Ok(())
    }
}
