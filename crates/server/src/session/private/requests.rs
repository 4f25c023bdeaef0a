//! Requests of the client, turned into commands for the engine.

use std::time::Duration;

use super::run::Run;
use super::{Ask, Heard, PrivateSession};
use crate::session::draft::Drafted;
use crate::session::message::{Body, Content, Interaction, Start};
use mlipview_core::sim::Command;
use mlipview_core::sim::inbox::Ticket;

impl PrivateSession {
    pub(super) fn handle(&mut self, heard: Heard) {
        match heard {
            Heard::Interact(interaction, count) => self.interact(&interaction, count),
            Heard::Start(start) => self.start(&start),
            Heard::Stop => {
                self.stops += 1;
                self.ask(Command::Stop);
            }
            Heard::Command(command) => self.command(command),
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

    pub(super) fn ask(&mut self, command: Command) -> Ticket {
        self.last_ticket += 1;
        let ask = Ask::Apply(self.last_ticket, Box::new(command));
        self.asks.push_back(ask);
        self.last_ticket
    }

    fn command(&mut self, command: Command) {
        self.follow();
        self.ask(command);
        self.after_change(false, self.conversation.interactions);
    }

    fn interact(&mut self, interaction: &Interaction, count: u64) {
        self.follow();
        let drafted = match self.draft.apply(interaction) {
            Ok(drafted) => drafted,
            Err(violation) => return self.conversation.refuse(&violation),
        };
        if interaction.full {
            self.conversation.sim_step = 0; // [15]
            if self.run.is_some() {
                self.conversation.notify("STRUCTURE_CHANGED"); // [20]
            }
        }
        match drafted {
            Drafted::Incomplete => self.wait_for_geometry(count),
            Drafted::Edit { edit, other_matter } => {
                self.ask(Command::Edit(edit));
                self.after_change(other_matter, count);
            }
        }
    }

    fn follow(&mut self) {
        if let Some(frame) = &self.newest {
            self.draft.follow(frame);
        }
    }

    /// What follows a change of the structure that is asked for: a potential for other matter, or for
    /// a structure that had none; \[24\] an answer while nothing runs; a converged run goes on.
    fn after_change(&mut self, other_matter: bool, count: u64) {
        if other_matter {
            (self.caution, self.cautioned) = (None, None);
        }
        if other_matter || self.calculator.is_none() {
            self.choose();
        }
        match &mut self.run {
            Some(run) => run.on_change(),
            None => self.owed = Some(count),
        }
    }

    /// \[17\]; a run cannot go on without a structure.
    fn wait_for_geometry(&mut self, count: u64) {
        self.answer("IDLE_WAITING_FOR_GEOMETRY".to_owned(), false, count);
        if self.run.is_some() {
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
        let run = Run::new(task, start, self.conversation.seq());
        if self.draft.whole().is_none() {
            self.not_started("IDLE_WAITING_FOR_GEOMETRY");
        } else if self.calculator.as_deref() == Some(self.parameters.calculator()) {
            self.launch(run);
        } else {
            self.starting = Some((run, before));
            self.choose();
        }
    }

    pub(super) fn launch(&mut self, run: Run) {
        let ticket = self.ask(run.command());
        let before = self.run.take();
        self.run = Some(run.replacing(before.as_ref()));
        self.started = (ticket, before);
    }

    /// Starts the engine's relaxation again, which had converged before something was changed.
    pub(super) fn restart(&mut self) {
        if let Some(run) = &mut self.run {
            run.on_restart();
            let command = run.command();
            self.started = (self.ask(command), None);
        }
    }

    /// Sends the converged structure again. \[28\]
    pub(super) fn repeat(&mut self, now: Duration) {
        if let Some(frame) = self.run.as_ref().and_then(Run::repeated) {
            self.send_frame(Body::Frame(frame, self.content), now);
            self.end_if_done();
        }
    }

    /// Says why a start had no effect: what ran goes on.
    pub(super) fn not_started(&mut self, reason: &str) {
        let interactions = self.conversation.interactions;
        self.answer(reason.to_owned(), self.run.is_none(), interactions);
    }
}
