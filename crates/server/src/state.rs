//! State shared by all connections.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::access::Access;
use super::clock::Clock;
use super::limits::Limits;
use super::metrics::Metrics;
use super::rooms::Rooms;
use super::settings::Settings;
use super::training::TrainingService;
use mlipview_core::potential::catalog::Catalog;
use mlipview_core::potential::request::Request;

/// State shared by all connections.
pub(super) struct AppState {
    pub(super) access: Access,
    pub(super) clock: Clock,
    pub(super) limits: Limits,
    pub(super) rooms: Rooms,
    pub(super) metrics: Metrics,
    pub(super) trainings: Arc<TrainingService>,
    pub(super) catalog: Arc<Catalog>,
    pub(super) potential: Request,
    pub(super) device: String,
    session_permits: Arc<Semaphore>,
    private_permits: Arc<Semaphore>,
    #[cfg(feature = "bodies")]
    live_permits: Arc<Semaphore>,
    stopping: watch::Sender<bool>,
}

impl AppState {
    pub(super) fn new(settings: &Settings, access: Access) -> AppState {
        let (limits, clock) = (settings.limits, Clock::start());
        let runs = settings.runs.clone();
        AppState {
            access,
            clock,
            trainings: Arc::new(TrainingService::new(clock, limits.training, runs)),
            limits,
            rooms: Rooms::new(limits.rooms),
            metrics: Metrics::new(),
            catalog: Arc::clone(&settings.catalog),
            potential: settings.potential.clone(),
            device: settings.device.clone(),
            session_permits: Arc::new(Semaphore::new(limits.connections)),
            private_permits: Arc::new(Semaphore::new(limits.private_sessions)),
            #[cfg(feature = "bodies")]
            live_permits: Arc::new(Semaphore::new(limits.live.connections)),
            stopping: watch::Sender::new(false),
        }
    }

    /// A permit for one more session, to keep while it lasts; `None` at the limit.
    pub(super) fn session_permit(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.session_permits).try_acquire_owned().ok()
    }

    /// A permit for one more private session, to keep while it lasts; `None` at the limit.
    pub(super) fn private_permit(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.private_permits).try_acquire_owned().ok()
    }

    /// A permit for one more live connection, to keep while it lasts; `None` at the limit.
    #[cfg(feature = "bodies")]
    pub(super) fn live_permit(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.live_permits).try_acquire_owned().ok()
    }

    /// Number of open live connections.
    pub(super) fn live_connections(&self) -> usize {
        #[cfg(feature = "bodies")]
        return self.limits.live.connections - self.live_permits.available_permits();
        #[cfg(not(feature = "bodies"))]
        return 0;
    }

    /// Number of open sessions.
    pub(super) fn connections(&self) -> usize {
        self.limits.connections - self.session_permits.available_permits()
    }

    /// Number of open private sessions.
    pub(super) fn private_sessions(&self) -> usize {
        self.limits.private_sessions - self.private_permits.available_permits()
    }

    /// Becomes true when the server stops.
    pub(super) fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// Asks all connections to close.
    pub(super) fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Waits until all sessions have ended.
    pub(super) async fn wait_until_empty(&self) {
        let all = u32::try_from(self.limits.connections).unwrap_or(u32::MAX);
        let _ = self.session_permits.acquire_many(all).await;
    }
}
