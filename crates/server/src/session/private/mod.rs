//! Session of a client with a simulation of its own, which sends each of its steps.
//!
//! The protocol of the browser original. While nothing runs, each message is answered by one frame or one
//! notice. While a simulation runs, each step is one frame, and the stream pauses at ten frames without
//! acknowledgement.

mod client_requests;
mod client_run;
mod engine_request;
mod engine_results;
mod flow_control;
mod pending_request;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use super::Session;
use super::close::CloseFrame;
use super::draft::Draft;
use super::limits::{Limits, interval_of};
use super::message::{ClientMessage, ClientRequest, FrameContent, Interaction, Outgoing};
use super::outbox::Outbox;
use super::parameters::Parameters;
use super::violation::Violation;
use client_run::{ClientRun, RunAction};
pub use engine_request::EngineRequest;
use mlipview_core::sim::frame::Frame;
use mlipview_core::sim::inbox::Ticket;
use pending_request::PendingRequest;

/// Session of a client with a simulation of its own.
pub struct PrivateSession {
    outbox: Outbox,
    limits: Limits,
    /// Requests of the client that were not handled; adjacent interactions are merged. \[19\]
    pending: VecDeque<PendingRequest>,
    /// Requests to the engine that come before all others.
    engine_requests: VecDeque<EngineRequest>,
    draft: Draft,
    parameters: Parameters,
    content: FrameContent,
    /// The interaction count that the next frame answers, while nothing runs.
    unanswered: Option<u64>,
    run: Option<ClientRun>,
    /// The run that waits for its potential, and the parameters before it.
    starting: Option<(ClientRun, Parameters)>,
    /// The ticket of the last start, and the run that it replaced.
    started: (Ticket, Option<ClientRun>),
    /// Number of stops without an answer.
    pending_stops: u32,
    /// The requested name of the engine's potential; `None` if it has none.
    calculator: Option<String>,
    /// A caution about the potential, to send after the next frame.
    caution: Option<String>,
    /// The name of the potential whose caution was sent for this structure.
    cautioned: Option<String>,
    last_ticket: Ticket,
    newest: Option<Arc<Frame>>,
}

impl PrivateSession {
    /// A session without a structure.
    pub fn new(limits: Limits) -> PrivateSession {
        PrivateSession {
            outbox: Outbox::default(),
            limits,
            pending: VecDeque::new(),
            engine_requests: VecDeque::new(),
            draft: Draft::default(),
            parameters: Parameters::default(),
            content: FrameContent::ORIGINAL,
            unanswered: None,
            run: None,
            starting: None,
            started: (0, None),
            pending_stops: 0,
            calculator: None,
            caution: None,
            cautioned: None,
            last_ticket: 0,
            newest: None,
        }
    }

    /// Whether nothing runs or is about to.
    fn is_idle(&self) -> bool {
        let starts = |request: &PendingRequest| matches!(request, PendingRequest::Start(_));
        self.run.is_none() && self.starting.is_none() && !self.pending.iter().any(starts)
    }

    /// Merges adjacent interactions. The answer has the count of the last one with a count. \[9, 19\]
    fn push_interaction(&mut self, interaction: Interaction, count: u64) {
        let (reach, max_atoms) = (interaction.reach(), self.limits.atoms);
        if reach > max_atoms {
            let reason = format!(
                "LIMIT: a private session has {max_atoms} atoms at most, not {reach}; send fewer"
            );
            return self.outbox.close(CloseFrame::POLICY_VIOLATION, &reason);
        }
        if let Some(PendingRequest::Interact(last, last_count)) = self.pending.back_mut() {
            last.merge(interaction);
            if count > 0 {
                *last_count = count;
            }
        } else {
            let request = PendingRequest::Interact(interaction, count);
            self.pending.push_back(request);
        }
    }

    /// The next request to execute. `None` until the client sends a message or the time to
    /// [wait](PrivateSession::wait) is over.
    pub fn next_request(&mut self, now: Duration) -> Option<EngineRequest> {
        loop {
            if self.outbox.is_closed() {
                return None;
            }
            if let Some(request) = self.engine_requests.pop_front() {
                return Some(request);
            }
            if self.unanswered.is_some() {
                return Some(EngineRequest::Step);
            }
            match self.pending.pop_front() {
                Some(request) => self.handle(request),
                None => break,
            }
        }
        if now < self.run_due()? || !self.outbox.may_stream() {
            return None;
        }
        match self.run.as_ref()?.next() {
            RunAction::Step => Some(EngineRequest::Step),
            RunAction::Restart => {
                self.restart();
                self.engine_requests.pop_front()
            }
            RunAction::Repeat => {
                self.repeat(now);
                None
            }
        }
    }

    /// Time until [`PrivateSession::next_request`] returns a request without another message; `None` if it
    /// needs one.
    pub fn wait(&self, now: Duration) -> Option<Duration> {
        let due = self.run_due()?;
        let blocked = self.outbox.is_closed() || self.outbox.is_paused();
        (!blocked).then(|| due.saturating_sub(now))
    }

    /// Time of the run's next step, if there is a run.
    fn run_due(&self) -> Option<Duration> {
        let interval = interval_of(self.limits.max_rate);
        let run = self.run.as_ref()?;
        Some(run.due(interval))
    }

    /// The next item to send.
    pub fn poll(&mut self) -> Option<Outgoing> {
        self.outbox.pop()
    }
}

impl Session for PrivateSession {
    fn on_message(&mut self, message: ClientMessage, now: Duration) {
        self.outbox.on_message(&message, now);
        if let (Some(run), Some(ack)) = (&mut self.run, message.ack) {
            run.on_ack(ack, self.outbox.seq(), now);
        }
        if self.is_idle() && message.sim_step > 0 {
            self.outbox.sim_step = message.sim_step; // [11]
        }
        match message.request {
            Ok(None | Some(ClientRequest::Presence(_))) => {}
            Ok(Some(ClientRequest::Interact(interaction))) => {
                self.push_interaction(interaction, message.interaction_count);
            }
            Ok(Some(request)) => self.pending.extend(PendingRequest::new(request)),
            Err(violation) => self.outbox.refuse(&violation),
        }
    }

    fn on_invalid(&mut self, violation: &Violation, now: Duration) {
        self.outbox.reject(violation, now);
    }

    fn close(&mut self, code: u16, reason: &str) {
        self.outbox.close(code, reason);
    }
}
