//! A conversation with a client that has a simulation of its own, and sees every step of it.
//!
//! The protocol of the browser original: what a client says while nothing runs is answered by one
//! frame or one notice; while something runs, each step is one frame, and ten frames without
//! acknowledgement stop the stream until it comes.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use super::conversation::{Conversation, Limits, Link};
use super::draft::{Draft, Drafted};
use super::message::{
    Attach, Body, ClientMessage, Closing, Content, Format, Interaction, Notice, Outgoing, Request,
    Start, own_hand,
};
use super::parameters::Parameters;
use super::refusal::Violation;
use super::wire;
use crate::chem::Structure;
use crate::sim::frame::Frame;
use crate::sim::inbox::Ticket;
use crate::sim::{Command, Event, Task};

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
    running: bool,
    /// What is to run once its potential is there, and the parameters before it.
    starting: Option<(Task, Parameters)>,
    /// The ticket of the last start, and whether something ran before it.
    started: (Ticket, bool),
    /// Stops that were asked for and not answered yet.
    stops: u32,
    /// The name of the potential that the engine has, as it was asked for.
    calculator: Option<String>,
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
            running: false,
            starting: None,
            started: (0, false),
            stops: 0,
            calculator: None,
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
        !self.running && self.starting.is_none() && !self.heard.iter().any(starts)
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

    /// What is to be done next. `None`: nothing, until the client speaks.
    pub fn next_ask(&mut self) -> Option<Ask> {
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
        (self.running && self.conversation.is_open()).then_some(Ask::Step)
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

    fn handle(&mut self, heard: Heard) {
        match heard {
            Heard::Interact(interaction, count) => self.interact(&interaction, count),
            Heard::Start(start) => self.start(&start),
            Heard::Stop => {
                self.stops += 1;
                self.ask(Command::Stop);
            }
            Heard::Command(command) => {
                self.ask(command);
                // While nothing runs, what a hand did is answered as an interaction is.
                if !self.running {
                    self.owed = Some(self.conversation.interactions);
                }
            }
            Heard::Attach(attach) => {
                self.content = Content {
                    format: attach.format,
                    velocities: attach.velocities.unwrap_or(true),
                    forces: attach.forces.unwrap_or(true),
                };
            }
            Heard::Unknown(reason) => self.conversation.notify(format!("FORBIDDEN: {reason}")),
        }
    }

    fn ask(&mut self, command: Command) -> Ticket {
        self.last_ticket += 1;
        let ask = Ask::Apply(self.last_ticket, Box::new(command));
        self.asks.push_back(ask);
        self.last_ticket
    }

    fn interact(&mut self, interaction: &Interaction, count: u64) {
        if let Some(frame) = &self.newest {
            self.draft.follow(frame);
        }
        let drafted = match self.draft.apply(interaction) {
            Ok(drafted) => drafted,
            Err(violation) => return self.conversation.refuse(&violation),
        };
        if interaction.full {
            self.conversation.sim_step = 0; // [15]
            if self.running {
                self.conversation.notify("STRUCTURE_CHANGED"); // [20]
            }
        }
        match drafted {
            Drafted::Incomplete => self.wait_for_geometry(count),
            Drafted::Edit { edit, other_matter } => {
                self.ask(Command::Edit(edit));
                if other_matter {
                    self.choose();
                }
                if !self.running {
                    self.owed = Some(count);
                }
            }
        }
    }

    /// \[17\]; a run cannot go on without a structure.
    fn wait_for_geometry(&mut self, count: u64) {
        self.answer("IDLE_WAITING_FOR_GEOMETRY".to_owned(), false, count);
        if self.running {
            self.ask(Command::Stop);
        }
    }

    /// Has a potential chosen for the structure as it will be.
    fn choose(&mut self) {
        if let Some(structure) = self.draft.whole() {
            self.asks.push_back(Ask::Choose {
                calculator: self.parameters.calculator().to_owned(),
                structure: Box::new(structure),
            });
        }
    }

    fn start(&mut self, start: &Start) {
        let before = self.parameters.clone();
        let task = match self.parameters.start(start) {
            Ok(task) => task,
            Err(error) => return self.not_started(&error.to_string()),
        };
        if self.draft.whole().is_none() {
            self.not_started("IDLE_WAITING_FOR_GEOMETRY");
        } else if self.calculator.as_deref() == Some(self.parameters.calculator()) {
            self.run(task);
        } else {
            self.starting = Some((task, before));
            self.choose();
        }
    }

    fn run(&mut self, task: Task) {
        let ran = std::mem::replace(&mut self.running, true);
        self.started = (self.ask(Command::Run(task)), ran);
    }

    /// Says why a start had no effect: what ran goes on.
    fn not_started(&mut self, reason: &str) {
        let interactions = self.conversation.interactions;
        self.answer(reason.to_owned(), !self.running, interactions);
    }

    /// The answer to [`Ask::Choose`]: the engine has the potential, or why there is none.
    pub fn potential_chosen(&mut self, outcome: Result<(), String>) {
        let starting = self.starting.take();
        let calculator = self.parameters.calculator().to_owned();
        match (outcome, starting) {
            (Ok(()), starting) => {
                self.calculator = Some(calculator);
                if let Some((task, _)) = starting {
                    self.run(task);
                }
            }
            // What was there stays: the structure with its potential. [24]
            (Err(reason), Some((_, before))) => {
                self.parameters = before;
                self.not_started(&format!("CALCULATOR_NOT_SUPPORTED: {reason}"));
            }
            // No potential is ever asked about a structure that it was not chosen for.
            (Err(reason), None) => {
                self.calculator = None;
                self.ask(Command::RemovePotential);
                self.fail(&reason);
            }
        }
    }

    /// Says that there is no answer, and that what ran has ended. \[18, 29\]
    fn fail(&mut self, reason: &str) {
        let stopped = std::mem::take(&mut self.running);
        let count = self.owed.take().unwrap_or(self.conversation.interactions);
        self.answer(format!("COMPUTE_ERROR: {reason}"), stopped, count);
    }

    /// Says something in words that answers so many interactions.
    fn answer(&mut self, message: String, stopped: bool, interactions: u64) {
        let notice = Notice {
            message,
            stopped,
            converged: false,
        };
        self.conversation
            .say(Body::Notice(notice), interactions, None);
    }

    /// What the engine did: the frame of a step, if it was asked for one, and its events.
    pub fn happened(&mut self, frame: Option<Arc<Frame>>, events: Vec<Event>, now: Duration) {
        let evaluated = frame.as_ref().map(|frame| frame.evaluation.is_some());
        if let Some(frame) = frame {
            self.saw(&frame, now);
            self.newest = Some(frame);
        }
        for event in events {
            self.tell(event);
        }
        if evaluated == Some(false) && self.owed.is_some() {
            self.fail("no potential has an answer for this structure");
        }
    }

    fn saw(&mut self, frame: &Arc<Frame>, now: Duration) {
        let before = self.newest.as_ref().map_or(0, |newest| newest.step);
        let body = Body::Frame(Arc::clone(frame), self.content);
        if self.running {
            // Edits and starts make frames too; those of steps are the ones that count. [25, 26]
            if frame.step > before {
                self.conversation.sim_step += 1;
                let count = self.conversation.interactions;
                self.conversation.say(body, count, Some(now));
            }
        } else if frame.evaluation.is_some()
            && let Some(count) = self.owed.take()
        {
            self.conversation.say(body, count, Some(now)); // [16]
        }
    }

    fn tell(&mut self, event: Event) {
        match event {
            Event::Stopped { .. } => {
                let ran = std::mem::take(&mut self.running);
                if ran || self.stops > 0 {
                    self.stops = self.stops.saturating_sub(1);
                    self.conversation.notify_stopped("SIMULATION_STOPPED"); // [27]
                }
            }
            Event::Converged { .. } => {
                self.running = false;
                self.conversation.notice(Notice {
                    message: "CONVERGED".to_owned(),
                    stopped: true,
                    converged: true,
                }); // [28]
            }
            Event::Interrupted { reason } | Event::Unevaluated { reason } => self.fail(&reason),
            Event::Refused { ticket, reason } => self.refused(ticket, &reason),
            Event::Started { .. } | Event::Edited { .. } | Event::PotentialChanged { .. } => {}
        }
    }

    fn refused(&mut self, ticket: Ticket, reason: &str) {
        let (start, ran_before) = self.started;
        if ticket != start {
            let count = self.owed.take().unwrap_or(self.conversation.interactions);
            self.answer(format!("REFUSED: {reason}"), false, count);
        } else if self.running {
            // Where it could not be evaluated, that has been said already.
            self.running = ran_before;
            self.not_started(&format!("COMPUTE_ERROR: {reason}"));
        }
    }
}
