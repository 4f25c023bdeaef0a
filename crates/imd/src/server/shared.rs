//! State of all connections of a server.

use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::sync::{Mutex, MutexGuard, PoisonError, Weak};

use mlipview_core::sim::SimHandle;

use super::client_state::ClientState;
use super::settings::ServerSettings;

/// State of all connections.
pub(super) struct Shared {
    pub(super) settings: ServerSettings,
    pub(super) sim: SimHandle,
    pub(super) is_closing: AtomicBool,
    /// Number of clients.
    pub(super) clients: AtomicUsize,
    open: Mutex<Vec<Weak<ClientState>>>,
}

impl Shared {
    pub(super) fn new(settings: ServerSettings, sim: SimHandle) -> Shared {
        Shared {
            settings,
            sim,
            is_closing: AtomicBool::new(false),
            clients: AtomicUsize::new(0),
            open: Mutex::default(),
        }
    }

    /// The clients behind their handshake, and some that have left.
    pub(super) fn open(&self) -> MutexGuard<'_, Vec<Weak<ClientState>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Passes a sentence to the log.
    pub(super) fn report(&self, sentence: &str) {
        if let Some(report) = &self.settings.report {
            report(sentence);
        }
    }
}
