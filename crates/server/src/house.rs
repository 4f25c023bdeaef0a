//! What all conversations share.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::access::Access;
use super::clock::Clock;
use super::limits::Limits;
use super::rooms::Rooms;
use super::settings::Settings;
use super::telemetry::Telemetry;
use mlipview_core::potential::catalog::Catalog;
use mlipview_core::potential::request::Request;

/// What all conversations share.
pub(super) struct House {
    pub(super) access: Access,
    pub(super) clock: Clock,
    pub(super) limits: Limits,
    pub(super) rooms: Rooms,
    pub(super) telemetry: Telemetry,
    pub(super) catalog: Arc<Catalog>,
    pub(super) potential: Request,
    pub(super) device: String,
    places: Arc<Semaphore>,
    private_places: Arc<Semaphore>,
    stopping: watch::Sender<bool>,
}

impl House {
    pub(super) fn new(settings: &Settings, access: Access) -> House {
        let limits = settings.limits;
        House {
            access,
            clock: Clock::start(),
            limits,
            rooms: Rooms::new(limits.rooms),
            telemetry: Telemetry::new(),
            catalog: Arc::clone(&settings.catalog),
            potential: settings.potential.clone(),
            device: settings.device.clone(),
            places: Arc::new(Semaphore::new(limits.connections)),
            private_places: Arc::new(Semaphore::new(limits.private_sessions)),
            stopping: watch::Sender::new(false),
        }
    }

    /// A place for one more conversation, to be kept while it lasts; `None` where all are taken.
    pub(super) fn place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.places).try_acquire_owned().ok()
    }

    /// A place for one more simulation of a client's own.
    pub(super) fn private_place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.private_places).try_acquire_owned().ok()
    }

    /// Conversations under way.
    pub(super) fn connections(&self) -> usize {
        self.limits.connections - self.places.available_permits()
    }

    /// Conversations under way that have a simulation of their own.
    pub(super) fn private_sessions(&self) -> usize {
        self.limits.private_sessions - self.private_places.available_permits()
    }

    /// Becomes true when all conversations are to end.
    pub(super) fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// Asks all conversations to end.
    pub(super) fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Waits until all conversations have ended.
    pub(super) async fn emptied(&self) {
        let all = u32::try_from(self.limits.connections).unwrap_or(u32::MAX);
        let _ = self.places.acquire_many(all).await;
    }
}
