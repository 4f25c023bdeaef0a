//! A conversation with a client that has a simulation of its own, and sees every step of it.
//!
//! The protocol of the browser original: what a client says while nothing runs is answered by one
//! frame or one notice; while something runs, each step is one frame, and ten frames without
//! acknowledgement stop the stream until it comes.

mod flow;
mod outcome;
mod requests;
mod run;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use super::conversation::{Conversation, Limits, Link, interval_of};
use super::draft::Draft;
use super::message::{
    Attach, ClientMessage, Closing, Content, Format, Interaction, Outgoing, Request, Start,
    own_hand,
};
use super::parameters::Parameters;
use super::refusal::Violation;
use super::wire;
use mlipview_core::chem::Structure;
use mlipview_core::sim::Command;
use mlipview_core::sim::frame::Frame;
use mlipview_core::sim::inbox::Ticket;
use run::{Next, Run};

/// What a private session asks of whoever has its engine, in this order.
pub enum Ask {
    /// To carry out a command under this ticket, and tell what [happened](PrivateSession::happened).
    Apply(Ticket, Box<Command>),
    /// To give the engine a potential: this one, or the server's default where the name is empty, for
    /// this structure; then to say [how it went](PrivateSession::potential_chosen).
    Choose {
        /// The name; empty for the default.
        calculator: String,
        /// What it is for.
        structure: Box<Structure>,
    },
    /// To let the engine do what is to be done next, and tell what happened.
    Step,
}

/// One conversation with a client that has a simulation of its own.
pub struct PrivateSession {
    conversation: Conversation,
    limits: Limits,
    /// What was heard and not yet done; interactions next to each other are one. \[19\]
    heard: VecDeque<Heard>,
    /// What is to be asked for before anything else is done.
    asks: VecDeque<Ask>,
    draft: Draft,
    parameters: Parameters,
    content: Content,
    /// What answers the last interaction, while nothing runs.
    owed: Option<u64>,
    run: Option<Run>,
    /// What is to run once its potential is there, and the parameters before it.
    starting: Option<(Run, Parameters)>,
    /// The ticket of the last start, and what ran before it.
    started: (Ticket, Option<Run>),
    /// Stops that were asked for and not answered yet.
    stops: u32,
    /// The name of the potential that the engine has, as it was asked for; `None` where it has none.
    calculator: Option<String>,
    /// A caution about the potential, to follow the next frame.
    caution: Option<String>,
    /// The name of the potential that the client has been cautioned about for these atoms.
    cautioned: Option<String>,
    last_ticket: Ticket,
    newest: Option<Arc<Frame>>,
}

/// A request that waits for its turn.
enum Heard {
    Interact(Interaction, u64),
    Start(Start),
    Stop,
    Command(Command),
    Attach(Attach),
    Unknown(&'static str),
}

impl PrivateSession {
    /// A conversation that has not begun.
    pub fn new(limits: Limits) -> PrivateSession {
        PrivateSession {
            conversation: Conversation::default(),
            limits,
            heard: VecDeque::new(),
            asks: VecDeque::new(),
            draft: Draft::default(),
            parameters: Parameters::default(),
            content: Content {
                format: Format::Double,
                velocities: true,
                forces: true,
            },
            owed: None,
            run: None,
            starting: None,
            started: (0, None),
            stops: 0,
            calculator: None,
            caution: None,
            cautioned: None,
            last_ticket: 0,
            newest: None,
        }
    }

    /// Hears a binary message.
    pub fn receive(&mut self, bytes: &[u8], now: Duration) {
        match wire::decode(bytes) {
            Ok(message) => self.hear(message, now),
            Err(violation) => self.conversation.complain(&violation, now),
        }
    }

    /// Hears a text message, which does not count. \[2\]
    pub fn receive_text(&mut self, now: Duration) {
        self.conversation.complain(&Violation::Text, now);
    }

