//! Errors that end a live connection.

use super::fields::FieldError;
use crate::access::AccessError;
use crate::session::CloseFrame;
use mlipview_bodies::{BodyError, WorldError};
use mlipview_core::packing::PackingError;

/// Longest timestep, ms.
pub(super) const MAX_TIMESTEP_MS: f64 = 1000.0;

/// Why a connection is closed with an error.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(super) enum LiveError {
    #[error("Expected 'configure' message first")]
    NotConfigured,
    #[error("invalid JSON: {0}; NaN and Infinity are no JSON")]
    Json(String),
    #[error("'configure' must include at least one object")]
    NoObjects,
    #[error("Expected 'start' or 'stop', got '{0}'")]
    NotStarted(String),
    #[error("'timestep_ms' must be positive")]
    Timestep,
    #[error("'duration_s' must not be negative")]
    Duration,
    #[error("{0}")]
    Field(#[from] FieldError),
    #[error("Asset '{0}' not found")]
    Asset(String),
    #[error("{place}: {error}")]
    Object { place: String, error: BodyError },
    #[error("{0}")]
    World(#[from] WorldError),
    #[error("LIMIT: {limit} bodies at most in a run, spawned ones included; {given} were given")]
    Bodies { limit: usize, given: usize },
    #[error("there is no structure '{0}' in the library; /api/library lists all")]
    Structure(String),
    #[error("{0}")]
    Packing(#[from] PackingError),
    #[error(
        "not packed: {overlaps} pairs of atoms of different molecules are still too close after {steps} steps; lower \
         'density' or 'distance', or raise 'max_steps'"
    )]
    NotPacked { overlaps: usize, steps: u64 },
    #[error("LIMIT: {limit} atoms at most in a packing; {given} were given")]
    Atoms { limit: usize, given: usize },
    #[error("LIMIT: a packing takes {0} s at most")]
    LongPacking(f64),
    #[error("LIMIT: 'duration_s' must be at most {0}")]
    LongRun(f64),
    #[error("LIMIT: 'timestep_ms' must be at least {0}")]
    ShortTimestep(f64),
    #[error("LIMIT: 'timestep_ms' must be at most {MAX_TIMESTEP_MS}")]
    LongTimestep,
    #[error("LIMIT: a message has {0} bytes at most")]
    MessageBytes(usize),
    #[error("LIMIT: {0} live connections at most; try again later")]
    Connections(usize),
    #[error("LIMIT: {0} connections at most; try again later")]
    AllConnections(usize),
    #[error("{0}")]
    Token(#[from] AccessError),
    #[error("{reason}")]
    Protocol { code: u16, reason: String },
    #[error(
        "LIMIT: more than {0} frames wait to be read; read faster, or connect without every_frame"
    )]
    UnreadFrames(usize),
    #[error("LIMIT: a frame has {0} bytes at most; simulate fewer bodies or contacts")]
    FrameBytes(usize),
    #[error("{0}")]
    Rate(String),
    #[error("LIMIT: the run did not begin in time; configure and start sooner")]
    Late,
    #[error("LIMIT: {0} commands at most wait for the end of a step; this one was not executed")]
    Commands(usize),
    #[error("LIMIT: nothing was read for too long")]
    Blocked,
    #[error("SERVER_STOPPING: the server is being shut down")]
    Stopping,
    #[error("the simulation has failed inside the server; connect again")]
    Failed,
    #[error("the system has no more threads; try again later")]
    Thread,
}

impl LiveError {
    /// The code of the close frame. [18]
    pub(super) fn code(&self) -> u16 {
        match self {
            LiveError::MessageBytes(_) => CloseFrame::MESSAGE_TOO_BIG,
            LiveError::UnreadFrames(_) | LiveError::Blocked => CloseFrame::TRY_AGAIN_LATER,
            LiveError::Stopping => CloseFrame::GOING_AWAY,
            LiveError::Failed | LiveError::Thread | LiveError::World(WorldError::NotFinite(_)) => {
                CloseFrame::INTERNAL_ERROR
            }
            LiveError::Protocol { code, .. } => *code,
            _ => CloseFrame::POLICY_VIOLATION,
        }
    }

    /// The keyword by which refusals are counted.
    pub(super) fn keyword(&self) -> &'static str {
        match self.code() {
            CloseFrame::GOING_AWAY => "SERVER_STOPPING",
            CloseFrame::INTERNAL_ERROR => "COMPUTE_ERROR",
            _ if self.to_string().starts_with("LIMIT") => "LIMIT",
            _ => "LIVE",
        }
    }
}
