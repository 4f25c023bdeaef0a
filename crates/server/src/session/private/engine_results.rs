//! Results of the engine, turned into messages for the client.

use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

use super::client_run::ClientRun;
use super::{EngineRequest, PrivateSession};
use crate::session::message::{Body, Notice};
use mlipview_core::sim::frame::Frame;
use mlipview_core::sim::inbox::Ticket;
use mlipview_core::sim::{Command, Event};

impl PrivateSession {
    /// Reports the outcome of [`EngineRequest::SelectPotential`]: success with an optional caution, or the
    /// reason of the failure.
    pub fn on_potential<E: Display>(&mut self, outcome: Result<Option<String>, E>) {
        let starting = self.starting.take();
        let calculator = self.parameters.calculator().to_owned();
        match (outcome, starting) {
            (Ok(caution), starting) => {
                let sent = self.cautioned.as_ref() == Some(&calculator);
                self.caution = caution.filter(|_| !sent);
                self.calculator = Some(calculator);
                if let Some((run, _)) = starting {
                    self.launch(run);
                }
            }
            // The structure keeps its last potential. [24]
            (Err(reason), Some((_, previous))) => {
                self.parameters = previous;
                self.not_started(&format!("CALCULATOR_NOT_SUPPORTED: {reason}"));
            }
            // A potential never evaluates a structure that it was not selected for.
            (Err(reason), None) => {
                self.calculator = None;
                self.apply(Command::RemovePotential);
                // This frame brings the current positions, for the next attempt.
                self.engine_requests.push_back(EngineRequest::Step);
                self.fail(&reason.to_string());
            }
        }
    }

    /// Reports a failed evaluation, which ends the run. \[18, 29\]
    fn fail(&mut self, reason: &str) {
        let stopped = self.run.take().is_some();
        let count = self
            .unanswered
            .take()
            .unwrap_or(self.outbox.interaction_count);
        self.answer(format!("COMPUTE_ERROR: {reason}"), stopped, count);
    }

    /// Sends a notice that answers the interaction of this count.
    pub(super) fn answer(&mut self, message: String, stopped: bool, count: u64) {
        let notice = Notice {
            message,
            stopped,
            converged: false,
        };
        self.outbox.push(Body::Notice(notice), count, None);
    }

    /// Reports the events of the last [`EngineRequest`], and the frame of a step.
    pub fn on_events(&mut self, frame: Option<Arc<Frame>>, events: Vec<Event>, now: Duration) {
        if let Some(frame) = &frame {
            self.on_frame(frame, now);
            self.newest = Some(Arc::clone(frame));
        }
        for event in events {
            self.on_event(event, frame.as_ref());
        }
        self.end_if_done();
        let unevaluated = frame.is_some_and(|frame| frame.evaluation.is_none());
        if unevaluated && self.unanswered.is_some() {
            self.fail("no potential can evaluate this structure");
        }
    }

    fn on_frame(&mut self, frame: &Arc<Frame>, now: Duration) {
        if let Some(run) = &mut self.run {
            let last_step = self.newest.as_ref().map_or(0, |newest| newest.step);
            if let Some(frame) = run.frame_to_send(frame, last_step) {
                self.send_frame(Body::Frame(frame, self.content), now);
            }
        } else if frame.evaluation.is_some()
            && let Some(count) = self.unanswered.take()
        {
            let body = Body::Frame(Arc::clone(frame), self.content);
            self.outbox.push(body, count, Some(now)); // [16]
            self.send_caution();
        }
    }

    /// Sends the next frame of the run. \[10, 11\]
    pub(super) fn send_frame(&mut self, body: Body, now: Duration) {
        self.outbox.sim_step += 1;
        let count = self.outbox.interaction_count;
        self.outbox.push(body, count, Some(now));
        if let Some(run) = &mut self.run {
            run.on_frame_sent(self.outbox.seq(), now);
        }
        self.send_caution();
    }

    /// Sends the caution about the potential after the first frame, once for each structure. \[24\]
    fn send_caution(&mut self) {
        if let Some(caution) = self.caution.take() {
            self.cautioned.clone_from(&self.calculator);
            self.outbox.notify(format!("CAUTION: {caution}"));
        }
    }

    fn on_event(&mut self, event: Event, frame: Option<&Arc<Frame>>) {
        match event {
            Event::Stopped { .. } => {
                let ran = self.run.take().is_some();
                if ran || self.pending_stops > 0 {
                    self.pending_stops = self.pending_stops.saturating_sub(1);
                    self.outbox.notify_stopped("SIMULATION_STOPPED"); // [27]
                }
            }
            Event::Converged { .. } => {
                if let Some(run) = &mut self.run {
                    run.on_converged(frame);
                }
            }
            // The missing potential was reported before.
            Event::Unevaluated { .. } if self.calculator.is_none() && self.unanswered.is_none() => {
            }
            Event::Interrupted { reason } | Event::Unevaluated { reason } => self.fail(&reason),
            Event::Refused { ticket, reason } => self.on_refused(ticket, &reason),
            Event::Started { .. }
            | Event::Edited { .. }
            | Event::Packed { .. }
            | Event::ExternalStatus { .. }
            | Event::PotentialChanged { .. } => {}
        }
    }

    /// Reports the convergence of a relaxation, and ends the run at convergence or at its number of frames
    /// if the client asked for that. \[26, 28\]
    pub(super) fn end_if_done(&mut self) {
        let Some(run) = &mut self.run else { return };
        if run.announces_convergence() {
            let stopped = run.stops_when_converged();
            self.outbox.push_notice(Notice {
                message: "CONVERGED".to_owned(),
                stopped,
                converged: true,
            });
            if stopped {
                self.run = None;
            }
        }
        if self.run.as_ref().is_some_and(ClientRun::is_complete) {
            self.run = None;
            self.outbox.notify_stopped("SIMULATION_STOPPED");
        }
    }

    fn on_refused(&mut self, ticket: Ticket, reason: &str) {
        if ticket != self.started.0 {
            let count = self
                .unanswered
                .take()
                .unwrap_or(self.outbox.interaction_count);
            self.answer(format!("REFUSED: {reason}"), false, count);
        } else if self.run.is_some() {
            // Without a run, a failed evaluation was reported before.
            self.run = self.started.1.take();
            self.not_started(&format!("COMPUTE_ERROR: {reason}"));
        }
    }
}
