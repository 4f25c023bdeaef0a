//! Requests of the client, turned into requests to the engine.

use std::time::Duration;

use super::client_run::ClientRun;
use super::{EngineRequest, PendingRequest, PrivateSession};
use crate::session::draft::DraftUpdate;
use crate::session::message::{Body, FrameContent, Interaction, Start};
use mlipview_core::sim::Command;
use mlipview_core::sim::inbox::Ticket;

impl PrivateSession {
    pub(super) fn handle(&mut self, request: PendingRequest) {
        match request {
            PendingRequest::Interact(interaction, count) => self.interact(&interaction, count),
            PendingRequest::Start(start) => self.start(&start),
            PendingRequest::Stop => {
                self.pending_stops += 1;
                self.apply(Command::Stop);
            }
            PendingRequest::Command(command) => self.command(command),
            PendingRequest::Attach(attach) => {
                self.content = FrameContent::select(&attach, true);
            }
            PendingRequest::Forbidden(reason) => self.outbox.notify(format!("FORBIDDEN: {reason}")),
        }
    }

    pub(super) fn apply(&mut self, command: Command) -> Ticket {
        self.last_ticket += 1;
        let request = EngineRequest::Apply(self.last_ticket, Box::new(command));
        self.engine_requests.push_back(request);
        self.last_ticket
    }

    fn command(&mut self, command: Command) {
        self.update_draft();
        self.apply(command);
        self.after_change(false, self.outbox.interaction_count);
    }

    fn interact(&mut self, interaction: &Interaction, count: u64) {
        self.update_draft();
        let update = match self.draft.apply(interaction) {
            Ok(update) => update,
            Err(violation) => return self.outbox.refuse(&violation),
        };
        if interaction.full {
            self.outbox.sim_step = 0; // [15]
            if self.run.is_some() {
                self.outbox.notify("STRUCTURE_CHANGED"); // [20]
            }
        }
        match update {
            DraftUpdate::Incomplete => self.wait_for_geometry(count),
            DraftUpdate::Edit {
                edit,
                needs_potential,
            } => {
                self.apply(Command::Edit(edit));
                self.after_change(needs_potential, count);
            }
        }
    }

    fn update_draft(&mut self) {
        if let Some(frame) = &self.newest {
            self.draft.update_from_frame(frame);
        }
    }

    /// Follows a change of the structure: selects a potential if it needs one or has none, \[24\] owes an
    /// answer while nothing runs, and restarts a converged run.
    fn after_change(&mut self, needs_potential: bool, count: u64) {
        if needs_potential {
            (self.caution, self.cautioned) = (None, None);
        }
        if needs_potential || self.calculator.is_none() {
            self.select_potential();
        }
        match &mut self.run {
            Some(run) => run.on_change(),
            None => self.unanswered = Some(count),
        }
    }

    /// Reports an incomplete structure, which ends the run. \[17\]
    fn wait_for_geometry(&mut self, count: u64) {
        self.answer("IDLE_WAITING_FOR_GEOMETRY".to_owned(), false, count);
        if self.run.is_some() {
            self.apply(Command::Stop);
        }
    }

    /// Requests a potential for the structure with all its changes.
    fn select_potential(&mut self) {
        if let Some(structure) = self.draft.complete() {
            self.engine_requests
                .push_back(EngineRequest::SelectPotential {
                    calculator: self.parameters.calculator().to_owned(),
                    structure: Box::new(structure),
                });
        }
    }

    fn start(&mut self, start: &Start) {
        let previous = self.parameters.clone();
        let task = match self.parameters.start(start) {
            Ok(task) => task,
            Err(error) => return self.not_started(&error.to_string()),
        };
        let run = ClientRun::new(task, start, self.outbox.seq());
        if self.draft.complete().is_none() {
            self.not_started("IDLE_WAITING_FOR_GEOMETRY");
        } else if self.calculator.as_deref() == Some(self.parameters.calculator()) {
            self.launch(run);
        } else {
            self.starting = Some((run, previous));
            self.select_potential();
        }
    }

    pub(super) fn launch(&mut self, run: ClientRun) {
        let ticket = self.apply(run.command());
        let previous = self.run.take();
        self.run = Some(run.replacing(previous.as_ref()));
        self.started = (ticket, previous);
    }

    /// Restarts the engine's relaxation after a change of the converged structure.
    pub(super) fn restart(&mut self) {
        if let Some(run) = &mut self.run {
            run.on_restart();
            let command = run.command();
            self.started = (self.apply(command), None);
        }
    }

    /// Sends the converged structure again. \[28\]
    pub(super) fn repeat(&mut self, now: Duration) {
        if let Some(frame) = self.run.as_ref().and_then(ClientRun::repeated) {
            self.send_frame(Body::Frame(frame, self.content), now);
            self.end_if_done();
        }
    }

    /// Reports that a start had no effect; the last run goes on.
    pub(super) fn not_started(&mut self, reason: &str) {
        let count = self.outbox.interaction_count;
        self.answer(reason.to_owned(), self.run.is_none(), count);
    }
}
