//! A private session with its engine, as the server drives them, but in one thread and by a made-up
//! clock.

use std::time::Duration;

use mlipview_core::chem::Structure;
use mlipview_core::potential::catalog::Catalog;
use mlipview_core::potential::request::Request;
use mlipview_core::sim::{Command, Engine};
use mlipview_server::session::{Ask, Closing, Outgoing, PrivateSession, wire};
use prost::Message;

use super::client::{ServerResult, Speaker, frames};
use mlipview_server::session::Limits;

/// What the server would offer by default: Lennard-Jones with ε = 1 eV and σ = 1 Å.
pub(crate) const DEFAULT: &str = "lj:sigma=1,epsilon=1";

pub(crate) struct Talk {
    pub(crate) session: PrivateSession,
    pub(crate) speaker: Speaker,
    pub(crate) now: Duration,
    pub(crate) closed: Option<Closing>,
    /// The potential of those who ask for none.
    pub(crate) default: String,
    engine: Engine,
}

/// What the server did when it was its turn.
enum Turn {
    Worked,
    Waits(Duration),
    Rests,
}

impl Talk {
    pub(crate) fn new() -> Talk {
        Talk::with_default(DEFAULT)
    }

    pub(crate) fn with_default(potential: &str) -> Talk {
        let mut engine = Engine::new(Structure::empty(), None, 1).without_settling();
        engine.take_events();
        Talk {
            session: PrivateSession::new(Limits::default()),
            speaker: Speaker::default(),
            now: Duration::ZERO,
            closed: None,
            default: potential.to_owned(),
            engine,
        }
    }

    /// Says something; nothing is done about it yet.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        self.session.receive(bytes, self.now);
    }

    /// Lets the server do up to so many things, and returns what it says. Where it waits for a time, that
    /// passes.
    pub(crate) fn listen(&mut self, most: usize) -> Vec<ServerResult> {
        let mut heard = Vec::new();
        let mut done = 0;
        while done < most && heard.len() < 1000 {
            done += match self.turn(&mut heard) {
                Turn::Worked => 1,
                Turn::Waits(time) => {
                    self.now += time;
                    0
                }
                Turn::Rests => break,
            };
        }
        heard
    }

    /// Lets the server do all that it does at once, without time passing.
    pub(crate) fn at_once(&mut self) -> Vec<ServerResult> {
        let mut heard = Vec::new();
        while let Turn::Worked = self.turn(&mut heard) {}
        heard
    }

    /// Says something, then listens to so many frames, or until nothing more comes, and acknowledges all.
    pub(crate) fn acknowledge_all(&mut self, bytes: &[u8], most: usize) -> Vec<ServerResult> {
        self.send(bytes);
        let mut heard = Vec::new();
        while frames(&heard).len() < most {
            let before = heard.len();
            match self.turn(&mut heard) {
                Turn::Worked => {}
                Turn::Waits(time) => self.now += time,
                Turn::Rests => break,
            }
            if heard.len() > before {
                let ack = self.speaker.acknowledge(heard[heard.len() - 1].seq);
                self.send(&ack);
            }
        }
        self.collect(&mut heard);
        heard
    }

    fn turn(&mut self, heard: &mut Vec<ServerResult>) -> Turn {
        let ask = self.session.next_ask(self.now);
        let worked = ask.is_some();
        ask.into_iter().for_each(|ask| self.carry_out(ask));
        self.collect(heard);
        match self.session.wait(self.now) {
            _ if worked => Turn::Worked,
            Some(time) => Turn::Waits(time),
            None => Turn::Rests,
        }
    }

    /// Says something and listens until the server waits.
    pub(crate) fn ask(&mut self, bytes: &[u8]) -> Vec<ServerResult> {
        self.send(bytes);
        self.listen(1000)
    }

    fn carry_out(&mut self, ask: Ask) {
        let now = self.now;
        match ask {
            Ask::Apply(ticket, command) => {
                self.engine.apply(ticket, *command);
                self.session.happened(None, self.engine.take_events(), now);
            }
            Ask::Choose {
                calculator,
                structure,
            } => {
                let name = if calculator.is_empty() {
                    &self.default
                } else {
                    &calculator
                };
                let request: Result<Request, _> = name.parse();
                let chosen = request
                    .map_err(|error| error.to_string())
                    .and_then(|request| {
                        let chosen = Catalog::built_in().provide(&request, &structure);
                        chosen.map_err(|error| error.to_string())
                    });
                let outcome = chosen.map(|chosen| {
                    self.engine
                        .apply(0, Command::SetPotential(chosen.potential));
                    chosen.caution
                });
                self.session.potential_chosen(outcome);
                self.session.happened(None, self.engine.take_events(), now);
            }
            Ask::Step => {
                let frame = self.engine.step();
                self.session.happened(frame, self.engine.take_events(), now);
            }
        }
    }

    fn collect(&mut self, heard: &mut Vec<ServerResult>) {
        while let Some(outgoing) = self.session.poll() {
            assert_eq!(self.closed, None, "nothing is said behind the end");
            match outgoing {
                Outgoing::Message(message) => {
                    let bytes = wire::encode(&message);
                    heard.push(ServerResult::decode(bytes).unwrap());
                }
                Outgoing::Close(closing) => self.closed = Some(closing),
            }
        }
    }
}
