//! The state of another program, in words.

use std::sync::Arc;

/// Phase of another program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExternalPhase {
    /// It is not connected: we connect, or wait for it to come back.
    Waiting,
    /// It sends frames.
    Running,
    /// It waits until it may continue.
    Paused,
    /// It has ended, or will not come back.
    Ended,
}

/// The state of another program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalStatus {
    /// Name of the program, such as LAMMPS, or its address.
    pub program: Arc<str>,
    /// Its phase.
    pub phase: ExternalPhase,
    /// The same as a sentence, with the reason and what to do where something is wrong.
    pub sentence: Arc<str>,
}
