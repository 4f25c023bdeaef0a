//! Start and shutdown of the server.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use rustls::ServerConfig;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::access::Access;
use super::broadcast::open_room;
use super::connection_limit::ConnectionLimit;
use super::error::ServeError;
use super::links::Links;
use super::listener::Listener;
use super::rooms::MAIN;
use super::routes;
use super::settings::{DEFAULT_ADDRESS, FREE_PORT, Settings};
use super::socket::CLOSE_TIMEOUT;
use super::state::AppState;
use super::tls;
use super::training::{OpenTrainingError, TrainingHandle};
use mlipview_core::sim::SimHandle;

/// Time all connections get to close on shutdown.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// A running server. It [stops](Server::stop) when it is dropped.
pub struct Server {
    state: Arc<AppState>,
    addresses: Vec<SocketAddr>,
    default_taken: bool,
    links: Links,
    runtime: Option<Runtime>,
    ended: Arc<Ended>,
}

/// Whether all connections have ended, with a condition variable for the change.
#[derive(Default)]
struct Ended(Mutex<bool>, Condvar);

/// Starts a server on threads of its own. `main` is the simulation of the room `main`.
///
/// # Errors
/// If a setting is invalid, or the server cannot listen on its addresses.
pub fn start(settings: &Settings, main: SimHandle) -> Result<Server, ServeError> {
    start_with(settings, Some(main))
}

/// Starts a server without a room, for trainings.
///
/// # Errors
/// As [`start`].
pub fn start_for_trainings(settings: &Settings) -> Result<Server, ServeError> {
    start_with(settings, None)
}

fn start_with(settings: &Settings, main: Option<SimHandle>) -> Result<Server, ServeError> {
    let access = Access::new(settings)?;
    let tls = settings.tls.as_ref().map(tls::config).transpose()?;
    let (listeners, default_taken) = bind(&settings.listen)?;
    let addresses: Vec<SocketAddr> = listeners.iter().map(|listener| listener.address).collect();
    let links = Links::new(settings, &access, addresses[0]);
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("server")
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| ServeError::System(error.to_string()))?;
    let state = Arc::new(AppState::new(settings, access));
    let ended = Arc::new(Ended::default());
    let (shared, signal) = (Arc::clone(&state), Arc::clone(&ended));
    runtime.spawn(async move {
        serve(shared, main, listeners, tls).await;
        *signal.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        signal.1.notify_all();
    });
    Ok(Server {
        state,
        addresses,
        default_taken,
        links,
        runtime: Some(runtime),
        ended,
    })
}

/// The listeners, at least one, and whether another program uses the default address.
fn bind(addresses: &[String]) -> Result<(Vec<Listener>, bool), ServeError> {
    if addresses.is_empty() {
        return match Listener::bind(DEFAULT_ADDRESS) {
            Err(ServeError::Taken { .. }) => Ok((vec![Listener::bind(FREE_PORT)?], true)),
            bound => Ok((vec![bound?], false)),
        };
    }
    let listeners = addresses.iter().map(|address| Listener::bind(address));
    Ok((listeners.collect::<Result<_, _>>()?, false))
}

/// Serves until the server stops and all connections have ended.
async fn serve(
    state: Arc<AppState>,
    main: Option<SimHandle>,
    listeners: Vec<Listener>,
    tls: Option<Arc<ServerConfig>>,
) {
    let limits = state.limits;
    if let Some(main) = main {
        let room = open_room(MAIN, main, limits.session.max_rate, state.clock);
        // The first room cannot be refused.
        let _ = state.rooms.add(room);
    }
    let handle = axum_server::Handle::new();
    // Pages need connections, too, and so do clients that are told to try again later.
    // Longer than the timeout of a client of a training, which is closed with a reason.
    let write_timeout = limits.write_timeout + CLOSE_TIMEOUT;
    let connection_limit = ConnectionLimit::new(2 * limits.connections + 64, write_timeout);
    let mut tasks = JoinSet::new();
    for listener in listeners {
        let address = listener.address;
        tracing::info!(%address, "listening");
        let router = routes::router(Arc::clone(&state));
        let (connection_limit, handle) = (connection_limit.clone(), handle.clone());
        tasks.spawn(listener.serve(router, tls.clone(), connection_limit, limits, handle));
    }
    let _ = state.stopping().wait_for(|stopping| *stopping).await;
    tracing::info!("stopping");
    handle.graceful_shutdown(Some(SHUTDOWN_TIMEOUT));
    let _ = timeout(SHUTDOWN_TIMEOUT, state.wait_until_empty()).await;
    handle.shutdown();
    let closed = timeout(SHUTDOWN_TIMEOUT, tasks.join_all()).await;
    let errors = closed.unwrap_or_default().into_iter();
    for error in errors.filter_map(Result::err) {
        tracing::error!(%error, "a listener has failed");
    }
}

impl Server {
    /// Addresses of all listeners.
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Whether the server listens on a free port because another program uses [`DEFAULT_ADDRESS`].
    pub fn is_default_taken(&self) -> bool {
        self.default_taken
    }

    /// Links for browsers.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// Number of open sessions.
    pub fn connections(&self) -> usize {
        self.state.connections()
    }

    /// Opens a training: clients of `/ws/training?name=NAME` receive what its handle reports, and those that
    /// name no training, until a newer one is opened. With a folder, its events are in `events.jsonl` there,
    /// also those of earlier runs of the same training, and samples inside the folder can be fetched.
    ///
    /// ```no_run
    /// use std::path::Path;
    /// use mlipview_server::{Settings, start_for_trainings};
    /// use mlipview_telemetry::{Callbacks, Status, StatusReport};
    ///
    /// let server = start_for_trainings(&Settings::default())?;
    /// let training = server.open_training("ethanol", Some(Path::new("runs/ethanol")))?;
    /// let commands = training.commands();
    /// training.on_status(StatusReport::new(Status::Running, "first epoch"));
    /// if let Some(command) = commands.try_next() {
    ///     println!("a driver requests {command:?}");
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the name is not allowed or a training of that name is open, the event log cannot be used, or the
    /// system has no more threads.
    pub fn open_training(
        &self,
        name: &str,
        folder: Option<&Path>,
    ) -> Result<TrainingHandle, OpenTrainingError> {
        self.state.trainings.open(name, folder)
    }

    /// Closes all connections, which takes some seconds at most.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // First, so that clients receive the last events.
        self.state.trainings.stop();
        self.state.stop();
        let ended = self.ended.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Twice the timeout of the connections, so that it passes only if they have failed to end.
        let timeout = 2 * SHUTDOWN_TIMEOUT;
        let wait = self
            .ended
            .1
            .wait_timeout_while(ended, timeout, |ended| !*ended);
        drop(wait);
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
