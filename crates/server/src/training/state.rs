//! State of a training that its publishing thread and its clients share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::client::Client;
use super::inbox::Inbox;
use mlipview_telemetry::Published;

/// A training: the reports that wait, and what it has published to whom.
pub(super) struct Training {
    /// Reports for the publishing thread; closed if the training has ended.
    pub(super) inbox: Inbox,
    shared: Mutex<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// Client of a training.
pub(super) type TrainingClient = Client<Training>;

/// Published state and clients, which change together: a client gets each event once.
pub(super) struct Shared {
    pub(super) published: Published,
    pub(super) clients: Vec<Arc<TrainingClient>>,
}

impl Training {
    pub(super) fn new(published: Published) -> Arc<Training> {
        let clients = Vec::new();
        Arc::new(Training {
            inbox: Inbox::default(),
            shared: Mutex::new(Shared { published, clients }),
            thread: Mutex::default(),
        })
    }

    /// A training that has ended, for replay.
    pub(super) fn ended(published: Published) -> Arc<Training> {
        let training = Training::new(published);
        training.inbox.close();
        training
    }

    /// Locks the shared state. Connections of clients are locked after it, never before.
    pub(super) fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether no more reports come.
    pub(super) fn has_ended(&self) -> bool {
        self.inbox.is_closed()
    }

    /// Ends the training after the reports that wait, and rejects commands.
    pub(super) fn end(&self) {
        self.inbox.close();
        self.shared().published.set_commands(None);
    }

    pub(super) fn set_thread(&self, thread: JoinHandle<()>) {
        *self.thread.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread);
    }

    /// Waits until all reports of a training that has ended are published.
    pub(super) fn join(&self) {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(thread) = thread.take() {
            // A panic of the thread is in the log already.
            let _ = thread.join();
        }
    }
}
