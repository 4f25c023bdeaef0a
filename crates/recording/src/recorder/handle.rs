//! The handle of a recorder: its status, and its end.

use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError};

use super::queue::Queue;
use super::status::RecordingStatus;
use crate::RecordingError;

/// Time to wait for the end of a recording.
const STOP_TIMEOUT: Duration = Duration::from_secs(10);

/// Handle of a recorder. Dropping it ends the recording.
pub struct RecordingHandle {
    queue: Queue,
    done: Receiver<Result<(), RecordingError>>,
    path: String,
}

impl RecordingHandle {
    pub(super) fn new(
        queue: Queue,
        done: Receiver<Result<(), RecordingError>>,
        path: String,
    ) -> RecordingHandle {
        RecordingHandle { queue, done, path }
    }

    /// The present state; returns at once.
    pub fn status(&self) -> RecordingStatus {
        self.queue.status()
    }

    /// Whether the recording has ended, by an error or by [`RecordingHandle::stop`].
    pub fn has_ended(&self) -> bool {
        self.queue.is_stopped()
    }

    /// The file.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Ends the recording: writes what is queued and the summary, for at most 10 s.
    ///
    /// # Errors
    /// The error that ended the recording earlier, or if the rest cannot be written in time.
    pub fn stop(self) -> Result<RecordingStatus, RecordingError> {
        self.stop_within(STOP_TIMEOUT)
    }

    /// As [`RecordingHandle::stop`], with another timeout.
    ///
    /// # Errors
    /// As [`RecordingHandle::stop`].
    pub fn stop_within(self, timeout: Duration) -> Result<RecordingStatus, RecordingError> {
        self.end(timeout)?;
        Ok(self.status())
    }

    fn end(&self, timeout: Duration) -> Result<(), RecordingError> {
        let is_sent = self.queue.stop(timeout);
        let late = || RecordingError::Timeout {
            path: self.path.clone(),
            seconds: timeout.as_secs_f64(),
        };
        if !is_sent {
            return Err(late());
        }
        match self.done.recv_timeout(timeout) {
            Ok(result) => result,
            Err(RecvTimeoutError::Timeout) => Err(late()),
            // The result has been taken.
            Err(RecvTimeoutError::Disconnected) => Ok(()),
        }
    }
}

impl Drop for RecordingHandle {
    fn drop(&mut self) {
        if !self.queue.is_stopped() {
            // The status keeps the error, and nobody can read it any more.
            let _ = self.end(STOP_TIMEOUT);
        }
    }
}
