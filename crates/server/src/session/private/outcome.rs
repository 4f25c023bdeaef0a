//! What the engine did, turned into messages for the client.

use std::sync::Arc;
use std::time::Duration;

use super::{Ask, PrivateSession};
use crate::session::message::{Body, Notice};
use mlipview_core::sim::frame::Frame;
use mlipview_core::sim::inbox::Ticket;
use mlipview_core::sim::{Command, Event};

impl PrivateSession {
    /// The answer to [`Ask::Choose`]: the engine has the potential, perhaps with a caution about it, or
    /// why there is none.
    pub fn potential_chosen(&mut self, outcome: Result<Option<String>, String>) {
        let starting = self.starting.take();
        let calculator = self.parameters.calculator().to_owned();
        match (outcome, starting) {
            (Ok(caution), starting) => {
                let said = self.cautioned.as_ref() == Some(&calculator);
                self.caution = caution.filter(|_| !said);
                self.calculator = Some(calculator);
                if let Some((run, _)) = starting {
                    self.launch(run);
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
                // The frame has the atoms where they are, for the next try.
                self.asks.push_back(Ask::Step);
                self.fail(&reason);
            }
        }
    }

    /// Says that there is no answer, and that what ran has ended. \[18, 29\]
    fn fail(&mut self, reason: &str) {
        let stopped = self.run.take().is_some();
        let count = self.owed.take().unwrap_or(self.conversation.interactions);
        self.answer(format!("COMPUTE_ERROR: {reason}"), stopped, count);
    }

    /// Says something in words that answers so many interactions.
    pub(super) fn answer(&mut self, message: String, stopped: bool, interactions: u64) {
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
        if let Some(frame) = &frame {
            self.on_frame(frame, now);
            self.newest = Some(Arc::clone(frame));
        }
        for event in events {
            self.on_event(event, frame.as_ref());
        }
        self.end_if_done();
        let unevaluated = frame.is_some_and(|frame| frame.evaluation.is_none());
        if unevaluated && self.owed.is_some() {
            self.fail("no potential has an answer for this structure");
        }
    }

    fn on_frame(&mut self, frame: &Arc<Frame>, now: Duration) {
        if let Some(run) = &mut self.run {
            let before = self.newest.as_ref().map_or(0, |newest| newest.step);
            if let Some(frame) = run.frame_to_send(frame, before) {
                self.send_frame(Body::Frame(frame, self.content), now);
            }
        } else if frame.evaluation.is_some()
            && let Some(count) = self.owed.take()
        {
            let body = Body::Frame(Arc::clone(frame), self.content);
            self.conversation.say(body, count, Some(now)); // [16]
            self.say_caution();
        }
    }

    /// Sends the next frame of the run. \[10, 11\]
    pub(super) fn send_frame(&mut self, body: Body, now: Duration) {
        self.conversation.sim_step += 1;
        let count = self.conversation.interactions;
        self.conversation.say(body, count, Some(now));
        if let Some(run) = &mut self.run {
            run.on_frame_sent(self.conversation.seq(), now);
        }
        self.say_caution();
    }

    /// Cautions about the potential behind the first frame, once for each structure. \[24\]
    fn say_caution(&mut self) {
        if let Some(caution) = self.caution.take() {
            self.cautioned.clone_from(&self.calculator);
            self.conversation.notify(format!("CAUTION: {caution}"));
        }
    }

    fn on_event(&mut self, event: Event, frame: Option<&Arc<Frame>>) {
        match event {
            Event::Stopped { .. } => {
                let ran = self.run.take().is_some();
                if ran || self.stops > 0 {
                    self.stops = self.stops.saturating_sub(1);
                    self.conversation.notify_stopped("SIMULATION_STOPPED"); // [27]
                }
            }
            Event::Converged { .. } => {
                if let Some(run) = &mut self.run {
                    run.on_converged(frame);
                }
            }
            // Why there is no potential has been said already.
            Event::Unevaluated { .. } if self.calculator.is_none() && self.owed.is_none() => {}
            Event::Interrupted { reason } | Event::Unevaluated { reason } => self.fail(&reason),
            Event::Refused { ticket, reason } => self.refused(ticket, &reason),
            Event::Started { .. } | Event::Edited { .. } | Event::PotentialChanged { .. } => {}
        }
    }

    /// Says when a relaxation has converged, and ends it where that or the number of frames is the end.
    /// \[26, 28\]
    pub(super) fn end_if_done(&mut self) {
        let Some(run) = &mut self.run else { return };
        if run.announces_convergence() {
            let stopped = run.stops_when_converged();
            self.conversation.notice(Notice {
                message: "CONVERGED".to_owned(),
                stopped,
                converged: true,
            });
            if stopped {
                self.run = None;
            }
        }
        if self.run.as_ref().is_some_and(super::run::Run::is_complete) {
            self.run = None;
            self.conversation.notify_stopped("SIMULATION_STOPPED");
        }
    }

    fn refused(&mut self, ticket: Ticket, reason: &str) {
        if ticket != self.started.0 {
            let count = self.owed.take().unwrap_or(self.conversation.interactions);
            self.answer(format!("REFUSED: {reason}"), false, count);
        } else if self.run.is_some() {
            // Where it could not be evaluated, that has been said already.
            self.run = self.started.1.take();
            self.not_started(&format!("COMPUTE_ERROR: {reason}"));
        }
    }
}