    /// Hears a message.
    pub fn hear(&mut self, message: ClientMessage, now: Duration) {
        self.conversation.hear(&message, now);
        if let (Some(run), Some(ack)) = (&mut self.run, message.ack) {
            run.on_ack(ack, self.conversation.seq(), now);
        }
        if self.is_idle() && message.sim_step > 0 {
            self.conversation.sim_step = message.sim_step; // [11]
        }
        let heard = match message.request {
            Ok(None) => return,
            Ok(Some(request)) => request,
            Err(violation) => return self.conversation.refuse(&violation),
        };
        let heard = match heard {
            Request::Interact(interaction) => {
                return self.hear_interaction(interaction, message.interaction_count);
            }
            Request::Start(start) => Heard::Start(start),
            Request::Stop => Heard::Stop,
            Request::Attach(attach) => Heard::Attach(attach),
            Request::Grab { hand, atoms, grip } => Heard::Command(Command::Grab {
                hand: own_hand(hand),
                atoms,
                grip,
            }),
            Request::Move { hand, to } => Heard::Command(Command::Move {
                hand: own_hand(hand),
                to,
            }),
            Request::Release { hand } => Heard::Command(Command::Release(own_hand(hand))),
            Request::Undo => Heard::Command(Command::Undo),
            Request::Redo => Heard::Command(Command::Redo),
            Request::Presence(_) => return,
            Request::Admit(..) | Request::Remove(_) => Heard::Unknown("nobody else is here"),
            Request::CreateRoom(_) | Request::CloseRoom(_) => {
                Heard::Unknown("rooms are made and ended in a room")
            }
        };
        self.heard.push_back(heard);
    }

    /// Whether nothing runs or is about to.
    fn is_idle(&self) -> bool {
        let starts = |heard: &Heard| matches!(heard, Heard::Start(_));
        self.run.is_none() && self.starting.is_none() && !self.heard.iter().any(starts)
    }

    /// Interactions next to each other are merged; their answer names the last of them that has a
    /// number. \[9, 19\]
    fn hear_interaction(&mut self, interaction: Interaction, count: u64) {
        let (reach, most) = (interaction.reach(), self.limits.atoms);
        if reach > most {
            let reason = format!("LIMIT: a private session has {most} atoms at most, not {reach}");
            return self.conversation.close(Closing::POLICY, &reason);
        }
        if let Some(Heard::Interact(waiting, waiting_count)) = self.heard.back_mut() {
            waiting.merge(interaction);
            if count > 0 {
                *waiting_count = count;
            }
        } else {
            self.heard.push_back(Heard::Interact(interaction, count));
        }
    }

    /// What is to be done next. `None`: nothing, until the client says something or the time to
    /// [wait](PrivateSession::wait) is over.
    pub fn next_ask(&mut self, now: Duration) -> Option<Ask> {
        loop {
            if self.conversation.is_closed() {
                return None;
            }
            if let Some(ask) = self.asks.pop_front() {
                return Some(ask);
            }
            if self.owed.is_some() {
                return Some(Ask::Step);
            }
            match self.heard.pop_front() {
                Some(heard) => self.handle(heard),
                None => break,
            }
        }
        if now < self.run_due()? || !self.conversation.is_open() {
            return None;
        }
        match self.run.as_ref()?.next() {
            Next::Step => Some(Ask::Step),
            Next::Restart => {
                self.restart();
                self.asks.pop_front()
            }
            Next::Repeat => {
                self.repeat(now);
                None
            }
        }
    }

    /// How long from now until [`PrivateSession::next_ask`] is to be asked again although the client has
    /// said nothing; `None` where it must say something first.
    pub fn wait(&self, now: Duration) -> Option<Duration> {
        let due = self.run_due()?;
        let waits = self.conversation.is_closed() || self.conversation.is_waiting();
        (!waits).then(|| due.saturating_sub(now))
    }

    /// When the run goes on, if there is one.
    fn run_due(&self) -> Option<Duration> {
        let interval = interval_of(self.limits.max_rate);
        let run = self.run.as_ref()?;
        Some(run.due(interval))
    }

    /// What goes out next.
    pub fn poll(&mut self) -> Option<Outgoing> {
        self.conversation.poll()
    }

    /// How well the client is reached.
    pub fn link(&self) -> Link {
        self.conversation.link()
    }

    /// Ends the conversation: the reason is said first.
    pub fn close(&mut self, code: u16, reason: &str) {
        self.conversation.close(code, reason);
    }
}
