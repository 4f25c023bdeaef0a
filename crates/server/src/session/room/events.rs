//! Events of the simulation, turned into notices for the client.

use super::RoomSession;
use crate::session::message::Notice;
use mlipview_core::sim::Event;
use mlipview_core::sim::inbox::{InboxFull, Ticket};

impl RoomSession {
    /// Reports the ticket of the last [`RoomRequest::Command`](super::RoomRequest::Command).
    pub fn on_ticket(&mut self, outcome: Result<Ticket, InboxFull>) {
        match outcome {
            Ok(ticket) => self.tickets.push(ticket, self.request_count),
            Err(full) => self.outbox.notify(format!("REFUSED: {full}")),
        }
    }

    /// Reports an event of the simulation.
    pub fn on_event(&mut self, event: &Event) {
        match event {
            Event::Stopped { .. } => self.outbox.notify_stopped("SIMULATION_STOPPED"),
            Event::Converged { .. } => self.outbox.push_notice(Notice {
                message: "CONVERGED".to_owned(),
                stopped: true,
                converged: true,
            }),
            Event::Interrupted { reason } => {
                let message = format!("COMPUTE_ERROR: {reason}");
                self.outbox.notify_stopped(message);
            }
            Event::Unevaluated { reason } => {
                self.outbox.notify(format!("COMPUTE_ERROR: {reason}"));
            }
            Event::ExternalStatus { sentence } => {
                self.outbox.notify(format!("EXTERNAL: {sentence}"));
            }
            Event::Refused { ticket, reason } if self.tickets.contains(*ticket) => {
                self.outbox.notify(format!("REFUSED: {reason}"));
            }
            _ => {}
        }
    }
}
