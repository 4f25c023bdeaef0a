//! Requests of a private session to the owner of its engine.

use mlipview_core::chem::Structure;
use mlipview_core::sim::Command;
use mlipview_core::sim::inbox::Ticket;

/// A request for the owner of the session to execute with its engine, in order.
pub enum EngineRequest {
    /// Applies a command under this ticket. The owner reports [the events](super::PrivateSession::on_events).
    Apply(Ticket, Box<Command>),
    /// Gives the engine a potential for this structure. The owner reports
    /// [the outcome](super::PrivateSession::on_potential).
    SelectPotential {
        /// The potential's name; empty for the server's default.
        calculator: String,
        /// The structure.
        structure: Box<Structure>,
    },
    /// Lets the engine take its next step. The owner reports the frame and
    /// [the events](super::PrivateSession::on_events).
    Step,
}
