//! Client of a training: its connection, which the publishing threads and its task share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use mlipview_telemetry::{Connection, EventKind};

/// Client of a training of type `T`.
pub(super) struct Client<T> {
    /// Whether the client has named its training; if not, it follows the newest. \[27\]
    pub(super) is_named: bool,
    connection: Mutex<Connection>,
    training: Mutex<Arc<T>>,
    /// Notified when there is something to send.
    pub(super) changed: Notify,
}

impl<T> Client<T> {
    pub(super) fn new(is_named: bool, connection: Connection, training: Arc<T>) -> Client<T> {
        Client {
            is_named,
            connection: Mutex::new(connection),
            training: Mutex::new(training),
            changed: Notify::new(),
        }
    }

    pub(super) fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The training that the client is a client of.
    pub(super) fn training(&self) -> Arc<T> {
        Arc::clone(&self.training.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn set_training(&self, training: &Arc<T>) {
        let mut current = self.training.lock().unwrap_or_else(PoisonError::into_inner);
        *current = Arc::clone(training);
    }

    /// Whether the client wants the load of the machine.
    pub(super) fn wants_stats(&self) -> bool {
        self.connection().wants(EventKind::SystemStats)
    }
}
