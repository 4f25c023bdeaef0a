//! What has happened: rare, in order, never skipped.

use std::fmt;

use super::inbox::Ticket;

/// News from the engine.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A run began.
    Started {
        /// "dynamics" or "relaxation".
        task: &'static str,
    },
    /// A run ended because it was asked to, or had taken the steps asked for.
    Stopped {
        /// Steps taken in this run.
        steps: u64,
    },
    /// A relaxation met its criteria and stopped.
    Converged {
        /// Moves made in this run.
        steps: u64,
        /// Potential energy, eV.
        energy: f64,
    },
    /// A run was ended at the last good state.
    Interrupted {
        /// Why, and what to do next.
        reason: String,
    },
    /// A command could not be carried out; nothing was changed.
    Refused {
        /// The ticket of the command.
        ticket: Ticket,
        /// Why, and what to do next.
        reason: String,
    },
    /// The structure was edited.
    Edited {
        /// Its revision from now on.
        revision: u64,
    },
    /// Another potential is in use.
    PotentialChanged {
        /// Its name.
        name: String,
    },
    /// The potential has no answer for the structure: it can be seen and edited but not run.
    Unevaluated {
        /// Why, and what to do next.
        reason: String,
    },
}

impl fmt::Display for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Event::Started { task } => write!(formatter, "{task} started"),
            Event::Stopped { steps } => write!(formatter, "stopped after {steps} steps"),
            Event::Converged { steps, energy } => {
                write!(formatter, "converged after {steps} steps at {energy:.6} eV")
            }
            Event::Interrupted { reason } => write!(formatter, "stopped: {reason}"),
            Event::Refused { reason, .. } => write!(formatter, "refused: {reason}"),
            Event::Edited { revision } => write!(formatter, "structure edited ({revision})"),
            Event::PotentialChanged { name } => write!(formatter, "potential: {name}"),
            Event::Unevaluated { reason } => write!(formatter, "no forces: {reason}"),
        }
    }
}
