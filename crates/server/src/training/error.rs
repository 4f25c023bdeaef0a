//! Errors of opening a training.

use mlipview_telemetry::{EventLogError, TrainingError};

/// A training that cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenTrainingError {
    /// Its name is not allowed or taken, or there are too many.
    #[error(transparent)]
    Name(#[from] TrainingError),
    /// Its event log cannot be used.
    #[error(transparent)]
    Log(#[from] EventLogError),
    /// There is no training of this name.
    #[error("NO_SUCH_TRAINING: there is no training {0:?}; /api/ws/trainings lists all")]
    Unknown(String),
    /// The server has stopped.
    #[error("the server has stopped; start it again")]
    Stopped,
    /// A bug.
    #[error("opening the training has failed inside the server; report this as a bug")]
    Panic,
    /// The system has no more threads.
    #[error("the thread of the training cannot be started ({0}); end other programs")]
    Thread(std::io::Error),
}
