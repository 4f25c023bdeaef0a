//! Events of a simulation: rare, in order, never skipped.

use std::fmt;

use super::inbox::Ticket;

/// Something that happened in a simulation.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A run began.
    Started {
        /// "dynamics", "relaxation", "packing" or "following".
        task: &'static str,
    },
    /// A run ended by a command or after its number of steps.
    Stopped {
        /// Steps of this run.
        steps: u64,
    },
    /// A relaxation met its criteria and stopped.
    Converged {
        /// Steps of this run.
        steps: u64,
        /// Potential energy, eV.
        energy: f64,
    },
    /// Molecules are packed: none overlap.
    Packed {
        /// Steps of the packing.
        steps: u64,
        /// Smallest distance between atoms of different molecules, Å; infinite if none are near.
        smallest: f64,
    },
    /// A run was interrupted by an error and ended at the last valid state.
    Interrupted {
        /// Why, and what to do next.
        reason: String,
    },
    /// The status of another program, whose dynamics are followed, has changed.
    ExternalStatus {
        /// Its state, and what to do where something is wrong.
        sentence: String,
    },
    /// A command was refused; nothing was changed.
    Refused {
        /// The ticket of the command.
        ticket: Ticket,
        /// Why, and what to do next.
        reason: String,
    },
    /// The structure was edited.
    Edited {
        /// Its new revision.
        revision: u64,
    },
    /// The potential was replaced.
    PotentialChanged {
        /// Its name.
        name: String,
    },
    /// There are no forces for the structure: it can be displayed and edited but not run.
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
            Event::Packed { steps, smallest } => write!(
                formatter,
                "packed after {steps} steps; the smallest distance between molecules is {smallest:.2} Å"
            ),
            Event::Interrupted { reason } => write!(formatter, "stopped: {reason}"),
            Event::ExternalStatus { sentence } => formatter.write_str(sentence),
            Event::Refused { reason, .. } => write!(formatter, "refused: {reason}"),
            Event::Edited { revision } => write!(formatter, "structure edited ({revision})"),
            Event::PotentialChanged { name } => write!(formatter, "potential: {name}"),
            Event::Unevaluated { reason } => write!(formatter, "no forces: {reason}"),
        }
    }
}
