//! A private session with its engine and its client, in one thread and with a simulated clock.

use std::time::Duration;

use mlipview_core::chem::Structure;
use mlipview_core::potential::catalog::Catalog;
use mlipview_core::potential::request::Request;
use mlipview_core::sim::{Command, Engine};
use mlipview_server::session::{
    CloseFrame, EngineRequest, Limits, Outgoing, PrivateSession, Session, Violation, wire,
};
use prost::Message;

use super::client::{MessageBuilder, ServerResult, frames};

/// The default potential: Lennard-Jones with ε = 1 eV and σ = 1 Å.
pub(crate) const DEFAULT: &str = "lj:sigma=1,epsilon=1";

pub(crate) struct PrivateClient {
    pub(crate) session: PrivateSession,
    pub(crate) builder: MessageBuilder,
    pub(crate) now: Duration,
    pub(crate) closed: Option<CloseFrame>,
    /// Name of the default potential.
    pub(crate) default: String,
    engine: Engine,
}

/// Decodes a message and passes it to a session, as the server does.
pub(crate) fn pass(session: &mut impl Session, bytes: &[u8], now: Duration) {
    match wire::decode(bytes) {
        Ok(message) => session.on_message(message, now),
        Err(violation) => session.on_invalid(&violation, now),
    }
}

/// One turn of the server.
enum Turn {
    Executed,
    Waits(Duration),
    Idle,
}

impl PrivateClient {
    pub(crate) fn new() -> PrivateClient {
        PrivateClient::with_default(DEFAULT)
    }

    pub(crate) fn with_default(potential: &str) -> PrivateClient {
        let mut engine = Engine::new(Structure::empty(), None, 1).without_edit_relaxation();
        engine.take_events();
        PrivateClient {
            session: PrivateSession::new(Limits::default()),
            builder: MessageBuilder::default(),
            now: Duration::ZERO,
            closed: None,
            default: potential.to_owned(),
            engine,
        }
    }

    /// Sends a message without letting the server handle it.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        pass(&mut self.session, bytes, self.now);
    }

    /// Sends a text frame, which is invalid.
    pub(crate) fn send_text(&mut self) {
        self.session.on_invalid(&Violation::Text, self.now);
    }

    /// Lets the server execute at most `max_requests`, and returns its messages. Waiting advances the clock.
    pub(crate) fn receive(&mut self, max_requests: usize) -> Vec<ServerResult> {
        let mut received = Vec::new();
        let mut executed = 0;
        while executed < max_requests && received.len() < 1000 {
            executed += match self.turn(&mut received) {
                Turn::Executed => 1,
                Turn::Waits(time) => {
                    self.now += time;
                    0
                }
                Turn::Idle => break,
            };
        }
        received
    }

    /// Lets the server execute all requests that are due without advancing the clock.
    pub(crate) fn receive_at_once(&mut self) -> Vec<ServerResult> {
        let mut received = Vec::new();
        while let Turn::Executed = self.turn(&mut received) {}
        received
    }

    /// Sends a message, then acknowledges every message until `max_frames` have arrived or the server is
    /// idle.
    pub(crate) fn exchange_acknowledging(
        &mut self,
        bytes: &[u8],
        max_frames: usize,
    ) -> Vec<ServerResult> {
        self.send(bytes);
        let mut received = Vec::new();
        while frames(&received).len() < max_frames {
            let before = received.len();
            match self.turn(&mut received) {
                Turn::Executed => {}
                Turn::Waits(time) => self.now += time,
                Turn::Idle => break,
            }
            if received.len() > before {
                let ack = self.builder.acknowledge(received[received.len() - 1].seq);
                self.send(&ack);
            }
        }
        self.collect(&mut received);
        received
    }

    /// Sends a message and receives until the server is idle.
    pub(crate) fn exchange(&mut self, bytes: &[u8]) -> Vec<ServerResult> {
        self.send(bytes);
        self.receive(1000)
    }

    fn turn(&mut self, received: &mut Vec<ServerResult>) -> Turn {
        let request = self.session.next_request(self.now);
        let executed = request.is_some();
        request
            .into_iter()
            .for_each(|request| self.execute(request));
        self.collect(received);
        match self.session.wait(self.now) {
            _ if executed => Turn::Executed,
            Some(time) => Turn::Waits(time),
            None => Turn::Idle,
        }
    }

    fn execute(&mut self, request: EngineRequest) {
        let mut frame = None;
        match request {
            EngineRequest::Apply(ticket, command) => self.engine.apply(ticket, *command),
            EngineRequest::SelectPotential {
                calculator,
                structure,
            } => {
                let outcome = self.select(&calculator, &structure);
                self.session.on_potential(outcome);
            }
            EngineRequest::Step => frame = self.engine.step(),
        }
        let events = self.engine.take_events();
        self.session.on_events(frame, events, self.now);
    }

    /// Gives the engine a potential, and returns the caution about it.
    fn select(
        &mut self,
        calculator: &str,
        structure: &Structure,
    ) -> Result<Option<String>, Box<dyn std::error::Error>> {
        let name = match calculator {
            "" => &self.default,
            name => name,
        };
        let request: Request = name.parse()?;
        let selected = Catalog::built_in().provide(&request, structure)?;
        let command = Command::SetPotential(selected.potential);
        self.engine.apply(0, command);
        Ok(selected.caution)
    }

    fn collect(&mut self, received: &mut Vec<ServerResult>) {
        while let Some(outgoing) = self.session.poll() {
            assert_eq!(self.closed, None, "nothing follows the close frame");
            match outgoing {
                Outgoing::Message(message) => {
                    let bytes = wire::encode(&message);
                    received.push(ServerResult::decode(bytes).unwrap());
                }
                Outgoing::Close(frame) => self.closed = Some(frame),
            }
        }
    }
}
